"""What a cohort's answers say, worked out once: for what to look at first, and for the sections of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peercourse.grading.folder import Released
from peercourse.grading.result import Result
from peercourse.quiz.bank import Quiz
from peercourse.quiz.item import Item
from peercourse.report.choices import Choices, count_choices
from peercourse.report.cohort import Cohort
from peercourse.report.harm import HarmfulReply, NotedReply, harmful_replies, noted_replies
from peercourse.report.items import Analysis, analyse
from peercourse.report.outcomes import OutcomeFigures, outcome_figures


@dataclass(frozen=True)
class QuizFindings:
    """A quiz in one version.

    Attributes:
        results: its submissions.
        items: its items by id; empty where the course does not have its bank.
        choices: what was chosen, by item; None for an item without choices.
    """

    released: Released
    results: Sequence[Result]
    analysis: Analysis
    items: Mapping[str, Item]
    choices: Mapping[str, Choices | None]


@dataclass(frozen=True)
class Findings:
    """All of it.

    Attributes:
        quizzes: those that count for somebody and were handed in.
        chosen: replies that could hurt, chosen among options.
        noted: replies that could hurt, noted by a marker.
    """

    quizzes: tuple[QuizFindings, ...]
    outcomes: tuple[OutcomeFigures, ...]
    chosen: tuple[HarmfulReply, ...]
    noted: tuple[NotedReply, ...]

    @property
    def to_talk_to(self) -> frozenset[str]:
        """Whom to talk to before they support anybody."""
        return frozenset({reply.trainee for reply in self.chosen} | {reply.trainee for reply in self.noted})


def find(cohort: Cohort) -> Findings:
    """Everything that a cohort's answers say about quizzes, outcomes and talks."""
    return Findings(
        tuple(find_quiz(released, results, cohort.banks.get(released.assignment))
              for released, results in cohort.by_assignment()),
        outcome_figures(cohort), harmful_replies(cohort), noted_replies(cohort),
    )  # fmt: skip


def find_quiz(released: Released, results: Sequence[Result], bank: Quiz | None) -> QuizFindings:
    """What the answers to one quiz in one version say.

    Args:
        released: the quiz.
        results: its submissions, at least one.
        bank: its bank; None where the course does not have it.
    """
    analysis = analyse(results)
    items = {item.id: item for item in bank.items()} if bank else {}
    choices = {}
    for place, (name, item) in enumerate(items.items()):
        answers = {result.trainee: result.items[place].answer for result in results}
        choices[name] = count_choices(item, bank.seed if bank else "", answers, analysis.upper[place])
    return QuizFindings(released, results, analysis, items, choices)
