"""Whether the look of an option gives the best one away: what somebody earns who never reads, against pointing blindly.

A *strategy* takes an option by its looks alone: its length, its hedging words, its place. It earns a share of each
item's points; pointing blindly earns the mean of the shares of all options. The difference, over all items, is its
*gain*. Shares of points are counted rather than best options found, since it is points that somebody passes by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev
from string import ascii_lowercase

from peercourse.quiz.types.single import Single

MOST_GAIN = 0.05
"""A strategy may beat chance by this share of the points and no more."""

FEWEST_ITEMS = 20
"""With fewer items in all, a single one moves a strategy by more than the limit allows."""

MOST_LONGEST = 0.40
"""In no bank is the best option the longest in a larger share of the items."""

FEWEST_IN_BANK = 5
"""Below this number, two items are more than that share."""

HEDGES = (
    "perhaps", "maybe", "might", "may", "could", "possibly", "probably", "seem", "seems", "i wonder", "i think",
    "sounds as", "sounds like", "would it", "would you", "would that", "if you like", "if you want", "if you wish",
    "if that helps", "if it helps", "a little", "a bit", "sometimes", "or not",
)  # fmt: skip
"""Words that leave something open. Whoever writes with care puts more of them into the best option."""

_HEDGE = re.compile(rf"\b(?:{'|'.join(HEDGES)})\b", re.IGNORECASE)

Weights = tuple[float, ...]
Weigh = Callable[[Sequence[str]], Weights]
"""How a strategy divides its choice among texts; the weights add up to 1, so that ties are shared evenly."""


@dataclass(frozen=True)
class Shown:
    """A single-answer item as a trainee sees it.

    Attributes:
        bank: the file that it stands in, and its part of it.
        item: its id.
        texts: its options in the order in which they are shown.
        shares: what share of the item's points each of them earns, from 0 to 1.
    """

    bank: str
    item: str
    texts: tuple[str, ...]
    shares: Weights


@dataclass(frozen=True)
class Finding:
    """What a strategy earns.

    Attributes:
        strategy: its name, as an end of the sentence "somebody who takes …".
        score: share of the points that it earns over all items.
        chance: share that pointing blindly earns.
        interval: ends of a 95 % interval of the gain.
        gains: its gain in each item, by bank and item.
    """

    strategy: str
    score: float
    chance: float
    interval: tuple[float, float]
    gains: Mapping[tuple[str, str], float]

    @property
    def gain(self) -> float:
        """Share of the points above chance."""
        return self.score - self.chance

    @property
    def too_much(self) -> bool:
        """Whether it beats chance by more than is allowed; nothing is said of very few items."""
        return len(self.gains) >= FEWEST_ITEMS and self.gain > MOST_GAIN + 1e-9

    def most(self, number: int = 5) -> list[tuple[str, str]]:
        """Items that contribute most to the gain, bank and item, the worst first."""
        helped = [place for place, gain in self.gains.items() if gain > 0]
        return sorted(helped, key=lambda place: (-self.gains[place], place))[:number]


def as_shown(item: Single, bank: str, seed: str) -> Shown:
    """An item in the order that a seed gives."""
    face, points = item.face(seed), item.key(seed)
    shares = (max(points[choice.label], 0.0) / item.maximum for choice in face.choices)
    return Shown(bank, item.id, tuple(choice.text for choice in face.choices), tuple(shares))


def longest(texts: Sequence[str]) -> Weights:
    """All on the longest text."""
    return _highest([len(text) for text in texts])


def shortest(texts: Sequence[str]) -> Weights:
    """All on the shortest text."""
    return _highest([-len(text) for text in texts])


def most_hedged(texts: Sequence[str]) -> Weights:
    """All on the text with most :data:`HEDGES`; where none has any, blindly."""
    return _highest([len(_HEDGE.findall(text)) for text in texts])


def middling(texts: Sequence[str]) -> Weights:
    """Evenly on all that are neither the longest nor the shortest; blindly where none is left."""
    lengths = [len(text) for text in texts]
    between = [min(lengths) < length < max(lengths) for length in lengths]
    return _highest(between)


def at(place: int) -> Weigh:
    """All on one place, counted from 0; blindly where an item has fewer options."""
    return lambda texts: _highest([index == place for index in range(len(texts))])


def _highest(amounts: Sequence[float]) -> Weights:
    highest = [amount == max(amounts) for amount in amounts]
    return tuple(one / sum(highest) for one in highest)


def strategies(pool: Iterable[Shown]) -> dict[str, Weigh]:
    """All that are judged, by name: lengths, hedging, and each place that an item of the pool has."""
    by_looks = {"the longest": longest, "the shortest": shortest, "the most hedged": most_hedged}
    places = max((len(shown.texts) for shown in pool), default=0)
    return {**by_looks, **{f"option {ascii_lowercase[place]}": at(place) for place in range(places)}}


def finding(name: str, weigh: Weigh, pool: Sequence[Shown]) -> Finding:
    """What a strategy earns over a pool; an item that is shown on several occasions counts once.

    Args:
        name: the strategy's name.
        weigh: how it chooses.
        pool: at least one item.
    """
    scores: dict[tuple[str, str], list[float]] = {}
    chances: dict[tuple[str, str], float] = {}
    for shown in pool:
        place = (shown.bank, shown.item)
        earned = sum(weight * share for weight, share in zip(weigh(shown.texts), shown.shares, strict=True))
        scores.setdefault(place, []).append(earned)
        chances[place] = fmean(shown.shares)
    gains = {place: fmean(earned) - chances[place] for place, earned in scores.items()}
    score = fmean(fmean(earned) for earned in scores.values())
    return Finding(name, score, fmean(chances.values()), interval(list(gains.values())), gains)


def findings(pool: Sequence[Shown]) -> list[Finding]:
    """What every strategy earns; nothing for an empty pool."""
    return [finding(name, weigh, pool) for name, weigh in strategies(pool).items()] if pool else []


def longest_is_best(pool: Iterable[Shown]) -> dict[str, dict[str, float]]:
    """By bank and item: 1 where the best option alone is the longest, a part where it shares that place, else 0."""
    banks: dict[str, dict[str, float]] = {}
    for shown in pool:
        weights = zip(longest(shown.texts), shown.shares, strict=True)
        banks.setdefault(shown.bank, {})[shown.item] = sum(weight for weight, share in weights if share == 1)
    return banks


def too_often_longest(items: Mapping[str, float]) -> bool:
    """Whether the best option of a bank is the longest too often; nothing is said of very few items."""
    return len(items) >= FEWEST_IN_BANK and fmean(items.values()) > MOST_LONGEST + 1e-9


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % t interval of a mean. A single value says nothing: anything between -1 and 1.

    Source: the quantile of t by its expansion in 1/ν, Abramowitz and Stegun 1964, 26.7.5.
    """
    if len(values) < 2:
        return -1.0, 1.0
    degrees, normal = len(values) - 1, NormalDist().inv_cdf(0.975)
    first = (normal**3 + normal) / (4 * degrees)
    second = (5 * normal**5 + 16 * normal**3 + 3 * normal) / (96 * degrees**2)
    half = (normal + first + second) * stdev(values) / len(values) ** 0.5
    return fmean(values) - half, fmean(values) + half
