"""Before, after and later: the right people are compared, gaps are said aloud, and nothing is claimed about few."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from peercourse.quiz.evaluation import first_form
from peercourse.report.blocks import render
from peercourse.report.cohort import Cohort
from peercourse.report.measure import ALL, CASES, read_measured
from peercourse.report.sections.measure import measure_section

OTHER = {"a": "b", "b": "a"}


@pytest.fixture
def measured(tools: dict[str, Any], course: Any) -> Any:
    """The measure alone: each row is a trainee, an occasion, a form, a rating for all, and cases left out."""

    def make(rows: list[tuple[str, str, str, str, int]]) -> Cohort:
        results = []
        for trainee, occasion, form, rating, left_out in rows:
            bank = course.evaluation[f"{occasion}-{form}"]
            answers: dict[str, Any] = {}
            for place, scenario in enumerate(bank.scenarios):
                for item in scenario.items:
                    if item.type == "rating":
                        answers[item.id] = rating
                    elif place > left_out:
                        answers[item.id] = item.best_answer(bank.seed)
            results.append(tools["result_of"](bank, trainee, answers))
        banks = {bank.assignment: bank for bank in course.evaluation.values()}
        released = {name: tools["released_of"](bank) for name, bank in banks.items()}
        return Cohort(tuple(results), released, banks)

    return make


def both(trainee: str, before: str, after: str) -> list[tuple[str, str, str, str, int]]:
    first = first_form(trainee)
    return [(trainee, "before", first, before, 0), (trainee, "after", OTHER[first], after, 0)]


def text_of(cohort: Cohort) -> str:
    return str(render([measure_section(cohort, read_measured(cohort))]))


def test_a_rating_is_the_number_that_was_chosen(measured: Any) -> None:
    found = read_measured(measured(both("blue-01", "3", "7") + both("blue-02", "10", "0")))
    assert found.pairs(ALL, "after") == [(3, 7), (10, 0)]
    assert found.pairs("m2", "after") == [(3, 7), (10, 0)]
    assert found.pairs(CASES, "after") == [(24, 24), (24, 24)]


def test_a_gap_takes_out_its_block_and_nothing_else(measured: Any) -> None:
    rows = [*both("blue-01", "3", "7"), *both("blue-02", "", "7")]
    rows[0] = (*rows[0][:4], 1)  # left out the first case
    found = read_measured(measured(rows))
    assert found.pairs(ALL, "after") == [(3, 7)]
    assert found.pairs(CASES, "after") == [(24, 24)]


def test_of_two_forms_the_one_that_was_theirs_counts(measured: Any) -> None:
    first = first_form("blue-01")
    rows = [("blue-01", "before", form, rating, 0) for form, rating in ((first, "2"), (OTHER[first], "9"))]
    found = read_measured(measured([*rows, ("blue-02", "before", OTHER[first_form("blue-02")], "5", 0)]))
    assert found.sittings["blue-01"]["before"].form == first
    assert found.sittings["blue-01"]["before"].values[ALL] == 2
    assert (found.twice, found.other_form) == (1, 1)


@pytest.mark.parametrize(("number", "claims"), [(9, False), (10, True)])
def test_a_claim_needs_ten(measured: Any, number: int, claims: bool) -> None:
    rows = [row for place in range(number) for row in both(f"blue-{place:02d}", str(place % 5), str(place % 5 + 2))]
    text = text_of(measured(rows))
    assert ("Change of the same people" in text) is claims
    assert ("Hedges" in text) is claims
    assert ("too few to say" in text) is True  # the two forms at least, with five each


def test_missing_people_and_what_may_not_be_concluded_are_said(measured: Any) -> None:
    rows = [row for place in range(12) for row in both(f"blue-{place:02d}", "3", str(4 + place % 3))]
    rows += [(f"red-{place:02d}", "before", first_form(f"red-{place:02d}"), "3", 0) for place in range(5)]
    text = text_of(measured(rows))
    assert "Of 17 who answered before, 12 answered again" in text
    assert 'before and after</th><td class="whole">12' in text
    assert 'before only</th><td class="whole">5' in text
    assert "no control group" in text
    assert "is not what they can do" in text
    assert "had form A and" in text
    assert "no spread before" in text  # everybody chose 3


def test_unscored_cases_are_no_points(measured: Any) -> None:
    cohort = measured(both("blue-01", "3", "7"))
    unscored = replace(cohort, results=tuple(replace(result, scored=False) for result in cohort.results))
    assert read_measured(unscored).pairs(CASES, "after") == []
    assert read_measured(unscored).pairs(ALL, "after") == [(3, 7)]


def test_a_measure_whose_questions_are_lost_is_still_about_nobody(measured: Any) -> None:
    cohort = replace(measured(both("blue-01", "3", "7")), banks={})
    assert (cohort.graded, cohort.evaluation, cohort.unread, cohort.trainees) == ((), (), 2, ())
    assert "Left out: 2 submissions answer a version" in text_of(cohort)


def test_the_trainers_page_says_nothing_about_one_person_of_the_measure(cohort: Cohort) -> None:
    text = str(render([measure_section(cohort, read_measured(cohort))]))
    assert not [trainee for trainee in cohort.trainees if trainee in text]
