"""How an outcome went, where to go back, and what comes next."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from peercourse.content.course import Course
from peercourse.feedback.make import FromMarkers, feedback_of
from peercourse.feedback.model import How
from peercourse.feedback.render import page
from peercourse.quiz.bank import Quiz


def quiz_of(course: Course, name: str = "m2-active-listening") -> Quiz:
    return course.quizzes[name]


def best(quiz: Quiz) -> dict[str, Any]:
    return {item.id: item.best_answer(quiz.seed) for item in quiz.items()}


@pytest.mark.parametrize(
    ("scores", "how"),
    [
        ((3.0, 1.0), How.WELL),  # 4 of 5, and the pass mark is 0.75
        ((2.0, 1.75), How.WELL),
        ((2.0, 1.5), How.PARTLY),
        ((2.0, 0.5), How.PARTLY),
        ((2.0, 0.25), How.AGAIN),
    ],
)
def test_the_share_of_all_its_points_says_how_an_outcome_went(
    course: Course, helpers: Any, scores: tuple[float, float], how: How
) -> None:
    quiz = quiz_of(course)
    first, second, *others = [item.model_copy(update={"outcome": "m2.1"}) for item in quiz.items()]
    others = [item.model_copy(update={"outcome": "m2.2"}) for item in others]
    scenario = quiz.scenarios[0].model_copy(update={"items": (first, second, *others)})
    result = helpers.result_of(quiz, {})
    maxima = (3.0, 2.0)
    items = [
        dataclasses.replace(one, item=dataclasses.replace(one.item, points=maximum), automatic=score)
        for one, maximum, score in zip(result.items, maxima, scores, strict=False)
    ]
    quiz = quiz.model_copy(update={"scenarios": (scenario,)})
    result = dataclasses.replace(result, items=(*items, *result.items[2:]))
    assert feedback_of(result, quiz, course, FromMarkers(), "").outcomes[0].how is how


def test_an_outcome_in_which_something_could_hurt_never_went_well(office: Any, helpers: Any) -> None:
    quiz = office.desk.quiz
    harm = next(choice.label for choice in quiz.faces()["first-words"].choices if "all you" in choice.text)
    well = feedback_of(helpers.result_of(quiz, best(quiz), 1.0), quiz, office.course, FromMarkers(), "")
    answers = {**best(quiz), "first-words": harm}
    hurt = feedback_of(helpers.result_of(quiz, answers, 1.0), quiz, office.course, FromMarkers(), "")
    texts = [one.text for one in well.outcomes]
    outcome = next(one for module in office.course.modules for one in module.settings.outcomes if one.id == "m2.3")
    assert {one.how for one in well.outcomes} == {How.WELL}
    assert hurt.outcomes[texts.index(outcome.text)].how is How.AGAIN
    assert [question.stem for question in hurt.harmful] == ["What do you say?"]


def test_ratings_have_no_right_answer_and_ask_for_no_outcome(office: Any, helpers: Any) -> None:
    quiz = office.desk.quiz
    rated = next(item.outcome for item in quiz.items() if item.type == "rating")
    text = next(one.text for module in office.course.modules for one in module.settings.outcomes if one.id == rated)
    fed_back = feedback_of(helpers.result_of(quiz, {}), quiz, office.course, FromMarkers(), "")
    assert text not in [one.text for one in fed_back.outcomes]


def test_every_outcome_of_every_bank_leads_to_a_page_that_there_is(course: Course, helpers: Any) -> None:
    for quiz in course.quizzes.values():
        fed_back = feedback_of(helpers.result_of(quiz, {}), quiz, course, FromMarkers(), "https://x.example/")
        assert {item.outcome for item in quiz.items()}.issubset(course.outcome_ids)
        for one in fed_back.outcomes:
            assert one.back is not None
            name = one.back.address.removeprefix("https://x.example/").removesuffix(".html")
            source = course.root / f"{name}.md"
            assert source.is_file(), one.back.address
            assert f"# {one.back.title}\n" in source.read_text(encoding="utf-8")


def test_the_capstone_leads_to_its_first_page(course: Course, helpers: Any) -> None:
    quiz = quiz_of(course, "m6-capstone")
    fed_back = feedback_of(helpers.result_of(quiz, {}), quiz, course, FromMarkers(), "https://x.example")
    assert {one.back.address for one in fed_back.outcomes if one.back} == {
        "https://x.example/modules/06-capstone/index.html"
    }


def test_what_comes_next_depends_on_the_result(course: Course, helpers: Any) -> None:
    quiz = quiz_of(course)
    said = {
        name: helpers.words_of_page(page(helpers.data_of(helpers.result_of(quiz, answers, marked), quiz, course)))
        for name, answers, marked in (("passed", best(quiz), 1.0), ("failed", {}, 0.0), ("open", best(quiz), None))
    }
    assert "Go on with the course." in said["passed"]
    assert "Ask your trainer whether and when you may try again." in said["failed"]
    assert "no reason to stay away from the sessions" in said["failed"]
    assert "wait for a person to read them" in said["open"]
    for shown in said.values():
        assert "If you or a colleague needs help" in shown
        for contact in course.institution.contacts.by_name().values():
            assert contact.label in shown


def test_a_blank_answer_is_met_with_kindness(course: Course, helpers: Any) -> None:
    quiz = quiz_of(course)
    data = helpers.data_of(helpers.result_of(quiz, {}, 0.0, words=""), quiz, course)
    assert "You left this one blank. If it came too close, tell your trainer." in helpers.words_of_page(page(data))


def test_points_taken_off_for_lateness_are_named(course: Course, helpers: Any) -> None:
    quiz = quiz_of(course)
    late = dataclasses.replace(helpers.result_of(quiz, best(quiz)), penalty=1.0)
    assert "1 point was taken off because it came late." in helpers.data_of(late, quiz, course)["result"]["says"]


def test_an_outcome_that_the_course_no_longer_has_is_still_answered(course: Course, helpers: Any) -> None:
    quiz = quiz_of(course)
    modules = tuple(module for module in course.modules if module.settings.id != "m2")
    older = dataclasses.replace(course, modules=modules)
    (entry,) = {one["text"] for one in helpers.data_of(helpers.result_of(quiz, {}), quiz, older)["outcomes"]["entries"]}
    assert entry == "Something that the course no longer asks for"
