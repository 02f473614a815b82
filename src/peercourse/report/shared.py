"""The institution's copy as figures: it has no field for an ID, a text of anybody, an option or a key.

The page is drawn from these figures alone, so that a careless line in it cannot let out what is not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peercourse.grading.folder import Released
from peercourse.grading.result import Result
from peercourse.quiz.evaluation import OCCASIONS
from peercourse.report.change import Size
from peercourse.report.cohort import Cohort
from peercourse.report.disclosure import at_least, coarse, differ_enough, shown_counts, shown_number
from peercourse.report.few import FEWEST, spread
from peercourse.report.items import alpha_of
from peercourse.report.measure import LATER, Measured, read_measured
from peercourse.report.outcomes import outcome_figures
from peercourse.report.reliability import Alpha
from peercourse.report.sections.measure import block_name
from peercourse.report.sections.who import latest_results

BANDS = (0.5, 0.9)
"""Shares at which bands of scores begin, with the pass mark between them."""
FEWEST_QUARTILES = 2 * FEWEST
"""From here on at least five people lie outside each quartile: with fewer, it would tell how many of them failed."""


@dataclass(frozen=True)
class SharedQuiz:
    """A quiz.

    Attributes:
        number: trainees with all their points; None where they are too few to be shown. Everything else is about them.
        passed: how many passed and how many did not; None where it is hidden.
        bands: edges of bands, as shares.
        in_bands: how many lie in each band, from the lowest; None where it is hidden.
        median: in coarse steps; None where it is hidden.
        quartiles: in coarse steps; None where it is hidden.
    """

    title: str
    version: int
    pass_mark: float | None
    number: int | None
    passed: tuple[int, ...] | None
    bands: tuple[float, ...]
    in_bands: tuple[int, ...] | None
    median: float | None
    quartiles: tuple[float, float] | None
    alpha: Alpha | None


@dataclass(frozen=True)
class SharedOutcome:
    """An outcome; the mean in coarse steps, None where it is hidden."""

    id: str
    text: str
    mean: float | None


@dataclass(frozen=True)
class SharedChange:
    """Change in a part of the measure."""

    name: str
    mean: Size
    standardised: Size | None


@dataclass(frozen=True)
class SharedOccasion:
    """Change between before the course and a later occasion.

    Attributes:
        at_least: people behind every line, rounded down.
        came_back: how many answered again and how many did not; None where it is hidden.
    """

    occasion: str
    at_least: int
    came_back: tuple[int, ...] | None
    changes: tuple[SharedChange, ...]


@dataclass(frozen=True)
class SharedReport:
    """All of it.

    Attributes:
        enrolled: how many take part; None where they are not known, or where somebody could be counted by subtracting.
    """

    enrolled: int | None
    quizzes: tuple[SharedQuiz, ...]
    outcomes: tuple[SharedOutcome, ...]
    occasions: tuple[SharedOccasion, ...]
    has_measure: bool
    synthetic: bool


def share(cohort: Cohort) -> SharedReport:
    """The figures of a cohort that may leave the trainer's hands."""
    measured = read_measured(cohort)
    return SharedReport(
        _enrolled(cohort),
        tuple(_quiz(released, results) for released, results in cohort.by_assignment()),
        _outcomes(cohort),
        _occasions(cohort, measured),
        bool(measured.sittings),
        cohort.synthetic,
    )


def _enrolled(cohort: Cohort) -> int | None:
    """Shown only where the missing of every quiz are enough: their number is the difference to another one shown."""
    if cohort.roster is None:
        return None
    done = [
        {result.trainee for result in found.values() if result.score is not None}
        for found in latest_results(cohort).values()
    ]
    hidden = any(shown_number(len(cohort.roster - people)) is None for people in done)
    return None if hidden else shown_number(len(cohort.roster))


def _quiz(released: Released, results: Sequence[Result]) -> SharedQuiz:
    complete = [result for result in results if result.score is not None]
    shares = [(result.score or 0.0) / result.maximum for result in complete]
    edges = tuple(sorted({*BANDS, *([released.pass_mark] if released.pass_mark is not None else [])}))
    places = [sum(share >= edge - 1e-9 for edge in edges) for share in shares]
    passed = [sum(result.passed is True for result in complete), sum(result.passed is False for result in complete)]
    middle = spread(shares)
    outer = middle if len(shares) >= FEWEST_QUARTILES else None
    return SharedQuiz(
        title=released.title,
        version=released.version,
        pass_mark=released.pass_mark,
        number=shown_number(len(complete)),
        passed=None if released.pass_mark is None else shown_counts(passed),
        bands=edges,
        in_bands=shown_counts([places.count(place) for place in range(len(edges) + 1)]),
        median=coarse(middle.median) if middle else None,
        quartiles=(coarse(outer.low), coarse(outer.high)) if outer else None,
        alpha=alpha_of(complete),
    )


def _outcomes(cohort: Cohort) -> tuple[SharedOutcome, ...]:
    """Hidden where too few differ in any one quiz: what that quiz adds to the mean of several could be taken out."""
    complete = [result for result in cohort.graded if result.score is not None]
    by_quiz = [
        outcome_figures(cohort, [result for result in complete if result.released.assignment == released.assignment])
        for released in cohort.graded_quizzes
    ]
    hidden = {one.id for figures in by_quiz for one in figures if not differ_enough(one.shares)}
    return tuple(
        SharedOutcome(one.id, one.text, None if one.mean is None or one.id in hidden else coarse(one.mean))
        for one in outcome_figures(cohort, complete)
    )


def _occasions(cohort: Cohort, measured: Measured) -> tuple[SharedOccasion, ...]:
    before = {trainee for trainee, found in measured.sittings.items() if OCCASIONS[0] in found}
    again = {later: {name for name in before if later in measured.sittings[name]} for later in LATER}
    counts = {later: (len(people), len(before - people)) for later, people in again.items() if people}
    # All or none: one of them shown would tell how many there were before, and so the others.
    hidden = any(shown_counts(pair) is None for pair in counts.values())
    found = []
    for later, pair in counts.items():
        changes = {block: measured.change(block, later) for block in measured.blocks}
        told = tuple(
            SharedChange(block_name(cohort, block), change.mean, change.standardised)
            for block, change in changes.items()
            if change is not None
        )
        if told:
            least = min(change.number for change in changes.values() if change is not None)
            found.append(SharedOccasion(later, at_least(least), None if hidden else pair, told))
    return tuple(found)
