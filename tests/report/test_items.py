"""Items to look at: each reason is found, and nothing is said about too few."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from peercourse.report.cohort import Cohort
from peercourse.report.findings import find
from peercourse.report.first import first_looks
from peercourse.report.harm import harmful_replies
from peercourse.report.items import analyse
from peercourse.report.looks import key_may_be_wrong, looks

QUIZ = "m1-peer-support"


@pytest.fixture
def one_quiz(tools: dict[str, Any], course: Any) -> Any:
    """A cohort that answers one quiz; ``answers`` gives what each trainee answers to an item instead."""

    def make(number: int, item: str = "", answers: Any = None) -> Cohort:
        cohort = tools["made_up"](course, number, [QUIZ])
        bank = course.quizzes[QUIZ]
        results = []
        for place, result in enumerate(cohort.results):
            given = {one.item.id: one.answer for one in result.items}
            if item:
                given[item] = answers(place)
            results.append(tools["result_of"](bank, result.trainee, given, written=0.2 + 0.6 * (place % 2)))
        return replace(cohort, results=tuple(results))

    return make


def single(course: Any) -> Any:
    return next(item for item in course.quizzes[QUIZ].items() if item.type == "single")


def letters(course: Any, item: Any) -> tuple[str, list[str]]:
    """The key of an item, and its other letters."""
    seed = course.quizzes[QUIZ].seed
    best = item.best_answer(seed)
    return best, [choice.label for choice in item.face(seed).choices if choice.label != best]


def reasons(cohort: Cohort, item: str) -> tuple[str, ...]:
    (quiz,) = find(cohort).quizzes
    figures = next(figures for figures in quiz.analysis.items if figures.item.id == item)
    return looks(figures, quiz.choices[item])


def test_an_item_that_everybody_gets_right_is_very_easy(one_quiz: Any, course: Any) -> None:
    item = single(course)
    best, others = letters(course, item)
    found = " ".join(reasons(one_quiz(20, item.id, lambda _: best), item.id))
    assert "Very easy" in found
    assert f"Nobody chose {' or '.join(others)}" in found


def test_a_key_that_the_best_do_not_choose_comes_first(one_quiz: Any, course: Any) -> None:
    item = single(course)
    best, (wrong, *_) = letters(course, item)
    cohort = one_quiz(20, item.id, lambda place: wrong if place % 4 else best)
    found = reasons(cohort, item.id)
    assert f"chose {wrong}" in found[0]
    assert f"the key ({best})" in found[0]
    assert any("Very hard" in reason for reason in found)
    assert any(f"Check the key of {item.id} ({QUIZ})" in sentence for sentence in first_looks(cohort, find(cohort)))


def test_an_item_that_goes_against_the_rest_is_named(one_quiz: Any, course: Any) -> None:
    item = single(course)
    best, (wrong, *_) = letters(course, item)
    cohort = one_quiz(40)
    ((_, results),) = cohort.by_assignment()
    by_score = sorted(results, key=lambda result: result.score)
    weak = {result.trainee for result in by_score[:20]}
    against = one_quiz(40, item.id, lambda place: best if f"blue-{place:04d}" in weak else wrong)
    found = " ".join(reasons(against, item.id))
    assert "It does not go with the rest (item–rest correlation \N{MINUS SIGN}" in found


def test_nothing_is_said_about_nine(one_quiz: Any, course: Any) -> None:
    item = single(course)
    best, _ = letters(course, item)
    cohort = one_quiz(9, item.id, lambda _: best)
    ((_, results),) = cohort.by_assignment()
    analysis = analyse(results)
    assert reasons(cohort, item.id) == ()
    assert analysis.alpha is None
    assert {figures.difficulty for figures in analysis.items} == {None}
    assert {figures.item_rest for figures in analysis.items} == {None}


def test_unmarked_answers_count_for_nothing_but_their_other_items(one_quiz: Any, tools: dict[str, Any]) -> None:
    cohort = one_quiz(20)
    results = [tools["waiting"](result) if place < 12 else result for place, result in enumerate(cohort.results)]
    analysis = analyse(results)
    numbers = {figures.item.type: figures.number for figures in analysis.items}
    assert (numbers["single"], numbers["written"], analysis.complete) == (20, 8, 8)
    assert analysis.alpha is None


def test_counts_of_every_type_add_up(cohort: Cohort) -> None:
    seen = set()
    for quiz in find(cohort).quizzes:
        results = quiz.results
        for item in quiz.released.items:
            found = quiz.choices[item.id]
            if found is None:
                assert item.type == "written"
                continue
            seen.add(item.type)
            if item.type == "single":
                assert sum(count.number for count in found.counts) + found.blank == len(results)
            elif item.type in ("match", "triage", "order"):
                for row in {count.row for count in found.counts}:
                    assert sum(count.number for count in found.counts if count.row == row) == len(results)
                    assert sum(count.right for count in found.counts if count.row == row) == 1
            assert all(count.upper <= count.number for count in found.counts)
    assert seen == {"single", "several", "order", "match", "triage"}


def test_harmful_replies_are_those_of_the_bank_and_of_graded_quizzes_alone(cohort: Cohort) -> None:
    replies = harmful_replies(cohort)
    assert replies
    harmful = {
        option.text
        for name, bank in cohort.banks.items()
        if not cohort.is_evaluation(name)
        for item in bank.items()
        for option in getattr(item, "options", ())
        if option.harm
    }
    assert {reply.reply for reply in replies} <= harmful
    expected = sum(
        option.harm and letter in (one.answer if isinstance(one.answer, list) else [one.answer])
        for result in cohort.graded
        for one, item in zip(result.items, cohort.banks[result.released.assignment].items(), strict=True)
        for option in getattr(item, "options", ())
        for letter in [
            choice.label
            for choice in item.face(cohort.banks[result.released.assignment].seed).choices
            if choice.text == option.text
        ]
    )
    assert len(replies) == expected


def test_key_may_be_wrong_needs_ten(one_quiz: Any, course: Any) -> None:
    item = single(course)
    _, (wrong, *_) = letters(course, item)
    for number, expected in ((9, False), (10, True)):
        cohort = one_quiz(number, item.id, lambda _: wrong)
        (quiz,) = find(cohort).quizzes
        assert key_may_be_wrong(quiz.choices[item.id]) is expected
