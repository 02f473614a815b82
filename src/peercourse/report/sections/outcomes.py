"""Outcomes: what the cohort has learnt and what it has not, over all quizzes."""

from __future__ import annotations

from peercourse.report.blocks import Cell, Paragraph, Section, Table
from peercourse.report.few import FEWEST
from peercourse.report.outcomes import OutcomeFigures
from peercourse.report.plots import share_bar
from peercourse.report.wording import listed, percent

LOWEST = 3


def outcomes_section(figures: tuple[OutcomeFigures, ...]) -> Section:
    """A row for each outcome with its text."""
    text = (
        "For each outcome, what trainees earned on average of the points of all items that ask for it. An outcome with "
        "one item says as much about that item as about the outcome. "
    )
    lowest = lowest_outcomes(figures)
    if lowest:
        text += (
            f"The lowest: {listed([f'{one.id} ({percent(one.mean)})' for one in lowest])}. Plan the session by them."
        )
    else:
        text += f"No mean is given for fewer than {FEWEST} trainees."
    table = Table(
        "Share of the points by outcome",
        ("outcome", "mean share", "as a bar", "text", "items", "n"),
        tuple(map(_row, figures)),
    )
    return Section("Outcomes", (Paragraph(text), table), "outcomes")


def lowest_outcomes(figures: tuple[OutcomeFigures, ...]) -> list[OutcomeFigures]:
    """The few with the lowest means, the lowest first."""
    known = [one for one in figures if one.mean is not None]
    return sorted(known, key=lambda one: one.mean or 0.0)[:LOWEST] if len(known) > LOWEST else []


def _row(one: OutcomeFigures) -> tuple[Cell, ...]:
    bar: Cell = "" if one.mean is None else share_bar(one.mean)
    return one.id, percent(one.mean), bar, one.text, str(one.items), str(len(one.shares))
