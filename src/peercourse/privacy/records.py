"""Files in which people stand side by side: what is about one of them is taken out, and the rest stays as it is."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peercourse.grading.files import GradingError, write_file
from peercourse.grading.folder import GradingFolder
from peercourse.marking.ledger import ledger_file, ledger_text, read_ledger
from peercourse.marking.model import Export, Marker, answer_hash
from peercourse.marking.opening import opened, read_about
from peercourse.marking.places import read_exports, write_export
from peercourse.privacy.names import Names

COLUMNS = ("id", "trainee")
"""Headings of the column that says whom a row is about."""
SNAPSHOT = ".regrading.json"
"""Points by trainee while a corrected key is worked in."""


def csv_without(text: str, names: Names) -> tuple[str, int]:
    """A table without the rows about somebody; the other rows stay byte for byte.

    Args:
        text: CSV with a heading; a table without a column ``id`` or ``trainee`` stays as it is.
        names: whom to take out.

    Returns:
        The text, and how many rows were taken out.
    """
    lines = list(io.StringIO(text, newline=""))
    first = lines[0] if lines else ""
    separator = next((sign for sign in (";", "\t") if sign in first and "," not in first), ",")
    table = csv.reader(lines, delimiter=separator)
    kept, start, removed, places = [], 0, 0, None
    for cells in table:
        row, start = lines[start : table.line_num], table.line_num
        if places is None:
            headings = [cell.strip("\ufeff ").casefold() for cell in cells]
            places = [place for place, heading in enumerate(headings) if heading in COLUMNS]
        elif any(place < len(cells) and names.is_named(cells[place]) for place in places):
            removed += 1
            continue
        kept += row
    return "".join(kept), removed


def tables(root: Path, names: Names) -> Iterator[tuple[Path, str, int]]:
    """CSV files with rows about somebody: the file, its text without them, and how many there are."""
    for path in sorted(root.rglob("*.csv")):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            text, removed = csv_without(path.read_bytes().decode("utf-8"), names)
        except (UnicodeDecodeError, csv.Error):
            continue  # the search says whether a name stands in it
        if removed:
            yield path, text, removed


def logs(root: Path, names: Names) -> Iterator[tuple[Path, str, int]]:
    """Logs of nbgrader with lines that name somebody: the file, its text without them, and how many there are."""
    for path in sorted({*root.glob("*.log"), *root.glob(".*.log")}):
        if path.is_symlink() or not path.is_file():
            continue
        lines = path.read_bytes().decode("utf-8", "surrogateescape").splitlines(keepends=True)
        kept = [line for line in lines if not names.stand_in(line)]
        if len(kept) < len(lines):
            yield path, "".join(kept), len(lines) - len(kept)


def snapshot(root: Path, names: Names) -> tuple[str, int]:
    """The points that wait to be compared, without somebody's, and how many of theirs there are.

    Its other words are the program's and the quizzes', and somebody may be called like one of them.
    """
    try:
        record: Any = json.loads((root / SNAPSHOT).read_text(encoding="utf-8"))
        by_quiz = {quiz: dict(trainees) for quiz, trainees in record["before"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", 0  # the search says whether a name stands in it
    kept = {
        quiz: {trainee: points for trainee, points in trainees.items() if not names.is_named(trainee)}
        for quiz, trainees in by_quiz.items()
    }
    removed = sum(map(len, by_quiz.values())) - sum(map(len, kept.values()))
    return json.dumps({**record, "before": kept}) + "\n", removed


def ledgers(folder: GradingFolder, names: Names) -> Iterator[tuple[Path, str, int]]:
    """Files with marks by criterion: the file, its text without somebody's, and how many answers these are.

    Raises:
        GradingError: a file is damaged, so that nobody can say whose marks it holds.
    """
    for path in sorted((folder.root / "marks").glob("*.json")):
        entries = read_ledger(folder, path.stem).values()
        kept = [entry for entry in entries if not names.is_named(entry.trainee)]
        if len(kept) < len(entries):
            yield ledger_file(folder, path.stem), ledger_text(path.stem, kept), len(entries) - len(kept)


Codes = Mapping[Marker, frozenset[str]]


def codes_of(export: Export, names: Names) -> Codes:
    """Codes that stand for somebody's answers, by marker."""
    found = {
        marker: frozenset(code for code, row in rows.items() if names.is_named(row.trainee))
        for marker, rows in export.files.items()
    }
    return {marker: codes for marker, codes in found.items() if codes}


