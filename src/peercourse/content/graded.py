"""Everything that is graded, or handed in for the evaluation: each item with its file, its place and its orders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peercourse.content.course import Course
from peercourse.content.problems import Problem
from peercourse.content.yaml_source import FieldPath, Source
from peercourse.quiz.evaluation import FORMS
from peercourse.quiz.item import Item


@dataclass(frozen=True)
class Graded:
    """An item where its author wrote it.

    Attributes:
        item: the item.
        bank: name of its file; of a form of the measure, with the form.
        source: its file.
        path: its place in the file.
        seeds: what orders its options: a seed for each quiz in which trainees meet it.
    """

    item: Item
    bank: str
    source: Source
    path: FieldPath
    seeds: tuple[str, ...]

    def problem(self, message: str) -> Problem:
        """A problem at this item."""
        return self.source.problem(self.path, message)


def graded_items(course: Course) -> Iterator[Graded]:
    """Items of the banks, then those of the measure's two forms. Its questionnaire has no right answers."""
    for quiz in course.quizzes.values():
        source = course.quiz_sources[quiz.id]
        for index, scenario in enumerate(quiz.scenarios):
            for place, item in enumerate(scenario.items):
                path: FieldPath = ("scenarios", index, "items", place)
                yield Graded(item, source.name, source, path, (quiz.seed,))
    if course.measure is None:
        return
    measure, source = course.measure
    for name in FORMS:
        seeds = tuple(quiz.seed for quiz in course.evaluation.values() if quiz.id.endswith(f"-{name}"))
        for index, scenario in enumerate(measure.forms[name].scenarios):
            for place, item in enumerate(scenario.items):
                path = ("forms", name, "scenarios", index, "items", place)
                yield Graded(item, f"{source.name}, form {name}", source, path, seeds)
