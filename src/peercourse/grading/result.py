"""What somebody handed in and earned: a submission and its items, and whether it is passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from peercourse.grading.folder import Released, ReleasedItem
from peercourse.quiz.item import Literals

ALMOST = 1e-9
"""Room for the last digit of a sum of thirds, so that nobody fails by it."""


@dataclass(frozen=True)
class ItemResult:
    """A trainee's answer to an item and what it earned.

    Attributes:
        item: the item as it was released.
        answer: the choice as plain literals, or the words of a written answer; empty where it was left blank.
        automatic: points given by the program; None where only a person can mark.
        by_hand: points given by a marker; None where nobody has.
        waiting: whether a marker is waited for.
        extra: points that a marker gave on top.
    """

    item: ReleasedItem
    answer: Literals
    automatic: float | None
    by_hand: float | None
    waiting: bool
    extra: float = 0.0

    @property
    def so_far(self) -> float | None:
        """Points that there are, also while a marker is waited for; None where there are none yet."""
        points = self.by_hand if self.by_hand is not None else self.automatic
        return None if points is None else points + self.extra

    @property
    def score(self) -> float | None:
        """Points that count; None while a marker is waited for."""
        return None if self.waiting else self.so_far


@dataclass(frozen=True)
class Result:
    """A trainee's submission of a quiz.

    Attributes:
        trainee: the ID.
        released: the quiz and its version.
        submitted_at: when it was handed in, in UTC; None where nobody knows.
        items: in the order of the quiz.
        penalty: points taken off for lateness.
        scored: whether it was scored as it stands and by the present keys.
        comments: what markers wrote, by cell, about an attempt that the gradebook is not about; None for the others.
    """

    trainee: str
    released: Released
    submitted_at: datetime | None
    items: tuple[ItemResult, ...]
    penalty: float
    scored: bool
    comments: Mapping[str, str] | None = None

    @property
    def maximum(self) -> float:
        """The most points that can be earned."""
        return sum(item.points for item in self.released.items)

    @property
    def score(self) -> float | None:
        """Points in all; None while it is not scored, or while a marker is waited for."""
        points = [one.score for one in self.items]
        if not self.scored or any(one is None for one in points):
            return None
        return max(sum(one for one in points if one is not None) - self.penalty, 0.0)

    @property
    def passed(self) -> bool | None:
        """Whether it is passed: by the pass mark, and of an observed role play by its rule.

        None where that is not known yet, or where nobody passes or fails.
        """
        if self.released.rule is not None:
            levels = [str(one.answer) for one in self.items]
            return self.released.rule.passes(levels) if self.scored else None
        score = self.score
        return None if score is None else passes(score, self.released.pass_mark, self.maximum)


def passes(score: float, pass_mark: float | None, maximum: float) -> bool | None:
    """Whether points reach the pass mark, a share of the maximum; None where nobody passes or fails."""
    return None if pass_mark is None else score >= pass_mark * maximum - ALMOST
