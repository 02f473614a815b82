"""A cohort scored in bulk, beside stock nbgrader in the same run: time, memory, and how both grow. And its report."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.graded import Graded
from bench.grading import quiet, stock_seconds
from bench.made_up import answered_by_all, mark_all, shortened, whole_course
from bench.table import Measure
from peercourse.content.course import load_course
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade

ITEMS = 10
FEW, SOME, MANY = 100, 1_000, 10_000
QUIZ = "m2-active-listening"
"""Its first ten items are of five types, a written one among them."""


@dataclass(frozen=True)
class Report:
    """What the report took, start-up included.

    Attributes:
        submissions: how many it is about.
        seconds: by the clock.
        processor: seconds of processor time.
    """

    submissions: int
    seconds: float
    processor: float


def measure(root: Path, work: Path, runs: int, limits: dict[str, float]) -> list[Measure]:
    """All measures. The largest cohort and the report are run once, the rest as often as asked.

    Args:
        root: the course folder.
        work: a folder to work in; emptied, and again at the end.
        runs: runs a measure; the median counts.
        limits: the table ``cohort`` of the limits.
    """
    quiet()
    quiz = shortened(load_course(root).quizzes[QUIZ], ITEMS)
    with _emptied(work):
        few, some, many = (
            _graded(root, answered_by_all(quiz, number, work / str(number)), 1 if number == MANY else runs)
            for number in _told((FEW, SOME, MANY))
        )
        print(f"  stock nbgrader on the same {ITEMS} items", flush=True)
        stock = median(stock_seconds(quiz, work / "stock") for _ in range(runs))
        print(f"  report for {SOME:,} trainees: answering, scoring, reporting", flush=True)
        report = _reported(root, work / "course")
    each = some.seconds / some.submissions
    growth = (many.processor / many.submissions) / (some.processor / some.submissions)
    return [
        Measure(
            f"grading in bulk, a submission of {ITEMS} items of {SOME:,}", 1000 * each, "ms", limits["submission_ms"],
            peer=f"processor {1000 * some.processor / some.submissions:.2f} ms",
        ),
        Measure(
            f"stock nbgrader over bulk, {ITEMS} items", stock / each, "×", limits["times_stock"], at_least=True,
            peer=f"stock nbgrader {stock:.2f} s, bulk {1000 * each:.2f} ms",
        ),
        Measure(
            f"grading {MANY:,} submissions (one run)", many.seconds, "s", limits["many_seconds"],
            peer=f"processor {many.processor:.1f} s",
        ),
        Measure(
            f"processor time a submission, {MANY:,} over {SOME:,}", growth, "×", limits["growth"],
            peer=f"of {FEW}: {1000 * few.processor / few.submissions:.2f} ms, the quiz made ready included",
        ),
        *(
            Measure(f"most memory, {graded.submissions:,} submissions", graded.megabytes, "MB", limits["megabytes"])
            for graded in (few, some, many)
        ),
        Measure(
            f"report for {SOME:,} trainees (one run)", report.seconds, "s", limits["report_seconds"],
            peer=f"whole course, {report.submissions:,} submissions; processor {report.processor:.1f} s",
        ),
    ]  # fmt: skip


def _told(sizes: tuple[int, ...]) -> Iterator[int]:
    for size in sizes:
        print(f"  {size:,} submissions: answering, then scoring", flush=True)
        yield size


@contextmanager
def _emptied(work: Path) -> Iterator[None]:
    """A folder to work in: ten thousand notebooks, twice, are a gigabyte, and nobody wants to keep them."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield
    finally:
        shutil.rmtree(work)


def _graded(root: Path, folder: GradingFolder, runs: int) -> Graded:
    """The run with the median time, each in a process of its own and from the same state."""
    unscored = folder.database.read_bytes()
    found = []
    for _ in range(runs):
        folder.database.write_bytes(unscored)
        shutil.rmtree(folder.root / "autograded", ignore_errors=True)
        command = [sys.executable, "-m", "bench.graded", str(folder.root)]
        said = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE).stdout
        found.append(Graded(**json.loads(said)))
    shutil.rmtree(folder.root)
    return sorted(found, key=lambda graded: graded.seconds)[len(found) // 2]


def _reported(root: Path, place: Path) -> Report:
    """The command on a whole course."""
    folder = whole_course(load_course(root).current, SOME, place)
    submissions = len(grade(folder).graded)
    mark_all(folder)
    command = [sys.executable, "-m", "peercourse", "report", "--grading", str(place)]
    started, before = perf_counter(), os.times()
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    seconds, after = perf_counter() - started, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Report(submissions, seconds, processor)
