"""Scores: what the gradebook holds, a row for each trainee and quiz, or for each item."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.grade import Submitted, pending, submissions
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.observation import is_sheet
from peercourse.grading.results import ALMOST, read_results

WAITING = "waiting for marking"
NOT_SCORED = "not scored yet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class QuizRow:
    """A trainee's result in a quiz; score and per cent are None where it is not scored yet.

    An observed role play has neither points nor per cent: it is passed by its rule, or not.
    """

    trainee: str
    quiz: str
    version: int
    score: float | None
    maximum: float | None
    percent: float | None
    passed: str
    submitted_at: str


@dataclass(frozen=True)
class ItemRow:
    """A trainee's result in an item; the score is None where it is not scored yet."""

    trainee: str
    quiz: str
    version: int
    item: str
    type: str
    score: float | None
    maximum: float
    marked: str


def quiz_rows(folder: GradingFolder) -> list[QuizRow]:
    """A row for each trainee and quiz, by quiz and trainee.

    Raises:
        GradingError: nothing was released, or the gradebook cannot be opened.
    """
    released = folder.require()
    by_rule = {
        (result.trainee, result.released.assignment): result.passed
        for sheet in sorted({entry.quiz for entry in released.values() if is_sheet(entry)})
        for result in read_results(folder, sheet)
    }
    with open_gradebook(folder.root, folder.db_url) as gradebook:
        return [
            _sheet_row(entry, submission, by_rule.get(entry.name))
            if is_sheet(entry.released)
            else _quiz_row(entry, submission)
            for entry, submission in _results(folder, released, gradebook)
        ]


def item_rows(folder: GradingFolder) -> list[ItemRow]:
    """A row for each trainee and item, by quiz, trainee and place in the quiz.

    Raises:
        GradingError: nothing was released, or the gradebook cannot be opened.
    """
    released = folder.require()
    with open_gradebook(folder.root, folder.db_url) as gradebook:
        results = _results(folder, released, gradebook)
        return [row for entry, submission in results for row in _item_rows(entry, submission)]


def table(rows: Sequence[QuizRow] | Sequence[ItemRow], kind: type[QuizRow] | type[ItemRow]) -> list[list[str]]:
    """Rows as text, with a heading first."""
    heading = [field.name.replace("_", " ") for field in fields(kind)]
    return [heading, *([_text(value) for value in astuple(row)] for row in rows)]


def csv_text(lines: Sequence[Sequence[str]]) -> str:
    """A table as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[f"'{cell}" if cell.startswith(FORMULA) else cell for cell in line] for line in lines])
    return text.getvalue()


def _results(folder: GradingFolder, released: dict[str, Released], gradebook: Any) -> Iterator[tuple[Submitted, Any]]:
    """Every submission with its rows in the gradebook; None instead where the present file is not scored yet."""
    taken_in = list(submissions(folder, released))
    unscored = set(pending(folder, taken_in))
    rows = {
        Submitted(str(submission.student_id), entry): submission
        for assignment, entry in released.items()
        for submission in gradebook.assignment_submissions(assignment)
    }
    for entry in sorted({*rows, *taken_in}, key=lambda entry: (entry.released.assignment, entry.trainee)):
        yield entry, None if entry in unscored else rows[entry]


def _quiz_row(entry: Submitted, submission: Any) -> QuizRow:
    released, maximum = entry.released, sum(item.points for item in entry.released.items)
    if submission is None:
        return QuizRow(entry.trainee, released.quiz, released.version, None, maximum, None, NOT_SCORED, "")
    grades = _grades(submission).values()
    score = max(sum(grade.score for grade in grades) - (submission.late_submission_penalty or 0), 0.0)
    passed = _passed(score, released.pass_mark, maximum)
    waiting = any(grade.needs_manual_grade for grade in grades)
    time = submission.timestamp
    return QuizRow(
        entry.trainee, released.quiz, released.version, round(score, 2), maximum, round(100 * score / maximum, 1),
        WAITING if waiting else passed, f"{time:%Y-%m-%d %H:%M} UTC" if time else "",
    )  # fmt: skip


def _sheet_row(entry: Submitted, submission: Any, passed: bool | None) -> QuizRow:
    released, time = entry.released, submission and submission.timestamp
    word = {True: "yes", False: "no", None: NOT_SCORED}[passed]
    day = f"{time:%Y-%m-%d %H:%M} UTC" if time else ""
    return QuizRow(entry.trainee, released.quiz, released.version, None, None, None, word, day)


def _passed(score: float, pass_mark: float | None, maximum: float) -> str:
    """Yes or no; nothing where nobody passes or fails."""
    if pass_mark is None:
        return ""
    return "yes" if score >= pass_mark * maximum - ALMOST else "no"


def _item_rows(entry: Submitted, submission: Any) -> Iterator[ItemRow]:
    grades = {} if submission is None else _grades(submission)
    for item in entry.released.items:
        grade = grades.get(item.cell)
        if grade is None:
            score, marked = None, NOT_SCORED
        else:
            by = "by hand" if grade.manual_score is not None else "automatically"
            score, marked = round(grade.score, 2), WAITING if grade.needs_manual_grade else by
        yield ItemRow(
            entry.trainee, entry.released.quiz, entry.released.version, item.id, item.type, score, item.points, marked
        )


def _grades(submission: Any) -> dict[str, Any]:
    return {grade.name: grade for notebook in submission.notebooks for grade in notebook.grades}


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
