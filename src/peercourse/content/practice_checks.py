"""Checks of practice across files: what it names is there, and it stands on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from peercourse.content.course import Course
from peercourse.content.module import PRACTICE, Lesson, Module
from peercourse.content.outcomes import unknown_competences, unknown_outcomes
from peercourse.content.problems import Problem, relative_name
from peercourse.content.yaml_source import FieldPath, Source
from peercourse.practice.checks import faults, longest_is_best
from peercourse.practice.exercise import Exercise
from peercourse.practice.pool import OWN_WORDS, SELF_CHECKS, SLIPS, conversation_file
from peercourse.quiz.item import Item


def practice_problems(course: Course) -> Iterator[Problem]:
    """Everything to mend in practice, with its place."""
    for module in course.modules:
        yield from _names(module, course)
        yield from _places(module, course)
        yield from _unknown_conversations(module, course)
        for conversation in module.practice.conversations.values():
            source = module.practice.sources[conversation_file(conversation.id)]
            yield from (source.problem(fault.path, fault.message) for fault in faults(conversation))
    yield from _twice(course)
    yield from _given_away(course)


def placed(page: Lesson, directive: str) -> list[tuple[str, int]]:
    """Ids that a page puts in its place with a directive, each with its line."""
    text = page.path.read_text(encoding="utf-8")
    found = re.finditer(rf"^:::\{{{directive}\}}[ \t]*(\S*)", text, re.MULTILINE)
    return [(match[1], text.count("\n", 0, match.start()) + 1) for match in found]


def _exercises(module: Module) -> list[tuple[str, str, Mapping[str, Item | Exercise]]]:
    """What stands on pages: the directive for it, the file behind it, and its entries by id in the file's order."""
    pool = module.practice
    return [
        ("self-check", SELF_CHECKS, pool.self_checks),
        ("slip", SLIPS, pool.slips),
        ("say-it-yourself", OWN_WORDS, pool.own_words),
    ]


def _names(module: Module, course: Course) -> Iterator[Problem]:
    """Outcomes and competences that practice names."""
    pool = module.practice
    for _, file, exercises in _exercises(module):
        for index, exercise in enumerate(exercises.values()):
            place = pool.sources[file]
            yield from _unknown(place, (index, "outcome"), unknown_outcomes([exercise.outcome], module))
            competences = unknown_competences(exercise.competence, course.competences)
            yield from _unknown(place, (index, "competence"), competences)
    for conversation in pool.conversations.values():
        place = pool.sources[conversation_file(conversation.id)]
        yield from _unknown(place, ("outcomes",), unknown_outcomes(conversation.outcomes, module))
        competences = unknown_competences(conversation.competences, course.competences)
        yield from _unknown(place, ("competences",), competences)


def _unknown(source: Source, path: FieldPath, messages: list[str]) -> Iterator[Problem]:
    yield from (source.problem(path, message) for message in messages)


def _places(module: Module, course: Course) -> Iterator[Problem]:
    """Practice that is named on a page and is not there, and practice that is there and on no page."""
    for directive, file, known in _exercises(module):
        used: set[str] = set()
        for page in (*module.lessons, *module.pages):
            for entry, line in placed(page, directive):
                used.add(entry)
                if entry not in known:
                    name = relative_name(page.path, course.root)
                    yield Problem(name, line, directive, f"'{entry}' is not in {PRACTICE}/{file}")
        for index, entry in enumerate(known):
            if entry not in used:
                message = f"'{entry}' is on no page; put it on one with :::{{{directive}}} {entry}, or remove it"
                yield module.practice.sources[file].problem((index, "id"), message)


def _unknown_conversations(module: Module, course: Course) -> Iterator[Problem]:
    known = {name for other in course.modules for name in other.practice.conversations}
    for page in (*module.lessons, *module.pages):
        for name, line in placed(page, "conversation"):
            if name not in known:
                message = f"'{name}' is no conversation of any module; correct the name or add its file"
                yield Problem(relative_name(page.path, course.root), line, "conversation", message)


def _twice(course: Course) -> Iterator[Problem]:
    """What a device keeps is found by these ids, and a booster sets practice of all modules on one page."""
    seen: dict[str, str] = {}
    for module in course.modules:
        pool = module.practice
        for _, file, exercises in _exercises(module):
            for index, entry in enumerate(exercises):
                source = pool.sources[file]
                if entry in seen:
                    yield source.problem((index, "id"), f"'{entry}' stands in {seen[entry]} too; rename one of them")
                seen.setdefault(entry, source.name)
        for conversation in pool.conversations:
            source = pool.sources[conversation_file(conversation)]
            if conversation in seen:
                yield source.problem(
                    ("id",), f"'{conversation}' stands in {seen[conversation]} too; rename one of them"
                )
            seen.setdefault(conversation, source.name)


def _given_away(course: Course) -> Iterator[Problem]:
    """The longest reply must not be the best more often than chance, over all conversations."""
    sources = {
        conversation.id: (conversation, module.practice.sources[conversation_file(conversation.id)])
        for module in course.modules
        for conversation in module.practice.conversations.values()
        if not faults(conversation)
    }
    found = longest_is_best([conversation for conversation, _ in sources.values()])
    for conversation, node in found:
        message = (
            f"the longest reply is a best one here and in {len(found) - 1} other nodes of the course, more often than "
            "chance; shorten it, or let another reply say more"
        )
        yield sources[conversation][1].problem(("nodes", node, "replies"), message)
