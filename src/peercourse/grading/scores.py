"""Scores: what the gradebook holds, a row for each trainee and quiz, or for each item.

They need the grading folder alone. Which option could hurt is known to the bank alone, so that harm stands in the
report.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields

from peercourse.grading.folder import GradingFolder
from peercourse.grading.observation import is_sheet
from peercourse.grading.result import ItemResult, Result, passes
from peercourse.grading.results import read_results

WAITING = "waiting for marking"
NOT_SCORED = "not scored yet"
RATING = "rating"
"""A type without right and wrong: its number is the answer, and says more than its points."""
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
    """A trainee's result in an item; the score is None where it is not scored yet, the answer is a rating's number."""

    trainee: str
    quiz: str
    version: int
    item: str
    type: str
    score: float | None
    maximum: float
    marked: str
    answer: str


def quiz_rows(folder: GradingFolder) -> list[QuizRow]:
    """A row for each trainee and quiz, by quiz and trainee.

    Raises:
        GradingError: nothing was released, or the gradebook cannot be opened.
    """
    results = read_results(folder, without_file=True)
    return [_sheet_row(result) if is_sheet(result.released) else _quiz_row(result) for result in results]


def item_rows(folder: GradingFolder) -> list[ItemRow]:
    """A row for each trainee and item, by quiz, trainee and place in the quiz.

    Raises:
        GradingError: nothing was released, or the gradebook cannot be opened.
    """
    return [row for result in read_results(folder, without_file=True) for row in _item_rows(result)]


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


def _quiz_row(result: Result) -> QuizRow:
    released, maximum = result.released, result.maximum
    if not result.scored:
        return QuizRow(result.trainee, released.quiz, released.version, None, maximum, None, NOT_SCORED, "")
    score = max(sum(one.so_far or 0.0 for one in result.items) - result.penalty, 0.0)
    passed = {None: "", True: "yes", False: "no"}[passes(score, released.pass_mark, maximum)]
    time = result.submitted_at
    return QuizRow(
        result.trainee, released.quiz, released.version, round(score, 2), maximum, round(100 * score / maximum, 1),
        WAITING if any(one.waiting for one in result.items) else passed, f"{time:%Y-%m-%d %H:%M} UTC" if time else "",
    )  # fmt: skip


def _sheet_row(result: Result) -> QuizRow:
    released, time = result.released, result.submitted_at
    passed = {True: "yes", False: "no", None: NOT_SCORED}[result.passed]
    day = f"{time:%Y-%m-%d %H:%M} UTC" if time else ""
    return QuizRow(result.trainee, released.quiz, released.version, None, None, None, passed, day)


def _item_rows(result: Result) -> Iterator[ItemRow]:
    for one in result.items:
        known = result.scored and (one.waiting or one.so_far is not None)
        score, marked = (round(one.so_far or 0.0, 2), _marked(one)) if known else (None, NOT_SCORED)
        yield ItemRow(
            result.trainee, result.released.quiz, result.released.version, one.item.id, one.item.type, score,
            one.item.points, marked, _rated(one),
        )  # fmt: skip


def _rated(one: ItemResult) -> str:
    """A rating's number; what stands there is a trainee's, so nothing but a number comes through."""
    answer = one.answer
    return answer if one.item.type == RATING and isinstance(answer, str) and answer.isdecimal() else ""


def _marked(one: ItemResult) -> str:
    if one.waiting:
        return WAITING
    return "by hand" if one.by_hand is not None else "automatically"


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
