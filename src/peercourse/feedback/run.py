"""Feedback for a cohort: what is up to date stays, what changed is made anew, what has no result any more goes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peercourse.content.course import Course
from peercourse.feedback.comments import read_comments
from peercourse.feedback.folders import (
    PAGE,
    PDF,
    FeedbackFolder,
    State,
    feedback_folders,
    remove_made,
    state_of,
    write_sealed,
)
from peercourse.feedback.make import FromMarkers, feedback_of, rationales_shown
from peercourse.feedback.model import Feedback
from peercourse.feedback.render import made_of, page, pdf
from peercourse.feedback.wording import wording
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder, Released, released_items
from peercourse.grading.observation import is_sheet
from peercourse.grading.result import Result
from peercourse.grading.results import read_results
from peercourse.marking.ledger import MarkedAnswer
from peercourse.marking.present import present_marks
from peercourse.quiz.bank import Quiz
from peercourse.quiz.evaluation import MODULE as EVALUATION

RENDERERS: Mapping[str, Callable[[dict[str, Any]], bytes]] = {PAGE: page, PDF: pdf}


@dataclass(frozen=True)
class Wanted:
    """What is to be made.

    Attributes:
        quiz: of this quiz alone; None for all.
        trainee: for this trainee alone; None for all.
        site: address of the site; empty where it is not known.
        today: the day, which decides whether rationales are shown.
    """

    quiz: str | None
    trainee: str | None
    site: str
    today: datetime.date


@dataclass
class FeedbackReport:
    """What a run did.

    Attributes:
        made: feedback that is new or was made anew.
        unchanged: how many were up to date.
        removed: folders, below ``feedback``, whose result is no more.
        changed_by_hand: files that somebody made or changed, and that were left alone.
        others: other files in the folders, which would be sent along.
        unscored: how many submissions are not scored, or no longer.
        evaluation: how many belong to the evaluation of the course, which has no feedback.
        sheets: how many are sheets of observed role plays, on which the observer has spoken.
        without_bank: assignments whose bank the course does not have, or not as it was released.
        all: everything that was fed back.
    """

    made: list[Feedback] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    changed_by_hand: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    unscored: int = 0
    evaluation: int = 0
    sheets: int = 0
    without_bank: list[str] = field(default_factory=list)
    all: list[Feedback] = field(default_factory=list)


def make_feedback(
    folder: GradingFolder, course: Course, wanted: Wanted, step: Callable[[int, int, str], None]
) -> FeedbackReport:
    """Make the page and the PDF of every scored result.

    Args:
        folder: the grading folder.
        course: the course, with the banks.
        wanted: for whom and about what.
        step: told how many of how many are done, and whose turn it is.

    Raises:
        GradingError: nothing was released, nobody of this name handed in, or a file cannot be written.
    """
    report = FeedbackReport()
    results = _results(folder, wanted)
    comments, marks = read_comments(folder), present_marks(folder, results)
    rationales = rationales_shown(course, wanted.today)
    jobs = list(_jobs(results, course, report))
    kept = set()
    for number, (result, quiz) in enumerate(jobs):
        step(number, len(jobs), result.trainee)
        assignment = result.released.assignment
        own = comments.get((result.trainee, assignment), {})
        written = own if result.comments is None else result.comments
        noted = {one.item.id for one in result.items if _is_noted(marks.get((assignment, result.trainee, one.item.id)))}
        feedback = feedback_of(result, quiz, course, FromMarkers(written, noted), wanted.site, rationales=rationales)
        place = FeedbackFolder(folder.root, result.trainee, assignment, quiz.id)
        _write(place, feedback, course, report)
        kept.add(place.path)
    _remove_stale([path for path in _folders(folder, wanted) if path not in kept], report)
    step(len(jobs), len(jobs), "")
    return report


def _is_noted(entry: MarkedAnswer | None) -> bool:
    return entry is not None and entry.harmful


def _results(folder: GradingFolder, wanted: Wanted) -> list[Result]:
    released = sorted({entry.quiz for entry in folder.require().values()})
    if wanted.quiz is not None and wanted.quiz not in released:
        raise GradingError(f"{wanted.quiz} was not released into {folder.root}; write one of {', '.join(released)}")
    results = [one for one in read_results(folder, wanted.quiz) if wanted.trainee in (None, one.trainee)]
    if wanted.trainee is not None and not results and not _folders(folder, wanted):
        raise GradingError(f"{wanted.trainee} has no submission in {folder.root}; first run: peercourse collect INBOX")
    return results


def _folders(folder: GradingFolder, wanted: Wanted) -> list[Path]:
    """Folders of feedback that this run speaks for."""
    released = folder.read()

    def spoken_for(path: Path) -> bool:
        quiz = released[path.name].quiz if path.name in released else None
        return wanted.trainee in (None, path.parent.name) and wanted.quiz in (None, quiz)

    return [path for path in feedback_folders(folder.root) if spoken_for(path)]


def _jobs(results: list[Result], course: Course, report: FeedbackReport) -> Iterator[tuple[Result, Quiz]]:
    """Results on which there is feedback to give, with their banks; the others are noted in the report."""
    banks = {quiz.assignment: quiz for quiz in (*course.archive, *course.current)}
    for result in results:
        quiz = banks.get(result.released.assignment)
        if is_sheet(result.released):
            report.sheets += 1
        elif quiz is not None and quiz.module == EVALUATION:
            report.evaluation += 1
        elif quiz is None or not _as_released(quiz, result.released):
            if result.released.assignment not in report.without_bank:
                report.without_bank.append(result.released.assignment)
        elif not result.scored:
            report.unscored += 1
        else:
            yield result, quiz


def _as_released(quiz: Quiz, released: Released) -> bool:
    """Whether letters and points mean in the bank what they mean in the answers and in the gradebook."""
    return released_items(quiz) == released.items and quiz.pass_mark == released.pass_mark


def _write(place: FeedbackFolder, feedback: Feedback, course: Course, report: FeedbackReport) -> None:
    data = wording(feedback, course.institution, course.words)
    source = made_of(data)
    written = False
    for ending, render in RENDERERS.items():
        path = place.file(ending)
        state = state_of(path, source)
        if state is State.FOREIGN:
            report.changed_by_hand.append(path)
        elif state is not State.CURRENT:
            write_sealed(path, render(data), source)
            written = True
    if written:
        report.made.append(feedback)
    else:
        report.unchanged += 1
    report.all.append(feedback)
    ours = {place.file(ending) for ending in RENDERERS}
    report.others += sorted(path for path in place.path.iterdir() if path not in ours)


def _remove_stale(folders: list[Path], report: FeedbackReport) -> None:
    for folder in folders:
        removed, left = remove_made(folder)
        if removed:
            report.removed.append(f"{folder.parent.name}/{folder.name}")
        report.others += left
