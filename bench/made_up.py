"""Cohorts of any size that nobody handed in, written into a grading folder as collect would have left them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from peercourse.demo.answers import answer_quiz
from peercourse.demo.cohort import Person, cohort, course_of, handed_in, time_of
from peercourse.demo.marker import DemoSettings, write_marker
from peercourse.grading.attempts import TIME_FORMAT
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.rebuild import rebuild
from peercourse.grading.settings import ORIGIN_FILE
from peercourse.grading.show import progress
from peercourse.quiz.bank import Quiz
from peercourse.quiz.notebook import TRAINEE_CELL, TRAINEE_VARIABLE, answer_source
from peercourse.quiz.types.written import Written

SEED = 1


def shortened(quiz: Quiz, items: int) -> Quiz:
    """A quiz of the first items of another."""
    scenarios, left = [], items
    for scenario in quiz.scenarios:
        if left:
            scenarios.append(scenario.model_copy(update={"items": scenario.items[:left]}))
            left -= len(scenarios[-1].items)
    return quiz.model_copy(update={"scenarios": tuple(scenarios)})


def answered_by_all(quiz: Quiz, trainees: int, root: Path) -> GradingFolder:
    """A folder with one quiz, which everybody has handed in.

    Args:
        quiz: the quiz.
        trainees: how many hand it in.
        root: the grading folder; made.
    """
    settings = DemoSettings(trainees, SEED)
    return _written([quiz], [(person, quiz) for person in cohort(settings)], root, settings)


def whole_course(quizzes: Sequence[Quiz], trainees: int, root: Path) -> GradingFolder:
    """A folder with all that people of a course hand in; some leave on the way, as in a demo.

    Args:
        quizzes: the course's, the evaluation included.
        trainees: how many people.
        root: the grading folder; made.
    """
    settings = DemoSettings(trainees, SEED)
    pairs = [(person, quiz) for person in cohort(settings) for quiz in handed_in(person, quizzes, settings)]
    return _written(quizzes, pairs, root, settings)


def mark_all(folder: GradingFolder) -> None:
    """Give every answer that waits for a marker some points, so that a report has scores to tell of."""
    from nbgrader.api import Grade
    from sqlalchemy import func, update

    with open_gradebook(folder.root) as gradebook:
        some = func.abs(func.random()) % 3
        waiting = update(Grade).where(Grade.needs_manual_grade.is_(True))
        gradebook.db.execute(waiting.values(manual_score=some, needs_manual_grade=False))
        gradebook.db.commit()


def _written(
    quizzes: Sequence[Quiz], pairs: Sequence[tuple[Person, Quiz]], root: Path, settings: DemoSettings
) -> GradingFolder:
    write_marker(root, settings)
    release_quizzes(list(quizzes), root, lambda _: None)
    folder = GradingFolder(root)
    released = folder.read()
    notebooks = {name: json.loads(folder.release(entry).read_text("utf-8")) for name, entry in released.items()}
    with progress("Answering") as step:
        for number, (person, quiz) in enumerate(pairs):
            step(number, len(pairs), person.id)
            text = rebuild(notebooks[quiz.assignment], _answers(person, quiz, settings)).text
            time = time_of(person, quiz, course_of(person, quizzes), settings)
            _hand_in(folder.submitted(person.id, released[quiz.assignment]), text, time, person.id)
    return folder


def _answers(person: Person, quiz: Quiz, settings: DemoSettings) -> dict[str, Any]:
    """As much of a handed-in notebook as is read."""
    given = answer_quiz(person, quiz, settings)
    sources = {TRAINEE_CELL: f"{TRAINEE_VARIABLE} = {person.id!r}"}
    for item in quiz.items():
        if item.id in given:
            answer = given[item.id]
            sources[item.id] = str(answer) if isinstance(item, Written) else answer_source(item.id, answer)
    return {"cells": list(_cells(sources.items()))}


def _cells(sources: Iterable[tuple[str, str]]) -> Iterable[dict[str, Any]]:
    return ({"metadata": {"nbgrader": {"grade_id": name}}, "source": source} for name, source in sources)


def _hand_in(path: Path, text: str, time: datetime, origin: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    (path.parent / "timestamp.txt").write_text(time.strftime(TIME_FORMAT) + "\n", encoding="utf-8")
    (path.parent / ORIGIN_FILE).write_text(origin + "\n", encoding="utf-8")
