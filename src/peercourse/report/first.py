"""What is worth looking at first, in a sentence each, the most pressing one first."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from peercourse.report.cohort import Cohort
from peercourse.report.findings import Findings
from peercourse.report.looks import key_may_be_wrong, looks
from peercourse.report.sections.outcomes import lowest_outcomes
from peercourse.report.sections.who import latest_results, missing_from
from peercourse.report.wording import count, listed, percent

NAMED = 12
"""People whose IDs are listed: a group of the usual size."""


def first_looks(cohort: Cohort, findings: Findings) -> tuple[str, ...]:
    """Everything that asks for something to be done: people first, then the quizzes, then the teaching."""
    return (*_people(cohort, findings), *_items(findings), *_teaching(findings))


def _people(cohort: Cohort, findings: Findings) -> Iterator[str]:
    talks = findings.to_talk_to
    if talks:
        yield (
            f"{count(len(talks), 'trainee')} chose or wrote a reply that could hurt. Talk to each, alone, before they "
            f"support anybody: {_named(talks)}."
        )
    unscored = sum(not result.scored for result in cohort.results)
    if unscored:
        yield f"{count(unscored, 'submission is', 'submissions are')} not scored yet. Run peercourse grade."
    waiting = sum(result.scored and result.score is None for result in cohort.graded)
    if waiting:
        yield f"{count(waiting, 'submission waits', 'submissions wait')} for written answers to be marked."
    missing = [(quiz, len(missing_from(cohort, found))) for quiz, found in latest_results(cohort).items() if found]
    gaps = [f"{number} in {quiz}" for quiz, number in missing if number]
    if gaps:
        yield f"Somebody is missing: {listed(gaps)}."


def _named(trainees: Collection[str]) -> str:
    """IDs, where they are few; all of them stand in the section."""
    some = sorted(trainees)
    more = [f"{len(some) - NAMED} more"] if len(some) > NAMED else []
    return listed([*some[:NAMED], *more])


def _items(findings: Findings) -> Iterator[str]:
    wrong, others = [], 0
    for quiz in findings.quizzes:
        for figures in quiz.analysis.items:
            found = quiz.choices.get(figures.item.id)
            if key_may_be_wrong(found):
                wrong.append(f"{figures.item.id} ({quiz.released.quiz})")
            elif looks(figures, found):
                others += 1
    if wrong:
        yield f"Check the key of {listed(wrong)}: those who did well elsewhere prefer another option."
    if others:
        yield f"{count(others, 'item')} to read again: very easy, very hard, or apart from the rest."


def _teaching(findings: Findings) -> Iterator[str]:
    for lowest in lowest_outcomes(findings.outcomes)[:1]:
        yield f"The lowest outcome is {lowest.id}, with {percent(lowest.mean)} of its points: {lowest.text}."
