"""How far two markers agree: Cohen's kappa with quadratic weights, and its 95 % interval.

For points, quadratic weights need no classes: kappa is one minus the mean squared difference between the two markers
over the one that chance alone would give, which pairs every point of one with every point of the other (Fleiss and
Cohen 1973, doi:10.1177/001316447303300309). The standard error is that of Fleiss, Cohen and Everitt 1969
(doi:10.1037/h0028106), written as a mean over answers. Both are a few lines; the libraries that have them bring
hundreds of megabytes. tests/marking/test_agreement.py holds them against published numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance

from peercourse.marking.ledger import MarkedAnswer
from peercourse.marking.settle import WITHIN

PER_ITEM = (0.71, 0.91)
IN_ALL = 0.93
"""Agreement of raters on free-text empathy items, per item and in all."""
SOURCE = "Helpful Responses Questionnaire, from a secondary page"
"""Where these come from, as ``evidence/standards.yaml`` has it."""
ENOUGH = 10
"""Pairs below which the interval says so little that no item is called good or bad by it."""
Z = 1.959963984540054
"""The normal distribution's value for 95 %."""

TINY = 1e-12
"""A squared difference of points that is none."""

Pair = tuple[float, float]


@dataclass(frozen=True)
class Agreement:
    """Agreement of two markers.

    Attributes:
        name: the item; empty for all of them.
        answers: how many both have marked.
        within: share of answers that differ by half a point at most.
        kappa: None where both gave everybody the same, so that chance explains all.
        low, high: its 95 % interval.
    """

    name: str
    answers: int
    within: float
    kappa: float | None
    low: float | None
    high: float | None

    @property
    def falls_short(self) -> bool:
        """Whether an item stays below what others have reached, over enough answers to say so."""
        return self.answers >= ENOUGH and self.kappa is not None and self.kappa < PER_ITEM[0]


def agreements(entries: Iterable[MarkedAnswer]) -> list[Agreement]:
    """Agreement for each item in order, then in all; empty where nothing was marked twice.

    Args:
        entries: marked answers of one quiz in one version.
    """
    by_item: dict[str, list[Pair]] = {}
    shares: list[Pair] = []
    for entry in entries:
        if "first" in entry.marks and "second" in entry.marks:
            first, second = entry.marks["first"].total, entry.marks["second"].total
            by_item.setdefault(entry.item, []).append((first, second))
            shares.append((first / entry.maximum, second / entry.maximum))
    if not shares:
        return []
    near = {item: _within(pairs) for item, pairs in by_item.items()}
    found = [Agreement(item, len(pairs), near[item], *kappa(pairs)) for item, pairs in by_item.items()]
    in_all = sum(near[item] * len(pairs) for item, pairs in by_item.items()) / len(shares)
    # Items have different maxima, so that over all of them shares of the maximum are compared.
    return [*found, Agreement("", len(shares), in_all, *kappa(shares))]


def kappa(pairs: Sequence[Pair]) -> tuple[float, float, float] | tuple[None, None, None]:
    """Quadratically weighted kappa with its 95 % interval.

    Args:
        pairs: points of both markers for each answer; at least one pair.

    Returns:
        Kappa, low and high end within -1 and 1; Nones where every point is the same.
    """
    first, second = _Points.of([a for a, _ in pairs]), _Points.of([b for _, b in pairs])
    by_chance = first.variance + second.distance_to(first.mean)
    if by_chance < TINY:
        return None, None, None
    observed = fmean((a - b) ** 2 for a, b in pairs)
    value = 1 - observed / by_chance
    # Fleiss, Cohen and Everitt's variance in disagreements, scaled so that chance's is 1.
    terms = [
        ((a - b) ** 2 - (1 - value) * (second.distance_to(a) + first.distance_to(b))) / by_chance for a, b in pairs
    ]
    spread = fmean(term**2 for term in terms) - fmean(terms) ** 2
    error = math.sqrt(max(spread, 0.0) / len(pairs))
    return value, max(value - Z * error, -1.0), min(value + Z * error, 1.0)


@dataclass(frozen=True)
class _Points:
    """One marker's points."""

    mean: float
    variance: float

    @classmethod
    def of(cls, points: Sequence[float]) -> _Points:
        return cls(fmean(points), pvariance(points))

    def distance_to(self, one: float) -> float:
        """Mean squared distance of all these points to one."""
        return self.variance + (one - self.mean) ** 2


def _within(pairs: Sequence[Pair]) -> float:
    return sum(abs(a - b) <= WITHIN for a, b in pairs) / len(pairs)
