"""The measure before and after the course: what it becomes, what must fit in it, and whose form is whose."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from peercourse.content.problems import ContentError
from peercourse.quiz.evaluation import FILE, FORMS, first_form, quizzes_of, read_measure
from peercourse.quiz.notebook import source_notebook

RATING = {"type": "rating", "outcome": "m1.5", "competence": ["COM13"], "low": "not sure", "high": "sure"}


def single(name: str, outcome: str = "m1.5", points: float = 2) -> dict[str, Any]:
    options = [
        {"text": f"{name} yes", "points": points, "rationale": "R"},
        {"text": f"{name} no", "points": 0, "rationale": "R"},
    ]
    about = {"id": name, "type": "single", "stem": f"{name}?", "outcome": outcome, "competence": ["COM13"]}
    return about | {"options": options}


def scenario(name: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": name, "setting": "A ward", "people": {"you": "a peer"}, "story": "It is late.", "items": items}


MEASURE: dict[str, Any] = {
    "id": "evaluation",
    "title": "Before and after",
    "version": 1,
    "minutes": 20,
    "confidence": scenario("confidence", [RATING | {"id": "sure-limits", "stem": "I could say my limits."}]),
    "forms": {
        "a": {"title": "Form A", "scenarios": [scenario("a-case", [single("a-limits")])]},
        "b": {"title": "Form B", "scenarios": [scenario("b-case", [single("b-limits")])]},
    },
    "pairs": [{"topic": "limits", "a": "a-limits", "b": "b-limits", "difficulty": "easy"}],
}


def write(folder: Path, measure: dict[str, Any]) -> Path:
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_text(yaml.safe_dump(measure, sort_keys=False), encoding="utf-8")
    return folder


def test_one_file_becomes_a_quiz_for_each_occasion_and_form_without_a_pass(tmp_path: Path) -> None:
    found = read_measure(write(tmp_path, MEASURE), "measure.yml")
    assert found is not None
    quizzes = quizzes_of(found[0])
    assert set(quizzes) == {f"{when}-{name}" for when in ("before", "after", "follow-up") for name in FORMS}
    for quiz in quizzes.values():
        assert [item.id for item in quiz.items()] == ["sure-limits", f"{quiz.id[-1]}-limits"]
        assert quiz.pass_mark is None
        introduction = source_notebook(quiz).cells[0].source
        assert "nobody passes or fails" in introduction
        assert "Passed from" not in introduction


def test_a_course_without_a_measure_has_none(tmp_path: Path) -> None:
    assert read_measure(tmp_path, "measure.yml") is None


@pytest.mark.parametrize(
    ("trainee", "form"), [("nurse-12", "a"), ("nurse-17", "b"), ("ab", "a"), ("xyz", "a"), ("abc", "b")]
)
def test_the_last_character_of_the_id_decides(trainee: str, form: str) -> None:
    assert first_form(trainee) == form


def _without_pair(measure: dict[str, Any]) -> None:
    measure["forms"]["b"]["scenarios"][0]["items"].append(single("b-more"))


def _other_outcome(measure: dict[str, Any]) -> None:
    measure["forms"]["b"]["scenarios"][0]["items"] = [single("b-limits", outcome="m2.1")]


def _other_points(measure: dict[str, Any]) -> None:
    measure["forms"]["b"]["scenarios"][0]["items"] = [single("b-limits", points=1)]


def _no_rating(measure: dict[str, Any]) -> None:
    measure["confidence"]["items"] = [single("sure-limits")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_without_pair, "has items of form b without a pair, or pairs without an item: b-more"),
        (_other_outcome, "has a pair 'limits' that differs in outcome or points"),
        (_other_points, "has a pair 'limits' that differs in outcome or points"),
        (_no_rating, "has 'sure-limits' in 'confidence', which is no rating"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, change: Any, sentence: str) -> None:
    measure = copy.deepcopy(MEASURE)
    change(measure)
    with pytest.raises(ContentError, match=sentence):
        read_measure(write(tmp_path, measure), "measure.yml")
