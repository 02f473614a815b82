"""Who has a folder of their own in the grading folder, and when they last handed in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from peercourse.grading.attempts import read_time
from peercourse.grading.identity import IdentityError, trainee_id

PLACES = (".collecting", ".autograding", "feedback", "autograded", "earlier", "attempts", "certificates", "submitted")
"""Folders with a folder for each trainee. What was handed in comes last: while it is there, the person is known."""


def folders_of_people(root: Path) -> Iterator[tuple[str, Path]]:
    """Each trainee's folders, with the ID as it counts. Links are folders here: they are named, never followed."""
    for place in PLACES:
        if (root / place).is_symlink():
            continue
        for path in _entries(root / place):
            try:
                trainee = trainee_id(path.name)
            except IdentityError:
                continue
            if path.is_dir() or path.is_symlink():
                yield trainee, path


def last_handed_in(folder: Path) -> date | None:
    """The day on which somebody last handed in, by the times of their folder in ``submitted``."""
    days = [day for assignment in _entries(folder) if (day := _day(assignment)) is not None]
    return max(days, default=None)


def _day(assignment: Path) -> date | None:
    """By the time of the file, unless it is still to come, as a zip file may claim; then when it was taken in."""
    time = read_time(assignment)
    if time is not None and time <= datetime.now(UTC):
        return time.astimezone().date()
    try:
        return datetime.fromtimestamp(assignment.stat().st_mtime, UTC).astimezone().date()
    except OSError:
        return None


def _entries(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
