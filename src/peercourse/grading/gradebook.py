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


def folder_config(root: Path, db_url: str | None = None) -> Config:
    """Settings with those of the trainer's ``nbgrader_config.py`` on top, except the lists of steps.

    Args:
        root: the grading folder.
        db_url: another gradebook than the settings name, for this run.

    Raises:
        GradingError: the settings file cannot be read.
    """
    config = course_settings(root)
    config.merge(own_config(root))
    set_lists(config)
    if db_url:
        config.CourseDirectory.db_url = db_url
    return config


def own_config(root: Path) -> Config:
    """What the ``nbgrader_config.py`` of a grading folder sets, ours and the trainer's; empty where there is none.

    Raises:
        GradingError: the settings file cannot be read.
    """
    from traitlets.config import Config
    from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    except ConfigFileNotFound:
        return Config()
    except Exception as error:  # the file is Python that somebody edited: anything can go wrong in it
        raise GradingError(f"{root / 'nbgrader_config.py'} cannot be read: {error}") from error


@contextmanager
def open_gradebook(root: Path, db_url: str | None = None) -> Iterator[Any]:
    """The gradebook, closed at the end.

    Args:
        root: the grading folder.
        db_url: another gradebook than the settings name.

    Raises:
        GradingError: it cannot be opened.
    """
    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory

    coursedir = CourseDirectory(config=folder_config(root, db_url))
    try:
        with programs_on_path():
            gradebook = Gradebook(coursedir.db_url, coursedir.course_id)
    except ModuleNotFoundError as error:
        raise GradingError(
            f"The gradebook of {root} cannot be opened, since the Python package {error.name} is missing; "
            'for PostgreSQL, run: pip install "psycopg[binary]"'
        ) from error
    except Exception as error:  # SQLAlchemy and alembic raise many kinds
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise GradingError(f"The gradebook of {root} cannot be opened: {reason}") from error
    with gradebook:
        yield gradebook


def has_assignment(root: Path, assignment: str, quiz: str, db_url: str | None = None) -> bool:
    """Whether the gradebook knows an assignment and its notebook."""
    from nbgrader.api import MissingEntry

    try:
        with open_gradebook(root, db_url) as gradebook:
            gradebook.find_notebook(quiz, assignment)
    except MissingEntry:
        return False
    return True
