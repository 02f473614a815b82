"""The institution's copy as a page."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from peercourse.report.blocks import Block, Cell, Paragraph, Section, Table
from peercourse.report.disclosure import HIDDEN, SMALL, STEP
from peercourse.report.few import FEWEST
from peercourse.report.page import Page
from peercourse.report.plots import share_bar
from peercourse.report.sections.measure import HOW, NOT_SKILL
from peercourse.report.shared import SharedOccasion, SharedQuiz, SharedReport
from peercourse.report.wording import count, decimal, percent, with_interval

LEAD = (
    "About the group and about nobody in it. Numbers of people below "
    f"{SMALL} are {HIDDEN}, and so is what would give one of them away by subtracting; no statistic is given for fewer "
    f"than {FEWEST}. Shares are in steps of {100 * STEP:.0f} per cent."
)


def share_page(report: SharedReport, made: date) -> Page:
    """The page, from figures that name nobody."""
    sections = [Section("Quizzes", _quizzes(report), "quizzes")] if report.quizzes else []
    if report.outcomes:
        sections.append(Section("Outcomes", _outcomes(report), "outcomes"))
    if report.has_measure:
        sections.append(Section("Before, after and later", _measure(report), "measure"))
    return Page("Report on the group", (Paragraph(LEAD, "note"),), tuple(sections), made, report.synthetic)


def _quizzes(report: SharedReport) -> tuple[Block, ...]:
    enrolled = HIDDEN if report.enrolled is None else str(report.enrolled)
    head = (
        "quiz", "n", "passed", "not passed", "a quarter stay below", "half stay below", "three quarters stay below",
        "coefficient alpha (95 % interval)",
    )  # fmt: skip
    blocks: list[Block] = [
        Paragraph(f"Taking part: {enrolled}. In the table, n are those whose answers have all their points."),
        Table("Quizzes", head, tuple(map(_quiz, report.quizzes))),
    ]
    for quiz in report.quizzes:
        if quiz.in_bands is not None:
            rows = tuple(zip(_bands(quiz.bands), map(str, quiz.in_bands), strict=True))
            blocks.append(Table(f"Scores: {_name(quiz)}", ("of the points", "people"), rows))
    return tuple(blocks)


def _name(quiz: SharedQuiz) -> str:
    return quiz.title if quiz.version == 1 else f"{quiz.title}, version {quiz.version}"


def _quiz(quiz: SharedQuiz) -> tuple[str, ...]:
    passed = ("no pass mark", "") if quiz.pass_mark is None else tuple(map(str, quiz.passed or (HIDDEN, HIDDEN)))
    low, high = quiz.quartiles or (None, None)
    middles = tuple(HIDDEN if share is None else percent(share) for share in (low, quiz.median, high))
    alpha = HIDDEN
    if quiz.alpha:
        alpha = f"{decimal(quiz.alpha.value)} ({decimal(quiz.alpha.low)} to {decimal(quiz.alpha.high)})"
    return (_name(quiz), HIDDEN if quiz.number is None else str(quiz.number), *passed, *middles, alpha)


def _bands(edges: tuple[float, ...]) -> list[str]:
    names = [f"{percent(low)} to under {percent(high)}" for low, high in pairwise(edges)]
    return [f"under {percent(edges[0])}", *names, f"{percent(edges[-1])} or more"]


def _outcomes(report: SharedReport) -> tuple[Block, ...]:
    rows: list[tuple[Cell, ...]] = [
        (one.id, *((HIDDEN, "") if one.mean is None else (percent(one.mean), share_bar(one.mean))), one.text)
        for one in report.outcomes
    ]
    text = "What people earned on average of the points of all items that ask for an outcome."
    return Paragraph(text), Table(
        "Share of the points by outcome", ("outcome", "mean share", "as a bar", "text"), tuple(rows)
    )


def _measure(report: SharedReport) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph(NOT_SKILL, "note")]
    blocks += [_occasion(occasion) for occasion in report.occasions]
    if not report.occasions:
        blocks.append(Paragraph(f"Fewer than {FEWEST} people answered twice, so nothing is said."))
    return (*blocks, Paragraph(HOW))


def _occasion(occasion: SharedOccasion) -> Section:
    when = {"after": "after it", "follow-up": "some months later"}[occasion.occasion]
    text = f"Behind every line are at least {count(occasion.at_least, 'person', 'people')} who answered both times. "
    if occasion.came_back is None:
        text += f"How many did not come back is {HIDDEN}: one of the two numbers is below {SMALL}, here or elsewhere."
    else:
        came, stayed = occasion.came_back
        text += f"Of {came + stayed} who answered before, {came} answered again and {stayed} did not."
    rows = tuple((one.name, with_interval(one.mean), with_interval(one.standardised, 2)) for one in occasion.changes)
    head = ("what", "mean change (95 % interval)", "standardised: Hedges' g")
    table = Table("Change of the same people", head, rows)
    return Section(f"From before the course to {when}", (Paragraph(text), table))
