"""What people gave an attempt, put by before another one is scored in its place."""

from __future__ import annotations

from collections.abc import Sequence

from peercourse.grading.attempts import ByHand, answers_in, keep_by_hand
from peercourse.grading.files import disk_problem
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import Submitted
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.settled import Mark


def put_by(folder: GradingFolder, replaced: Sequence[Submitted]) -> None:
    """Note what people gave attempts, and let nothing of it pass to answers that have changed.

    A changed answer waits for a mark of its own, also where the program gives it as many points as the old one. Points
    on top and comments are taken out of the gradebook: with the old comment under it, the trainee would read about
    words that are not there any more.

    Args:
        folder: the grading folder, held by its one writer.
        replaced: submissions that were scored and are about to be scored again, with other answers.

    Raises:
        GradingError: the gradebook or a record of marks cannot be used.
    """
    if not replaced:
        return
    from sqlalchemy.exc import SQLAlchemyError

    from peercourse.grading.rows import clear_comments, comments_of, gradebook_problem, marks_of, send_back

    with open_gradebook(folder.root, folder.db_url) as gradebook:
        try:
            with gradebook.engine.connect() as connection:
                names = {entry.released.assignment for entry in replaced}
                rows = {name: (marks_of(connection, name), comments_of(connection, name)) for name in names}
            outdated, others = [], []
            for entry in replaced:
                all_marks, all_comments = rows[entry.released.assignment]
                points, penalty = all_marks.get(entry.trainee, ({}, 0.0))
                comments = all_comments.get(entry.trainee, {})
                written = {cell: text for cell, (_, text) in comments.items()}
                extra = {cell: mark.extra for cell, mark in points.items() if mark.extra}
                given = ByHand(marks=_settled(points), extra=extra, comments=written, penalty=penalty)
                before = keep_by_hand(folder, entry.trainee, entry.released, given)
                by_hand = {cell for cell, mark in points.items() if mark.by_hand is not None or mark.extra}
                if before is not None and (comments or by_hand):
                    after = _answers(folder, entry)
                    outdated += [row for cell, (row, _) in comments.items() if before.get(cell) != after.get(cell)]
                    changed = {item.cell for item in entry.released.items if before.get(item.id) != after.get(item.id)}
                    others += [(entry, changed & by_hand)] if changed & by_hand else []
            if outdated or others:
                with gradebook.engine.begin() as connection:
                    if outdated:
                        clear_comments(connection, outdated)
                    for entry, cells in others:
                        send_back(connection, entry.released.assignment, entry.trainee, cells)
        except SQLAlchemyError as error:
            raise gradebook_problem(error) from error
        except OSError as error:
            raise disk_problem(error, folder.root) from error


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
