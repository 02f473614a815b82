"""Before, after and later: who answered when, how far the same people changed, and what may not be concluded."""

from __future__ import annotations

from collections import Counter
from math import ceil, floor
from statistics import fmean, stdev

from peercourse.quiz.evaluation import FORMS, OCCASIONS
from peercourse.report.blocks import Block, Figure, Paragraph, Section, Table
from peercourse.report.change import Change
from peercourse.report.cohort import Cohort
from peercourse.report.few import FEWEST, TOO_FEW
from peercourse.report.measure import ALL, CASES, LATER, Measured
from peercourse.report.plots import Axis, Range, intervals, piles
from peercourse.report.wording import count, decimal, with_interval

NOT_SKILL = (
    "How sure somebody is of themselves is not what they can do, and there was no control group: people also learn "
    "from each other, from the work and from the questions, and those who did not come back may be those for whom it "
    "did nothing. So this shows what changed among these people, and not that the course changed it."
)
HOW = (
    "The change is that of the same people. In brackets stands its 95 % interval, by drawing these people again and "
    "again (bootstrap, BCa). The standardised change is Hedges' g: the mean change over the spread before the course, "
    "with Hedges' correction for small groups. The lines of a table are not so many proofs: they hang together."
)


def measure_section(cohort: Cohort, measured: Measured) -> Section:
    """The whole measure, about the group and about nobody in it."""
    blocks: list[Block] = [Paragraph(NOT_SKILL, "note")]
    if cohort.unread:
        what = count(cohort.unread, "submission answers", "submissions answer")
        why = "a version of the measure that the course does not have; go back to that version of the course for them."
        blocks.append(Paragraph(f"Left out: {what} {why}", "warning"))
    if not measured.sittings:
        return Section("Before, after and later", tuple(blocks), "measure")
    blocks += _who(measured)
    for later in LATER:
        if any(later in found for found in measured.sittings.values()):
            blocks.append(Section(f"From before the course to {_later(later)}", _changes(cohort, measured, later)))
    blocks.append(Section("The two forms", _forms(measured)))
    return Section("Before, after and later", tuple(blocks), "measure")


def block_name(cohort: Cohort, block: str) -> str:
    """A block of the measure in words."""
    if block == CASES:
        return "Cases, points"
    return "How sure: all sentences" if block == ALL else f"How sure: {cohort.modules.get(block, block)}"


def _later(occasion: str) -> str:
    return {"after": "after it", "follow-up": "some months later"}[occasion]


def _who(measured: Measured) -> list[Block]:
    rows = tuple(
        (_pattern(pattern), str(number))
        for pattern, number in sorted(measured.patterns().items(), key=lambda found: (-len(found[0]), found[0]))
    )
    blocks: list[Block] = [Table("Who answered when", ("answered", "people"), rows)]
    if measured.other_form or measured.twice:
        blocks.append(
            Paragraph(
                f"{measured.other_form} times somebody answered the form that was not theirs, and {measured.twice} "
                "times both on one occasion; of two, the one that was theirs counts."
            )
        )
    return blocks


def _pattern(pattern: tuple[str, ...]) -> str:
    names = {"before": "before", "after": "after", "follow-up": "later"}
    if len(pattern) == len(OCCASIONS):
        return "all three times"
    return " and ".join(names[occasion] for occasion in pattern) + ("" if len(pattern) > 1 else " only")


def _changes(cohort: Cohort, measured: Measured, later: str) -> tuple[Block, ...]:
    both = sum(OCCASIONS[0] in found and later in found for found in measured.sittings.values())
    first = sum(OCCASIONS[0] in found for found in measured.sittings.values())
    text = f"Of {first} who answered before, {both} answered again. "
    if both < FEWEST:
        return (Paragraph(f"{text}Nothing is said about fewer than {FEWEST}: {TOO_FEW}."),)
    changes = {block: measured.change(block, later) for block in measured.blocks}
    rows = tuple(_row(cohort, measured, later, block, change) for block, change in changes.items())
    head = ("what", "n", "before", "then", "mean change (95 % interval)", "standardised: Hedges' g")
    table = Table("Change of the same people", head, rows)
    left_out = both - len(measured.pairs(CASES, later))
    text += (
        "Sentences run from 0 to 10; a group of sentences counts where all of it was answered both times. "
        f"Cases have {measured.cases_maximum:g} points, and a single question left open counts 0. "
        f"Left out of the line of cases, because a whole case is missing or nothing is scored: {left_out}."
    )
    return (
        Paragraph(text), table, *_ratings(cohort, changes), *_single_changes(measured, later), Paragraph(HOW),
    )  # fmt: skip


