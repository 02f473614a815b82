"""What people gave an attempt, put by before another one is scored in its place."""

from __future__ import annotations

from collections.abc import Sequence

from peercourse.grading.attempts import ByHand, answers_in, keep_by_hand
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import Submitted
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.settled import Mark


def put_by(folder: GradingFolder, replaced: Sequence[Submitted]) -> None:
    """Note marks and comments of attempts, and take comments on answers that have changed out of the gradebook.

    The new answer waits for a mark of its own; with the old comment under it, the trainee would read about words that
    are not there any more.

    Args:
        folder: the grading folder, held by its one writer.
        replaced: submissions that were scored and are about to be scored again, with other answers.

    Raises:
        GradingError: the gradebook or a record of marks cannot be used.
    """
    if not replaced:
        return
    from sqlalchemy.exc import SQLAlchemyError

    from peercourse.grading.rows import clear_comments, comments_of, gradebook_problem, marks_of

    with open_gradebook(folder.root, folder.db_url) as gradebook:
        try:
            with gradebook.engine.connect() as connection:
                names = {entry.released.assignment for entry in replaced}
                rows = {name: (marks_of(connection, name), comments_of(connection, name)) for name in names}
            outdated = []
            for entry in replaced:
                all_marks, all_comments = rows[entry.released.assignment]
                points, penalty = all_marks.get(entry.trainee, ({}, 0.0))
                comments = all_comments.get(entry.trainee, {})
                written = {cell: text for cell, (_, text) in comments.items()}
                given = ByHand(marks=_settled(points), comments=written, penalty=penalty)
                before = keep_by_hand(folder, entry.trainee, entry.released, given)
                if before is not None and comments:
                    after = _answers(folder, entry)
                    outdated += [row for cell, (row, _) in comments.items() if before.get(cell) != after.get(cell)]
            if outdated:
                with gradebook.engine.begin() as connection:
                    clear_comments(connection, outdated)
        except SQLAlchemyError as error:
            raise gradebook_problem(error) from error
        except OSError as error:
            raise GradingError(
                f"{error.filename or folder.root} cannot be written ({error.strerror}); "
                "mend that or make room on the disk, then run: peercourse grade"
            ) from error


def _settled(points: dict[str, Mark]) -> dict[str, tuple[float, float | None]]:
    """Marks by hand that count; where a marker is waited for, the points are those of other words."""
    return {
        cell: (mark.by_hand, mark.automatic)
        for cell, mark in points.items()
        if mark.by_hand is not None and not mark.waiting
    }


def _answers(folder: GradingFolder, entry: Submitted) -> dict[str, str]:
    try:
        return answers_in(folder.submitted(entry.trainee, entry.released).read_bytes())
    except (OSError, ValueError):
        return {}
