"""The trainer's report as a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peercourse.grading.observation import is_sheet
from peercourse.report.blocks import Bullets, Paragraph, Section
from peercourse.report.cohort import Cohort
from peercourse.report.findings import Findings
from peercourse.report.measure import read_measured
from peercourse.report.page import Page
from peercourse.report.sections.agreement import agreement_section
from peercourse.report.sections.measure import measure_section
from peercourse.report.sections.observed import observed_section
from peercourse.report.sections.outcomes import outcomes_section
from peercourse.report.sections.quiz import quiz_section
from peercourse.report.sections.talks import talks_section
from peercourse.report.sections.who import who_section

PRIVATE = (
    "For trainers alone: this page names trainees and shows answer keys. Keep it in the grading folder. For anybody "
    "else there is a copy without both: peercourse report --share."
)


def trainer_page(cohort: Cohort, findings: Findings, looks: Sequence[str], made: date) -> Page:
    """Everything: people first, then quizzes and role plays, then the measure before and after.

    Args:
        cohort: the cohort.
        findings: what its answers say.
        looks: what is worth looking at first.
        made: the day.
    """
    sections: list[Section] = []
    if cohort.graded:
        sections = [
            who_section(cohort),
            talks_section(findings),
            *(quiz_section(cohort, found) for found in findings.quizzes),
            outcomes_section(findings.outcomes),
        ]
    if any(is_sheet(entry) for entry in cohort.released.values()):
        sections.append(observed_section(cohort))
    if cohort.evaluation or cohort.unread:
        sections.append(measure_section(cohort, read_measured(cohort)))
    if cohort.graded:
        sections.append(agreement_section(cohort))
    first = Bullets(tuple(looks)) if looks else Paragraph("Nothing presses.")
    lead = (Paragraph(PRIVATE, "warning"), Section("To look at first", (first,)))
    return Page("Report on the cohort", lead, tuple(sections), made, cohort.synthetic)
