"""Who has practised has not seen the quiz: no id, no stem and no option stands in both."""

from __future__ import annotations

from collections.abc import Callable

import pytest

ProblemsIn = Callable[..., list[str]]
QUIZ = "quizzes/m1-one.yml"
MEASURE = (
    """\
id: evaluation
title: Before and after
version: 1
minutes: 20
confidence: {id: sure, setting: You, people: {you: a peer}, story: Now., items: [RATING]}
forms:
  a: {title: A, scenarios: [{id: a-case, setting: A, people: {you: a peer}, story: Now., items: [
    {id: a-one, stem: One?, SAME options: [{text: Stay there., points: 2, rationale: R}, WRONG]}]}]}
  b: {title: B, scenarios: [{id: b-case, setting: B, people: {you: a peer}, story: Now., items: [
    {id: b-one, stem: Two?, SAME options: [{text: TEXT, points: 2, rationale: R}, WRONG]}]}]}
pairs: [{topic: staying, a: a-one, b: b-one, difficulty: easy}]
""".replace("RATING", "{id: r, type: rating, stem: Sure?, outcome: m1.1, competence: [COM01], low: not, high: very}")
    .replace("SAME", "type: single, outcome: m1.1, competence: [COM01],")
    .replace("WRONG", "{text: Go away., points: 0, rationale: R}")
)


@pytest.mark.parametrize("name", ["which-reply", "the-cup", "your-first-line", "after-the-round"])
def test_an_id_of_practice_is_no_id_of_a_graded_item(problems_in: ProblemsIn, name: str) -> None:
    (problem,) = problems_in({QUIZ: ("id: reply", f"id: {name}")})
    assert problem.startswith(f"{QUIZ}:")
    assert f"'{name}' is the id of " in problem
    assert problem.endswith("rename this one")


@pytest.mark.parametrize("stem", ["What do you say?", "what do you say", "What do you say, or do?"])
def test_a_stem_of_practice_is_no_stem_of_a_graded_item(problems_in: ProblemsIn, stem: str) -> None:
    (problem,) = problems_in({QUIZ: ("stem: What now?", f"stem: {stem}")})
    assert problem.endswith("too; write another one here")


def test_marks_and_apostrophes_make_no_other_option(problems_in: ProblemsIn) -> None:
    (problem,) = problems_in({QUIZ: ('text: "Wait."', 'text: "‘Cheer — up!’"')})
    assert problem.endswith("stands in the self-check which-reply too; write another one here")


def test_a_single_word_belongs_to_everybody(problems_in: ProblemsIn) -> None:
    checks = "modules/01-one/practice/self-checks.yml"
    assert (
        problems_in({checks: ('text: "Cheer up."', 'text: "Nothing."'), QUIZ: ('text: "Wait."', "text: Nothing")}) == []
    )


@pytest.mark.parametrize(("text", "number"), [("Cheer up.", 1), ("Wait with her.", 0)])
def test_the_measure_before_and_after_is_kept_apart_from_practice_too(
    problems_in: ProblemsIn, text: str, number: int
) -> None:
    problems = problems_in({"quizzes/evaluation/measure.yml": MEASURE.replace("TEXT", text)})
    assert len([one for one in problems if one.startswith("quizzes/evaluation/measure.yml:10: forms.b.")]) == number
    assert len(problems) == number
