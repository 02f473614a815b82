"""nbgrader's gradebook, opened as the course folder's settings say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peercourse.grading.files import GradingError
from peercourse.grading.settings import course_settings, set_lists
from peercourse.quiz.release import programs_on_path

if TYPE_CHECKING:
    from traitlets.config import Config


def folder_config(root: Path) -> Config:
    """Settings with those of the trainer's ``nbgrader_config.py`` on top, except the lists of steps.

    Args:
        root: the grading folder.

    Raises:
        GradingError: the settings file cannot be read.
    """
    from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

    config = course_settings(root)
    try:
        config.merge(PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config())
    except ConfigFileNotFound:
        pass
    except Exception as error:  # the file is Python that somebody edited: anything can go wrong in it
        raise GradingError(f"{root / 'nbgrader_config.py'} cannot be read: {error}") from error
    set_lists(config)
    return config


@contextmanager
def open_gradebook(root: Path) -> Iterator[Any]:
    """The gradebook, closed at the end.

    Raises:
        GradingError: it cannot be opened.
    """
    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory

    coursedir = CourseDirectory(config=folder_config(root))
    try:
        with programs_on_path():
            gradebook = Gradebook(coursedir.db_url, coursedir.course_id)
    except Exception as error:  # SQLAlchemy and alembic raise many kinds
        raise GradingError(f"The gradebook of {root} cannot be opened: {error}") from error
    with gradebook:
        yield gradebook


def has_assignment(root: Path, assignment: str, quiz: str) -> bool:
    """Whether the gradebook knows an assignment and its notebook."""
    from nbgrader.api import MissingEntry

    try:
        with open_gradebook(root) as gradebook:
            gradebook.find_notebook(quiz, assignment)
    except MissingEntry:
        return False
    return True
