"""How far two markers agree, by item and in all, beside what others have reached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from peercourse.marking.agreement import IN_ALL, PER_ITEM, SOURCE, Agreement, agreements
from peercourse.report.blocks import Block, Paragraph, Section, Table
from peercourse.report.cohort import Cohort
from peercourse.report.few import FEWEST, TOO_FEW
from peercourse.report.wording import decimal, listed, percent

LITERATURE = (
    f"Others have reached {decimal(PER_ITEM[0])} to {decimal(PER_ITEM[1])} for an item and {decimal(IN_ALL)} in all, "
    f"with empathy items in people's own words ({SOURCE})."
)


def agreement_section(cohort: Cohort) -> Section:
    """A row for each item that two people marked, and for all of a quiz; by quiz and version."""
    found = list(_by_quiz(cohort))
    blocks: list[Block]
    if found:
        rows = tuple(_row(quiz, one) for quiz, one in found)
        head = ("quiz", "item", "answers", "within half a point", "weighted kappa", "95 % interval")
        blocks = [Table("Answers that two people marked", head, rows), Paragraph(LITERATURE), *_short(found)]
        note = f"No kappa is given for fewer than {FEWEST} answers, or where everybody got the same."
        blocks.append(Paragraph(note))
    elif cohort.marks:
        marked = sorted({assignment for assignment, _, _ in cohort.marks})
        blocks = [Paragraph(f"Marks are kept for {listed(marked)}; no answer was marked by two people yet.")]
    else:
        blocks = [Paragraph("No answer was marked by two people, so nothing is known about it.")]
    return Section("How far two markers agree", tuple(blocks), "agreement")


def _by_quiz(cohort: Cohort) -> Iterator[tuple[str, Agreement]]:
    for assignment, entries in groupby(cohort.marks.items(), key=lambda found: found[0][0]):
        yield from ((assignment, one) for one in agreements(entry for _, entry in entries))


def _row(quiz: str, one: Agreement) -> tuple[str, ...]:
    told = one.kappa is not None and one.answers >= FEWEST
    interval = f"{decimal(one.low)} to {decimal(one.high)}" if told else ""
    near = percent(one.within if one.answers >= FEWEST else None)
    return quiz, one.name or "in all", str(one.answers), near, decimal(one.kappa) if told else TOO_FEW, interval


def _short(found: list[tuple[str, Agreement]]) -> list[Block]:
    """Items that stay below what others have reached, and what to do about them."""
    short = [f"{one.name} ({quiz})" for quiz, one in found if one.name and one.falls_short]
    if not short:
        return []
    return [
        Paragraph(
            f"Below that: {listed(short)}. Mark five answers to it together, aloud, with the guide on the table, and "
            "mend the guide where it leaves doubt.",
            "warning",
        )
    ]
