"""What a person gave one answer is not passed on to another answer."""

from __future__ import annotations

import os
from typing import Any

import pytest

from peercourse.content.host_rules import AttemptRules
from peercourse.grading.attempt_list import read_histories
from peercourse.grading.attempt_rules import write_rules
from peercourse.grading.grade import grade
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.results import present_results, read_results

CELL = "which-is-which-score"


def hand_in(desk: Any, choice: dict[str, str], number: int, engine: str) -> None:
    path = desk.put(f"mallory/{number}.ipynb", desk.answered("mallory", {"which-is-which": choice}, "Same words."))
    os.utime(path, (number, number))
    desk.collect()
    grade(desk.folder, engine=engine)


def the_item(desk: Any) -> Any:
    (result,) = read_results(desk.folder)
    return next(one for one in result.items if one.item.id == "which-is-which")


@pytest.mark.parametrize("engine", ["bulk", "nbgrader"])
def test_a_mark_by_hand_is_not_inherited_by_another_choice_of_the_same_points(desk: Any, engine: str) -> None:
    first, second = two_wrong_ones(desk)
    hand_in(desk, first, 1, engine)
    desk.marked("mallory", 2, cell=CELL)  # the trainer let this one pass
    assert the_item(desk).score == 2
    hand_in(desk, second, 2, engine)
    assert the_item(desk).score is None  # somebody has to look at the new one


def test_points_on_top_stay_with_the_answer_that_earned_them(desk: Any) -> None:
    write_rules(desk.folder.root, AttemptRules(counts="best"))
    first, second = two_wrong_ones(desk)
    hand_in(desk, first, 1, "bulk")
    desk.marked("mallory", 0)
    with open_gradebook(desk.folder.root, None) as gradebook:
        row = gradebook.find_grade(CELL, desk.quiz.id, desk.quiz.assignment, "mallory")
        row.extra_credit = 2
        gradebook.db.commit()
    assert the_item(desk).score == 2
    hand_in(desk, second, 2, "bulk")
    (present,) = [one for one in read_present(desk) if one.item.id == "which-is-which"]
    assert present.score == 0
    scores = [one.score for history in read_histories(desk.folder) for one in history.tried]
    assert scores == [2, 0]  # the first one keeps them


def read_present(desk: Any) -> Any:
    (result,) = present_results(desk.folder)
    return result.items


def two_wrong_ones(desk: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Two choices that earn nothing."""
    a, b, c = desk.best()["which-is-which"].values()
    return {"1": b, "2": c, "3": a}, {"1": c, "2": a, "3": b}
