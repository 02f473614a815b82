"""Grade: the submissions that need it, in bulk or one by one. No kernel is started, and no answer is run.

A scored notebook notes the bytes that it was made of and the keys by which it was scored, and it is put in place after
the gradebook's rows. So what is to be done is seen from what lies there, and a run that was killed is simply run again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from peercourse.grading.files import GradingError, short_hash
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.own_settings import choose_engine
from peercourse.grading.writer import one_writer

WORK = ".autograding"
TAIL = 8192
"""Bytes at the end of a scored notebook that hold its metadata."""


@dataclass(frozen=True)
class Submitted:
    """A submission that lies in the grading folder."""

    trainee: str
    released: Released

    @property
    def name(self) -> tuple[str, str]:
        """Trainee and assignment."""
        return self.trainee, self.released.assignment


@dataclass
class GradeReport:
    """What a run did.

    Attributes:
        graded: submissions scored now.
        current: how many were scored already, by the present keys.
        failed: submissions that could not be scored, and why.
        waiting: how many in the whole folder wait for written answers to be marked.
    """

    graded: list[Submitted] = field(default_factory=list)
    current: int = 0
    failed: list[tuple[Submitted, str]] = field(default_factory=list)
    waiting: int = 0


def grade(
    folder: GradingFolder,
    trainee: str | None = None,
    *,
    again: bool = False,
    engine: str | None = None,
    step: Callable[[int, int, str], None] = lambda _done, _all, _name: None,
    say: Callable[[str], None] = lambda _: None,
) -> GradeReport:
    """Score what needs it. Marks given by hand are kept.

    Args:
        folder: the grading folder.
        trainee: score this trainee's submissions alone.
        again: score also what was scored already.
        engine: ``bulk`` or ``nbgrader``; by default ``bulk``, unless the trainer's settings need the other.
        step: told how many of how many are done, and whose turn it is.
        say: told in a sentence what the trainer should know of the settings.

    Raises:
        GradingError: nothing was released, the gradebook or the disk cannot be used, somebody else writes in the
            folder, or the trainer's settings do not go with the engine that was asked for.
    """
    released = folder.require()
    with one_writer(folder.root, "peercourse grade"):
        engine = choose_engine(folder.root, engine, say)
        found = [entry for entry in submissions(folder, released) if trainee in (None, entry.trainee)]
        if trainee is not None and not found:
            raise GradingError(
                f"{trainee} has no submission in {folder.root / 'submitted'}; first run: peercourse collect"
            )
        todo = found if again else pending(folder, found)
        report = GradeReport(current=len(found) - len(todo))
        _score(folder, todo, engine, report, step)
        unscored = {entry.name for entry in todo} - {entry.name for entry in report.graded}
        scored = {entry.name for entry in found} - unscored
        report.waiting = _count_waiting(folder, released, scored, unscored)
    return report


def submissions(folder: GradingFolder, released: dict[str, Released]) -> Iterator[Submitted]:
    """Submissions in the grading folder, in the order of trainees and assignments."""
    place = folder.root / "submitted"
    for trainee in _folders(place):
        for assignment in _folders(place / trainee):
            entry = released.get(assignment)
            if entry is not None and folder.submitted(trainee, entry).is_file():
                yield Submitted(trainee, entry)


def pending(folder: GradingFolder, found: Sequence[Submitted]) -> list[Submitted]:
    """Those submissions whose score is missing or no longer by the present file and keys."""
    from sqlalchemy.exc import SQLAlchemyError

    from peercourse.grading.rows import find_cells, gradebook_problem, trainees_with_rows

    if not found:
        return []
    keys, rows = {}, {}
    with open_gradebook(folder.root, folder.db_url) as gradebook:
        try:
            with gradebook.engine.connect() as connection:
                for entry in {each.released.assignment: each.released for each in found}.values():
                    cells = find_cells(connection, entry)
                    keys[entry.assignment], rows[entry.assignment] = cells.key, trainees_with_rows(connection, cells)
        except SQLAlchemyError as error:
            raise gradebook_problem(error) from error
    return [
        entry
        for entry in found
        if entry.trainee not in rows[entry.released.assignment]
        or not _is_current(folder, entry, keys[entry.released.assignment])
    ]


def _is_current(folder: GradingFolder, entry: Submitted, key: str) -> bool:
    made = _made_of(folder.autograded(entry.trainee, entry.released))
    # A submission is read only where its score may hold.
    if made is None or made[1] != key:
        return False
    return made[0] == short_hash(folder.submitted(entry.trainee, entry.released).read_bytes())


def _score(
    folder: GradingFolder,
    todo: Sequence[Submitted],
    engine: str,
    report: GradeReport,
    step: Callable[[int, int, str], None],
) -> None:
    left = todo
    if engine == "bulk" and todo:
        from peercourse.grading.bulk import grade_in_bulk

        left = grade_in_bulk(folder, todo, report, step)
    if left:
        from peercourse.grading.converter import Converter

        converter = Converter(folder)
        for number, entry in enumerate(left, len(todo) - len(left)):
            step(number, len(todo), entry.trainee)
            problem = converter.run(entry)
            if problem:
                report.failed.append((entry, problem))
            else:
                report.graded.append(entry)
    report.failed.sort(key=lambda failed: failed[0].name)
    step(len(todo), len(todo), "")


def _count_waiting(
    folder: GradingFolder,
    released: dict[str, Released],
    scored: set[tuple[str, str]],
    unscored: set[tuple[str, str]],
) -> int:
    """How many submissions wait for a marker, apart from those that are not scored by the present file and keys."""
    from peercourse.grading.rows import waiting

    with open_gradebook(folder.root, folder.db_url) as gradebook, gradebook.engine.connect() as connection:
        rows = {name for name in waiting(connection) if name[1] in released} - unscored
    others = [Submitted(trainee, released[assignment]) for trainee, assignment in rows - scored]
    lying = [entry for entry in others if folder.submitted(entry.trainee, entry.released).is_file()]
    return len(rows) - len(pending(folder, lying))


def _folders(place: Path) -> list[str]:
    try:
        with os.scandir(place) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())
    except FileNotFoundError:
        return []


def _made_of(path: Path) -> tuple[str, str] | None:
    """Bytes and keys that a scored notebook was made of, read from its end where that can be done."""
    try:
        with path.open("rb") as file:
            file.seek(max(os.fstat(file.fileno()).st_size - TAIL, 0))
            end = file.read()
        # At this depth a notebook has one such line, and no text in it can hold a line feed.
        start = end.rfind(b'\n "metadata": {')
        data = json.loads(b"{" + end[start:] if start >= 0 else path.read_bytes())
        made = data["metadata"]["peercourse"]
        return made["submitted"], made["key"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
