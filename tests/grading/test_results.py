"""A cohort read at one go says what the gradebook and the submissions say."""

from __future__ import annotations

from typing import Any

from peercourse.grading.grade import grade
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.results import read_results
from peercourse.grading.scores import ItemRow, item_rows, quiz_rows


def handed_in(desk: Any, **trainees: str) -> None:
    for trainee, words in trainees.items():
        desk.put(f"{trainee}/corridor.ipynb", desk.answered(trainee, words=words))
    desk.collect()


def test_points_and_answers_are_those_of_gradebook_and_file(desk: Any) -> None:
    handed_in(desk, amal="You stayed with her.", bela="")
    grade(desk.folder)
    desk.marked("amal", 3)
    amal, bela = read_results(desk.folder)
    assert (amal.trainee, bela.trainee) == ("amal", "bela")
    for result in (amal, bela):
        rows: list[ItemRow] = [row for row in item_rows(desk.folder) if row.trainee == result.trainee]
        assert [(one.item.id, one.score) for one in result.items] == [(row.item, row.score) for row in rows]
    best = desk.best()
    assert {one.item.id: one.answer for one in amal.items} == {**best, "your-words": "You stayed with her."}
    assert bela.items[-1].answer == ""
    assert amal.score == 13.5 + 3
    assert amal.passed is True


def test_points_on_top_count_everywhere(desk: Any) -> None:
    handed_in(desk, amal="You stayed with her.")
    grade(desk.folder)
    desk.marked("amal", 3)
    with open_gradebook(desk.folder.root) as gradebook:
        gradebook.find_grade("your-words", "corridor", "corridor-v1", "amal").extra_credit = 0.5
        gradebook.db.commit()
    (result,), (row,) = read_results(desk.folder), quiz_rows(desk.folder)
    assert (result.score, row.score) == (13.5 + 3.5, 13.5 + 3.5)


def test_scores_keep_what_only_the_gradebook_knows_and_show_the_number_of_a_rating(desk: Any) -> None:
    handed_in(desk, bela="")
    desk.put("amal/corridor.ipynb", desk.answered("amal", {**desk.best(), "how-sure": "7"}))
    desk.collect()
    grade(desk.folder)
    before = quiz_rows(desk.folder)
    answers = {(row.trainee, row.item): row.answer for row in item_rows(desk.folder)}
    assert answers["amal", "how-sure"] == "7"
    assert {answer for (_, item), answer in answers.items() if item != "how-sure"} == {""}
    desk.folder.submitted("amal", desk.folder.read()["corridor-v1"]).unlink()
    assert quiz_rows(desk.folder) == before
    assert [result.trainee for result in read_results(desk.folder)] == ["bela"]


def test_while_a_marker_is_waited_for_there_is_no_score(desk: Any) -> None:
    handed_in(desk, amal="You stayed with her.")
    (before,) = read_results(desk.folder)
    assert (before.scored, before.score, before.passed) == (False, None, None)
    grade(desk.folder)
    (result,) = read_results(desk.folder)
    assert result.scored
    assert (result.score, result.passed) == (None, None)
    assert [one.item.id for one in result.items if one.waiting] == ["your-words"]


def test_an_answer_that_was_handed_in_again_is_not_scored_by_the_old_points(desk: Any) -> None:
    handed_in(desk, amal="")
    grade(desk.folder)
    desk.put("amal/corridor.ipynb", desk.answered("amal", answers={}))
    desk.collect()
    (result,) = read_results(desk.folder)
    assert (result.scored, result.score) == (False, None)
    assert all(not one.answer for one in result.items)


def test_what_a_trainee_wrote_comes_back_as_words(desk: Any) -> None:
    words = '<script>alert("x")</script> & $5 – “Amal”\nsecond line'
    handed_in(desk, amal=words)
    (result,) = read_results(desk.folder)
    assert result.items[-1].answer == words


def test_another_quiz_is_left_out(desk: Any) -> None:
    handed_in(desk, amal="")
    assert read_results(desk.folder, "another") == []
    assert len(read_results(desk.folder, "corridor")) == 1
