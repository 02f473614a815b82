"""What a cohort handed in and earned, read at one go: for the report, the feedback and the marking workbook.

Points come from the gradebook and answers from the submissions as they were taken in, which are rebuilt and so hold
nothing but plain choices and words. One query reads the points of a whole cohort.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peercourse.grading.answers import NotPlainError, read_assignment, read_words
from peercourse.grading.folder import GradingFolder, Released, ReleasedItem
from peercourse.grading.grade import Submitted, pending, submissions
from peercourse.grading.gradebook import open_gradebook
from peercourse.quiz.item import Literals
from peercourse.quiz.notebook import answer_variable
from peercourse.quiz.types.written import PLACEHOLDER

WRITTEN = "written"
ALMOST = 1e-9
"""Room for the last digit of a sum of thirds, so that nobody fails by it."""


@dataclass(frozen=True)
class ItemResult:
    """A trainee's answer to an item and what it earned.

    Attributes:
        item: the item as it was released.
        answer: the choice as plain literals, or the words of a written answer; empty where it was left blank.
        automatic: points given by the program; None where only a person can mark.
        by_hand: points given by a marker; None where nobody has.
        waiting: whether a marker is waited for.
    """

    item: ReleasedItem
    answer: Literals
    automatic: float | None
    by_hand: float | None
    waiting: bool

    @property
    def score(self) -> float | None:
        """Points that count; None while a marker is waited for."""
        if self.waiting:
            return None
        return self.by_hand if self.by_hand is not None else self.automatic


@dataclass(frozen=True)
class Result:
    """A trainee's submission of a quiz.

    Attributes:
        trainee: the ID.
        released: the quiz and its version.
        submitted_at: when it was handed in, in UTC; None where nobody knows.
        items: in the order of the quiz.
        penalty: points taken off for lateness.
        scored: whether it was scored as it stands and by the present keys.
    """

    trainee: str
    released: Released
    submitted_at: datetime | None
    items: tuple[ItemResult, ...]
    penalty: float
    scored: bool

    @property
    def maximum(self) -> float:
        """The most points that can be earned."""
        return sum(item.points for item in self.released.items)

    @property
    def score(self) -> float | None:
        """Points in all; None while it is not scored, or while a marker is waited for."""
        points = [one.score for one in self.items]
        if not self.scored or any(one is None for one in points):
            return None
        return max(sum(one for one in points if one is not None) - self.penalty, 0.0)

    @property
    def passed(self) -> bool | None:
        """Whether it is passed: by the pass mark, and of an observed role play by its rule.

        None where that is not known yet, or where nobody passes or fails.
        """
        if self.released.rule is not None:
            levels = [str(one.answer) for one in self.items]
            return self.released.rule.passes(levels) if self.scored else None
        score, mark = self.score, self.released.pass_mark
        return None if score is None or mark is None else score >= mark * self.maximum - ALMOST


@dataclass(frozen=True)
class _Row:
    """Points of a cell in the gradebook."""

    automatic: float | None
    by_hand: float | None
    waiting: bool


@dataclass(frozen=True)
class _Header:
    """A submission in the gradebook."""

    time: datetime | None
    penalty: float


def read_results(folder: GradingFolder, quiz: str | None = None) -> list[Result]:
    """Everything that was taken in, with its points.

    Args:
        folder: the grading folder.
        quiz: this quiz alone, in all its versions.

    Returns:
        Results in the order of assignments and trainees.

    Raises:
        GradingError: nothing was released, or the gradebook cannot be opened.
    """
    released = {name: entry for name, entry in folder.require().items() if quiz in (None, entry.quiz)}
    found = list(submissions(folder, released))
    unscored = set(pending(folder, found))
    with open_gradebook(folder.root, folder.db_url) as gradebook:
        headers, points = _gradebook_rows(gradebook, released)
    results = [
        _result(entry, folder, headers.get(_place(entry)), points.get(_place(entry), {}), entry not in unscored)
        for entry in found
    ]
    return sorted(results, key=lambda result: (result.released.assignment, result.trainee))


def _place(entry: Submitted) -> tuple[str, str]:
    return entry.trainee, entry.released.assignment


def _gradebook_rows(
    gradebook: Any, released: Mapping[str, Released]
) -> tuple[dict[tuple[str, str], _Header], dict[tuple[str, str], dict[str, _Row]]]:
    """Headers and points by trainee and assignment; points also by cell."""
    from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook

    query = (
        gradebook.db.query(
            SubmittedAssignment.student_id, Assignment.name, SubmittedAssignment.timestamp,
            SubmittedNotebook.late_submission_penalty, BaseCell.name, Grade.auto_score, Grade.manual_score,
            Grade.needs_manual_grade,
        )
        .select_from(Grade)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
    )  # fmt: skip
    headers: dict[tuple[str, str], _Header] = {}
    points: dict[tuple[str, str], dict[str, _Row]] = defaultdict(dict)
    for trainee, assignment, time, penalty, cell, automatic, by_hand, waiting in query:
        if assignment in released:
            headers[trainee, assignment] = _Header(time, float(penalty or 0))
            points[trainee, assignment][cell] = _Row(automatic, by_hand, bool(waiting))
    return headers, points


def _result(
    entry: Submitted, folder: GradingFolder, header: _Header | None, points: Mapping[str, _Row], scored: bool
) -> Result:
    sources = dict(_sources(folder, entry))
    items = tuple(_item_result(item, sources.get(item.id, ""), points.get(item.cell)) for item in entry.released.items)
    time, penalty = (header.time, header.penalty) if header else (None, 0.0)
    return Result(entry.trainee, entry.released, time, items, penalty, scored and header is not None)


def _item_result(item: ReleasedItem, source: str, row: _Row | None) -> ItemResult:
    answer = _words(source) if item.type == WRITTEN else _choice(source, item.id)
    if row is None:
        return ItemResult(item, answer, None, None, False)
    return ItemResult(item, answer, row.automatic, row.by_hand, row.waiting)


def _sources(folder: GradingFolder, entry: Submitted) -> Iterator[tuple[str, str]]:
    """Sources of the answer cells by ``grade_id``, out of a submission that collect has rebuilt."""
    notebook = json.loads(folder.submitted(entry.trainee, entry.released).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        flags = cell["metadata"].get("nbgrader", {})
        if flags.get("solution"):
            yield flags["grade_id"], cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def _words(source: str) -> str:
    words, _ = read_words(source)
    return "" if words == PLACEHOLDER else words


def _choice(source: str, item: str) -> Literals:
    try:
        answer = read_assignment(source, answer_variable(item))
    except NotPlainError:
        return ""
    return answer if isinstance(answer, (str, list, dict)) else ""
