"""A quiz: scores, when it was handed in, and its items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from peercourse.grading.folder import Released
from peercourse.grading.result import Result
from peercourse.report.blocks import Block, Figure, Paragraph, Section, Table
from peercourse.report.cohort import Cohort
from peercourse.report.few import FEWEST, TOO_FEW, spread
from peercourse.report.findings import QuizFindings
from peercourse.report.plots import Axis, columns, piles
from peercourse.report.sections.items import items_section
from peercourse.report.wording import count, percent

PERCENT = Axis(0, 100, 25, "per cent of the points", "\N{NO-BREAK SPACE}%")
BIN = 5
LONGEST_BY_DAY = 42
"""Days up to which a bar is a day; beyond, a week."""


def quiz_section(cohort: Cohort, found: QuizFindings) -> Section:
    """Everything about one quiz in one version."""
    released, results = found.released, found.results
    blocks: list[Block] = []
    if released.assignment not in cohort.banks:
        blocks.append(
            Paragraph(
                "The course folder has no bank of this version, so items, outcomes and replies that could hurt stand "
                "here without their words. Older banks belong in the archive folder of the quizzes.",
                "warning",
            )
        )
    if released.assignment in cohort.corrected:
        blocks.append(
            Paragraph(
                "The bank was changed after its release. Keys below are those of the bank, points those of the "
                "release. Run peercourse quiz release, peercourse grade and this report again.",
                "warning",
            )
        )
    blocks += [
        Section("Scores", _scores(released, results)),
        Section("When it was handed in", _times(results)),
        items_section(found),
    ]
    version = f", version {released.version}" if released.version > 1 else ""
    return Section(f"{released.title}{version}", tuple(blocks), f"quiz-{released.assignment}")


def _scores(released: Released, results: Sequence[Result]) -> tuple[Block, ...]:
    shares = [result.score / result.maximum for result in results if result.score is not None]
    unscored = sum(not result.scored for result in results)
    waiting = len(results) - len(shares) - unscored
    if not shares:
        return (Paragraph(f"{count(len(results), 'submission')}, none with all its points yet. {_next(waiting)}"),)
    passed = sum(result.passed is True for result in results)
    mark = released.pass_mark
    text = f"{count(len(shares), 'submission')} with all points"
    if mark is not None:
        text += f": {passed} passed and {len(shares) - passed} did not. It is passed from {percent(mark)}"
    text += ". "
    middle = spread(shares)
    if middle is None:
        text += f"For a middle value there are {TOO_FEW} (fewer than {FEWEST}). "
    else:
        text += (
            f"The middle half lies between {percent(middle.low)} and {percent(middle.high)}, the middle trainee at "
            f"{percent(middle.median)}. "
        )
    if waiting or unscored:
        text += f"Not in it: {waiting} that wait for marking, {unscored} not scored yet. {_next(waiting)}"
    bins = Counter(min(int(share * 100 / BIN + 1e-9), 100 // BIN) for share in shares)
    table = Table(
        "Scores", ("per cent of the points", "trainees"),
        tuple((_bin(place), str(bins[place])) for place in range(100 // BIN + 1) if bins[place]),
    )  # fmt: skip
    drawing = piles(
        {BIN * (place + 0.5): number for place, number in bins.items()}, PERCENT,
        f"Scores of {count(len(shares), 'trainee')}; the numbers are in the table below.",
        None if mark is None else 100 * mark,
    )  # fmt: skip
    caption = (
        f"Each dot is a trainee, or each bar so many (n = {len(shares)}), in steps of {BIN} per cent; whoever has all "
        "points stands at the far right."
    )
    if mark is not None:
        caption += " The broken line is the pass mark."
    return Paragraph(text.strip()), Figure(drawing, caption, table)


def _next(waiting: int) -> str:
    return "Next: peercourse mark, then this report again." if waiting else "Next: peercourse grade."


def _bin(place: int) -> str:
    low = place * BIN
    return "100" if low == 100 else f"{low} to under {low + BIN}"


def _times(results: Sequence[Result]) -> tuple[Block, ...]:
    days = [result.submitted_at.date() for result in results if result.submitted_at is not None]
    if not days:
        return (Paragraph("Nobody knows: the files had no time with them."),)
    step = 1 if (max(days) - min(days)).days < LONGEST_BY_DAY else 7
    rows = _by_step(days, step)
    each = "day" if step == 1 else "week, by its first day"
    table = Table("Handed in", (each, "submissions"), tuple((name, str(number)) for name, number in rows if number))
    drawing = columns(rows, f"Submissions by {each}; the numbers are in the table below.")
    unknown = len(results) - len(days)
    caption = f"Submissions that count, by {each} (n = {len(days)}), in UTC."
    return (Figure(drawing, caption + (f" Without a time: {unknown}." if unknown else ""), table),)


def _by_step(days: Sequence[date], step: int) -> list[tuple[str, int]]:
    first = min(days)
    counts = Counter((day - first).days // step for day in days)
    return [(_day(first + timedelta(days=step * place)), counts[place]) for place in range(max(counts) + 1)]


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