def _row(cohort: Cohort, measured: Measured, later: str, block: str, change: Change | None) -> tuple[str, ...]:
    name = block_name(cohort, block)
    if change is None:
        return name, str(len(measured.pairs(block, later))), TOO_FEW, TOO_FEW, TOO_FEW, TOO_FEW
    return (
        name, str(change.number), decimal(change.before, 1), decimal(change.after, 1), with_interval(change.mean),
        with_interval(change.standardised, 2),
    )  # fmt: skip


def _ratings(cohort: Cohort, changes: dict[str, Change | None]) -> list[Block]:
    known = {block: change for block, change in changes.items() if change and block != CASES}
    if not known:
        return []
    rows = [
        Range("all" if block == ALL else block, change.mean.value, change.mean.low, change.mean.high)
        for block, change in known.items()
    ]
    low = min(0, floor(min(row.low for row in rows)))
    high = max(low + 2, ceil(max(row.high for row in rows)))
    drawing = intervals(
        rows, Axis(low, high, 1, "change, on a scale from 0 to 10"),
        "Mean change of how sure people are, with intervals; the numbers are in the table.",
    )  # fmt: skip
    names = Table(
        "Change of how sure people are", ("line", "what", "mean change (95 % interval)"),
        tuple(
            ("all" if block == ALL else block, block_name(cohort, block), with_interval(change.mean))
            for block, change in known.items()
        ),
    )  # fmt: skip
    caption = (
        "How sure people are: the dot is the mean change, the line its 95 % interval; the broken line is no change."
    )
    return [Figure(drawing, caption, names)]


def _single_changes(measured: Measured, later: str) -> list[Block]:
    """Every change in the points of the cases, since a mean hides who lost."""
    pairs = measured.pairs(CASES, later)
    if len(pairs) < FEWEST:
        return []
    changes = [other - one for one, other in pairs]
    gained, lost = sum(one > 0 for one in changes), sum(one < 0 for one in changes)
    reach = max(4, 4 * ceil(max(map(abs, changes)) / 4))
    drawing = piles(
        Counter(round(one) for one in changes), Axis(-reach, reach, reach / 2, "change in points of the cases"),
        f"Change in points of {count(len(changes), 'person', 'people')}; the numbers are in the table below.", 0,
    )  # fmt: skip
    table = Table(
        "Change in points", ("change", "people"),
        (("gained", str(gained)), ("the same", str(len(changes) - gained - lost)), ("lost", str(lost))),
    )  # fmt: skip
    caption = f"Cases: each dot is a person, or each bar so many (n = {len(changes)}). One point up or down is nothing."
    return [Figure(drawing, caption, table)]


def _forms(measured: Measured) -> tuple[Block, ...]:
    firsts = measured.first_forms()
    text = (
        f"Before the course, {firsts['a']} had form A and {firsts['b']} form B; afterwards the other one, and the "
        "first one again some months later. That both are equally hard is the authors' judgement. If one is easier, "
        "and more people began with it than with the other, a change may be no more than that."
    )
    points = {form: measured.cases_before(form) for form in FORMS}
    if any(len(values) < FEWEST for values in points.values()):
        numbers = " and ".join(str(len(values)) for values in points.values())
        return Paragraph(text), Paragraph(f"How hard they were before the course: {TOO_FEW} (n = {numbers}).")
    rows = tuple(
        (f"form {form.upper()}", str(len(values)), decimal(fmean(values), 1), decimal(stdev(values), 1))
        for form, values in points.items()
    )
    table = Table("Points of the cases before the course, by form", ("form", "n", "mean", "standard deviation"), rows)
    return Paragraph(text), table
