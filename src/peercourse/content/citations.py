"""Keys that are cited and not there, and references that nothing uses.

Facts in ``evidence/`` that no page cites are the stock from which lessons are written, and nobody is told of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from peercourse.content.course import Course
from peercourse.content.problems import Problem, relative_name
from peercourse.content.programmes import FILE as PROGRAMMES

REFERENCES = "book/references.bib"
REVIEW = "evidence/review.yaml"

KEY = re.compile(r"\b(?:[a-z]+(?:-[a-z]+)*-F\d+|[a-z]{2,}(?:19|20)\d\d[a-z]{2,})\b")
"""How the id of a fact looks, or the key of a reference of the review: author, year and a word."""

_ROLE = re.compile(r"\{(fact|cite[a-z:]*)\}`([^`]*)`")


def citation_problems(course: Course, pages: Sequence[Path]) -> Iterator[Problem]:
    """Everything to mend between what cites, what is cited and where it comes from.

    Args:
        course: the loaded course.
        pages: all Markdown pages of the book.
    """
    texts = {relative_name(path, course.root): path.read_text(encoding="utf-8") for path in pages}
    yield from _works_on_pages(course, texts)
    yield from _keys_in_yaml(course)
    yield from _unused_references(course, texts)


def _works_on_pages(course: Course, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Works that a page cites by themselves. Its facts are looked at in :mod:`peercourse.content.checks`."""
    for name, text in texts.items():
        for role, key, line in _cited(text):
            if role != "fact" and key not in course.references:
                yield Problem(name, line, role, f"'{key}' is not in {REFERENCES}; add it there or cite another")


def _cited(text: str) -> Iterator[tuple[str, str, int]]:
    """Roles that cite, each with a key and its line."""
    for match in _ROLE.finditer(text):
        for key in match[2].split(","):
            yield match[1], key.strip(), text.count("\n", 0, match.start()) + 1


def _keys_in_yaml(course: Course) -> Iterator[Problem]:
    """Keys in practice, banks and programmes: no list of sources follows there, so that they stand in notes alone."""
    for path in _yaml_files(course):
        name = relative_name(path, course.root)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if _ROLE.search(line):
                yield Problem(name, number, "fact", "can be cited on a page alone; take it out here and cite it there")
            for key in KEY.findall(line):
                if message := _wrong(key, course, own=name == PROGRAMMES):
                    yield Problem(name, number, "fact", f"'{key}' {message}")


def _wrong(key: str, course: Course, *, own: bool) -> str:
    """What to do about a key; empty where nothing is wrong. A programme may name itself while it waits."""
    fact = course.facts.get(key)
    if fact is None and key not in course.references:
        return f"is neither in evidence/ nor in {REFERENCES}; correct it or take it out"
    if fact is not None and fact.confirm and not own:
        return "must be confirmed against its source first; take out what rests on it"
    return ""


def _yaml_files(course: Course) -> list[Path]:
    """Files whose words trainees read, and the programme library's; not what was released before."""
    banks = course.root / course.institution.quizzes_folder
    quizzes = {*banks.glob("*.yml"), *banks.glob("evaluation/*.yml"), *course.root.glob("quizzes/role-play/*.yml")}
    return sorted({*course.root.glob("modules/*/practice/**/*.yml"), *quizzes, course.root / PROGRAMMES})


def _unused_references(course: Course, texts: Mapping[str, str]) -> Iterator[Problem]:
    cited = {key for text in texts.values() for _, key, _ in _cited(text)}
    listed = set(KEY.findall((course.root / REVIEW).read_text(encoding="utf-8")))
    for reference in course.references.values():
        named = reference.key in cited | listed | set(course.programmes)
        if not named and not set(reference.facts) & set(course.facts):
            message = "is used by no page, fact or programme; name in 'facts' what it is the source of, or take it out"
            yield Problem(REFERENCES, reference.line, reference.key, message)
