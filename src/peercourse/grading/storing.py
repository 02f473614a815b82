"""Putting a submission into the grading folder, so that a run that is killed loses nothing of what was there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from peercourse.grading.attempts import STAMP, TIME_FORMAT, shelf
from peercourse.grading.files import remove_folder, short_hash, write_file
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.settings import ORIGIN_FILE
from peercourse.grading.submission import Submission

WORK = ".collecting"


def store(submission: Submission, folder: GradingFolder) -> None:
    """Put a submission in its place. It is made ready beside and then renamed, as a whole; what was there is kept."""
    place = folder.submitted(submission.trainee, submission.released).parent
    ready = _make_ready(submission, folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        _put_on_shelf(place, submission, folder)
    ready.rename(place)
    ready.parent.rmdir()


def shelve(submission: Submission, folder: GradingFolder) -> None:
    """Keep an attempt beside what is in ``submitted``."""
    ready = _make_ready(submission, folder)
    _put_on_shelf(ready, submission, folder)
    ready.parent.rmdir()


def kept_earlier(folder: GradingFolder, trainee: str, released: Released) -> Iterator[Path]:
    """Notebooks of a trainee that were taken in and are not what is scored, in the order of their times."""
    yield from sorted(shelf(folder, trainee, released).glob(f"*/{released.quiz}.ipynb"))


def _make_ready(submission: Submission, folder: GradingFolder) -> Path:
    ready = folder.root / WORK / submission.trainee / submission.released.assignment
    remove_folder(ready)
    write_file(ready / f"{submission.released.quiz}.ipynb", submission.text)
    write_file(ready / STAMP, submission.time.strftime(TIME_FORMAT) + "\n")
    write_file(ready / ORIGIN_FILE, submission.origin + "\n")
    return ready


def _put_on_shelf(place: Path, submission: Submission, folder: GradingFolder) -> None:
    keep = shelf(folder, submission.trainee, submission.released) / _mark(place)
    keep.parent.mkdir(parents=True, exist_ok=True)
    remove_folder(keep)  # the same bytes, handed in again and replaced again
    place.rename(keep)


def _mark(place: Path) -> str:
    """A name for an earlier submission: its time, and a hash of all that it holds."""
    contents = b"".join(file.read_bytes() for file in sorted(place.iterdir()) if file.is_file())
    stamp = place / STAMP
    time = stamp.read_text(errors="replace") if stamp.exists() else ""
    digits = "".join(character for character in time if character in "0123456789")[:14]
    return f"{digits or 'undated'}-{short_hash(contents)[:8]}"
