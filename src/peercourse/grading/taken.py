"""What was taken in, in its place: made ready beside and then renamed as a whole, and what was there before is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peercourse.grading.files import remove_folder, short_hash, write_file
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.settings import ORIGIN_FILE
from peercourse.grading.submission import Submission

TIME_FORMAT = "%Y-%m-%d %H:%M:%S UTC"
STAMP = "timestamp.txt"
WORK = ".collecting"
EARLIER = "earlier"


@dataclass(frozen=True)
class Accepted:
    """What the grading folder holds of a trainee and quiz."""

    text: str
    origin: str
    time: datetime


def read_accepted(path: Path) -> Accepted | None:
    """What was taken in earlier; None where there is nothing or where it was put there by hand without a time."""
    try:
        text = path.read_text(encoding="utf-8")
        time = datetime.strptime((path.parent / STAMP).read_text().strip(), TIME_FORMAT).replace(tzinfo=UTC)
        origin = (path.parent / ORIGIN_FILE).read_bytes().decode("utf-8").removesuffix("\n")
        return Accepted(text, origin, time)
    except (OSError, ValueError):
        return None


def store(submission: Submission, folder: GradingFolder) -> None:
    """Put a submission in its place; what was there moves to those that were earlier."""
    place = folder.submitted(submission.trainee, submission.released).parent
    ready = _make_ready(submission, folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        _keep(place, folder, submission.trainee, submission.released)
    ready.rename(place)
    ready.parent.rmdir()


def store_earlier(submission: Submission, folder: GradingFolder) -> None:
    """Put a submission among those that were earlier; the one that counts stays."""
    ready = _make_ready(submission, folder)
    _keep(ready, folder, submission.trainee, submission.released)
    ready.parent.rmdir()


def kept_earlier(folder: GradingFolder, trainee: str, released: Released) -> Iterator[Path]:
    """Notebooks of a trainee that were taken in and do not count, in the order of their times."""
    yield from sorted(_earlier(folder, trainee, released).glob(f"*/{released.quiz}.ipynb"))


def _make_ready(submission: Submission, folder: GradingFolder) -> Path:
    ready = folder.root / WORK / submission.trainee / submission.released.assignment
    remove_folder(ready)
    write_file(ready / f"{submission.released.quiz}.ipynb", submission.text)
    write_file(ready / STAMP, submission.time.strftime(TIME_FORMAT) + "\n")
    write_file(ready / ORIGIN_FILE, submission.origin + "\n")
    return ready


def _keep(place: Path, folder: GradingFolder, trainee: str, released: Released) -> None:
    keep = _earlier(folder, trainee, released) / _mark(place)
    keep.parent.mkdir(parents=True, exist_ok=True)
    remove_folder(keep)  # the same bytes, handed in again and replaced again
    place.rename(keep)


def _earlier(folder: GradingFolder, trainee: str, released: Released) -> Path:
    return folder.root / EARLIER / trainee / released.assignment


def _mark(place: Path) -> str:
    """A name for an earlier submission: its time, and a hash of all that it holds."""
    contents = b"".join(file.read_bytes() for file in sorted(place.iterdir()) if file.is_file())
    stamp = place / STAMP
    time = stamp.read_text(errors="replace") if stamp.exists() else ""
    digits = "".join(character for character in time if character in "0123456789")[:14]
    return f"{digits or 'undated'}-{short_hash(contents)[:8]}"
