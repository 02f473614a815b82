"""Writing the rows of many submissions at once: the same rows as nbgrader's own run, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from nbgrader.api import Student
from sqlalchemy import Connection, bindparam, insert, select, update

from peercourse.grading.rows import ASSIGNMENT, COMMENT, GRADE, SUBMISSION, SUBMITTED, Cells
from peercourse.grading.settled import Mark, needs_marking

STUDENT: Any = Student.__table__
BLANK = "No response."
"""nbgrader's own words for a cell that was left as it was released."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Scored:
    """A submission with its points.

    Attributes:
        trainee: whose it is.
        time: when it was handed in, in UTC without a zone, as nbgrader keeps it; None where that is not known.
        points: points of every cell that carries some, by ``grade_id``; None where a person has to give them.
        blank: whether an answer cell is as it was released, by ``grade_id``.
        by_hand: source of the answers that a person marks, by ``grade_id``.
    """

    trainee: str
    time: datetime | None
    points: Mapping[str, float | None]
    blank: Mapping[str, bool]
    by_hand: Mapping[str, str]


def save(
    connection: Connection, cells: Cells, batch: Sequence[Scored], before: Callable[[str], Mapping[str, str]]
) -> None:
    """Write the rows of a batch. Marks by hand and comments by hand are not touched.

    Args:
        connection: in a transaction of its own.
        cells: the quiz that all of the batch answer.
        batch: the submissions.
        before: the answers of a trainee as they were when they were last scored, by ``grade_id``.
    """
    # Writing this row, though nothing changes, keeps every other writer out before anything is read: SQLite then
    # locks the file, PostgreSQL the row. A mark that is given meanwhile waits, and is not overlooked.
    connection.execute(update(ASSIGNMENT).where(ASSIGNMENT.c.id == cells.assignment).values(name=ASSIGNMENT.c.name))
    _add_students(connection, [scored.trainee for scored in batch])
    submissions = _submissions(connection, cells, batch)
    notebooks, known = _notebooks(connection, cells, submissions)
    _save_points(connection, cells, batch, notebooks, known, before)
    _save_comments(connection, cells, batch, notebooks, known)


def _add_students(connection: Connection, trainees: Sequence[str]) -> None:
    known = set(connection.scalars(select(STUDENT.c.id).where(STUDENT.c.id.in_(trainees))))
    _insert(connection, STUDENT, [{"id": trainee} for trainee in trainees if trainee not in known])


def _submissions(connection: Connection, cells: Cells, batch: Sequence[Scored]) -> dict[str, str]:
    """The row of each trainee's submission; made where there is none, its time brought up to date where there is."""
    query = select(SUBMISSION.c.student_id, SUBMISSION.c.id, SUBMISSION.c.timestamp).where(
        SUBMISSION.c.assignment_id == cells.assignment,
        SUBMISSION.c.student_id.in_([scored.trainee for scored in batch]),
    )
    known = {trainee: (row, time) for trainee, row, time in connection.execute(query)}
    new = [
        {"id": uuid4().hex, "assignment_id": cells.assignment, "student_id": scored.trainee, "timestamp": scored.time}
        for scored in batch
        if scored.trainee not in known
    ]
    _insert(connection, SUBMISSION, new)
    changed = [
        {"row": known[scored.trainee][0], "new_timestamp": scored.time}
        for scored in batch
        if scored.trainee in known and scored.time is not None and scored.time != known[scored.trainee][1]
    ]
    _update(connection, SUBMISSION, changed)
    return {trainee: row for trainee, (row, _) in known.items()} | {row["student_id"]: row["id"] for row in new}


