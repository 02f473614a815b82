"""The rows of nbgrader's gradebook that marks go into, read at one go and changed in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from peercourse.marking.ledger import MarkedAnswer
from peercourse.marking.model import Mark, Role
from peercourse.marking.settle import comment_of, settle

Place = tuple[str, str, str]
"""Assignment, trainee and cell."""


class GradebookRows:
    """Points and comments of assignments.

    Args:
        gradebook: an open one; its session is not committed here.
        assignments: which.
    """

    def __init__(self, gradebook: Any, assignments: Collection[str]) -> None:
        from nbgrader.api import Comment, Grade

        self._grades = _rows(gradebook, Grade, assignments)
        self._comments = _rows(gradebook, Comment, assignments)

    def has(self, place: Place) -> bool:
        """Whether the gradebook knows an answer."""
        return place in self._grades

    def against(self, place: Place, after: MarkedAnswer) -> str:
        """Why marks may not be entered without asking; empty if they may."""
        grade, points = self._grades[place], settle(after.marks).points
        settled = grade.manual_score is not None and not grade.needs_manual_grade
        if points is None or not settled or grade.manual_score == points:
            return ""
        return f"has {grade.manual_score:g} points in the gradebook, given by hand; the marks give {points:g}"

    def enter(self, place: Place, before: MarkedAnswer | None, after: MarkedAnswer) -> bool:
        """Enter the points that count, and the comments.

        Args:
            place: the answer's row.
            before: its marks before this run; None where there were none.
            after: its marks now.

        Returns:
            Whether points were entered.
        """
        grade, points = self._grades[place], settle(after.marks).points
        if points is None:
            # A replaced mark has made two markers differ: what they had settled counts no more.
            if before is not None and settle(before.marks).points == grade.manual_score is not None:
                grade.needs_manual_grade = True
            return False
        new = bool(grade.needs_manual_grade) or grade.manual_score != points
        if new:
            grade.manual_score, grade.needs_manual_grade = points, False
        if (new or before != after) and (comment := self._comments.get(place)) is not None:
            comment.manual_comment = _comment(comment.manual_comment or "", before, after) or comment.manual_comment
        return new

    def untouched(self, place: Place) -> bool:
        """Whether nobody has ever given points by hand."""
        return self._grades[place].manual_score is None


def with_mark(entry: MarkedAnswer, role: Role, mark: Mark) -> MarkedAnswer:
    """An answer's marks with one put in or replaced."""
    return entry.model_copy(update={"marks": {**entry.marks, role: mark}})


def _comment(present: str, before: MarkedAnswer | None, after: MarkedAnswer) -> str:
    """The comment with the markers' words in it; words of others stay."""
    old, new = comment_of(before.marks) if before else "", comment_of(after.marks)
    if old and old in present:
        return present.replace(old, new)
    return present if new in present else "\n".join(filter(None, [present, new]))


def _rows(gradebook: Any, kind: Any, assignments: Collection[str]) -> dict[Place, Any]:
    from nbgrader.api import Assignment, BaseCell, SubmittedAssignment, SubmittedNotebook

    query = (
        gradebook.db.query(Assignment.name, SubmittedAssignment.student_id, BaseCell.name, kind)
        .select_from(kind)
        .join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(BaseCell, kind.cell_id == BaseCell.id)
        .filter(Assignment.name.in_(assignments))
    )
    return {(assignment, trainee, cell): row for assignment, trainee, cell, row in query}
