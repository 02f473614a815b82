"""Opening a workbook that came back. It is somebody's file: measured first, then read as values, never calculated."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peercourse.grading.files import GradingError
from peercourse.marking import layout

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST_FILE = 30_000_000
"""Bytes. Ten thousand answers of 60 words made a workbook of 1 MB, and 7 MB unpacked."""
LARGEST_UNPACKED = 60_000_000
HIGHEST_RATIO = 100
"""Unpacked to packed size of a part of more than LARGEST_FRAME; rows of answers have about 7."""
LARGEST_FRAME = 3_000_000
"""Bytes, unpacked, of a part that holds no rows. A list of styles or of words of 100 MB packs into half a megabyte, and
reading it takes minutes and gigabytes."""
ROWS = ("xl/worksheets/", "xl/sharedstrings.xml")
MOST_PARTS = 200
"""Files inside a workbook; ours has about fifteen."""
REFUSED = (
    ("xl/externallinks/", "links to another file"),
    ("xl/vbaproject", "a macro"),
    ("xl/embeddings/", "an embedded file"),
    ("xl/connections", "a connection to other data"),
    ("xl/activex/", "a control"),
)
"""What no marking workbook holds. Nothing of it would be run; that it is there says that this is another file."""


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """A workbook, to be read row by row.

    Args:
        path: the file.

    Raises:
        GradingError: it is missing, too large, not a workbook, or damaged, also while it is read.
    """
    _measure(path)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, about parts of the file that it leaves out
        try:
            book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        except Exception as error:  # openpyxl and XML parsers raise many kinds at a damaged or crafted file
            raise _damaged(path) from error
        try:
            yield book
        except GradingError:
            raise
        except Exception as error:  # the same kinds: rows are parsed as they are asked for
            raise _damaged(path) from error
        finally:
            book.close()


def read_about(book: Workbook, path: Path) -> dict[str, str]:
    """What the hidden sheet says.

    Raises:
        GradingError: there is no such sheet, so that it is no marking workbook.
    """
    if layout.ABOUT not in book.sheetnames:
        raise GradingError(
            f"{path} is no marking file: the hidden sheet {layout.ABOUT!r} is missing. Use the file that "
            "peercourse marking export made, saved as an Excel workbook"
        )
    rows: Any = book[layout.ABOUT].iter_rows(max_row=20, max_col=2, values_only=True)
    return {str(name): str(value) for name, value in rows if name is not None}


def exported_as(path: Path) -> tuple[str, str] | None:
    """Export and marker of a workbook; None where it is none of ours."""
    try:
        with opened(path) as book:
            about = read_about(book, path)
            return about.get("export", ""), about.get("marker", "")
    except GradingError:
        return None


def _measure(path: Path) -> None:
    """Refuse what is too large before anything is unpacked."""
    if not path.is_file():
        raise GradingError(f"{path} is not there; give the name of a workbook that a marker sent back")
    if path.stat().st_size > LARGEST_FILE:
        raise GradingError(f"{path} is larger than {LARGEST_FILE // 1_000_000} MB, which no marking file is")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise GradingError(
            f"{path} is no Excel workbook (.xlsx); open it in the spreadsheet program and save it as one"
        ) from None
    # zipfile reads no more of a part than it claims to hold, so that a false claim cannot make it larger.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(map(_swells, parts)):
        raise GradingError(f"{path} would be far larger unpacked than any marking file; it may be a zip bomb")
    for start, what in REFUSED:
        if any(part.filename.lower().lstrip("/").startswith(start) for part in parts):
            raise GradingError(f"{path} holds {what}; copy the marks into the file as it was exported, and import that")


def _swells(part: zipfile.ZipInfo) -> bool:
    """Whether a part is larger than it can be in a marking file."""
    holds_rows = part.filename.lower().lstrip("/").startswith(ROWS)
    return part.file_size > LARGEST_FRAME and (not holds_rows or part.file_size > HIGHEST_RATIO * part.compress_size)


def _damaged(path: Path) -> GradingError:
    return GradingError(f"{path} is damaged or is no Excel workbook; ask the marker to save it again as .xlsx")
