"""The bulk engine: a cohort scored in seconds, with the same rows and notebooks as nbgrader's own run.

Of a batch, the notebooks are written under temporary names, then the rows in one transaction, then the notebooks are
renamed. So a run that is killed leaves rows without their notebooks at the worst, and those are scored again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter

from nbgrader.utils import find_all_files
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from peercourse.grading.bulk_files import UnusualError, put_in_place, read_handed
from peercourse.grading.bulk_notebook import make_form
from peercourse.grading.bulk_rows import Scored, save
from peercourse.grading.bulk_score import Scorer
from peercourse.grading.files import GradingError, disk_problem, remove_folder
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.grade import WORK, GradeReport, Submitted
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.rows import Cells, find_cells, gradebook_problem
from peercourse.grading.scorer import ScoringError
from peercourse.grading.settings import IGNORED
from peercourse.grading.settled import written_answers

BATCH = 500


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
        raise disk_problem(error, folder.root) from error
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
    scorer: Scorer


def _open_quiz(engine: Engine, folder: GradingFolder, released: Released) -> _OpenQuiz:
    with engine.connect() as connection:
        cells = find_cells(connection, released)
    return _OpenQuiz(engine, folder, released, cells, Scorer(make_form(folder, released, cells)))


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
    work, ready, left = quiz.folder.root / WORK, [], []
    step(batch[0].trainee)
    for number, entry in enumerate(batch):
        try:
            handed = read_handed(quiz.folder.submitted(entry.trainee, entry.released))
            marked = quiz.scorer.score(handed.notebook)
        except UnusualError:
            left.append(entry)
        except ScoringError as error:
            report.failed.append((entry, str(error)))
        else:
            (work / f"{number}.ipynb").write_bytes(marked.text.encode("utf-8"))
            scored = Scored(entry.trainee, handed.time, marked.points, marked.blank, marked.by_hand)
            ready.append((entry, handed.stamp, work / f"{number}.ipynb", scored))
    if ready:
        with quiz.engine.begin() as connection:
            save(connection, quiz.cells, [scored for *_, scored in ready], lambda name: _before(quiz, name))
        for entry, stamp, notebook, _ in ready:
            put_in_place(notebook, quiz.folder.autograded(entry.trainee, entry.released), stamp)
            report.graded.append(entry)
    return left


def _before(quiz: _OpenQuiz, trainee: str) -> dict[str, str]:
    return written_answers(quiz.folder.autograded(trainee, quiz.released))
