"""Bootstrap intervals: bias-corrected and accelerated, seeded, for whatever is a function of means."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import isnan, nan
from operator import itemgetter
from statistics import NormalDist

TIMES = 2000
SEED = 20260101
"""Any number; written down, so that the same data give the same interval."""

Statistic = Callable[[Sequence[float]], float]
"""From the means of all columns to the figure; not a number where it cannot be had."""


def bca_intervals(
    columns: Sequence[Sequence[float]], statistics: Sequence[Statistic], level: float = 0.95
) -> list[tuple[float, float] | None]:
    """Intervals of several figures from the same draws of people.

    Source: Efron 1987, Journal of the American Statistical Association 82:171 (BCa). Draws that leave a figure without
    a value are left out of its interval.

    Args:
        columns: what is averaged, a list for each column, one place for each person; at least two people.
        statistics: the figures.
        level: how often such intervals hold the truth.

    Returns:
        Ends by figure; None where the figure itself has no value.
    """
    number = len(columns[0])
    sums = [sum(column) for column in columns]
    drawn = [[sum(pick(column)) / number for column in columns] for pick in _draws(number)]
    without = [
        [(whole - column[place]) / (number - 1) for whole, column in zip(sums, columns, strict=True)]
        for place in range(number)
    ]
    whole = [one / number for one in sums]
    return [_interval(statistic, whole, drawn, without, level) for statistic in statistics]


@lru_cache(maxsize=2)
def _draws(number: int) -> list[Callable[[Sequence[float]], tuple[float, ...]]]:
    """Pickers of as many people as there are, some more than once; the same ones whenever that many are asked for."""
    chance = random.Random(f"{SEED}/{number}")  # noqa: S311  (no secret hangs on it)
    people = range(number)
    return [itemgetter(*chance.choices(people, k=number)) for _ in range(TIMES)]


def _interval(
    statistic: Statistic,
    whole: Sequence[float],
    drawn: Sequence[Sequence[float]],
    without: Sequence[Sequence[float]],
    level: float,
) -> tuple[float, float] | None:
    value = statistic(whole)
    values = sorted(one for one in (statistic(means) for means in drawn) if not isnan(one))
    if isnan(value) or not values:
        return None
    normal = NormalDist()
    below = (bisect_left(values, value) + bisect_right(values, value)) / 2 / len(values)
    least = 1 / (2 * len(values))
    bias = normal.inv_cdf(min(max(below, least), 1 - least))
    bend = _acceleration([statistic(means) for means in without])

    def end(share: float) -> float:
        moved = bias + normal.inv_cdf(share)
        return _quantile(values, normal.cdf(bias + moved / (1 - bend * moved)))

    return end((1 - level) / 2), end((1 + level) / 2)


def _acceleration(left_out: Sequence[float]) -> float:
    """How fast the spread grows with the figure, by leaving out each person in turn."""
    known = [value for value in left_out if not isnan(value)]
    mean = sum(known) / len(known) if known else nan
    squares = sum((mean - value) ** 2 for value in known)
    return sum((mean - value) ** 3 for value in known) / (6 * squares**1.5) if squares > 0 else 0.0


def _quantile(values: Sequence[float], share: float) -> float:
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])
