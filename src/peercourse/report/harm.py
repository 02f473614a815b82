"""Replies that could hurt and that somebody chose: a prompt for a talk, never a diagnosis."""

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
