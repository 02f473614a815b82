"""The measure before and after the course: what it becomes, what must fit in it, and whose form is whose."""

from __future__ import annotations

import copy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from peercourse.content.course import Course, load_course
from peercourse.content.problems import ContentError
from peercourse.quiz.evaluation import FILE, FORMS, OCCASIONS, FormName, Measure, first_form, quizzes_of, read_measure
from peercourse.quiz.item import Face
from peercourse.quiz.notebook import source_notebook
from peercourse.quiz.types.single import Single

ROOT = Path(__file__).resolve().parents[2]

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


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


@pytest.fixture(scope="module")
def measure(course: Course) -> Measure:
    assert course.measure is not None
    return course.measure[0]


def singles(measure: Measure, name: FormName) -> list[Single]:
    """The items of a form, every one of them with a single best answer."""
    found = [item for item in measure.forms[name].items() if isinstance(item, Single)]
    assert len(found) == len(list(measure.forms[name].items()))
    return found


def taught(outcome: str) -> str:
    """The module of an outcome."""
    return outcome.partition(".")[0]


def test_the_ratings_of_the_course_are_spread_evenly_over_its_modules(course: Course, measure: Measure) -> None:
    lessons = {module.settings.id for module in course.modules if module.lessons}
    counted = Counter(taught(item.outcome) for item in measure.confidence.items)
    assert set(counted) == lessons
    assert max(counted.values()) - min(counted.values()) <= 1
    outcomes = [item.outcome for item in measure.confidence.items]
    assert len(outcomes) == len(set(outcomes))


def test_the_forms_of_the_course_pair_twelve_topics_from_all_modules(course: Course, measure: Measure) -> None:
    assert len(measure.pairs) >= 12
    assert len({pair.topic for pair in measure.pairs}) == len(measure.pairs)
    assert {pair.difficulty for pair in measure.pairs} == {"easy", "middle", "hard"}
    lessons = {module.settings.id for module in course.modules if module.lessons}
    for name in FORMS:
        assert {taught(item.outcome) for item in singles(measure, name)} == lessons
        assert len(measure.forms[name].scenarios) >= 4


def test_paired_items_of_the_course_earn_and_hurt_alike(measure: Measure) -> None:
    items = {item.id: item for name in FORMS for item in singles(measure, name)}
    for pair in measure.pairs:
        one, other = items[pair.a], items[pair.b]
        assert one.competence == other.competence, pair.topic
        ways = [sorted((option.points, option.harm) for option in item.options) for item in (one, other)]
        assert ways[0] == ways[1], pair.topic


@pytest.mark.parametrize("name", FORMS)
def test_length_does_not_give_the_best_option_away(measure: Measure, name: FormName) -> None:
    items = singles(measure, name)
    places = []
    for item in items:
        lengths = sorted(len(option.text) for option in item.options)
        best = max(item.options, key=lambda option: option.points)
        places.append((len(best.text) == lengths[-1], len(best.text) == lengths[0]))
    assert sum(longest for longest, _ in places) <= 0.4 * len(items)
    assert sum(shortest for _, shortest in places) <= 0.4 * len(items)


@pytest.mark.parametrize("quiz", [f"{occasion}-{name}" for occasion in OCCASIONS for name in FORMS])
def test_no_letter_is_the_key_of_more_than_half_the_items(measure: Measure, quiz: str) -> None:
    made = quizzes_of(measure)[quiz]
    letters = Counter(str(item.best_answer(made.seed)) for item in made.items() if isinstance(item, Single))
    assert max(letters.values()) <= letters.total() / 2


def test_the_measure_of_the_course_shares_no_text_with_quizzes_or_practice(course: Course, measure: Measure) -> None:
    faces = [item.face("") for name in FORMS for item in measure.forms[name].items()]
    texts = [plain(text) for face in faces for text in texts_of(face)]
    assert len(texts) == len(set(texts))
    files = [*ROOT.glob("quizzes/*.yml"), *ROOT.glob("modules/**/*.yml"), *ROOT.glob("modules/**/*.md")]
    elsewhere = [plain(path.read_text(encoding="utf-8")) for path in files]
    assert [text for text in texts if any(text in other for other in elsewhere)] == []


def texts_of(face: Face) -> tuple[str, ...]:
    return (face.stem, *(choice.text for choice in face.choices))


def plain(text: str) -> str:
    """Text as it reads, whatever its line breaks and quotation marks."""
    return " ".join(text.lower().translate(str.maketrans("“”‘’", "\"\"''")).split())
