"""The bulk engine: a cohort scored in seconds, with the same rows and notebooks as nbgrader's own run.

Of a batch, the notebooks are written under temporary names, then the rows in one transaction, then the notebooks are
renamed. So a run that is killed leaves rows without their notebooks at the worst, and those are scored again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from nbgrader.utils import find_all_files, parse_utc
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from peercourse.grading.bulk_notebook import Form, make_form
from peercourse.grading.bulk_rows import Scored, save
from peercourse.grading.files import GradingError, remove_folder, short_hash
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.grade import WORK, GradeReport, Submitted
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.rebuild import read_answers
from peercourse.grading.rows import Cells, find_cells, gradebook_problem
from peercourse.grading.scorer import ScoringError, points
from peercourse.grading.settings import IGNORED, ORIGIN_FILE
from peercourse.grading.settled import written_answers
from peercourse.grading.taken import STAMP, TIME_FORMAT

BATCH = 500


@dataclass(frozen=True)
class Ready:
    """A submission that is scored and waits for its rows.

    Attributes:
        stamp: bytes of ``timestamp.txt``; None where there is none.
        notebook: where the scored notebook lies until then.
    """

    entry: Submitted
    scored: Scored
    stamp: bytes | None
    notebook: Path


class UnusualError(Exception):
    """Not as collect puts it there, so that nbgrader's own engine has to look at it."""


def grade_in_bulk(
    folder: GradingFolder, todo: Sequence[Submitted], report: GradeReport, step: Callable[[int, int, str], None]
) -> list[Submitted]:
    """Score submissions, a batch at a time.

    Args:
        folder: the grading folder, held by its one writer.
        todo: what is to be scored.
        report: gets what was scored, and what was not.
        step: told how many of how many are done, and whose turn it is.

    Returns:
        What somebody put into the folder by hand and is not as collect writes it: to be scored one by one.

    Raises:
        GradingError: the gradebook or the disk cannot be used. What was scored in earlier batches stays.
    """
    work, left, done = folder.root / WORK, [], 0
    remove_folder(work)
    try:
        with open_gradebook(folder.root, folder.db_url) as gradebook:
            by_quiz = groupby(sorted(todo, key=_order), key=attrgetter("released"))
            for released, entries in by_quiz:
                found = list(entries)
                if _more_files(folder, released):
                    left += found
                    continue
                try:
                    quiz = _open_quiz(gradebook.engine, folder, released)
                except (GradingError, ScoringError) as error:
                    report.failed += [(entry, str(error)) for entry in found]
                    continue
                for batch in _batches(found):
                    work.mkdir(exist_ok=True)
                    left += _grade_batch(quiz, batch, report, partial(step, done, len(todo)))
                    done += len(batch)
    except SQLAlchemyError as error:
        raise gradebook_problem(error) from error
    except OSError as error:
        raise GradingError(
            f"{error.filename or folder.root} cannot be written ({error.strerror}); "
            "mend that or make room on the disk, then run: peercourse grade"
        ) from error
    finally:
        remove_folder(work)
    return left


@dataclass(frozen=True)
class _OpenQuiz:
    """What all submissions of a quiz share."""

    engine: Engine
    folder: GradingFolder
    released: Released
    cells: Cells
    form: Form


def _open_quiz(engine: Engine, folder: GradingFolder, released: Released) -> _OpenQuiz:
    with engine.connect() as connection:
        cells = find_cells(connection, released)
    form = make_form(folder, released, cells)
    return _OpenQuiz(engine, folder, released, cells, form)


def _more_files(folder: GradingFolder, released: Released) -> bool:
    """Whether the trainer put files beside the source notebook, which nbgrader copies to each submission."""
    source = folder.root / "source" / released.assignment
    return bool(find_all_files(str(source), [*IGNORED, "*.ipynb"]))


def _order(entry: Submitted) -> tuple[str, str]:
    return entry.released.assignment, entry.trainee


def _batches(entries: list[Submitted]) -> Iterator[list[Submitted]]:
    for start in range(0, len(entries), BATCH):
        yield entries[start : start + BATCH]


