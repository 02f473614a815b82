"""How much of the points of each outcome was earned."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from peercourse.grading.result import Result
from peercourse.report.cohort import Cohort
from peercourse.report.few import FEWEST


@dataclass(frozen=True)
class OutcomeFigures:
    """What trainees earned of an outcome.

    Attributes:
        shares: each trainee's share of the points of all its items, over all quizzes.
        items: how many items ask for it.
    """

    id: str
    text: str
    items: int
    shares: tuple[float, ...]

    @property
    def mean(self) -> float | None:
        """Mean share; None for too few trainees."""
        return fmean(self.shares) if len(self.shares) >= FEWEST else None


def outcome_figures(cohort: Cohort, results: Iterable[Result] | None = None) -> tuple[OutcomeFigures, ...]:
    """Every outcome that a quiz asked for, in the order of their numbers.

    Args:
        cohort: the cohort.
        results: count these submissions alone; all that count for somebody where it is None.
    """
    outcome_of = {(name, item.id): item.outcome for name, bank in cohort.banks.items() for item in bank.items()}
    items: dict[str, set[tuple[str, str]]] = defaultdict(set)
    earned: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for result in cohort.graded if results is None else results:
        for one in result.items:
            place = (result.released.assignment, one.item.id)
            outcome = outcome_of.get(place)
            if outcome is None or one.score is None or not result.scored:
                continue
            items[outcome].add(place)
            sums = earned[outcome][result.trainee]
            sums[0] += one.score
            sums[1] += one.item.points
    return tuple(
        OutcomeFigures(
            outcome, cohort.outcomes.get(outcome, ""), len(items[outcome]),
            tuple(points / maximum for points, maximum in earned[outcome].values()),
        )
        for outcome in sorted(earned, key=_number)
    )  # fmt: skip


def _number(outcome: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", outcome))
