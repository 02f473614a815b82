"""The people of a demo: what they know before, what they gain and lose again, and which quizzes they hand in.

All numbers here are chosen so that tables and plots look like those of a real group. None of them was measured, and
none says anything about this course. Skill is in standard deviations of the group before the course, whose mean is 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from peercourse.demo.marker import DemoSettings
from peercourse.quiz.bank import Quiz
from peercourse.quiz.evaluation import MODULE as EVALUATION
from peercourse.quiz.evaluation import first_form

FIRST_DAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
FOLLOW_UP_AFTER = timedelta(weeks=16)
LEAVES = 0.15
"""Share of those of average ability who leave before the end of the course."""
MISSES = 0.03
NO_FOLLOW_UP = 0.3


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist.

    Attributes:
        id: the trainee ID.
        ability: skill before the course.
        growth: what the course adds.
        kept: share of the growth that is left at the follow-up.
        sureness: how much surer than others of the same skill, in points of a scale from 0 to 10.
    """

    id: str
    ability: float
    growth: float
    kept: float
    sureness: float


def dice(settings: DemoSettings, *about: str) -> Random:
    """Chance that depends on the seed and on what it is for, so that a new quiz changes nothing in the old ones."""
    return Random("/".join([str(settings.seed), *about]))  # noqa: S311  (no secret hangs on it)


def cohort(settings: DemoSettings) -> tuple[Person, ...]:
    """The people, by their IDs: ``demo-001`` and on."""
    return tuple(_person(f"demo-{number:03}", settings) for number in range(1, settings.trainees + 1))


def _person(name: str, settings: DemoSettings) -> Person:
    chance = dice(settings, name)
    return Person(
        id=name,
        ability=chance.gauss(0, 1),
        growth=chance.gauss(1.1, 0.5),
        kept=chance.uniform(0.4, 0.9),
        sureness=chance.gauss(0, 1.2),
    )


def occasion(quiz: Quiz) -> str:
    """When a quiz is answered: ``before``, ``after``, ``follow-up``, or ``course`` for a module's quiz."""
    return quiz.id.rpartition("-")[0] if quiz.module == EVALUATION else "course"


def skill(person: Person, when: str) -> float:
    """Skill on an occasion."""
    gained = {"before": 0.0, "follow-up": person.kept}.get(when, 1.0)
    return person.ability + gained * person.growth


def course_of(person: Person, quizzes: Iterable[Quiz]) -> list[Quiz]:
    """All that somebody is meant to hand in, in the order of the course; of the evaluation, the form that is due."""
    first = first_form(person.id)
    places = {"before": 0, "course": 1, "after": 2, "follow-up": 3}
    due = [quiz for quiz in quizzes if occasion(quiz) == "course" or _form(quiz) == _due(occasion(quiz), first)]
    return sorted(due, key=lambda quiz: (places[occasion(quiz)], quiz.id))


def _form(quiz: Quiz) -> str:
    return quiz.id.rpartition("-")[2]


def _due(when: str, first: str) -> str:
    other = "b" if first == "a" else "a"
    return other if when == "after" else first


def handed_in(person: Person, quizzes: Iterable[Quiz], settings: DemoSettings) -> list[Quiz]:
    """What somebody does hand in: some leave on the way, some miss a quiz, and fewer come back for the follow-up."""
    chance = dice(settings, person.id, "hands in")
    due = course_of(person, quizzes)
    # Those who find it hard leave a little sooner, so that whoever counts only those who stayed sees too much.
    leaves = chance.random() < LEAVES * math.exp(-0.5 * person.ability)
    last = chance.randint(1, len(due)) if leaves else len(due)
    missed = {"before": 0.0, "follow-up": NO_FOLLOW_UP}
    return [quiz for quiz in due[:last] if chance.random() >= missed.get(occasion(quiz), MISSES)]


def time_of(person: Person, quiz: Quiz, due: Sequence[Quiz], settings: DemoSettings) -> datetime:
    """When somebody hands a quiz in: a week for each, and the follow-up some months later.

    Args:
        person: who.
        quiz: one of those that are due.
        due: all that this person is meant to hand in, in order.
        settings: the demo's.
    """
    seconds = dice(settings, person.id, quiz.id, "time").randint(0, 6 * 24 * 3600)
    later = FOLLOW_UP_AFTER if occasion(quiz) == "follow-up" else timedelta()
    return FIRST_DAY + timedelta(weeks=due.index(quiz), seconds=seconds) + later
