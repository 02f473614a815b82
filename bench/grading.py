"""Seconds a submission, one by one: nbgrader with our steps beside nbgrader with its default lists and a kernel."""

from __future__ import annotations

import json
import logging
import shutil
import warnings
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.table import Measure
from peercourse.content.course import load_course
from peercourse.grading.collect import collect
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade
from peercourse.quiz.bank import Quiz
from peercourse.quiz.notebook import answer_source
from peercourse.quiz.release import course_config, generate, programs_on_path, quiet_logger

OURS, STOCK = 30, 3


def quiet() -> None:
    """Silence nbgrader's kernels and SQLAlchemy; what they say is not about the measure."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)


def measure(root: Path, work: Path, runs: int, limits: dict[str, float]) -> list[Measure]:
    """Both ways over the course's first quiz, best answers throughout.

    Args:
        root: the course folder.
        work: a folder to work in; emptied.
        runs: runs a measure; the median counts.
        limits: the table ``grading`` of the limits.
    """
    quiet()
    quiz = next(iter(load_course(root).quizzes.values()))
    ours = median(_ours(quiz, work / "ours") for _ in range(runs))
    stock = median(stock_seconds(quiz, work / "stock") for _ in range(runs))
    beside = f"ours {ours:.2f} s, stock nbgrader {stock:.2f} s"
    return [
        Measure("nbgrader with our steps, a submission", ours, "s", limits["seconds_per_submission"], peer=beside),
        Measure("stock nbgrader over that", stock / ours, "×", limits["times_stock"], at_least=True, peer=beside),
    ]


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _answered(release: Path, quiz: Quiz, trainee: str) -> str:
    """A released notebook with the best answers in it."""
    notebook = json.loads(release.read_text(encoding="utf-8"))
    best = {item.id: item.best_answer(quiz.seed) for item in quiz.items() if item.score is not None}
    for cell in notebook["cells"]:
        if cell["id"] == "trainee-id":
            cell["source"] = f"trainee_id = {json.dumps(trainee)}"
        elif cell["id"] in best:
            cell["source"] = answer_source(cell["id"], best[cell["id"]])
        elif cell["cell_type"] == "markdown" and cell["metadata"]["nbgrader"]["solution"]:
            cell["source"] = "I would say: you found the words for her."
    return json.dumps(notebook)


def _ours(quiz: Quiz, folder: Path) -> float:
    root = _emptied(folder) / "grading"
    release_quizzes([quiz], root, lambda _: None)
    release = root / "release" / quiz.assignment / f"{quiz.id}.ipynb"
    for number in range(OURS):
        person = folder / "inbox" / f"person-{number:03}"
        person.mkdir(parents=True)
        text = _answered(release, quiz, f"trainee-{number:03}")
        (person / release.name).write_text(text, encoding="utf-8")
    collect(folder / "inbox", GradingFolder(root))
    started = perf_counter()
    report = grade(GradingFolder(root), engine="nbgrader")
    seconds = perf_counter() - started
    if len(report.graded) != OURS:
        raise RuntimeError(f"{len(report.graded)} of {OURS} submissions were graded; the measure says nothing")
    return seconds / OURS


def stock_seconds(quiz: Quiz, folder: Path) -> float:
    """Seconds a submission with stock nbgrader, which starts a kernel for each.

    Args:
        quiz: the quiz.
        folder: a folder to work in; emptied.
    """
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory

    root = _emptied(folder)
    release = generate(quiz, root, gradebook=True)
    for number in range(STOCK):
        place = root / "submitted" / f"trainee-{number:03}" / quiz.assignment
        place.mkdir(parents=True)
        (place / release.name).write_text(_answered(release, quiz, f"trainee-{number:03}"), encoding="utf-8")
    config = course_config(root, gradebook=True)
    config.CourseDirectory.assignment_id = quiz.assignment
    started = perf_counter()
    with programs_on_path():
        converter = Autograde(coursedir=CourseDirectory(config=config), config=config, logger=quiet_logger())
        converter.create_student = True
        converter.start()
    return (perf_counter() - started) / STOCK
