"""The files of submissions in bulk: read as collect put them there, and scored notebooks put in their place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from peercourse.grading.attempts import STAMP, TIME_FORMAT
from peercourse.grading.settings import ORIGIN_FILE


class UnusualError(Exception):
    """Not as collect puts it there, so that nbgrader's own engine has to look at it."""


@dataclass(frozen=True)
class Handed:
    """What lies in a submission's folder.

    Attributes:
        notebook: bytes of the submission.
        stamp: bytes of ``timestamp.txt``; None where there is none.
        time: when it was handed in, in UTC without a zone, as nbgrader reads it; None where that is not known.
    """

    notebook: bytes
    stamp: bytes | None
    time: datetime | None


def read_handed(path: Path) -> Handed:
    """Read a submission and its time.

    Raises:
        UnusualError: more lies there than collect puts there, or it cannot be read.
    """
    folder = path.parent
    try:
        names = {file.name for file in folder.iterdir()}
        if not names <= {path.name, STAMP, ORIGIN_FILE}:
            raise UnusualError
        stamp = (folder / STAMP).read_bytes() if STAMP in names else None
        return Handed(path.read_bytes(), stamp, _time(stamp))
    except OSError:
        raise UnusualError from None


def put_in_place(notebook: Path, place: Path, stamp: bytes | None) -> None:
    """Move a scored notebook to its place, last of all: it is what says that the submission is scored.

    Args:
        notebook: where it lies until then.
        place: where it belongs.
        stamp: bytes of its ``timestamp.txt``, if it has one.
    """
    folder = place.parent
    folder.mkdir(parents=True, exist_ok=True)
    if stamp is None:
        (folder / STAMP).unlink(missing_ok=True)
    else:
        temporary = notebook.with_suffix(".txt")
        temporary.write_bytes(stamp)
        _replace(temporary, folder / STAMP)
    _replace(notebook, place)


def _time(stamp: bytes | None) -> datetime | None:
    if stamp is None:
        return None
    try:
        text = stamp.decode("utf-8").strip()
        return datetime.strptime(text, TIME_FORMAT) if text.endswith(" UTC") else parse_utc(text) if text else None
    except (ValueError, OverflowError):
        raise UnusualError from None


def _replace(file: Path, place: Path) -> None:
    """Rename a file over another, and make it read-only as nbgrader does."""
    file.chmod(0o444)
    try:
        file.replace(place)
    except PermissionError:  # Windows does not replace a read-only file
        place.chmod(0o644)
        file.replace(place)