def _grade_batch(
    quiz: _OpenQuiz, batch: Sequence[Submitted], report: GradeReport, step: Callable[[str], None]
) -> list[Submitted]:
    ready, left = [], []
    step(batch[0].trainee)
    for number, entry in enumerate(batch):
        try:
            submitted, stamp = _read(quiz, entry)
            scored, text = _score(quiz.form, entry, submitted, stamp)
        except UnusualError:
            left.append(entry)
        except ScoringError as error:
            report.failed.append((entry, str(error)))
        else:
            notebook = quiz.folder.root / WORK / f"{number}.ipynb"
            notebook.write_bytes(text.encode("utf-8"))
            ready.append(Ready(entry, scored, stamp, notebook))
    if ready:
        with quiz.engine.begin() as connection:
            save(connection, quiz.cells, [each.scored for each in ready], lambda name: _before(quiz, name))
        for each in ready:
            _put_in_place(each, quiz.folder)
            report.graded.append(each.entry)
    return left


def _before(quiz: _OpenQuiz, trainee: str) -> dict[str, str]:
    return written_answers(quiz.folder.autograded(trainee, quiz.released))


def _read(quiz: _OpenQuiz, entry: Submitted) -> tuple[bytes, bytes | None]:
    """The submitted bytes and those of its time.

    Raises:
        UnusualError: more lies there than collect puts there, or it cannot be read.
    """
    path = quiz.folder.submitted(entry.trainee, entry.released)
    try:
        names = {file.name for file in path.parent.iterdir()}
        if not names <= {path.name, STAMP, ORIGIN_FILE}:
            raise UnusualError
        return path.read_bytes(), (path.parent / STAMP).read_bytes() if STAMP in names else None
    except OSError:
        raise UnusualError from None


def _score(form: Form, entry: Submitted, submitted: bytes, stamp: bytes | None) -> tuple[Scored, str]:
    """Points, and the scored notebook's text.

    Raises:
        UnusualError: the file or its time is not as collect writes it.
        ScoringError: a scoring function gives no number in range.
    """
    try:
        data = json.loads(submitted.decode("utf-8"))
    except (ValueError, RecursionError):
        raise UnusualError from None
    if not _is_as_collected(data):
        raise UnusualError
    sources = read_answers(form.slots, data).sources
    blank = {name: sources[name] == untouched for name, untouched in form.blank.items()}
    earned: dict[str, float | None] = {test.name: points(test, sources[test.answer]) for test in form.tests}
    earned |= {name: 0.0 if blank[name] else None for name in form.by_hand}
    by_hand = {name: sources[name] for name in form.by_hand}
    scored = Scored(entry.trainee, _time(stamp), earned, blank, by_hand)
    return scored, form.filled(sources, earned, short_hash(submitted))


def _is_as_collected(data: Any) -> bool:
    """Whether a notebook has the shape of one that collect wrote, so that nbformat would read the same out of it."""
    match data:
        case {"nbformat": 4, "nbformat_minor": int(), "cells": list(cells), "metadata": dict()}:
            return all(_is_plain_cell(cell) for cell in cells)
    return False


def _is_plain_cell(cell: Any) -> bool:
    match cell:
        case {"cell_type": "code", "metadata": dict(), "source": source, "outputs": [], "execution_count": None}:
            fields = 6
        case {"cell_type": "markdown", "metadata": dict(), "source": source}:
            fields = 4
        case _:
            return False
    lines = source if isinstance(source, list) else [source]
    return "id" in cell and len(cell) == fields and all(isinstance(line, str) for line in lines)


def _time(stamp: bytes | None) -> datetime | None:
    """When a submission was handed in, as nbgrader reads it."""
    if stamp is None:
        return None
    try:
        text = stamp.decode("utf-8").strip()
        return datetime.strptime(text, TIME_FORMAT) if text.endswith(" UTC") else parse_utc(text) if text else None
    except (ValueError, OverflowError):
        raise UnusualError from None


def _put_in_place(ready: Ready, folder: GradingFolder) -> None:
    """Move a scored notebook to its place, last of all: it is what says that the submission is scored."""
    place = folder.autograded(ready.entry.trainee, ready.entry.released)
    place.parent.mkdir(parents=True, exist_ok=True)
    stamp = place.parent / STAMP
    if ready.stamp is None:
        stamp.unlink(missing_ok=True)
    else:
        temporary = ready.notebook.with_suffix(".txt")
        temporary.write_bytes(ready.stamp)
        _replace(temporary, stamp)
    _replace(ready.notebook, place)


def _replace(file: Path, place: Path) -> None:
    """Rename a file over another, and make it read-only as nbgrader does."""
    file.chmod(0o444)
    try:
        file.replace(place)
    except PermissionError:  # Windows does not replace a read-only file
        place.chmod(0o644)
        file.replace(place)
