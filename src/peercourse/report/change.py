"""Change of the same people between two occasions: its mean, its size against the spread before, and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, nan, sqrt

from peercourse.report.bootstrap import bca_intervals
from peercourse.report.few import FEWEST
from peercourse.report.reliability import NOTHING


@dataclass(frozen=True)
class Size:
    """A figure and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """What came of the same people on two occasions.

    Attributes:
        number: people with both values.
        before: mean of the first.
        after: mean of the second.
        mean: mean of their differences.
        standardised: Hedges' g against the spread before; None where all had the same value before.
    """

    number: int
    before: float
    after: float
    mean: Size
    standardised: Size | None


def correction(degrees: int) -> float:
    """Hedges' exact correction for small groups, c(m).

    Source: Hedges 1981, Journal of Educational Statistics 6:107, formula 6e.

    Args:
        degrees: degrees of freedom of the standard deviation, at least 2.
    """
    return exp(lgamma(degrees / 2) - lgamma((degrees - 1) / 2)) / sqrt(degrees / 2)


def paired_change(pairs: Sequence[tuple[float, float]]) -> Change | None:
    """Mean change, and Hedges' g for paired values: the mean change over the standard deviation before, corrected.

    The spread before is the yardstick, since the course cannot have changed it, and since it does not depend on how
    closely the two occasions go together, as Cohen's d_z does. Source: Becker 1988, British Journal of Mathematical and
    Statistical Psychology 41:257; Morris and DeShon 2002, Psychological Methods 7:105. Intervals are bootstrapped over
    people.

    Args:
        pairs: the values of each person, the earlier one first.

    Returns:
        None where there are fewer than :data:`FEWEST` people: then nothing is claimed.
    """
    number = len(pairs)
    if number < FEWEST:
        return None
    before = [one for one, _ in pairs]
    columns = [[other - one for one, other in pairs], before, [one * one for one in before]]

    def mean(means: Sequence[float]) -> float:
        return means[0]

    def standardised(means: Sequence[float]) -> float:
        variance = (means[2] - means[1] ** 2) * number / (number - 1)
        return correction(number - 1) * means[0] / sqrt(variance) if variance > NOTHING else nan

    means = [sum(column) / number for column in columns]
    intervals = bca_intervals(columns, [mean, standardised])
    change = means[0]
    return Change(
        number, means[1], means[1] + change, Size(change, *(intervals[0] or (change, change))),
        None if intervals[1] is None else Size(standardised(means), *intervals[1]),
    )  # fmt: skip
