"""Made-up people: alike for the same seed, better ones with better scores, and answers that a page could hold."""

from __future__ import annotations

from pathlib import Path
from statistics import correlation, fmean

import pytest

from peercourse.content.course import Course, load_course
from peercourse.demo.answers import MADE_UP, answer_quiz
from peercourse.demo.cohort import Person, cohort, course_of, handed_in, occasion, skill
from peercourse.demo.marker import DemoSettings
from peercourse.grading.answers import plain_literals
from peercourse.quiz.bank import Quiz
from peercourse.quiz.item import Item, Literals
from peercourse.quiz.types import ITEM_TYPES
from peercourse.quiz.types.rating import Rating
from peercourse.quiz.types.written import Written

ROOT = Path(__file__).resolve().parents[2]
FORTY = DemoSettings(trainees=40, seed=1)


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def share(quiz: Quiz, answers: dict[str, Literals]) -> float:
    """Share of the points that need no marker, by the item types' own scoring functions."""
    items = [item for item in quiz.items() if item.score is not None and not isinstance(item, Rating)]
    return sum(points(item, quiz, answers) for item in items) / sum(item.maximum for item in items)


def points(item: Item, quiz: Quiz, answers: dict[str, Literals]) -> float:
    score = type(item).score
    assert score is not None
    return score(answers.get(item.id, item.face(quiz.seed).blank), item.key(quiz.seed))


def mean_share(people: list[Person], quizzes: list[Quiz], settings: DemoSettings) -> float:
    return fmean(share(quiz, answer_quiz(person, quiz, settings)) for person in people for quiz in quizzes)


def ranks(values: list[float]) -> list[int]:
    return [sorted(values).index(value) for value in values]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_scores_rise_with_ability(course: Course, seed: int) -> None:
    settings = DemoSettings(40, seed)
    people = cohort(settings)
    scores = [mean_share([person], list(course.quizzes.values()), settings) for person in people]
    assert correlation(ranks([person.ability for person in people]), ranks(scores)) > 0.6


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_group_is_better_after_the_course_and_loses_some_of_it_again(course: Course, seed: int) -> None:
    settings = DemoSettings(200, seed)
    people = list(cohort(settings))
    means = {
        when: mean_share(people, [course.evaluation[f"{when}-{form}"] for form in "ab"], settings)
        for when in ("before", "after", "follow-up")
    }
    assert means["before"] + 0.05 < means["after"]
    assert means["before"] < means["follow-up"] < means["after"]


def test_everybody_is_due_the_form_that_the_id_decides(course: Course) -> None:
    odd, even = cohort(FORTY)[:2]
    assert [quiz.id for quiz in course_of(even, course.current)] == [
        "before-a", *sorted(course.quizzes), "after-b", "follow-up-a",
    ]  # fmt: skip
    assert [quiz.id for quiz in course_of(odd, course.current)][-2:] == ["after-a", "follow-up-b"]


def test_some_leave_and_fewer_come_back_but_most_stay(course: Course) -> None:
    people = cohort(DemoSettings(200, 1))
    handed = [handed_in(person, course.current, FORTY) for person in people]
    counts = {when: sum(when in {occasion(quiz) for quiz in one} for one in handed) for when in ("before", "follow-up")}
    assert counts["before"] == 200
    assert 80 < counts["follow-up"] < 160
    assert (
        120 < sum(len({quiz.id for quiz in one} & set(course.quizzes)) == len(course.quizzes) for one in handed) < 190
    )


def test_every_item_type_is_answered_in_its_own_shape(course: Course) -> None:
    seen, blank, harmful = set(), 0, 0
    for person in cohort(FORTY):
        for quiz in course_of(person, course.current):
            given = answer_quiz(person, quiz, FORTY)
            for item in quiz.items():
                if item.id not in given:
                    blank += 1
                elif isinstance(item, Written):
                    assert str(given[item.id]).startswith(MADE_UP)
                    harmful += any(sentence in str(given[item.id]) for sentence in item.harmful)
                else:
                    assert plain_literals(given[item.id]) == given[item.id]
                    assert type(given[item.id]) is type(item.face(quiz.seed).blank)
                seen.add(item.type)
    assert seen == {name for name, kind in ITEM_TYPES.items() if kind.banked}
    assert blank > 40
    assert 0 < harmful < 100


def test_a_new_quiz_changes_no_old_answer_and_another_seed_makes_other_people(course: Course) -> None:
    person, quiz = cohort(FORTY)[0], course.current[0]
    assert cohort(DemoSettings(3, 1)) == cohort(FORTY)[:3]
    assert answer_quiz(person, quiz, FORTY) == answer_quiz(person, quiz, DemoSettings(3, 1))
    assert answer_quiz(person, quiz, FORTY) != answer_quiz(person, quiz, FORTY, attempt=2)
    assert cohort(DemoSettings(40, 2)) != cohort(FORTY)
    assert skill(person, "before") == person.ability
