"""The engine with nbgrader's own Autograde: one submission at a time, no kernel started, no answer run."""

from __future__ import annotations

import logging
import warnings

from peercourse.grading.files import remove_folder
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import WORK, Submitted
from peercourse.grading.gradebook import folder_config
from peercourse.quiz.release import programs_on_path


class Converter:
    """nbgrader's Autograde on one submission at a time, into a work folder that is then moved into place.

    Args:
        folder: the grading folder, held by its one writer.
    """

    def __init__(self, folder: GradingFolder) -> None:
        from nbgrader.converters import Autograde
        from nbgrader.coursedir import CourseDirectory

        self._log = _Messages()
        config = folder_config(folder.root, folder.db_url)
        config.CourseDirectory.autograded_directory = WORK
        self._coursedir = CourseDirectory(config=config)
        logger = logging.Logger("peercourse.autograde")
        logger.addHandler(self._log)
        self._autograde = Autograde(coursedir=self._coursedir, config=config, parent=None, log=logger)
        self._folder, self._work = folder, folder.root / WORK
        remove_folder(self._work)

    def run(self, entry: Submitted) -> str:
        """Score a submission.

        Returns:
            Why it could not be scored; empty if it was.
        """
        self._log.lines.clear()
        self._coursedir.student_id, self._coursedir.assignment_id = entry.trainee, entry.released.assignment
        self._coursedir.notebook_id = entry.released.quiz
        try:
            with programs_on_path(), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # SQLAlchemy's, about how nbgrader uses it
                self._autograde.start()
        except Exception:  # nbgrader has logged it; one broken submission must not stop the others
            return self._log.reason()
        place = self._folder.autograded(entry.trainee, entry.released).parent
        place.parent.mkdir(parents=True, exist_ok=True)
        remove_folder(place)
        (self._work / entry.trainee / entry.released.assignment).rename(place)
        remove_folder(self._work)
        return ""


class _Messages(logging.Handler):
    """Keeps what nbgrader logs about a failure."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += record.getMessage().strip().splitlines()

    def reason(self) -> str:
        """The last line of the traceback, without the exception's module."""
        errors = [line for line in self.lines if "Error" in line.split(":")[0] or "Exception" in line.split(":")[0]]
        return errors[-1].partition(": ")[2] or errors[-1] if errors else "nbgrader cannot read it"
