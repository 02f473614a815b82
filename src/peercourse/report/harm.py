"""Replies that could hurt and that somebody chose or wrote: a prompt for a talk, never a diagnosis."""

from __future__ import annotations

from dataclasses import dataclass

from peercourse.quiz.item import Option
from peercourse.report.choices import chosen_letters, harmful_options
from peercourse.report.cohort import Cohort


@dataclass(frozen=True)
class HarmfulReply:
    """A reply that could hurt, and who chose it where.

    Attributes:
        slip: the kind of slip in words; empty where the bank names none.
    """

    trainee: str
    quiz: str
    item: str
    stem: str
    reply: str
    slip: str


@dataclass(frozen=True)
class NotedReply:
    """A written answer in which a marker noted a reply that could hurt. It has no field for the answer's words.

    Attributes:
        stem: the question; empty where the course does not have the bank.
        noted: how many of its markers noted it.
        markers: how many marked it.
    """

    trainee: str
    quiz: str
    item: str
    stem: str
    noted: int
    markers: int


def noted_replies(cohort: Cohort) -> tuple[NotedReply, ...]:
    """All of them by trainee, in the order of the quizzes."""
    stems = {(name, item.id): item.stem for name, bank in cohort.banks.items() for item in bank.items()}
    found = [
        NotedReply(
            trainee, cohort.released[assignment].title, item, stems.get((assignment, item), ""),
            sum(mark.harmful for mark in entry.marks.values()), len(entry.marks),
        )
        for (assignment, trainee, item), entry in cohort.marks.items()
        if entry.harmful and not cohort.is_evaluation(assignment)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda reply: reply.trainee))


def harmful_replies(cohort: Cohort) -> tuple[HarmfulReply, ...]:
    """All of them by trainee, in the order of the quizzes.

    The measure before and after is left out: it is about the course, and half of it comes before the first lesson.
    """
    found = []
    options = {name: _harmful_options(cohort, name) for name in cohort.banks}
    for result in cohort.graded:
        by_item = options.get(result.released.assignment, {})
        for one in result.items:
            stem, harmful = by_item.get(one.item.id, ("", {}))
            for letter in chosen_letters(one.answer) if harmful else ():
                if letter in harmful:
                    option = harmful[letter]
                    slip = cohort.slips.get(option.slip or "", "")
                    found.append(
                        HarmfulReply(result.trainee, result.released.title, one.item.id, stem, option.text, slip)
                    )
    return tuple(sorted(found, key=lambda reply: reply.trainee))


def _harmful_options(cohort: Cohort, assignment: str) -> dict[str, tuple[str, dict[str, Option]]]:
    """Stem and harmful options by letter, by item; items without any are left out."""
    bank = cohort.banks[assignment]
    found = {item.id: (item.stem, harmful_options(item, bank.seed)) for item in bank.items()}
    return {item: (stem, options) for item, (stem, options) in found.items() if options}
