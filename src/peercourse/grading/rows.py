"""Reading the gradebook by its tables: what grading asks of it, without an object for every row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.exc import SQLAlchemyError

from peercourse.grading.files import GradingError
from peercourse.grading.folder import Released
from peercourse.grading.scorer import key_hash
from peercourse.grading.settled import Mark

ASSIGNMENT: Any = Assignment.__table__
NOTEBOOK: Any = Notebook.__table__
CELL: Any = BaseCell.__table__
SOURCE: Any = SourceCell.__table__
SUBMISSION: Any = SubmittedAssignment.__table__
SUBMITTED: Any = SubmittedNotebook.__table__
GRADE: Any = Grade.__table__
COMMENT: Any = Comment.__table__


@dataclass(frozen=True)
class Cells:
    """A released quiz as the gradebook knows it.

    Attributes:
        assignment: the assignment's row.
        notebook: its notebook's row.
        graded: rows of the cells that carry points, by ``grade_id``.
        answered: rows of the answer cells, by ``grade_id``.
        blank: released sources of the cells that are not locked, by ``grade_id``.
        key: a hash of the locked ones, keys and guides included.
    """

    assignment: str
    notebook: str
    graded: Mapping[str, str]
    answered: Mapping[str, str]
    blank: Mapping[str, str]
    key: str


def find_cells(connection: Connection, released: Released) -> Cells:
    """Look a released quiz up.

    Raises:
        GradingError: the gradebook does not know it, or not as peercourse releases it.
    """
    found = connection.execute(
        select(ASSIGNMENT.c.id, NOTEBOOK.c.id, NOTEBOOK.c.name)
        .join(NOTEBOOK, NOTEBOOK.c.assignment_id == ASSIGNMENT.c.id)
        .where(ASSIGNMENT.c.name == released.assignment)
    ).all()
    if [row[2] for row in found] != [released.quiz]:
        raise GradingError(f"The gradebook does not know {released.assignment}; run: peercourse quiz release")
    assignment, notebook, _ = found[0]
    cells = connection.execute(select(CELL.c.type, CELL.c.name, CELL.c.id).where(CELL.c.notebook_id == notebook)).all()
    sources = connection.execute(
        select(SOURCE.c.locked, SOURCE.c.name, SOURCE.c.source).where(SOURCE.c.notebook_id == notebook)
    ).all()
    return Cells(
        assignment=assignment,
        notebook=notebook,
        graded={name: cell for kind, name, cell in cells if kind == GradeCell.__name__},
        answered={name: cell for kind, name, cell in cells if kind == SolutionCell.__name__},
        blank={name: source for locked, name, source in sources if not locked},
        key=key_hash({name: source for locked, name, source in sources if locked}),
    )


def trainees_with_rows(connection: Connection, cells: Cells) -> set[str]:
    """Everybody who has a row for a quiz."""
    return set(
        connection.scalars(select(SUBMISSION.c.student_id).where(SUBMISSION.c.assignment_id == cells.assignment))
    )


def marks_of(connection: Connection, assignment: str) -> dict[str, tuple[dict[str, Mark], float]]:
    """Points of every cell and what was taken off for lateness, by trainee.

    Args:
        connection: to the gradebook.
        assignment: its name.
    """
    found: dict[str, tuple[dict[str, Mark], float]] = {}
    query = (
        select(
            SUBMISSION.c.student_id, SUBMITTED.c.late_submission_penalty, CELL.c.name, GRADE.c.auto_score,
            GRADE.c.manual_score, GRADE.c.needs_manual_grade, GRADE.c.extra_credit,
        )
        .join(SUBMITTED, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
        .join(GRADE, GRADE.c.notebook_id == SUBMITTED.c.id)
        .join(CELL, CELL.c.id == GRADE.c.cell_id)
        .join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMISSION.c.assignment_id)
        .where(ASSIGNMENT.c.name == assignment)
    )  # fmt: skip
    for trainee, penalty, cell, automatic, by_hand, waits, extra in connection.execute(query):
        points, _ = found.setdefault(trainee, ({}, float(penalty or 0)))
        points[cell] = Mark(automatic, by_hand, bool(waits), extra or 0.0)
    return found


def comments_of(connection: Connection, assignment: str) -> dict[str, dict[str, tuple[str, str]]]:
    """Comments that people wrote, by trainee and cell: the row and its text.

    Args:
        connection: to the gradebook.
        assignment: its name.
    """
    found: dict[str, dict[str, tuple[str, str]]] = {}
    query = (
        select(SUBMISSION.c.student_id, CELL.c.name, COMMENT.c.id, COMMENT.c.manual_comment)
        .join(SUBMITTED, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
        .join(COMMENT, COMMENT.c.notebook_id == SUBMITTED.c.id)
        .join(CELL, CELL.c.id == COMMENT.c.cell_id)
        .join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMISSION.c.assignment_id)
        .where(ASSIGNMENT.c.name == assignment, COMMENT.c.manual_comment.is_not(None))
    )
    for trainee, cell, row, text in connection.execute(query):
        found.setdefault(trainee, {})[cell] = (row, text)
    return found


def clear_comments(connection: Connection, rows: Sequence[str]) -> None:
    """Take out what people wrote; the rows stay."""
    statement = update(COMMENT).where(COMMENT.c.id == bindparam("row")).values(manual_comment=None)
    connection.execute(statement, [{"row": row} for row in rows])


def send_back(connection: Connection, assignment: str, trainee: str, cells: Collection[str]) -> None:
    """Let marks by hand wait for a marker, and take out points on top; the marks stay as they are.

    Args:
        connection: to the gradebook.
        assignment: its name.
        trainee: whose marks these are.
        cells: of the answers that are other ones now, as points are named.
    """
    notebooks = (
        select(SUBMITTED.c.id)
        .join(SUBMISSION, SUBMISSION.c.id == SUBMITTED.c.assignment_id)
        .join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMISSION.c.assignment_id)
        .where(ASSIGNMENT.c.name == assignment, SUBMISSION.c.student_id == trainee)
    )
    named = select(CELL.c.id).where(CELL.c.name.in_(cells))
    theirs = (GRADE.c.notebook_id.in_(notebooks), GRADE.c.cell_id.in_(named))
    connection.execute(update(GRADE).where(*theirs).values(extra_credit=None))
    connection.execute(update(GRADE).where(*theirs, GRADE.c.manual_score.is_not(None)).values(needs_manual_grade=True))


def waiting(connection: Connection) -> set[tuple[str, str]]:
    """Trainee and assignment of every submission with an item that waits for a marker."""
    rows = connection.execute(
        select(SUBMISSION.c.student_id, ASSIGNMENT.c.name)
        .join(SUBMITTED, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
        .join(GRADE, GRADE.c.notebook_id == SUBMITTED.c.id)
        .join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMISSION.c.assignment_id)
        .where(GRADE.c.needs_manual_grade.is_(True))
        .distinct()
    )
    return {(trainee, assignment) for trainee, assignment in rows}


def gradebook_problem(error: SQLAlchemyError) -> GradingError:
    """What a person can do about a gradebook that could not be read or written. Nothing of the batch is in it then."""
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if "locked" in reason:
        return GradingError(
            "Another program is writing in the gradebook (peercourse mark, or a viewer of databases?); "
            "close it, then run: peercourse grade"
        )
    if "full" in reason or "disk" in reason:
        return GradingError(
            f"The gradebook cannot be written ({reason}); make room on the disk, then run: peercourse grade"
        )
    return GradingError(f"The gradebook cannot be used ({reason}); mend that, then run: peercourse grade")
