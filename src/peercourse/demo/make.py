"""A demo from beginning to end: released, handed in, taken in and scored by the functions that the commands call."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from peercourse.demo.cohort import Person, cohort
from peercourse.demo.handing_in import INBOX, LATER, Files, plan_files, write_inboxes
from peercourse.demo.marker import DemoSettings, write_marker
from peercourse.demo.marking import mark_written
from peercourse.demo.observed import OBSERVED, plan_sheets, write_sheets
from peercourse.demo.place import GRADING, new_folder
from peercourse.demo.readme import README, readme_text
from peercourse.grading.collect import CollectReport, collect
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.files import write_file
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import GradeReport, grade
from peercourse.grading.identity import ROSTER
from peercourse.quiz.bank import Quiz
from peercourse.quiz.sheet import Sheet

Step = Callable[[int, int, str], None]
Watch = Callable[[str], AbstractContextManager[Step]]
"""Shows how far a stage is: called with a word for it, gives a function to call with done, all and a name."""


@dataclass(frozen=True)
class DemoReport:
    """What a demo holds.

    Attributes:
        files: what was handed in.
        taken: how many files were taken in.
        refused: names of files that were not, and why.
        scored: how many submissions were scored.
        failed: submissions that could not be scored, and why.
        marked: how many written answers were marked.
        sheets: how many sheets of observed role plays there are.
        observed: how many of them were taken in.
    """

    files: Files
    taken: int
    refused: tuple[tuple[str, str], ...]
    scored: int
    failed: tuple[tuple[str, str], ...]
    marked: int
    sheets: int
    observed: int


def make_demo(
    quizzes: Sequence[Quiz],
    folder: Path,
    settings: DemoSettings,
    watch: Watch,
    sheet: Sheet | None = None,
    cards: Sequence[str] = (),
) -> DemoReport:
    """Make a demo in a new folder.

    Args:
        quizzes: what trainees hand in, the evaluation included.
        folder: the demo's folder; see :func:`peercourse.demo.place.is_there`.
        settings: how many trainees, and the seed.
        watch: shows how far it is.
        sheet: the observation sheet; None where the course has none.
        cards: names of the role plays.

    Raises:
        GradingError: the folder cannot be used.
        ReleaseError: nbgrader refuses a quiz.
    """
    people = cohort(settings)
    files = plan_files(people, quizzes, settings)
    seen = plan_sheets(files, sheet, cards, settings) if sheet else []
    with new_folder(folder, settings) as work:
        write_file(work / ".gitignore", "# Made up by a program, and with keys in it: not for version control.\n*\n")
        write_file(work / README, readme_text(folder.name, files, settings))
        write_file(work / ROSTER, roster(people))
        grading = release([*quizzes, *([sheet] if sheet else [])], work / GRADING, people, settings, watch)
        releases = {entry.quiz: grading.release(entry).read_text("utf-8") for entry in grading.require().values()}
        with watch("Answering") as step:
            write_inboxes(files, releases, work, settings, step)
        if sheet:
            write_sheets(seen, releases[sheet.id], work)
        taken = [take_in(work / inbox, grading, watch) for inbox in (INBOX, LATER)]
        observed = take_in(work / OBSERVED, grading, watch, observed=True) if seen and settings.marked else None
        with watch("Scoring") as step:
            scored = grade(grading, step=step)
        with watch("Marking") as step:
            marked = mark_written(grading, quizzes, step) if settings.marked else 0
    return report(files, taken, scored, marked, len(seen), observed)


def release(
    quizzes: Sequence[Quiz], root: Path, people: Sequence[Person], settings: DemoSettings, watch: Watch
) -> GradingFolder:
    """The demo's own grading folder, marked, with its quizzes and its list of trainees."""
    write_marker(root, settings)
    write_file(root / ROSTER, roster(people))
    with watch("Releasing") as step:
        for number, quiz in enumerate(quizzes):
            step(number, len(quizzes), quiz.id)
            release_quizzes([quiz], root, lambda _: None)
    return GradingFolder(root)


def roster(people: Sequence[Person]) -> str:
    """The list of trainees as CSV."""
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows(
        [("id", "note"), *((person.id, "made up by peercourse demo") for person in people)]
    )
    return table.getvalue()


def take_in(inbox: Path, grading: GradingFolder, watch: Watch, *, observed: bool = False) -> CollectReport:
    """Collect an inbox, or a folder of observation sheets."""
    with watch("Reading") as step:
        return collect(inbox, grading, (), lambda name: step(0, 0, name), observed=observed)


def report(
    files: Files,
    taken: Sequence[CollectReport],
    scored: GradeReport,
    marked: int,
    sheets: int,
    observed: CollectReport | None,
) -> DemoReport:
    """What all stages did."""
    return DemoReport(
        files=files,
        taken=sum(len(one.taken) for one in taken),
        refused=tuple((refusal.name, refusal.why) for one in taken for refusal in one.refused),
        scored=len(scored.graded),
        failed=tuple((f"{entry.trainee}, {entry.released.assignment}", why) for entry, why in scored.failed),
        marked=marked,
        sheets=sheets,
        observed=len(observed.taken) if observed else 0,
    )
