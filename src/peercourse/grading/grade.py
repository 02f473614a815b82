"""Grade: nbgrader's own Autograde over the submissions that need it. No kernel is started, and no answer is run.

A scored notebook notes the bytes that it was made of and the keys by which it was scored, and it is written after the
gradebook's rows. So what is to be done is seen from what lies there, and a run that was killed is simply run again.
"""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peercourse.grading.files import GradingError, remove_folder, short_hash
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.gradebook import folder_config, open_gradebook
from peercourse.grading.scorer import key_hash
from peercourse.quiz.release import programs_on_path

WORK = ".autograding"


@dataclass(frozen=True)
class Submitted:
    """A submission that lies in the grading folder."""

    trainee: str
    released: Released


@dataclass
class GradeReport:
    """What a run did.

    Attributes:
        graded: submissions scored now.
        current: how many were scored already, by the present keys.
        failed: submissions that could not be scored, and why.
    """

    graded: list[Submitted] = field(default_factory=list)
    current: int = 0
    failed: list[tuple[Submitted, str]] = field(default_factory=list)


def grade(
    folder: GradingFolder,
    trainee: str | None = None,
    *,
    again: bool = False,
    step: Callable[[int, int, str], None] = lambda _done, _all, _name: None,
) -> GradeReport:
    """Score what needs it. Marks given by hand are kept.

    Args:
        folder: the grading folder.
        trainee: score this trainee's submissions alone.
        again: score also what was scored already.
        step: told how many of how many are done, and whose turn it is.

    Raises:
        GradingError: nothing was released, or the gradebook cannot be opened.
    """
    released = folder.require()
    found = [entry for entry in submissions(folder, released) if trainee in (None, entry.trainee)]
    if trainee is not None and not found:
        raise GradingError(f"{trainee} has no submission in {folder.root / 'submitted'}; first run: peercourse collect")
    todo = found if again else pending(folder, found)
    report = GradeReport(current=len(found) - len(todo))
    converter = Converter(folder.root)
    for number, entry in enumerate(todo):
        step(number, len(todo), entry.trainee)
        problem = converter.run(entry, folder)
        if problem:
            report.failed.append((entry, problem))
        else:
            report.graded.append(entry)
    step(len(todo), len(todo), "")
    return report


def submissions(folder: GradingFolder, released: dict[str, Released]) -> Iterator[Submitted]:
    """Submissions in the grading folder, in the order of trainees and assignments."""
    for place in sorted((folder.root / "submitted").glob("*/*/")):
        entry = released.get(place.name)
        if entry is not None and folder.submitted(place.parent.name, entry).is_file():
            yield Submitted(place.parent.name, entry)


def pending(folder: GradingFolder, found: list[Submitted]) -> list[Submitted]:
    """Those submissions whose score is missing or no longer by the present file and keys."""
    if not found:
        return []
    with open_gradebook(folder.root) as gradebook:
        keys = {entry.released.assignment: _present_key(gradebook, entry.released) for entry in found}
        rows = {
            (submission.student_id, assignment)
            for assignment in keys
            for submission in gradebook.assignment_submissions(assignment)
        }
    return [
        entry
        for entry in found
        if (entry.trainee, entry.released.assignment) not in rows
        or _made_of(folder.autograded(entry.trainee, entry.released))
        != (short_hash(folder.submitted(entry.trainee, entry.released).read_bytes()), keys[entry.released.assignment])
    ]


class Converter:
    """nbgrader's Autograde on one submission at a time, into a work folder that is then moved into place.

    Args:
        root: the grading folder.
    """

    def __init__(self, root: Path) -> None:
        from nbgrader.converters import Autograde
        from nbgrader.coursedir import CourseDirectory

        self._log = _Messages()
        config = folder_config(root)
        config.CourseDirectory.autograded_directory = WORK
        self._coursedir = CourseDirectory(config=config)
        logger = logging.Logger("peercourse.autograde")
        logger.addHandler(self._log)
        self._autograde = Autograde(coursedir=self._coursedir, config=config, parent=None, log=logger)
        self._work = root / WORK
        remove_folder(self._work)

    def run(self, entry: Submitted, folder: GradingFolder) -> str:
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
        place = folder.autograded(entry.trainee, entry.released).parent
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


def _present_key(gradebook: Any, released: Released) -> str:
    from nbgrader.api import MissingEntry

    try:
        cells = gradebook.find_notebook(released.quiz, released.assignment).source_cells
    except MissingEntry:
        raise GradingError(f"The gradebook does not know {released.assignment}; run: peercourse quiz release") from None
    return key_hash({cell.name: cell.source for cell in cells if cell.locked})


def _made_of(path: Path) -> tuple[str, str] | None:
    """Bytes and keys that a scored notebook was made of."""
    try:
        made = json.loads(path.read_text(encoding="utf-8"))["metadata"]["peercourse"]
        return made["submitted"], made["key"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
