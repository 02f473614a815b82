"""Booster sets: about ten minutes of mixed practice for one, three, six and twelve months after the course.

The draw is fixed by the ids alone: the same course gives the same sets, and a new exercise moves few of the others.
Sets share nothing with one another as long as there is enough, and each mixes modules as far as it can.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TypeVar

from peercourse.practice.minutes import own_words_minutes, self_check_minutes, slip_minutes
from peercourse.practice.own_words import OwnWords
from peercourse.practice.pool import Pool
from peercourse.practice.slip_pair import SlipPair
from peercourse.quiz.item import Item
from peercourse.words import Words

MONTHS = (1, 3, 6, 12)
"""Months after the course; from the design rules in ``evidence/standards.yaml``."""

MINUTES = 10.0
SLIPS, CHECKS = 3, 2
"""Pairs in each set, then one prompt, and at most so many self-checks up to ten minutes."""

SHORT = 8.0
"""Minutes below which a set for which no self-checks are left takes more of the rest."""

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Booster:
    """A set, with the module of each exercise.

    Attributes:
        slips, own_words, self_checks: exercises with their module's id.
    """

    slips: tuple[tuple[str, SlipPair], ...]
    own_words: tuple[tuple[str, OwnWords], ...]
    self_checks: tuple[tuple[str, Item], ...]

    def minutes(self, words: Words) -> float:
        """Minutes in all, feedback in the interface's words included."""
        slips = sum(slip_minutes(pair) for _, pair in self.slips)
        prompts = sum(own_words_minutes(prompt) for _, prompt in self.own_words)
        return slips + prompts + sum(self_check_minutes(item, words) for _, item in self.self_checks)


def boosters(pools: Mapping[str, Pool], words: Words, left_out: frozenset[str] = frozenset()) -> dict[int, Booster]:
    """A set for each of the months.

    Args:
        pools: what can be practised, by module id.
        words: the interface's words, which are read with the feedback.
        left_out: ids of exercises that are not to be met without warning, besides those that say ``booster: false``.

    Returns:
        Sets by month; with little to draw from, the later ones are short.
    """
    slips = _mixed({module: pool.slips for module, pool in pools.items()}, left_out)
    prompts = _mixed({module: pool.own_words for module, pool in pools.items()}, left_out)
    checks = _mixed({module: pool.self_checks for module, pool in pools.items()}, left_out)
    return {month: _draw(slips, prompts, checks, words) for month in MONTHS}


def _draw(
    slips: list[tuple[str, SlipPair]],
    prompts: list[tuple[str, OwnWords]],
    checks: list[tuple[str, Item]],
    words: Words,
) -> Booster:
    """Take a set away from what is left."""
    found = Booster(tuple(_take(slips, SLIPS)), tuple(_take(prompts, 1)), ())
    for check in list(checks):
        fits = found.minutes(words) + self_check_minutes(check[1], words) <= MINUTES
        if fits and len(found.self_checks) < CHECKS:
            checks.remove(check)
            found = replace(found, self_checks=(*found.self_checks, check))
    while prompts and found.minutes(words) < SHORT:
        found = replace(found, own_words=(*found.own_words, prompts.pop(0)))
    while slips and found.minutes(words) < SHORT:
        found = replace(found, slips=(*found.slips, slips.pop(0)))
    return found


def _take(entries: list[Entry], number: int) -> list[Entry]:
    taken = entries[:number]
    del entries[:number]
    return taken


def _mixed(by_module: Mapping[str, Mapping[str, Entry]], left_out: frozenset[str]) -> list[tuple[str, Entry]]:
    """Exercises of all modules in turn, in an order within each that says nothing."""
    columns = [
        [
            (module, entries[name])
            for name in sorted(entries, key=_order)
            if name not in left_out and getattr(entries[name], "booster", True)
        ]
        for module, entries in by_module.items()
    ]
    rows: Iterable[tuple[str, Entry] | None] = chain.from_iterable(zip_longest(*columns))
    return [one for one in rows if one is not None]


def _order(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
