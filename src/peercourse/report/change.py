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


def paired_change(pairs: Sequence[tuple[float, float] | None]) -> Change | None:
    """Mean change, and Hedges' g for paired values: the mean change over the standard deviation before, corrected.

    The spread before is the yardstick, since the course cannot have changed it, and since it does not depend on how
    closely the two occasions go together, as Cohen's d_z does. Source: Becker 1988, British Journal of Mathematical and
    Statistical Psychology 41:257; Morris and DeShon 2002, Psychological Methods 7:105. Intervals are bootstrapped over
    people; those who left something out are drawn too, so that all parts of a measure rest on the same draws.

    Args:
        pairs: the values of each person, the earlier one first; None for a person without one of them.

    Returns:
        None where there are fewer than :data:`FEWEST` people with both: then nothing is claimed.
    """
    number = sum(pair is not None for pair in pairs)
    if number < FEWEST:
        return None
    before = [pair[0] if pair else 0.0 for pair in pairs]
    differences = [pair[1] - pair[0] if pair else 0.0 for pair in pairs]
    columns = [differences, before, [one * one for one in before], [float(pair is not None) for pair in pairs]]

    def mean(means: Sequence[float]) -> float:
        return means[0] / means[3] if means[3] else nan

    def standardised(means: Sequence[float]) -> float:
        if not means[3]:
            return nan
        variance = (means[2] / means[3] - (means[1] / means[3]) ** 2) * number / (number - 1)
        return correction(number - 1) * mean(means) / sqrt(variance) if variance > NOTHING else nan

    means = [sum(column) / len(pairs) for column in columns]
    intervals = bca_intervals(columns, [mean, standardised])
    change, first = mean(means), means[1] / means[3]
    return Change(
        number, first, first + change, Size(change, *(intervals[0] or (change, change))),
        None if intervals[1] is None else Size(standardised(means), *intervals[1]),
    )  # fmt: skip
