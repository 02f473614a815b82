"""Observed role plays: who has passed, and who has not been observed yet."""

from __future__ import annotations

from peercourse.grading.observed import ObservedPlay
from peercourse.quiz.sheet import NOTE
from peercourse.quiz.types.observed import ANSWERS, NO_OCCASION
from peercourse.report.blocks import Block, Fold, Paragraph, Section, Table
from peercourse.report.cohort import Cohort
from peercourse.report.wording import count

ABOUT = (
    "What observers saw. A role play is passed by a rule: nothing that could hurt, few behaviours not shown, some "
    "fully there. No share of points is given, since it would say less. The latest sheet about somebody counts."
)


def observed_section(cohort: Cohort) -> Section:
    """A row for each trainee who was observed, and the IDs of the others."""
    seen = {one.result.trainee for one in cohort.observed}
    missing = [trainee for trainee in cohort.trainees if trainee not in seen]
    blocks: list[Block] = [Paragraph(ABOUT)]
    if cohort.observed:
        passed = sum(one.result.passed is True for one in cohort.observed)
        head = ("trainee", "result", "day", "observer", "card", "could hurt", "not shown", "there", "fully there",
                "no occasion", "sheets")  # fmt: skip
        blocks.append(Paragraph(f"{count(len(cohort.observed), 'trainee')} observed, {passed} passed."))
        blocks.append(Table("Observed role plays", head, tuple(map(_row, cohort.observed))))
        notes = tuple((one.result.trainee, one.observation.note) for one in cohort.observed if one.observation.note)
        if notes:
            words = Table("What observers wrote to them", ("trainee", NOTE), notes)
            blocks.append(Fold("What observers wrote to them", (words,)))
    blocks.append(Paragraph(f"Not observed yet: {', '.join(missing) or 'nobody'}."))
    return Section("Observed role plays", tuple(blocks), "observed")


def _row(one: ObservedPlay) -> tuple[str, ...]:
    said = one.observation
    levels = [list(said.levels.values()).count(answer) for answer in (*ANSWERS.values(), NO_OCCASION)]
    result = {True: "passed", False: "not passed", None: "not scored yet"}[one.result.passed]
    day = said.day.isoformat() if said.day else ""
    return (one.result.trainee, result, day, said.observer, said.card, *map(str, levels), str(one.sheets))
