"""From how many people on something is said about a group, and a few plain figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

FEWEST = 10
"""Below this no statistic is given: one tired person would move it."""
TOO_FEW = "too few to say"


@dataclass(frozen=True)
class Spread:
    """Median and quartiles."""

    low: float
    median: float
    high: float


def spread(values: Sequence[float]) -> Spread | None:
    """Median and quartiles; None for fewer than :data:`FEWEST` values."""
    return Spread(*quantiles(values, n=4, method="inclusive")) if len(values) >= FEWEST else None
