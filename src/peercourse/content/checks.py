"""Checks across files: what one file names must be in another. Each problem names its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from peercourse.content.citations import citation_problems
from peercourse.content.course import Course
from peercourse.content.evaluation_checks import evaluation_problems
from peercourse.content.giveaway_checks import giveaway_problems
from peercourse.content.outcome_coverage import coverage_problems
from peercourse.content.outcomes import unknown_competences, unknown_outcomes
from peercourse.content.practice_checks import practice_problems
from peercourse.content.problems import Problem, relative_name
from peercourse.content.reading_grade import reading_grade_problems
from peercourse.content.reading_time import reading_time_problems
from peercourse.content.sharing import shared_problems
from peercourse.content.unsafe_phrase_checks import unsafe_phrase_problems
from peercourse.content.yaml_source import FieldPath
from peercourse.practice.role_play import role_play_problems

FACT_ROLE = re.compile(r"\{fact\}`([^`]*)`")


def check_course(course: Course) -> list[Problem]:
    """Everything that stops a build, preview or not.

    Args:
        course: the loaded course.

    Returns:
        Problems sorted by place; empty if all is well.
    """
    problems: list[Problem] = []
    problems += _outcomes_and_competences(course)
    problems += practice_problems(course)
    problems += coverage_problems(course)
    problems += citation_problems(course, course_pages(course))
    problems += shared_problems(course)
    problems += giveaway_problems(course)
    problems += _graded_items(course)
    problems += _cited_facts(course)
    problems += _reference_facts(course)
    problems += reading_time_problems(course)
    problems += reading_grade_problems(course)
    problems += unsafe_phrase_problems(course, course_pages(course))
    problems += evaluation_problems(course)
    if course.role_play is not None:
        problems += role_play_problems(course.role_play, course.outcome_ids, course.competences)
    return sorted(set(problems))


def cited_facts(text: str) -> Iterator[tuple[str, int]]:
    """Fact ids that a page cites, each with its line."""
    for match in FACT_ROLE.finditer(text):
        for fact in match.group(1).split(","):
            yield fact.strip(), text.count("\n", 0, match.start()) + 1


def course_pages(course: Course) -> list[Path]:
    """All Markdown pages of the book."""
    pages = [*course.root.glob("modules/*/*.md"), *(course.root / "book").rglob("*.md"), *course.root.glob("index.md")]
    return sorted(pages)


def _outcomes_and_competences(course: Course) -> Iterator[Problem]:
    for module in course.modules:
        name = relative_name(module.folder / "module.yml", course.root)
        for outcome in module.settings.outcomes:
            for message in unknown_competences(outcome.competences, course.competences):
                yield Problem(name, 0, outcome.id, message)
        quiz = module.settings.quiz
        if quiz is not None and quiz not in course.quizzes:
            yield Problem(name, 0, "quiz", f"'{quiz}' is no graded bank; add {quiz}.yml or correct the name")
        for page in (*module.lessons, *module.pages):
            place = relative_name(page.path, course.root)
            for message in unknown_outcomes(page.header.outcomes, module):
                yield Problem(place, 2, "outcomes", message)
            for message in unknown_competences(page.header.competences, course.competences):
                yield Problem(place, 2, "competences", message)


def _graded_items(course: Course) -> Iterator[Problem]:
    modules = {module.folder.name: module for module in course.modules}
    for quiz in course.quizzes.values():
        source = course.quiz_sources[quiz.id]
        module = modules.get(quiz.module)
        if module is None:
            yield source.problem(("module",), f"'{quiz.module}' is no folder under modules/; correct the name")
            continue
        for scenario_index, scenario in enumerate(quiz.scenarios):
            for item_index, item in enumerate(scenario.items):
                path: FieldPath = ("scenarios", scenario_index, "items", item_index)
                for message in unknown_outcomes([item.outcome], module):
                    yield source.problem((*path, "outcome"), message)
                for message in unknown_competences(item.competence, course.competences):
                    yield source.problem((*path, "competence"), message)


def _cited_facts(course: Course) -> Iterator[Problem]:
    for path in course_pages(course):
        name = relative_name(path, course.root)
        for fact_id, line in cited_facts(path.read_text(encoding="utf-8")):
            fact = course.facts.get(fact_id)
            if fact is None:
                yield Problem(
                    name, line, "fact", f"'{fact_id}' is not in evidence/; correct the id or leave the claim out"
                )
            elif course.source_of(fact_id) is None:
                yield Problem(
                    name, line, "fact", f"'{fact_id}' has no entry in book/references.bib; add it to one's facts"
                )
            elif fact.confirm:
                yield Problem(
                    name, line, "fact", f"'{fact_id}' must be confirmed against its source first; leave the wording out"
                )


def _reference_facts(course: Course) -> Iterator[Problem]:
    for reference in course.references.values():
        for fact_id in reference.facts:
            if fact_id not in course.facts:
                yield Problem(
                    "book/references.bib",
                    reference.line,
                    reference.key,
                    f"names '{fact_id}', which is not in evidence/",
                )
