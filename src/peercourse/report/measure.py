"""Before, after and some months after: the same people on two occasions, and who is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from peercourse.grading.result import Result
from peercourse.quiz.bank import Quiz
from peercourse.quiz.evaluation import OCCASIONS, first_form
from peercourse.report.change import Change, paired_change
from peercourse.report.cohort import Cohort
from peercourse.report.items import NOT_MEASURED

CASES = "cases"
"""Name of the block of cases; the others are ids of modules, or :data:`ALL`."""
ALL = "all"
LATER = OCCASIONS[1:]


@dataclass(frozen=True)
class Sitting:
    """What somebody answered on one occasion.

    Attributes:
        values: by block: the mean of its ratings, or the points of the cases. A block of ratings with a gap and cases
            of which one was left out as a whole are missing, since they cannot be compared.
    """

    form: str
    values: Mapping[str, float]


@dataclass(frozen=True)
class Measured:
    """The measure of a cohort.

    Attributes:
        sittings: by trainee and occasion.
        twice: how many answered both forms on one occasion; the one that was theirs counts.
        other_form: how many answered the form that was not theirs.
        cases_maximum: points of all cases.
        blocks: blocks in order: all ratings, those of each module, cases.
    """

    sittings: Mapping[str, Mapping[str, Sitting]]
    twice: int
    other_form: int
    cases_maximum: float
    blocks: tuple[str, ...]

    def pairs(self, block: str, later: str) -> list[tuple[float, float]]:
        """Values of everybody who has the block before and on a later occasion, by trainee."""
        return [pair for pair in self._both(block, later) if pair]

    def change(self, block: str, later: str) -> Change | None:
        """Change of a block; None for too few people."""
        return paired_change(self._both(block, later))

    def _both(self, block: str, later: str) -> list[tuple[float, float] | None]:
        """The same for everybody who answered on both occasions; None where a value is missing."""
        return [
            (first.values[block], second.values[block]) if block in first.values and block in second.values else None
            for _, found in sorted(self.sittings.items())
            if (first := found.get(OCCASIONS[0])) and (second := found.get(later))
        ]

    def patterns(self) -> Counter[tuple[str, ...]]:
        """How many answered on which occasions."""
        return Counter(
            tuple(occasion for occasion in OCCASIONS if occasion in found) for found in self.sittings.values()
        )

    def first_forms(self) -> Counter[str]:
        """How many had which form before the course."""
        return Counter(found[OCCASIONS[0]].form for found in self.sittings.values() if OCCASIONS[0] in found)

    def cases_before(self, form: str) -> list[float]:
        """Points of the cases before the course, of those who had this form."""
        firsts = (found.get(OCCASIONS[0]) for _, found in sorted(self.sittings.items()))
        return [first.values[CASES] for first in firsts if first and first.form == form and CASES in first.values]


def read_measured(cohort: Cohort) -> Measured:
    """The measure of a cohort, without a word of what anybody answered to which question."""
    found: dict[str, dict[str, dict[str, Result]]] = defaultdict(lambda: defaultdict(dict))
    for result in cohort.evaluation:
        occasion, _, form = result.released.quiz.rpartition("-")
        found[result.trainee][occasion][form] = result
    twice = other = 0
    sittings: dict[str, dict[str, Sitting]] = defaultdict(dict)
    for trainee, occasions in found.items():
        for occasion, forms in occasions.items():
            theirs = _form_of(trainee, occasion)
            twice += len(forms) > 1
            other += theirs not in forms
            form = theirs if theirs in forms else min(forms)
            bank = cohort.banks[forms[form].released.assignment]
            sittings[trainee][occasion] = Sitting(form, _values(forms[form], bank))
    banks = [bank for name, bank in cohort.banks.items() if cohort.is_evaluation(name)]
    modules = sorted({_module(item.outcome) for bank in banks for item in bank.items() if item.type == NOT_MEASURED})
    maximum = max(
        (sum(item.maximum for item in bank.items() if item.type != NOT_MEASURED) for bank in banks), default=0.0
    )
    return Measured(sittings, twice, other, maximum, (ALL, *modules, CASES))


def _form_of(trainee: str, occasion: str) -> str:
    """The form that somebody should have on an occasion: the first one, the other one, the first one again."""
    first = first_form(trainee)
    return first if occasion != OCCASIONS[1] else {"a": "b", "b": "a"}[first]


def _values(result: Result, bank: Quiz) -> dict[str, float]:
    answers = {one.item.id: one for one in result.items}
    ratings: dict[str, list[float | None]] = defaultdict(list)
    points: list[float | None] = []
    for scenario in bank.scenarios:
        cases = [item for item in scenario.items if item.type != NOT_MEASURED]
        for item in scenario.items:
            if item.type == NOT_MEASURED:
                answer = answers[item.id].answer
                number = float(answer) if isinstance(answer, str) and answer.isdecimal() else None
                for block in (ALL, _module(item.outcome)):
                    ratings[block].append(number)
        if cases:
            left_out = all(not answers[item.id].answer for item in cases)
            points += [None if left_out or not result.scored else answers[item.id].score for item in cases]
    values = {
        block: fmean(number for number in numbers if number is not None)
        for block, numbers in ratings.items()
        if None not in numbers
    }
    known = [one for one in points if one is not None]
    return values if len(known) < len(points) else {**values, CASES: sum(known)}


def _module(outcome: str) -> str:
    return outcome.partition(".")[0]