def exports(folder: GradingFolder, names: Names) -> Iterator[tuple[Export, Codes]]:
    """Exports with answers of somebody, and the codes.

    Raises:
        GradingError: a code list is damaged.
    """
    for export in read_exports(folder).values():
        if codes := codes_of(export, names):
            yield export, codes


def forget_codes(folder: GradingFolder, export: Export, codes: Codes) -> None:
    """Let a code list no longer know who stood behind codes."""
    write_export(folder, export.without(codes))


@dataclass(frozen=True)
class Rows:
    """How rows of a workbook are known.

    Attributes:
        codes: in the first column of rows that are to go.
        answers: hashes of the answers in these rows, where a code was lost.
        kept: codes of other people's rows; two people may have written the same.
    """

    codes: frozenset[str]
    answers: frozenset[str]
    kept: frozenset[str]

    def hold(self, cells: Sequence[Any]) -> bool:
        """Whether a row is one of them, by its first three cells."""
        code, answer = (cells[0] if cells else None), (cells[2] if len(cells) > 2 else None)
        word = code.strip().upper() if isinstance(code, str) else ""
        return word in self.codes or (
            isinstance(answer, str) and bool(answer) and word not in self.kept and answer_hash(answer) in self.answers
        )


def workbooks(folder: GradingFolder, names: Names) -> Iterator[tuple[Path, Rows, int]]:
    """Marking workbooks in the folder with rows of somebody, or of people who were forgotten earlier.

    Yields:
        The file, its rows that are to go, and how many there are.
    """
    known = read_exports(folder)
    for path in sorted(folder.root.rglob("*.xlsx")):
        if path.is_symlink() or path.name.startswith("~$"):
            continue
        try:
            with opened(path) as book:
                rows = _rows_of(read_about(book, path), known, names)
                sheets = [sheet.iter_rows(max_col=3, values_only=True) for sheet in book.worksheets if rows]
                number = sum(rows.hold(cells) for sheet in sheets for cells in sheet) if rows else 0
        except GradingError:
            continue  # the search says that it could not be looked into
        if rows and number:
            yield path, rows, number


def _rows_of(about: Mapping[str, str], known: Mapping[str, Export], names: Names) -> Rows | None:
    export = known.get(about.get("export", ""))
    marker = next((one for one in export.files if one == about.get("marker")), None) if export else None
    if export is None or marker is None:
        return None
    theirs = codes_of(export, names).get(marker, frozenset())
    rows = export.files[marker]
    return Rows(
        codes=theirs | frozenset(export.forgotten.get(marker, ())),
        answers=frozenset(rows[code].answer for code in theirs),
        kept=frozenset(rows) - theirs,
    )


def clear_rows(path: Path, rows: Rows) -> None:
    """Empty rows of a workbook. No other row moves, so that rules and heights stay with theirs."""
    from openpyxl import load_workbook
    from openpyxl.cell import Cell

    book = load_workbook(path)
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            if rows.hold([cell.value for cell in cells[:3]]):
                for cell in cells:
                    if isinstance(cell, Cell):
                        cell.value, cell.comment, cell.hyperlink = None, None, None
    temporary = path.parent / f".{path.name}.part"
    book.save(temporary)
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)


def write_back(path: Path, text: str) -> None:
    """Write a file without what was taken out; bytes that are no text stay as they were."""
    if text.isascii() or not any("\udc80" <= sign <= "\udcff" for sign in text):
        write_file(path, text)
        return
    temporary = path.parent / f".{path.name}.part"
    temporary.write_bytes(text.encode("utf-8", "surrogateescape"))
    temporary.replace(path)
