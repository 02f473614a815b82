"""Checks of the measure before and after the course: outcomes and competences that it names are there."""

from __future__ import annotations

from collections.abc import Iterator

from peercourse.content.course import Course
from peercourse.content.problems import Problem
from peercourse.content.yaml_source import FieldPath
from peercourse.quiz.bank import Scenario
from peercourse.quiz.evaluation import FORMS


def evaluation_problems(course: Course) -> Iterator[Problem]:
    """Everything to mend in the measure, with its place; nothing where the course has none."""
    if course.measure is None:
        return
    measure, source = course.measure
    blocks: list[tuple[FieldPath, Scenario]] = [(("confidence",), measure.confidence)]
    for name in FORMS:
        scenarios = enumerate(measure.forms[name].scenarios)
        blocks += [(("forms", name, "scenarios", index), scenario) for index, scenario in scenarios]
    for path, scenario in blocks:
        for index, item in enumerate(scenario.items):
            place: FieldPath = (*path, "items", index)
            if item.outcome not in course.outcome_ids:
                message = f"'{item.outcome}' is no outcome of any module; correct it"
                yield source.problem((*place, "outcome"), message)
            for competence in sorted(set(item.competence) - course.competences):
                message = f"'{competence}' is not in evidence/standards.yaml; write one of COM01 to COM14"
                yield source.problem((*place, "competence"), message)
