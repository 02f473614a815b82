"""Every outcome is taught in a line, practised and asked for: where, how often, and what is missing."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from peercourse.content.course import Course
from peercourse.content.module import PRACTICE, Lesson, Module, Outcome
from peercourse.content.problems import Problem, relative_name
from peercourse.content.yaml_source import FieldPath
from peercourse.practice.pool import CONVERSATIONS, OWN_WORDS, SELF_CHECKS, SLIPS

_MARKUP = re.compile(r"[ ]*\{fact\}`[^`]*`|\{[a-z]+\}|[*_`]")
"""What stands between the words of a sentence on a page and is not read."""


@dataclass(frozen=True)
class OutcomeCoverage:
    """What serves an outcome.

    Attributes:
        module: its module.
        outcome: the outcome.
        page: the page that it names as teaching it; None where there is no such page.
        line: number of the line on that page, in the file; 0 where the sentence is not there.
        practice: exercises and conversations that practise it.
        graded: items of the graded banks that ask for it.
    """

    module: Module
    outcome: Outcome
    page: Lesson | None
    line: int
    practice: int
    graded: int


def outcome_coverage(course: Course) -> tuple[OutcomeCoverage, ...]:
    """Every outcome of the course in its order."""
    graded = Counter(item.outcome for quiz in course.quizzes.values() for item in quiz.items())
    found = []
    for module in course.modules:
        pages = {lesson.stem: lesson for lesson in module.lessons}
        practised = Counter(_practised(module))
        for outcome in module.settings.outcomes:
            page = pages.get(outcome.taught_in or "")
            line = line_of(outcome.line, page) if page and outcome.line else 0
            found.append(OutcomeCoverage(module, outcome, page, line, practised[outcome.id], graded[outcome.id]))
    return tuple(found)


def line_of(sentence: str, page: Lesson) -> int:
    """Number of the line in which a sentence stands on a page, markup and line breaks apart; 0 where it does not."""
    wanted = _plain(sentence)
    passed = 0
    for paragraph in re.split(r"(\n\s*\n)", page.path.read_text(encoding="utf-8")):
        if wanted in _plain(paragraph):
            lines = paragraph.split("\n")
            # The last line from which the rest of the paragraph still holds the sentence is the one it begins in.
            begins = max(place for place in range(len(lines)) if wanted in _plain("\n".join(lines[place:])))
            return passed + begins + 1
        passed += paragraph.count("\n")
    return 0


def coverage_problems(course: Course) -> Iterator[Problem]:
    """Outcomes that no line teaches, nothing practises or, in a module with a quiz, nothing asks for.

    A module without lessons, as the capstone is, brings together what others teach and practise: it is asked for graded
    items alone. A module under way has no ``quiz`` yet: its items are asked for by :func:`ungraded_outcomes`.
    """
    for covered in outcome_coverage(course):
        if covered.module.lessons:
            yield from _untaught(covered, course)
            if not covered.practice:
                yield _problem(covered, (), f"'{covered.outcome.id}' is practised nowhere; {_practise(covered)}")
        if covered.module.settings.quiz and not covered.graded:
            yield _problem(covered, (), _ungraded(covered))


def ungraded_outcomes(course: Course) -> Iterator[Problem]:
    """Outcomes of modules under way for which no graded item asks: such a course is not published."""
    for covered in outcome_coverage(course):
        if covered.module.settings.quiz is None and not covered.graded:
            yield _problem(covered, (), _ungraded(covered))


def _untaught(covered: OutcomeCoverage, course: Course) -> Iterator[Problem]:
    outcome, page = covered.outcome, covered.page
    if page is None:
        stems = ", ".join(lesson.stem for lesson in covered.module.lessons)
        found = f"is '{outcome.taught_in}', which is no lesson of this module" if outcome.taught_in else "is missing"
        yield _problem(
            covered, ("taught_in",), f"{found}; write the lesson that teaches '{outcome.id}': one of {stems}"
        )
        return
    name = relative_name(page.path, course.root)
    if outcome.line is None:
        yield _problem(covered, ("line",), f"is missing; write the sentence of {name} that teaches '{outcome.id}'")
    elif not covered.line:
        yield _problem(covered, ("line",), f"does not stand in {name}{_near(outcome.line, page)}")
    if outcome.id not in page.header.outcomes:
        yield Problem(name, 2, "outcomes", f"do not name '{outcome.id}', which module.yml says is taught here; add it")


def _near(sentence: str, page: Lesson) -> str:
    sentences = re.split(r"(?<=[.?!:])\s+|\n\s*\n", _plain_lines(page.path.read_text(encoding="utf-8")))
    near = difflib.get_close_matches(sentence, sentences, n=1)
    return f"; did you mean “{near[0].strip()}”?" if near else "; copy the sentence that teaches it word for word"


def _practise(covered: OutcomeCoverage) -> str:
    folder = f"{covered.module.folder.name}/{PRACTICE}"
    files = f"{SELF_CHECKS}, {SLIPS}, {OWN_WORDS} or {CONVERSATIONS}/"
    return f"name it as 'outcome' of something in modules/{folder}: {files}"


def _ungraded(covered: OutcomeCoverage) -> str:
    quiz = covered.module.settings.quiz
    if quiz is None:
        return f"'{covered.outcome.id}' is asked for in no graded item, as the module has no 'quiz' yet; add the quiz"
    return (
        f"'{covered.outcome.id}' is asked for in no graded item; add one with 'outcome: {covered.outcome.id}' to {quiz}"
    )


def _practised(module: Module) -> Iterator[str]:
    pool = module.practice
    for exercises in (pool.self_checks, pool.slips, pool.own_words):
        yield from (exercise.outcome for exercise in exercises.values())
    for conversation in pool.conversations.values():
        yield from conversation.outcomes


def _problem(covered: OutcomeCoverage, field: FieldPath, message: str) -> Problem:
    index = covered.module.settings.outcomes.index(covered.outcome)
    return covered.module.source.problem(("outcomes", index, *field), message)


def _plain_lines(text: str) -> str:
    return _MARKUP.sub("", text).replace("’", "'")


def _plain(text: str) -> str:
    return " ".join(_plain_lines(text).split())
