"""Where a demo may lie: in a folder of its own, never among real answers; it appears as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peercourse.demo.marker import DemoSettings, read_marker, write_marker
from peercourse.grading.files import GradingError, remove_folder
from peercourse.grading.folder import RECORD

GRADING = "grading"
"""The demo's own grading folder, in its folder."""
MARKS_OF_PATTERNS = "[]*?"
"""nbgrader takes a folder with one of these for a pattern."""


def is_there(folder: Path, settings: DemoSettings, course_grading: Path) -> bool:
    """Whether just this demo lies there already; False where the folder is free.

    Args:
        folder: where the demo is to be.
        settings: what it is to be made from.
        course_grading: the folder of real answers.

    Raises:
        GradingError: the demo must not lie there.
    """
    place = folder.resolve()
    around = next((above for above in (place, *place.parents) if _is_real(above, course_grading.resolve())), None)
    if around is not None:
        raise GradingError(f"{around} is for real answers and gets no made-up ones; give another --folder")
    if not folder.exists() and not folder.is_symlink():
        if set(MARKS_OF_PATTERNS) & set(str(place)):
            raise GradingError(f"{place} has one of the characters [ ] * ?, which nbgrader cannot read; rename")
        return False
    found = read_marker(folder)
    if found is None:
        raise GradingError(f"{folder} is there already and is no demo, so it was left alone; give another --folder")
    if found != settings:
        raise GradingError(
            f"{folder} holds another demo ({found.trainees} trainees, seed {found.seed}), and perhaps marks of yours; "
            "give another --folder, or delete that one first"
        )
    return True


@contextmanager
def new_folder(folder: Path, settings: DemoSettings) -> Iterator[Path]:
    """A marked folder to fill; it gets its name when all is done, and is taken away where something goes wrong.

    Args:
        folder: the name at the end.
        settings: what the demo is made from.

    Raises:
        GradingError: the name that it has meanwhile is taken.
    """
    work = folder.parent / f".{folder.name}.part"
    if work.exists() and read_marker(work) is None:
        raise GradingError(f"{work} is in the way and no part of a demo; rename it, or give another --folder")
    remove_folder(work)  # a run that was killed
    try:
        write_marker(work, settings)
        yield work
        work.rename(folder)
    finally:
        remove_folder(work)


def _is_real(folder: Path, course_grading: Path) -> bool:
    """Whether a folder holds, or is to hold, what people handed in."""
    return folder == course_grading or ((folder / RECORD).exists() and read_marker(folder) is None)
