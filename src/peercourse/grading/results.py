"""What a cohort handed in and earned, read at one go: for the report, the feedback and the marking workbook.

Points come from the gradebook and answers from the submissions as they were taken in, which are rebuilt and so hold
nothing but plain choices and words. One query reads the points of a whole cohort, and a choice that hundreds have made
in the same letters is read once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from peercourse.grading.answers import NotPlainError, read_assignment, read_words
from peercourse.grading.as_collected import read_sources, template_of
from peercourse.grading.attempts import answers_in
from peercourse.grading.folder import GradingFolder, Released, ReleasedItem
from peercourse.grading.grade import Submitted, pending, submissions
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.result import ItemResult, Result
from peercourse.grading.settled import Mark
from peercourse.grading.template import Template
from peercourse.quiz.item import Literals
from peercourse.quiz.notebook import answer_variable
from peercourse.quiz.types.written import PLACEHOLDER

WRITTEN = "written"
KNOWN_CHOICES = 20_000
"""Cells whose choice is remembered; each has at most 2,000 letters."""


@dataclass(frozen=True)
class _Header:
    """A submission in the gradebook."""

    time: datetime | None
    penalty: float


def read_results(folder: GradingFolder, quiz: str | None = None, *, without_file: bool = False) -> list[Result]:
    """What counts of everything that was taken in, with its points.

    Args:
        folder: the grading folder.
        quiz: this quiz alone, in all its versions.
        without_file: whether submissions that only the gradebook knows are there too, with blank answers.

    Returns:
        Results in the order of assignments and trainees; of several attempts the one that counts.

    Raises:
        GradingError: nothing was released, or the gradebook cannot be opened.
    """
    from peercourse.grading.counting import counted_instead

    results = present_results(folder, quiz, without_file=without_file)
    instead = counted_instead(folder, results)
    return [instead.get((result.trainee, result.released.assignment), result) for result in results]


def present_results(folder: GradingFolder, quiz: str | None = None, *, without_file: bool = False) -> list[Result]:
    """What the gradebook is about: for whoever marks. It is not always what counts, see :func:`read_results`.

    Args:
        folder: the grading folder.
        quiz: this quiz alone, in all its versions.
        without_file: whether submissions that only the gradebook knows are there too, with blank answers.

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
    templates = {name: template_of(folder, entry) for name, entry in released.items()}
    results = [
        _result(
            entry,
            _sources_of(folder, entry, templates),
            headers.get(entry.name),
            points[entry.name],
            entry not in unscored,
        )
        for entry in found
    ]
    if without_file:
        others = headers.keys() - {entry.name for entry in found}
        results += [
            _result(Submitted(name[0], released[name[1]]), {}, headers[name], points[name], scored=True)
            for name in others
        ]
    return sorted(results, key=lambda result: (result.released.assignment, result.trainee))


def _gradebook_rows(
    gradebook: Any, released: Mapping[str, Released]
) -> tuple[dict[tuple[str, str], _Header], dict[tuple[str, str], dict[str, Mark]]]:
    """Headers and points by trainee and assignment; points also by cell."""
    from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook

    query = (
        gradebook.db.query(
            SubmittedAssignment.student_id, Assignment.name, SubmittedAssignment.timestamp,
            SubmittedNotebook.late_submission_penalty, BaseCell.name, Grade.auto_score, Grade.manual_score,
            Grade.needs_manual_grade, Grade.extra_credit,
        )
        .select_from(Grade)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .filter(Assignment.name.in_(released))
    )  # fmt: skip
    headers: dict[tuple[str, str], _Header] = {}
    points: dict[tuple[str, str], dict[str, Mark]] = defaultdict(dict)
    for trainee, assignment, time, penalty, cell, automatic, by_hand, waiting, extra in query:
        headers[trainee, assignment] = _Header(time, float(penalty or 0))
        points[trainee, assignment][cell] = Mark(automatic, by_hand, bool(waiting), extra or 0.0)
    return headers, points


def _result(
    entry: Submitted, sources: Mapping[str, str], header: _Header | None, points: Mapping[str, Mark], scored: bool
) -> Result:
    items = _item_results(sources, entry.released, points)
    time, penalty = (header.time, header.penalty) if header else (None, 0.0)
    return Result(entry.trainee, entry.released, time, items, penalty, scored and header is not None)


def item_results(path: Path, released: Released, points: Mapping[str, Mark]) -> tuple[ItemResult, ...]:
    """Answers out of a submission that collect has rebuilt, with their points by cell."""
    return _item_results(_sources(path, None), released, points)


def _item_results(sources: Mapping[str, str], released: Released, points: Mapping[str, Mark]) -> tuple[ItemResult, ...]:
    return tuple(_item_result(item, sources.get(item.id, ""), points.get(item.cell)) for item in released.items)


def _item_result(item: ReleasedItem, source: str, row: Mark | None) -> ItemResult:
    answer = _words(source) if item.type == WRITTEN else _choice(source, item.id)
    if row is None:
        return ItemResult(item, answer, None, None, False)
    return ItemResult(item, answer, row.automatic, row.by_hand, row.waiting, row.extra)


def _sources_of(folder: GradingFolder, entry: Submitted, templates: Mapping[str, Template | None]) -> Mapping[str, str]:
    return _sources(folder.submitted(entry.trainee, entry.released), templates[entry.released.assignment])


def _sources(path: Path, template: Template | None) -> Mapping[str, str]:
    """Sources of the answer cells by ``grade_id``.

    None where somebody has damaged the file since then: it is no longer scored as it stands, and grade names it.
    """
    try:
        text = path.read_bytes().decode("utf-8")
        return (read_sources(template, text) if template else None) or answers_in(text)
    except ValueError:
        return {}


def _words(source: str) -> str:
    words, _ = read_words(source)
    return "" if words == PLACEHOLDER else words


@lru_cache(maxsize=KNOWN_CHOICES)
def _choice(source: str, item: str) -> Literals:
    try:
        answer = read_assignment(source, answer_variable(item))
    except NotPlainError:
        return ""
    return answer if isinstance(answer, (str, list, dict)) else ""
