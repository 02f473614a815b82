"""From a result, its bank and the course to the feedback on it: pure functions."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from peercourse.content.course import Course
from peercourse.content.module import Module, Outcome
from peercourse.feedback.chosen import chose_harm, chosen_rationales
from peercourse.feedback.model import (
    Comment,
    Explained,
    Feedback,
    How,
    OutcomeFeedback,
    Place,
    Question,
    WrittenFeedback,
)
from peercourse.grading.result import ALMOST, ItemResult, Result
from peercourse.grading.results import WRITTEN
from peercourse.quiz.bank import Quiz
from peercourse.quiz.item import Item

ENOUGH, HALF = 0.75, 0.5
"""Shares of points: what went well where the quiz has no pass mark of its own, and what went partly well."""


@dataclass(frozen=True)
class Answered:
    """A question, the item behind it, and what the trainee made of it."""

    question: Question
    item: Item
    result: ItemResult
    harmful: bool


@dataclass(frozen=True)
class FromMarkers:
    """What markers said about a submission.

    Attributes:
        comments: what they wrote, by item.
        noted: items in whose answers one of them noted a reply that could hurt.
    """

    comments: Mapping[str, str] = field(default_factory=dict)
    noted: Collection[str] = ()


def feedback_of(
    result: Result,
    quiz: Quiz,
    course: Course,
    markers: FromMarkers,
    site: str,
    *,
    rationales: bool = False,
) -> Feedback:
    """The feedback on a result.

    Args:
        result: a result that is scored.
        quiz: the bank in the version that was answered, with the items that were released.
        course: the course, for outcomes and the pages that teach them.
        markers: what markers said about it.
        site: address of the site; empty where it is not known.
        rationales: whether rationales of chosen options are shown.
    """
    answered = list(_answered(result, quiz, course, markers.noted))
    day = result.submitted_at
    return Feedback(
        trainee=result.trainee,
        quiz=quiz.title,
        # nbgrader keeps times in UTC without saying so; a trainee thinks in the day of the place.
        handed_in=day.replace(tzinfo=datetime.UTC).astimezone().date() if day else None,
        passed=result.passed,
        score=result.score,
        maximum=result.maximum,
        pass_mark=quiz.pass_mark,
        penalty=result.penalty,
        waiting=sum(one.waiting for one in result.items),
        outcomes=tuple(_outcomes(answered, quiz.pass_mark or ENOUGH, course, site.rstrip("/"))),
        written=tuple(_written(one, markers.comments) for one in answered if one.item.type == WRITTEN),
        comments=tuple(_comments(answered, markers.comments)),
        harmful=tuple(one.question for one in answered if one.harmful and one.item.type != WRITTEN),
        noted=tuple(one.question for one in answered if one.harmful and one.item.type == WRITTEN),
        explained=tuple(_explained(answered, quiz, course)) if rationales else (),
    )


def rationales_shown(course: Course, today: datetime.date) -> bool:
    """Whether the institution shows rationales of chosen options on a day: after its closing date."""
    rules = course.institution.feedback
    return rules.rationales == "after_closing" and rules.closing_date is not None and today > rules.closing_date


def _answered(result: Result, quiz: Quiz, course: Course, noted: Collection[str]) -> Iterator[Answered]:
    items = [(scenario, item) for scenario in quiz.scenarios for item in scenario.items]
    for number, ((scenario, item), one) in enumerate(zip(items, result.items, strict=True), start=1):
        # What one marker noted is not final while another one is waited for.
        seen = item.id in noted and not one.waiting
        harmful = seen or chose_harm(item, one.answer, quiz.seed, course.words)
        yield Answered(Question(number, scenario.setting, item.stem), item, one, harmful)


def _outcomes(answered: list[Answered], enough: float, course: Course, site: str) -> Iterator[OutcomeFeedback]:
    asked: dict[str, list[Answered]] = defaultdict(list)
    for one in answered:
        if one.item.practised:  # a rating asks for no outcome: any answer to it is right
            asked[one.item.outcome].append(one)
    known = [(module, outcome) for module in course.modules for outcome in module.settings.outcomes]
    for module, outcome in known:
        if outcome.id in asked:
            yield OutcomeFeedback(outcome.text, _how(asked.pop(outcome.id), enough), _place(module, outcome, site))
    for gone in asked.values():
        yield OutcomeFeedback("", _how(gone, enough), None)


def _how(asked: list[Answered], enough: float) -> How:
    if any(one.result.waiting for one in asked):
        return How.WAITING
    share = sum(one.result.score or 0 for one in asked) / sum(one.result.item.points for one in asked)
    if any(one.harmful for one in asked) or share < min(HALF, enough) - ALMOST:
        return How.AGAIN
    return How.WELL if share >= enough - ALMOST else How.PARTLY


def _place(module: Module, outcome: Outcome, site: str) -> Place:
    """The page that teaches an outcome; the module's first page where no single one does, as in the capstone."""
    page = next((page for page in module.lessons if page.stem == outcome.taught_in), None)
    title, name = (page.title, page.stem) if page else (module.settings.title, "index")
    return Place(title, f"{site}/modules/{module.folder.name}/{name}.html" if site else "")


def _written(one: Answered, comments: Mapping[str, str]) -> WrittenFeedback:
    # A comment that a marker has begun is not final before the points are.
    comment = "" if one.result.waiting else comments.get(one.item.id, "")
    return WrittenFeedback(one.question, str(one.result.answer), one.result.score, one.result.item.points, comment)


def _comments(answered: list[Answered], comments: Mapping[str, str]) -> Iterator[Comment]:
    for one in answered:
        if one.item.type != WRITTEN and one.item.id in comments:
            yield Comment(one.question, comments[one.item.id])


def _explained(answered: list[Answered], quiz: Quiz, course: Course) -> Iterator[Explained]:
    for one in answered:
        for chosen, rationale in chosen_rationales(one.item, one.result.answer, quiz.seed, course.words):
            yield Explained(one.question, chosen, rationale)
