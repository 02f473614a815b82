"""How far two markers agree: the place for it, filled once answers were marked twice."""

from __future__ import annotations

from peercourse.report.blocks import Block, Paragraph, Section, Table
from peercourse.report.cohort import Cohort
from peercourse.report.few import FEWEST, TOO_FEW
from peercourse.report.wording import decimal, listed, percent

LITERATURE = (
    "Trained markers of such answers reached a weighted kappa of 0.71 to 0.91 for single items and 0.93 in all. Where "
    "an item falls short, mark five answers to it together, aloud, with the guide on the table."
)


def agreement_section(cohort: Cohort) -> Section:
    """A row for each item that two people marked."""
    blocks: list[Block]
    if cohort.agreement:
        rows = tuple(
            (
                one.name, str(one.answers), percent(one.within), decimal(one.kappa) if one.told else TOO_FEW,
                f"{decimal(one.low)} to {decimal(one.high)}" if one.told else "",
            )
            for one in cohort.agreement
        )  # fmt: skip
        head = ("item", "answers", "within half a point", "weighted kappa", "95 % interval")
        note = f"No kappa is given for fewer than {FEWEST} answers, or where everybody got the same."
        blocks = [Table("Answers that two people marked", head, rows), Paragraph(LITERATURE), Paragraph(note)]
    elif cohort.marked:
        blocks = [Paragraph(f"Marks are kept for {listed(cohort.marked)}; no answer was marked by two people yet.")]
    else:
        blocks = [Paragraph("No answer was marked by two people, so nothing is known about it.")]
    return Section("How far two markers agree", tuple(blocks), "agreement")
