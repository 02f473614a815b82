"""Checks across files: what one file names must be in another. Each problem names its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from peercourse.content.course import Course, relative_name
from peercourse.content.module import Module
from peercourse.content.problems import Problem
from peercourse.content.yaml_source import FieldPath
from peercourse.quiz.item import Face, Item

FACT_ROLE = re.compile(r"\{fact\}`([^`]*)`")
SELF_CHECK = re.compile(r"^:::\{self-check\}\s*(\S*)", re.MULTILINE)
WORDS_A_MINUTE = 200
TOLERANCE = 2.0  # minutes between what a lesson says and what its words take


def check_course(course: Course) -> list[Problem]:
    """Everything that stops a build, preview or not.

    Args:
        course: the loaded course.

    Returns:
        Problems sorted by place; empty if all is well.
    """
    problems: list[Problem] = []
    problems += _outcomes_and_competences(course)
    problems += _self_checks(course)
    problems += _graded_items(course)
    problems += _cited_facts(course)
    problems += _reference_facts(course)
    problems += _shared_items(course)
    problems += _reading_time(course)
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
            for competence in sorted(set(outcome.competences) - course.competences):
                yield Problem(name, 0, outcome.id, _unknown_competence(competence))
        quiz = module.settings.quiz
        if quiz is not None and quiz not in course.quizzes:
            yield Problem(name, 0, "quiz", f"'{quiz}' is no graded bank; add {quiz}.yml or correct the name")
        for page in (*module.lessons, *module.pages):
            place = relative_name(page.path, course.root)
            for outcome_id in sorted(set(page.header.outcomes) - module.outcome_ids):
                yield Problem(place, 2, "outcomes", _unknown_outcome(outcome_id, module))
            for competence in sorted(set(page.header.competences) - course.competences):
                yield Problem(place, 2, "competences", _unknown_competence(competence))


def _self_checks(course: Course) -> Iterator[Problem]:
    for module in course.modules:
        used: set[str] = set()
        for page in (*module.lessons, *module.pages):
            text = page.path.read_text(encoding="utf-8")
            name = relative_name(page.path, course.root)
            for match in SELF_CHECK.finditer(text):
                used.add(match.group(1))
                if match.group(1) not in module.self_checks:
                    line = text.count("\n", 0, match.start()) + 1
                    yield Problem(name, line, "self-check", f"'{match.group(1)}' is not in practice/self-checks.yml")
        place = relative_name(module.folder / "practice" / "self-checks.yml", course.root)
        for item in module.self_checks.values():
            if item.id not in used:
                yield Problem(place, 0, item.id, "is on no page; use it in a lesson or remove it")
            yield from _item_problems(item, module, course, place)


def _item_problems(item: Item, module: Module, course: Course, place: str) -> Iterator[Problem]:
    if item.outcome not in module.outcome_ids:
        yield Problem(place, 0, f"{item.id}.outcome", _unknown_outcome(item.outcome, module))
    for competence in sorted(set(item.competence) - course.competences):
        yield Problem(place, 0, f"{item.id}.competence", _unknown_competence(competence))


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
                if item.outcome not in module.outcome_ids:
                    yield source.problem((*path, "outcome"), _unknown_outcome(item.outcome, module))
                for competence in sorted(set(item.competence) - course.competences):
                    yield source.problem((*path, "competence"), _unknown_competence(competence))


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
                yield Problem("book/references.bib", 0, reference.key, f"names '{fact_id}', which is not in evidence/")


def _shared_items(course: Course) -> Iterator[Problem]:
    """Practice and graded pools never share an item, a stem or an option."""
    practised: dict[str, str] = {}
    for module in course.modules:
        for item in module.self_checks.values():
            practised |= dict.fromkeys(_texts(item.face("")), item.id)
    for quiz in course.quizzes.values():
        source = course.quiz_sources[quiz.id]
        for item in quiz.items():
            for text in sorted(_texts(item.face("")) & set(practised)):
                message = f"'{text[:50]}' stands in the self-check {practised[text]} too; write another one here"
                yield Problem(source.name, 0, item.id, message)


def _texts(face: Face) -> set[str]:
    return {" ".join(text.lower().split()) for text in (face.stem, *(c.text for c in (*face.choices, *face.rows)))}


def _reading_time(course: Course) -> Iterator[Problem]:
    for module in course.modules:
        for page in module.lessons:
            checks = SELF_CHECK.findall(page.path.read_text(encoding="utf-8"))
            practised = sum(_words(module.self_checks[check]) for check in checks if check in module.self_checks)
            minutes = (page.words + practised) / WORDS_A_MINUTE
            if abs(minutes - page.header.minutes) > TOLERANCE:
                name = relative_name(page.path, course.root)
                words = f"{page.words} words and {practised} in self-checks take about {minutes:.0f}; write that"
                yield Problem(name, 2, "minutes", f"is {page.header.minutes}, but {words}")


def _words(item: Item) -> int:
    """Words of a self-check, all its feedback included."""
    face = item.face("")
    texts = [face.stem, *(choice.text for choice in (*face.choices, *face.rows))]
    return sum(len(text.split()) for text in [*texts, *(remark.text for remark in item.remarks(""))])


def _unknown_outcome(outcome: str, module: Module) -> str:
    return f"'{outcome}' is no outcome of this module; write one of {_listed(module.outcome_ids)}"


def _unknown_competence(competence: str) -> str:
    return f"'{competence}' is not in evidence/standards.yaml; write one of COM01 to COM14"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
