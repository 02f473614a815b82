"""The standards map: what names a competence is counted, gaps are said, and a gap in the core stops a publication."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from peercourse.content.course import Course, load_course
from peercourse.content.standards import core_gaps, coverage, read_standards

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def test_lessons_practice_and_graded_items_are_counted(course: Course) -> None:
    found = coverage(course, "COM02")
    assert "opening" not in [page.stem for _, page in found.lessons]
    assert "attention" in [page.stem for _, page in found.lessons]
    quizzes = [item for quiz in course.quizzes.values() for item in quiz.items()]
    assert found.graded == sum("COM02" in item.competence for item in quizzes) > 0
    one = next(module for module in course.modules if module.practice.slips)
    without = dataclasses.replace(one, practice=dataclasses.replace(one.practice, slips={}))
    others = tuple(without if module is one else module for module in course.modules)
    fewer = coverage(dataclasses.replace(course, modules=others), "COM02")
    assert fewer.practice == found.practice - sum("COM02" in pair.competence for pair in one.practice.slips.values())


def test_every_area_of_the_consensus_is_in_a_lesson(course: Course) -> None:
    areas = read_standards(ROOT).peer_support_consensus.areas
    assert [area.id for area in areas] == [f"DEL{number}" for number in range(1, 9)]
    assert [area.id for area in areas if not coverage(course, area.id).lessons] == []


def test_every_core_competence_is_taught_practised_and_asked(course: Course) -> None:
    assert [str(problem) for problem in core_gaps(course)] == []


def test_a_core_competence_without_a_graded_item_is_named(course: Course) -> None:
    bare = dataclasses.replace(course, quizzes={})
    (first, *_) = [str(problem) for problem in core_gaps(bare)]
    assert "'COM02' (active and empathetic listening) is a core competence and has no graded item" in first


def test_the_page_says_what_there_is_and_what_there_is_not(site: Path, course: Course) -> None:
    page = (site / "book/standards.html").read_text(encoding="utf-8")
    for standard in read_standards(ROOT).competences:
        assert f"<strong>{standard.id} {standard.name}</strong>" in page
        if not coverage(course, standard.id).lessons:
            assert "No lesson names it yet." in page
