"""From the marks of one, two or three markers to the points that count, or to whose mark is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean, median
from typing import Literal

from peercourse.marking.model import Mark, Role

WITHIN = 0.5
"""Points by which two markers may differ without a third."""


@dataclass(frozen=True)
class Settlement:
    """What counts.

    Attributes:
        points: None while a mark is missing.
        missing: whose.
    """

    points: float | None
    missing: Literal["one", "second", "third"] | None = None


def settle(marks: Mapping[Role, Mark]) -> Settlement:
    """Points that count.

    One marker's points count as they are; of two that differ by half a point at most, the mean; of three, the middle
    one. Where two marked and differ by more, nothing counts until a third has marked.

    Args:
        marks: all marks of an answer.
    """
    pair = [marks[role].total for role in ("first", "second") if role in marks]
    if len(pair) == 2:
        if "third" in marks:
            return Settlement(median([*pair, marks["third"].total]))
        return Settlement(fmean(pair)) if abs(pair[0] - pair[1]) <= WITHIN else Settlement(None, "third")
    if "one" in marks:
        return Settlement(marks["one"].total)
    return Settlement(None, "second" if pair else "one")


def comment_of(marks: Mapping[Role, Mark]) -> str:
    """What all markers wrote, each once."""
    return "\n".join(dict.fromkeys(mark.comment for _, mark in sorted(marks.items()) if mark.comment))
