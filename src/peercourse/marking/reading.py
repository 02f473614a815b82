"""Reading a workbook back: which export it belongs to, then each of its sheets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from peercourse.grading.files import GradingError
from peercourse.marking import layout
from peercourse.marking.marked_file import MarkedFile
from peercourse.marking.model import Export, Marker
from peercourse.marking.opening import opened, read_about
from peercourse.marking.problems import shown
from peercourse.marking.sheet import SheetReader

LAST_ROW = 100_000
"""Rows below are not looked at; what stands there counts as not marked yet, and is reported so."""


def read_marked(path: Path, exports: Mapping[str, Export]) -> MarkedFile:
    """Read a marker's workbook.

    Args:
        path: the file.
        exports: every export of the grading folder by its id.

    Raises:
        GradingError: the file as a whole cannot be used.
    """
    with opened(path) as book:
        export, marker = _origin(path, read_about(book, path), exports)
        file = MarkedFile(path, export, marker)
        names = layout.sheet_names(export)
        seen: dict[str, str] = {}
        for item in export.items:
            name = names[item.id]
            if name in book.sheetnames:
                rows: Any = book[name].iter_rows(max_row=LAST_ROW, max_col=len(layout.headings(item)))
                SheetReader(file, name, item, seen, exports).read(rows)
    return file


def _origin(path: Path, about: Mapping[str, str], exports: Mapping[str, Export]) -> tuple[Export, Marker]:
    """The export that a workbook belongs to, and whose file it is."""
    if about.get("format") != str(layout.FORMAT):
        raise GradingError(f"{path} was made by another version of this program; export anew and copy the marks over")
    export = exports.get(about.get("export", ""))
    if export is None:
        quiz = shown(about.get("quiz", "?"))
        raise GradingError(
            f"{path} (quiz {quiz}) was not exported from this grading folder; name the right one with --grading"
        )
    for marker in export.files:
        if layout.about(export, marker) == about:
            return export, marker
    raise GradingError(f"{path}: its hidden sheet was changed; copy the marks into the file as it was exported")
