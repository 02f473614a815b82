"""What may be said about a group so that nobody in it can be made out, not even by subtracting.

Counts that make up a known whole are shown all or not at all. Hiding only the small ones and one more, as is often
done, fails against somebody who knows the rule: of three counts 0, 10, 10 the first and another would be hidden, and
their sum, 10, together with "the other one is at least as large as the one that is shown" gives the 0 away (a
minimality attack: Wong and others 2007, VLDB 543). Means and shares are shown in coarse steps, and only where at
least five people differ from everybody earning all, and five from everybody earning nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALL = 5
"""A count below this is not shown."""
STEP = 0.05
"""Shares are shown in such steps, so that neither one person nor a difference of two figures can be read off."""
HIDDEN = "not shown"
"""One sign for all that is left out, whatever the reason."""


def shown_counts(counts: Sequence[int]) -> tuple[int, ...] | None:
    """Counts that add up to a known whole: all of them, or None where one is below :data:`SMALL`."""
    return tuple(counts) if all(count >= SMALL for count in counts) else None


def shown_number(number: int) -> int | None:
    """A number of people; None below :data:`SMALL`."""
    return number if number >= SMALL else None


def at_least(number: int) -> int:
    """A number of people, rounded down to a multiple of :data:`SMALL`."""
    return number - number % SMALL


def coarse(share: float) -> float:
    """A share in steps of :data:`STEP`."""
    return round(round(share / STEP) * STEP, 2)


def differ_enough(shares: Sequence[float]) -> bool:
    """Whether at least :data:`SMALL` people are off either end, so that a mean is not a count of a few in disguise."""
    below, above = sum(share < 1 for share in shares), sum(share > 0 for share in shares)
    return below >= SMALL and above >= SMALL
