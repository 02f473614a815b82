"""A made-up cohort over the course's own banks: results as the gradebook would give them, without grading."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from peercourse.content.course import Course, load_course
from peercourse.grading.folder import Released, released_items
from peercourse.grading.result import ItemResult, Result
from peercourse.quiz.bank import Quiz
from peercourse.quiz.evaluation import first_form
from peercourse.quiz.item import Item, Literals
from peercourse.report.cohort import Cohort

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def released_of(bank: Quiz) -> Released:
    return Released(
        bank.id, bank.version, bank.title, bank.assignment, bank.pass_mark, released_items(bank), source="", release=""
    )


def result_of(bank: Quiz, trainee: str, answers: dict[str, Literals], *, written: float = 0.5, day: int = 0) -> Result:
    """A scored submission: points by the item types' own scoring functions, a share of them where a person marks."""
    found = []
    for item, entry in zip(bank.items(), released_items(bank), strict=True):
        answer = answers.get(item.id, "")
        if item.score is None:
            found.append(ItemResult(entry, answer, None, round(2 * written * entry.points) / 2, False))
        else:
            found.append(ItemResult(entry, answer, item.score(answer, item.key(bank.seed)), None, False))
    return Result(trainee, released_of(bank), START + timedelta(days=day), tuple(found), 0.0, scored=True)


def waiting(result: Result) -> Result:
    """The same submission before its written answers are marked."""
    items = tuple(
        replace(one, by_hand=None, waiting=True) if one.item.type == "written" else one for one in result.items
    )
    return replace(result, items=items)


def some_answer(item: Item, bank: Quiz, chance: random.Random, skill: float) -> Literals:
    """The best answer with this chance, otherwise something else that the form allows."""
    best, face = item.best_answer(bank.seed), item.face(bank.seed)
    if item.type == "rating":
        return str(min(10, max(0, round(chance.gauss(10 * skill, 1.5)))))
    if item.type == "written":
        return "You stayed with her <b>all</b> night."
    if chance.random() < skill:
        return best
    labels = [choice.label for choice in face.choices] or ["green", "amber", "red"]
    if isinstance(best, dict):
        return {row.label: chance.choice(labels) for row in face.rows}
    if isinstance(best, list):
        return chance.sample(labels, len(best))
    return chance.choice(labels)


def answers_of(bank: Quiz, chance: random.Random, skill: float) -> dict[str, Literals]:
    return {item.id: some_answer(item, bank, chance, skill) for item in bank.items()}


def made_up(course: Course, number: int, quizzes: Iterable[str] | None = None, *, seed: int = 7, **kept: Any) -> Cohort:
    """A cohort: everybody has every graded quiz, and the measure before; some are lost on the way.

    Args:
        course: whose banks are answered.
        number: trainees.
        quizzes: these alone.
        seed: of the chance by which they answer.
        kept: other fields of the cohort.
    """
    chance = random.Random(seed)  # noqa: S311  (no secret hangs on it)
    banks = {bank.id: bank for bank in course.current if quizzes is None or bank.id in quizzes}
    results = []
    for place in range(number):
        trainee, skill = f"blue-{place:04d}", chance.uniform(0.35, 0.95)
        first = first_form(trainee)
        other = {"a": "b", "b": "a"}[first]
        theirs = {f"before-{first}": 0.6, f"after-{other}": 0.8, f"follow-up-{first}": 0.7}
        for name, bank in banks.items():
            occasion = name.removesuffix("-a").removesuffix("-b")
            if bank.pass_mark is None and name not in theirs:
                continue
            if (occasion == "after" and place % 5 == 0) or (occasion == "follow-up" and place % 3):
                continue
            ability = skill * theirs.get(name, 1.0)
            answers = answers_of(bank, chance, ability)
            results.append(result_of(bank, trainee, answers, written=skill, day=int(chance.expovariate(0.2))))
    entries = {bank.assignment: released_of(bank) for bank in banks.values()}
    outcomes = {outcome.id: outcome.text for module in course.modules for outcome in module.settings.outcomes}
    modules = {f"m{place}": module.settings.title for place, module in enumerate(course.modules, start=1)}
    slips = {name: str(text) for name, text in course.words.section("slips").items()}
    fields = {"outcomes": outcomes, "modules": modules, "slips": slips, **kept}
    return Cohort(tuple(results), entries, {bank.assignment: bank for bank in banks.values()}, **fields)


@pytest.fixture(scope="session")
def course() -> Course:
    return load_course(ROOT)


@pytest.fixture(scope="session")
def cohort(course: Course) -> Cohort:
    """Sixty trainees over everything; two more on the list have handed in nothing."""
    found = made_up(course, 60)
    people = frozenset({result.trainee for result in found.results})
    return replace(found, roster=people | {"late-1", "late-2"})


@pytest.fixture(scope="session")
def tools() -> dict[str, Any]:
    """What tests need besides fixtures."""
    return {"made_up": made_up, "result_of": result_of, "waiting": waiting, "released_of": released_of}
