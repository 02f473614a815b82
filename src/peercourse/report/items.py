"""Item analysis: how hard each item was, how it goes with the rest, and how the items of a quiz go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from peercourse.grading.folder import ReleasedItem
from peercourse.grading.result import Result
from peercourse.report.few import FEWEST
from peercourse.report.reliability import Alpha, alpha_with_interval, correlation_with, rest_scores

NOT_MEASURED = "rating"
"""A type without right and wrong."""


@dataclass(frozen=True)
class ItemFigures:
    """What the answers say about an item.

    Attributes:
        item: the item as it was released.
        number: trainees whose points for it are known.
        difficulty: mean share of its points; None for too few trainees.
        item_rest: correlation with the sum of the other items; None for too few trainees, or where one does not vary.
    """

    item: ReleasedItem
    number: int
    difficulty: float | None
    item_rest: float | None


@dataclass(frozen=True)
class Analysis:
    """What the answers say about a quiz.

    Attributes:
        complete: submissions in which every item has its points; correlations and alpha rest on these alone.
        items: in the order of the quiz.
        alpha: coefficient alpha; None for too few submissions, or where all have the same sum.
        upper: for each item, the trainees in the upper half by the sum of the other items; empty for too few.
    """

    complete: int
    items: tuple[ItemFigures, ...]
    alpha: Alpha | None
    upper: tuple[frozenset[str], ...]


def analyse(results: Sequence[Result]) -> Analysis:
    """Analyse the submissions of one quiz in one version.

    Args:
        results: at least one; all of the same release.
    """
    items = results[0].released.items
    complete = [result for result in results if result.score is not None]
    measured = [place for place, item in enumerate(items) if item.type != NOT_MEASURED]
    points = _points(complete, measured)
    enough = len(complete) >= FEWEST
    correlations: dict[int, float | None] = {}
    upper: list[frozenset[str]] = [frozenset()] * len(items)
    for row, place in enumerate(measured if enough else []):
        rest = rest_scores(points, row)
        correlations[place] = correlation_with(points[row], rest)
        upper[place] = _upper_half([result.trainee for result in complete], rest)
    figures = [_figures(item, place, results, correlations.get(place)) for place, item in enumerate(items)]
    return Analysis(len(complete), tuple(figures), alpha_with_interval(points) if enough else None, tuple(upper))


def alpha_of(complete: Sequence[Result]) -> Alpha | None:
    """Coefficient alpha alone, as :func:`analyse` gives it.

    Args:
        complete: submissions in which every item has its points.
    """
    if len(complete) < FEWEST:
        return None
    items = complete[0].released.items
    return alpha_with_interval(
        _points(complete, [place for place, item in enumerate(items) if item.type != NOT_MEASURED])
    )


def _points(complete: Sequence[Result], measured: Sequence[int]) -> list[list[float]]:
    return [[result.items[place].score or 0.0 for result in complete] for place in measured]


def _figures(item: ReleasedItem, place: int, results: Sequence[Result], item_rest: float | None) -> ItemFigures:
    scores = [result.items[place].score for result in results if result.scored]
    known = [score / item.points for score in scores if score is not None]
    told = len(known) >= FEWEST and item.type != NOT_MEASURED
    return ItemFigures(item, len(known), fmean(known) if told else None, item_rest)


def _upper_half(trainees: Sequence[str], sums: Sequence[float]) -> frozenset[str]:
    """Those above the middle; those right on it too, so that a tie leaves out nobody."""
    middle = sorted(sums)[len(sums) // 2]
    return frozenset(trainee for trainee, one in zip(trainees, sums, strict=True) if one >= middle)
