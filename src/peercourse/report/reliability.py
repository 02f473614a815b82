"""How items of a quiz go together: coefficient alpha with its interval, and each item against the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import correlation, fmean, variance

from peercourse.report.fdistribution import f_quantile

NOTHING = 1e-12
"""A variance below this is a rounding error."""


@dataclass(frozen=True)
class Alpha:
    """Coefficient alpha and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def coefficient_alpha(points: Sequence[Sequence[float]]) -> float | None:
    """Coefficient alpha: how far a score would come out alike with other items of the same kind.

    Source: Cronbach 1951, Psychometrika 16:297, formula 2, with sample variances.

    Args:
        points: points of every trainee, a list for each item, all of one length.

    Returns:
        At most 1, below 0 where items run against each other; None with fewer than two items or trainees, or where all
        trainees have the same sum.
    """
    if len(points) < 2 or len(points[0]) < 2:
        return None
    sums = [sum(row) for row in zip(*points, strict=True)]
    whole = variance(sums)
    if whole < NOTHING:
        return None
    parts = sum(variance(item) for item in points)
    return float(len(points) / (len(points) - 1) * (1 - parts / whole))


def alpha_interval(alpha: float, trainees: int, items: int) -> tuple[float, float]:
    """The 95 % interval of coefficient alpha.

    Source: Feldt 1965, Psychometrika 30:357; as formulas 6 and 7 of Feldt, Woodruff and Salih 1987, Applied
    Psychological Measurement 11:93. It takes items as parallel, so it is a little too narrow for a quiz of many kinds.

    Args:
        alpha: the coefficient.
        trainees: how many, at least 2.
        items: how many, at least 2.
    """
    first, second = trainees - 1, (trainees - 1) * (items - 1)
    return (
        1 - (1 - alpha) * f_quantile(0.975, first, second),
        1 - (1 - alpha) * f_quantile(0.025, first, second),
    )


def alpha_with_interval(points: Sequence[Sequence[float]]) -> Alpha | None:
    """Both at once; None where there is no coefficient."""
    value = coefficient_alpha(points)
    return None if value is None else Alpha(value, *alpha_interval(value, len(points[0]), len(points)))


def correlation_with(points: Sequence[float], others: Sequence[float]) -> float | None:
    """Pearson's correlation; None where one of the two does not vary."""
    if len(points) < 2 or _varies_not(points) or _varies_not(others):
        return None
    return correlation(points, others)


def rest_scores(points: Sequence[Sequence[float]], place: int) -> list[float]:
    """Every trainee's sum without one item.

    Without it, since an item always agrees with itself: the correlation with the whole sum flatters short quizzes
    (Henrysson 1963, Psychometrika 28:211).
    """
    return [sum(row) - row[place] for row in zip(*points, strict=True)]


def _varies_not(values: Sequence[float]) -> bool:
    mean = fmean(values)
    return sum((value - mean) ** 2 for value in values) < NOTHING
