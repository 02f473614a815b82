"""The published yardsticks of ``evidence/standards.yaml``, and how far the course serves each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from peercourse.content.module import Lesson, Module
from peercourse.content.problems import Problem
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import read_yaml

if TYPE_CHECKING:
    from peercourse.content.course import Course

FILE = "evidence/standards.yaml"


class _Read(BaseModel):
    """The file carries notes for authors besides; only what the course uses is read."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Standard(_Read):
    """A competence, or an area of the consensus.

    Attributes:
        core: a competence without which the course is not published.
    """

    id: str
    name: str
    core: bool = False


class Section(_Read):
    """Competences under one heading."""

    name: str
    competences: tuple[Standard, ...]


class _Competences(_Read):
    source: str
    sections: tuple[Section, ...]


class _Consensus(_Read):
    source: str
    areas: tuple[Standard, ...]


class Standards(_Read):
    """Both yardsticks, each with its source in words."""

    rescue_supporter_competences: _Competences
    peer_support_consensus: _Consensus

    @property
    def competences(self) -> tuple[Standard, ...]:
        """All competences in their order."""
        return tuple(one for section in self.rescue_supporter_competences.sections for one in section.competences)


@dataclass(frozen=True)
class Coverage:
    """What serves a standard.

    Attributes:
        lessons: lessons that name it, each with its module.
        practice: exercises and conversations that name it.
        graded: graded items that name it.
    """

    lessons: tuple[tuple[Module, Lesson], ...]
    practice: int
    graded: int


def read_standards(root: Path) -> Standards:
    """Read the yardsticks.

    Raises:
        ContentError: the file is missing or not as it should be.
    """
    return read_model(read_yaml(root / FILE, FILE), Standards)


def coverage(course: Course, standard: str) -> Coverage:
    """What in the course names a competence or an area."""
    pages = [(module, page) for module in course.modules for page in (*module.lessons, *module.pages)]
    lessons = tuple(
        (module, page) for module, page in pages if standard in (*page.header.competences, *page.header.areas)
    )
    practised = [named for module in course.modules for named in _practised(module)]
    graded = [item for quiz in course.quizzes.values() for item in quiz.items()]
    return Coverage(
        lessons,
        sum(standard in named for named in practised),
        sum(standard in item.competence for item in graded),
    )


def core_gaps(course: Course) -> Iterator[Problem]:
    """Core competences without a lesson, an exercise or a graded item: such a course is not published."""
    for standard in read_standards(course.root).competences:
        found = coverage(course, standard.id)
        missing = [
            what
            for what, there in (("lesson", found.lessons), ("practice", found.practice), ("graded item", found.graded))
            if not there
        ]
        if standard.core and missing:
            message = f"'{standard.id}' ({standard.name}) is a core competence and has no {' and no '.join(missing)}"
            yield Problem(FILE, 0, standard.id, f"{message}; name it in one")


def _practised(module: Module) -> Iterator[tuple[str, ...]]:
    pool = module.practice
    for exercises in (pool.self_checks, pool.slips, pool.own_words):
        yield from (exercise.competence for exercise in exercises.values())
    yield from (conversation.competences for conversation in pool.conversations.values())
