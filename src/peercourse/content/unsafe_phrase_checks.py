"""Looks for unsafe phrases in everything that people read: pages, practice, banks, role plays, programmes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from peercourse.content.counter_examples import yaml_texts
from peercourse.content.course import Course
from peercourse.content.problems import ContentError, Problem, relative_name
from peercourse.content.programmes import FILE as PROGRAMMES
from peercourse.content.prose import passages
from peercourse.content.unsafe_phrases import UnsafePhrases, Use, read_unsafe_phrases
from peercourse.content.yaml_source import Source, read_yaml

FIELD = "unsafe phrase"


def unsafe_phrase_problems(course: Course, pages: Iterable[Path]) -> Iterator[Problem]:
    """Every unsafe phrase outside a counter-example, with its place and what to write instead.

    Args:
        course: the loaded course.
        pages: its Markdown pages.
    """
    try:
        unsafe = read_unsafe_phrases(course.root)
    except ContentError as error:
        yield from error.problems
        return
    yield from _unknown_facts(unsafe, course)
    for path in pages:
        yield from _in_page(path, unsafe, course)
    for source in _sources(course):
        yield from _in_yaml(source, unsafe, course)


def _unknown_facts(unsafe: UnsafePhrases, course: Course) -> Iterator[Problem]:
    for index, kind in enumerate(unsafe.kinds):
        for fact in kind.based_on:
            if fact not in course.facts:
                message = f"'{fact}' is not in evidence/; correct the id, or write 'from_memory: true'"
                yield unsafe.source.problem((index, "based_on"), message)


def _in_page(path: Path, unsafe: UnsafePhrases, course: Course) -> Iterator[Problem]:
    name = relative_name(path, course.root)
    for passage in passages(path.read_text(encoding="utf-8")):
        for use in unsafe.uses(passage.text):
            if use.kind.everywhere or not passage.counter_example:
                yield Problem(name, passage.line_at(use.place), FIELD, _advice(use, "% counter-example"))


def _in_yaml(source: Source, unsafe: UnsafePhrases, course: Course) -> Iterator[Problem]:
    written = (course.root / source.name).read_text(encoding="utf-8")
    for found in yaml_texts(source, written):
        for use in unsafe.uses(found.text):
            allowed = found.counter_example or (use.kind.colleague_may and found.of_colleague)
            if use.kind.everywhere or not allowed:
                yield Problem(source.name, source.line(found.path), FIELD, _advice(use, "# counter-example"))


def _advice(use: Use, mark: str) -> str:
    said = f"'{' '.join(use.words.split())}' ({use.kind.id}). {use.kind.why} Write {use.kind.instead}"
    if use.kind.everywhere:
        return said
    return f"{said}; or, where this is what not to say, put the line '{mark}' directly above"


def _sources(course: Course) -> Iterator[Source]:
    """All YAML files with words for people. Archived banks are left out: what was released stays."""
    for module in course.modules:
        path = module.folder / "module.yml"
        yield read_yaml(path, relative_name(path, course.root))
        yield from module.practice.sources.values()
    yield from course.quiz_sources.values()
    if course.measure is not None:
        yield course.measure[1]
    if course.role_play is not None:
        yield from (course.role_play.rubric_source, course.role_play.cards_source)
    yield read_yaml(course.root / PROGRAMMES, PROGRAMMES)
