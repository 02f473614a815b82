"""Which of several attempts counts. With ``counts: best`` that may be one that the gradebook is not about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from peercourse.content.host_rules import AttemptRules
from peercourse.grading.attempt_rules import read_rules, rules_for
from peercourse.grading.attempts import Attempt, attempts_of, kept_by_hand, shelf
from peercourse.grading.folder import GradingFolder
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.rescore import open_scorer, points_of
from peercourse.grading.result import Result
from peercourse.grading.results import item_results
from peercourse.grading.settled import Mark

if TYPE_CHECKING:
    from peercourse.grading.bulk_score import Scorer

Place = tuple[str, str]
"""Trainee and assignment."""


class EarlierAttempts:
    """Results of attempts that the gradebook is not about, by the present keys and the marks that they had.

    Args:
        folder: the grading folder.
        gradebook: an open one.
    """

    def __init__(self, folder: GradingFolder, gradebook: Any) -> None:
        self._folder, self._gradebook = folder, gradebook
        self._scorers: dict[str, Scorer] = {}

    def result(self, attempt: Attempt) -> Result | None:
        """The result of an attempt; its score is None where somebody would have to mark it.

        Raises:
            GradingError: the release or the record of marks is damaged.
        """
        released = attempt.released
        if released.assignment not in self._scorers:
            self._scorers[released.assignment] = open_scorer(self._gradebook, self._folder, released)
        earned = points_of(self._scorers[released.assignment], attempt.path)
        if earned is None:
            return None
        given = kept_by_hand(self._folder, attempt)
        points = {
            cell: _mark(automatic, given.marks.get(cell), given.extra.get(cell, 0.0))
            for cell, automatic in earned.items()
        }
        items = item_results(attempt.path, released, points)
        time = attempt.time.replace(tzinfo=None) if attempt.time else None  # as nbgrader keeps it
        return Result(attempt.trainee, released, time, items, given.penalty, True, given.comments)


def counted_instead(folder: GradingFolder, results: Sequence[Result]) -> dict[Place, Result]:
    """Results of earlier attempts that count instead of those in the gradebook.

    Args:
        folder: the grading folder.
        results: what the gradebook is about.

    Raises:
        GradingError: a file in the grading folder is damaged.
    """
    rules = read_rules(folder.root)
    several = [result for result in results if _may_be_beaten(folder, result, rules)]
    if not several:
        return {}
    with open_gradebook(folder.root, folder.db_url) as gradebook:
        earlier = EarlierAttempts(folder, gradebook)
        instead = {}
        for result in several:
            others = [earlier.result(attempt) for attempt in on_shelf(folder, result)]
            best = best_of(result, (other for other in others if other is not None))
            if best is not result:
                instead[result.trainee, result.released.assignment] = best
        return instead


def on_shelf(folder: GradingFolder, result: Result) -> list[Attempt]:
    """The other attempts at the quiz of a result."""
    return [one for one in attempts_of(folder, result.trainee, result.released) if not one.present]


def best_of(present: Result, others: Iterable[Result]) -> Result:
    """The result with the most points among those that are marked; the present one where it is as good as any."""
    best = present
    for other in others:
        if other.score is not None and (best.score is None or other.score > best.score):
            best = other
    return best


def _may_be_beaten(folder: GradingFolder, result: Result, rules: AttemptRules) -> bool:
    best = rules_for(rules, result.released).counts == "best"
    return best and shelf(folder, result.trainee, result.released).is_dir()


def _mark(automatic: float | None, given: tuple[float, float | None] | None, extra: float) -> Mark:
    """An item's row as it would be: a mark by hand counts as long as the program's points are those it was given on."""
    if given is None:
        return Mark(automatic, None, waiting=automatic is None, extra=extra)
    by_hand, was = given
    return Mark(automatic, by_hand, waiting=was != automatic, extra=extra)
