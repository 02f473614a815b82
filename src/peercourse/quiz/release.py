"""Source notebooks to released ones, by nbgrader's own GenerateAssignment.

The site needs releases without a gradebook, trainers need them with one. Both come out of this module and are
byte-identical, since the source fixes every cell id.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from peercourse.quiz.bank import Quiz
from peercourse.quiz.notebook import source_notebook
from peercourse.quiz.types.written import PLACEHOLDER

if TYPE_CHECKING:
    from traitlets.config import Config


class ReleaseError(Exception):
    """nbgrader could not make a release; the message says of which quiz and why."""


@contextmanager
def programs_on_path() -> Iterator[None]:
    """The environment's own programs first on PATH, since nbgrader starts ``alembic`` by its name."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def quiet_logger() -> logging.Logger:
    """A logger for nbgrader's converters that speaks up at errors alone."""
    logger = logging.getLogger("peercourse.nbgrader")
    logger.setLevel(logging.CRITICAL)
    return logger


def course_config(root: Path, *, gradebook: bool) -> Config:
    """Settings of an nbgrader course in a folder.

    Args:
        root: the course folder (``source``, ``release`` …).
        gradebook: false makes releases without a database.
    """
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "peercourse"
    config.ClearSolutions.code_stub = {"python": ""}
    config.ClearSolutions.text_stub = PLACEHOLDER
    config.ClearMarkScheme.enforce_metadata = False
    if not gradebook:
        config.GenerateAssignment.no_database = True
        config.GenerateAssignment.preprocessors = [
            f"nbgrader.preprocessors.{name}"
            for name in (
                "IncludeHeaderFooter", "LockCells", "ClearSolutions", "ClearOutput", "CheckCellMetadata",
                "ComputeChecksums", "ClearHiddenTests", "ClearMarkScheme", "ComputeChecksums", "CheckCellMetadata",
            )
        ]  # fmt: skip
    return config


def write_source(quiz: Quiz, root: Path) -> Path:
    """Write a quiz's source notebook into a course folder and return its path."""
    path = root / "source" / quiz.assignment / f"{quiz.id}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(source_notebook(quiz)) + "\n", encoding="utf-8")
    return path


def generate(quiz: Quiz, root: Path, *, gradebook: bool, config: Config | None = None) -> Path:
    """Release one quiz in a course folder.

    Args:
        quiz: the bank.
        root: the course folder; its source notebook is written anew.
        gradebook: whether keys go into the folder's ``gradebook.db`` for grading.
        config: the folder's own settings, where it has any.

    Returns:
        Path of the released notebook.

    Raises:
        ReleaseError: nbgrader refuses it.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    write_source(quiz, root)
    config = config or course_config(root, gradebook=gradebook)
    config.CourseDirectory.assignment_id = quiz.assignment
    with programs_on_path():
        converter = GenerateAssignment(
            coursedir=CourseDirectory(config=config), config=config, parent=None, logger=quiet_logger()
        )
        converter.force = True
        converter.create_assignment = True
        try:
            converter.start()
        except Exception as error:  # nbgrader raises many kinds, SystemExit's cousins among them
            raise ReleaseError(f"nbgrader cannot release {quiz.assignment}: {error}") from error
    return root / "release" / quiz.assignment / f"{quiz.id}.ipynb"


def release_notebooks(quizzes: Iterable[Quiz]) -> dict[str, str]:
    """Released notebooks as JSON text by quiz id, made in a temporary folder without a gradebook.

    Raises:
        ReleaseError: nbgrader refuses one.
    """
    with tempfile.TemporaryDirectory(prefix="peercourse-release-") as folder:
        return {quiz.id: generate(quiz, Path(folder), gradebook=False).read_text(encoding="utf-8") for quiz in quizzes}
