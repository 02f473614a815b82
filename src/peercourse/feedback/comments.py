"""What markers wrote about answers, out of nbgrader's gradebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from peercourse.grading.folder import GradingFolder
from peercourse.grading.gradebook import open_gradebook

Comments = Mapping[tuple[str, str], Mapping[str, str]]
"""Comments by cell, for each trainee and assignment. The cell of an answer has the id of its item."""


def read_comments(folder: GradingFolder) -> Comments:
    """Every comment that somebody typed; nbgrader's own ("No response.") are left out.

    Args:
        folder: the grading folder.

    Raises:
        GradingError: the gradebook cannot be opened.
    """
    from nbgrader.api import Assignment, BaseCell, Comment, SubmittedAssignment, SubmittedNotebook

    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    with open_gradebook(folder.root, folder.db_url) as gradebook:
        query = (
            gradebook.db.query(SubmittedAssignment.student_id, Assignment.name, BaseCell.name, Comment.manual_comment)
            .select_from(Comment)
            .join(SubmittedNotebook, Comment.notebook_id == SubmittedNotebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .join(BaseCell, Comment.cell_id == BaseCell.id)
        )
        for trainee, assignment, cell, text in query:
            if text and text.strip():
                found[trainee, assignment][cell] = text
    return found
