"""What feedback never says, looked for in the page and the PDF of every bank of the course."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from peercourse.content.course import Course
from peercourse.feedback.render import page, pdf
from peercourse.quiz.bank import Quiz
from peercourse.quiz.item import Item, Literals
from peercourse.quiz.types.match import Match
from peercourse.quiz.types.order import Order
from peercourse.quiz.types.single import Single
from peercourse.quiz.types.triage import Triage
from peercourse.quiz.types.written import Written

Answers = Mapping[str, Literals]


def best(quiz: Quiz) -> Answers:
    return {item.id: item.best_answer(quiz.seed) for item in quiz.items()}


def worst(quiz: Quiz) -> Answers:
    """The least of each item, and the harmful where there is such."""

    def answer(item: Item) -> Literals:
        face, right = item.face(quiz.seed), item.best_answer(quiz.seed)
        if isinstance(item, Single):
            least = min(item.options, key=lambda option: (option.points, not option.harm))
            return next(choice.label for choice in face.choices if choice.text == least.text)
        if isinstance(right, dict):
            return dict(zip(right, [*list(right.values())[1:], next(iter(right.values()))], strict=True))
        return [choice.label for choice in face.choices] if isinstance(right, list) else right

    return {item.id: answer(item) for item in quiz.items()}


def blank(_quiz: Quiz) -> Answers:
    return {}


def secrets(quiz: Quiz, answers: Answers) -> Iterator[str]:
    """All rationales, guides and keys, and every option that was not chosen."""
    for item in quiz.items():
        chosen = answers.get(item.id, ())
        for choice in item.face(quiz.seed).choices:
            if choice.label not in (chosen.values() if isinstance(chosen, dict) else chosen):
                yield choice.text
        yield from (option.rationale for option in getattr(item, "options", ()))
        if isinstance(item, Match):
            yield from (text for pair in item.pairs for text in (pair.left, pair.right, pair.rationale))
        if isinstance(item, Triage):
            yield from (text for line in item.lines for text in (line.text, line.rationale))
        if isinstance(item, Order):
            yield from (*item.lines, item.rationale)
        if isinstance(item, Written):
            yield from item.harmful
            for criterion in item.criteria:
                yield from (criterion.text, *criterion.earns, *criterion.does_not_earn)
        else:
            key, right = item.key(quiz.seed), item.best_answer(quiz.seed)
            yield from (repr(key), json.dumps(key), repr(right), json.dumps(right))
            yield ", ".join(right)


def found_in(shown: str, texts: Iterator[str]) -> list[str]:
    plain = " ".join(shown.split()).lower()
    return [text for text in texts if len(text) > 3 and " ".join(text.split()).lower() in plain]


@pytest.mark.parametrize("answering", [best, worst, blank])
def test_no_bank_of_the_course_gives_anything_away(course: Course, helpers: Any, answering: Any) -> None:
    for quiz in course.quizzes.values():
        answers = answering(quiz)
        for marked in (0.0, 1.0, None):
            data = helpers.data_of(helpers.result_of(quiz, answers, marked), quiz, course)
            html = page(data)
            assert found_in(helpers.words_of_page(html), secrets(quiz, answers)) == [], quiz.id
            assert found_in(html.decode(), secrets(quiz, answers)) == [], quiz.id
        assert found_in(helpers.words_of_pdf(pdf(data)), secrets(quiz, answers)) == [], quiz.id


def other_keys(quiz: Quiz, answers: Answers) -> Quiz:
    """The same questions with other keys and guides; whether what was chosen could hurt stays as it is."""

    def changed(item: Item) -> Item:
        if isinstance(item, Written):
            guide = [one.model_copy(update={"text": "Another", "earns": ("X",)}) for one in item.criteria]
            return item.model_copy(update={"criteria": tuple(guide), "harmful": ("Something else",)})
        if isinstance(item, Order):
            return item.model_copy(update={"lines": item.lines[::-1], "rationale": "Another"})
        if isinstance(item, Match):
            rights = [pair.right for pair in item.pairs]
            turned = zip(item.pairs, [*rights[1:], rights[0]], strict=True)
            return item.model_copy(
                update={
                    "pairs": tuple(
                        one.model_copy(update={"right": right, "rationale": "Another"}) for one, right in turned
                    )
                }
            )
        if isinstance(item, Triage):
            levels = [line.level for line in item.lines]
            turned_lines = zip(item.lines, [*levels[1:], levels[0]], strict=True)
            return item.model_copy(
                update={
                    "lines": tuple(
                        one.model_copy(update={"level": level, "rationale": "Another"}) for one, level in turned_lines
                    )
                }
            )
        labels = {choice.text: choice.label for choice in item.face(quiz.seed).choices}
        options = [
            option.model_copy(
                update={
                    "rationale": "Another",
                    "points": 3 - option.points,
                    "harm": option.harm if labels[option.text] in answers[item.id] else not option.harm,
                }
            )
            for option in getattr(item, "options", ())
        ]
        return item.model_copy(update={"options": tuple(options)})

    scenarios = [
        scenario.model_copy(update={"items": tuple(changed(item) for item in scenario.items)})
        for scenario in quiz.scenarios
    ]
    return quiz.model_copy(update={"scenarios": tuple(scenarios)})


@pytest.mark.parametrize("answering", [best, worst])
def test_other_keys_and_the_same_points_give_the_same_page(course: Course, helpers: Any, answering: Any) -> None:
    for quiz in course.quizzes.values():
        answers = answering(quiz)
        result = helpers.result_of(quiz, answers)
        changed = other_keys(quiz, answers)
        assert helpers.data_of(result, changed, course) == helpers.data_of(result, quiz, course)
        # The comparison would see a leak: with rationales allowed, those of what was chosen make a difference.
        with_rationales = helpers.data_of(result, changed, course, rationales=True)
        assert with_rationales != helpers.data_of(result, quiz, course, rationales=True)


def test_where_rationales_are_allowed_they_are_those_of_what_was_chosen(course: Course, helpers: Any) -> None:
    for quiz in course.quizzes.values():
        for answering in (best, worst):
            answers = answering(quiz)
            data = helpers.data_of(helpers.result_of(quiz, answers), quiz, course, rationales=True)
            shown = helpers.words_of_page(page(data))
            for item in quiz.items():
                allowed = set(chosen_rationales(item, answers, quiz))
                for rationale in rationales(item):
                    there = " ".join(rationale.split()) in shown
                    assert there == (rationale in allowed), (quiz.id, item.id, rationale)


def rationales(item: Item) -> Iterator[str]:
    for part in ("options", "pairs", "lines"):
        yield from (one.rationale for one in getattr(item, part, ()) if not isinstance(one, str))
    if isinstance(item, Order):
        yield item.rationale


def chosen_rationales(item: Item, answers: Answers, quiz: Quiz) -> Iterator[str]:
    """What may be shown, said by the types one by one."""
    answer, face = answers[item.id], item.face(quiz.seed)
    choices = {choice.label: choice.text for choice in face.choices}
    rows = {row.text: row.label for row in face.rows}
    if isinstance(item, Order):
        yield from [item.rationale] if answer == item.best_answer(quiz.seed) else []
    elif isinstance(item, Match) and isinstance(answer, dict):
        yield from (pair.rationale for pair in item.pairs if choices[answer[rows[pair.left]]] == pair.right)
    elif isinstance(item, Triage) and isinstance(answer, dict):
        yield from (line.rationale for line in item.lines if answer[rows[line.text]] == line.level)
    elif not isinstance(item, Written):
        chosen = [choices[letter] for letter in answer]
        yield from (option.rationale for option in getattr(item, "options", ()) if option.text in chosen)