def _notebooks(
    connection: Connection, cells: Cells, submissions: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """The row of each trainee's notebook, and which of them were there before."""
    query = select(SUBMITTED.c.assignment_id, SUBMITTED.c.id, SUBMITTED.c.late_submission_penalty).where(
        SUBMITTED.c.notebook_id == cells.notebook, SUBMITTED.c.assignment_id.in_(list(submissions.values()))
    )
    found = connection.execute(query).all()
    known = {submission: row for submission, row, _ in found}
    new = {submission: uuid4().hex for submission in submissions.values() if submission not in known}
    rows = [
        {"id": row, "assignment_id": submission, "notebook_id": cells.notebook, "flagged": False}
        for submission, row in new.items()
    ]
    _insert(connection, SUBMITTED, rows)
    # As nbgrader's own step does with its setting for late submissions: no penalty.
    late = [{"row": row, "new_late_submission_penalty": None} for _, row, penalty in found if penalty is not None]
    _update(connection, SUBMITTED, late)
    both = known | new
    return {trainee: both[submission] for trainee, submission in submissions.items()}, list(known.values())


def _save_points(
    connection: Connection,
    cells: Cells,
    batch: Sequence[Scored],
    notebooks: Mapping[str, str],
    known: Sequence[str],
    before: Callable[[str], Mapping[str, str]],
) -> None:
    fields = (GRADE.c.id, GRADE.c.auto_score, GRADE.c.manual_score, GRADE.c.needs_manual_grade)
    rows = _present(connection, GRADE, fields, cells.graded, known)
    new, changed = [], []
    for scored in batch:
        notebook, marked = notebooks[scored.trainee], None
        for name, cell in cells.graded.items():
            points, row = scored.points[name], rows.get((notebook, cell))
            if row is None:
                new.append(
                    {
                        "id": uuid4().hex, "notebook_id": notebook, "cell_id": cell, "auto_score": points,
                        "needs_manual_grade": points is None,
                    }
                )  # fmt: skip
                continue
            mark = Mark(row[1], row[2], row[3])
            if mark.by_hand is not None and name in scored.by_hand and marked is None:
                marked = before(scored.trainee)
            same = name not in scored.by_hand or (marked or {}).get(name) == scored.by_hand[name]
            waits = needs_marking(mark, points, same_answer=same)
            if (mark.automatic, mark.waiting) != (points, waits):
                changed.append({"row": row[0], "new_auto_score": points, "new_needs_manual_grade": waits})
    _insert(connection, GRADE, new)
    _update(connection, GRADE, changed)


def _save_comments(
    connection: Connection,
    cells: Cells,
    batch: Sequence[Scored],
    notebooks: Mapping[str, str],
    known: Sequence[str],
) -> None:
    rows = _present(connection, COMMENT, (COMMENT.c.id, COMMENT.c.auto_comment), cells.answered, known)
    new, changed = [], []
    for scored in batch:
        notebook = notebooks[scored.trainee]
        for name, cell in cells.answered.items():
            text, row = BLANK if scored.blank[name] else None, rows.get((notebook, cell))
            if row is None:
                new.append({"id": uuid4().hex, "notebook_id": notebook, "cell_id": cell, "auto_comment": text})
            elif row[1] != text:
                changed.append({"row": row[0], "new_auto_comment": text})
    _insert(connection, COMMENT, new)
    _update(connection, COMMENT, changed)


def _present(
    connection: Connection, table: Any, fields: Sequence[Any], cells: Mapping[str, str], notebooks: Sequence[str]
) -> dict[tuple[str, str], Sequence[Any]]:
    """Rows of notebooks that were there before, by notebook and cell."""
    if not notebooks:
        return {}
    # The cells are named too, so that the table's one index (cell, notebook) is used and the search stays short.
    query = select(table.c.notebook_id, table.c.cell_id, *fields).where(
        table.c.cell_id.in_(list(cells.values())), table.c.notebook_id.in_(notebooks)
    )
    return {(notebook, cell): rest for notebook, cell, *rest in connection.execute(query)}


def _insert(connection: Connection, table: Any, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _update(connection: Connection, table: Any, rows: Sequence[Row]) -> None:
    """Change rows by their id; each ``new_…`` is a column's new value."""
    if rows:
        fields: Row = {name.removeprefix("new_"): bindparam(name) for name in rows[0] if name != "row"}
        connection.execute(update(table).where(table.c.id == bindparam("row")).values(fields), rows)
