"""A lesson that reads too hard is named, with its grade and the sentence to begin with."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from peercourse.content.course import load_course
from peercourse.content.prose import passages
from peercourse.content.reading_grade import explained_words, grade, reading_grade_problems, sentences_of

LESSON = "modules/02-active-listening/opening.md"
HARD = (
    "Organisational implementation considerations necessitate comprehensive multidisciplinary collaboration, "
    "notwithstanding institutional limitations that inevitably characterise contemporary administrative environments. "
)
NOTHING = re.compile(r"(?!)")


def grade_of(text: str, explained: re.Pattern[str] = NOTHING) -> float:
    return grade(list(sentences_of(passages(text), explained)))


def with_body(course: Path, body: str) -> None:
    """Give the lesson another text below its title."""
    path = course / LESSON
    head, title, _ = re.split(r"(^# .*\n)", path.read_text(encoding="utf-8"), maxsplit=1, flags=re.MULTILINE)
    path.write_text(f"{head}{title}\n{body}", encoding="utf-8")


def grade_problems(course: Path) -> list[str]:
    return [str(problem) for problem in reading_grade_problems(load_course(course))]


def test_every_lesson_of_the_course_reads_at_grade_9_or_lower(course_copy: Path) -> None:
    assert grade_problems(course_copy) == []


def test_a_hard_lesson_is_named_with_its_grade_and_its_hardest_sentence(course_copy: Path) -> None:
    with_body(course_copy, f"He waits for her. She sits down beside him and says nothing at all.\n\n{HARD}\n")
    lines = (course_copy / LESSON).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if text.startswith("Organisational"))
    (problem,) = grade_problems(course_copy)
    assert problem.startswith(f"{LESSON}:{line}: reading grade: is ")
    found = re.search(r"is (\d+\.\d); write shorter sentences and plainer words until it is 9 or lower", problem)
    assert found
    assert float(found[1]) > 9
    assert "'Organisational implementation considerations necessitate comprehensive multidisciplinary …' (16" in problem


def test_the_check_of_the_whole_course_says_it_too(problems_after: Callable[..., list[str]]) -> None:
    assert any("reading grade: is" in problem for problem in problems_after(LESSON, "## The moment\n", HARD * 60))


@pytest.mark.parametrize(
    "around",
    [
        pytest.param("# {}", id="heading"),
        pytest.param("| A |\n|---|\n| {} |", id="table"),
        pytest.param("% {}", id="comment"),
        pytest.param("```\n{}\n```", id="code"),
        pytest.param(':::{{say-avoid}}\n- say: "{}"\n  avoid: "Go."\n  why: "Why."\n:::', id="say-avoid"),
        pytest.param(":::{{figure-svg}} name\n:alt: {}\nSmall.\n:::", id="figure"),
        pytest.param('---\ncontent_note: "{}"\n---', id="front matter"),
        pytest.param("She waits {{fact}}`{}`.", id="reference"),
    ],
)
def test_only_running_text_counts(around: str) -> None:
    plain = "\n\nHe waits for her. She sits down.\n"
    assert grade_of(around.format(HARD.strip()) + plain) < 3


@pytest.mark.parametrize("around", ["{}", "> {}", "- {}", "Yes\n: {}", ":::{{note}}\n{}\n:::", "**[{}](a.md)**"])
def test_running_text_counts_wherever_it_stands(around: str) -> None:
    assert grade_of(around.format(HARD.strip())) > 9


def test_a_glossary_term_is_exempt(course_copy: Path) -> None:
    text = "We speak of {term}`confidentiality` and of post-traumatic stress disorder, and then we both wait."
    explained = explained_words(course_copy)
    assert grade_of(text) > 9
    assert grade_of(text, explained) < 5
    glossary = course_copy / "book/glossary.md"
    written = glossary.read_text(encoding="utf-8")
    glossary.write_text(written.replace("\nconfidentiality\n", "\nprivacy\n"), encoding="utf-8")
    assert grade_of(text, explained_words(course_copy)) > grade_of(text, explained)


def test_the_formula_is_that_of_kincaid() -> None:
    """Twelve words in two sentences: 0.39 x words a sentence + 11.8 x syllables a word - 15.59."""
    text = "The quiet supporter waits until morning. Nobody hurries, and the kettle boils."
    (first, second) = sentences_of(passages(text), NOTHING)
    assert (first.words, first.syllables, second.words, second.syllables) == (6, 11, 6, 10)
    assert grade_of(text) == pytest.approx(0.39 * 12 / 2 + 11.8 * 21 / 12 - 15.59)


def test_another_language_is_not_measured_with_a_formula_for_english(course_copy: Path) -> None:
    with_body(course_copy, HARD)
    course = load_course(course_copy)
    german = course.institution.model_copy(update={"language": "de"})
    assert len(list(reading_grade_problems(course))) == 1
    assert list(reading_grade_problems(dataclasses.replace(course, institution=german))) == []
