"""What scoring again would change, without changing anything."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import attrgetter

from peercourse.grading.changes import QuizChanges, changes_of, compared
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import Why, submissions_of, why_pending
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.rescore import open_scorer, points_of
from peercourse.grading.settled import Mark, needs_marking


def preview(
    folder: GradingFolder,
    trainee: str | None = None,
    step: Callable[[int, int, str], None] = lambda _done, _all, _name: None,
) -> list[QuizChanges]:
    """Compare the points in the gradebook with those by the keys that it has now.

    Args:
        folder: the grading folder. Nothing is written in it.
        trainee: this trainee's submissions alone.
        step: told how many of how many are done, and whose turn it is.

    Returns:
        What would change, for each quiz whose keys were corrected since it was scored.

    Raises:
        GradingError: nothing was released, or the gradebook or a release cannot be used.
    """
    from peercourse.grading.rows import marks_of

    found = submissions_of(folder, folder.require(), trainee)
    touched = [entry for entry, why in why_pending(folder, found).items() if why is Why.KEY]
    touched.sort(key=lambda entry: entry.released.assignment)
    changes, done = [], 0
    with open_gradebook(folder.root, folder.db_url) as gradebook:
        for released, entries in groupby(touched, key=attrgetter("released")):
            scorer = open_scorer(gradebook, folder, released)
            with gradebook.engine.connect() as connection:
                rows = marks_of(connection, released.assignment)
            rescored, compared_with = [], 0
            for entry in entries:
                step(done, len(touched), entry.trainee)
                done += 1
                earned = points_of(scorer, folder.submitted(entry.trainee, released))
                if earned is None or entry.trainee not in rows:
                    continue
                before, penalty = rows[entry.trainee]
                after = {cell: _again(mark, earned.get(cell)) for cell, mark in before.items()}
                rescored.append(compared(entry, before, after, penalty))
                compared_with += 1
            changes.append(changes_of(released, compared_with, rescored))
    return changes


def _again(before: Mark, automatic: float | None) -> Mark:
    """An item's row after it was scored again, with the same answer."""
    return Mark(automatic, before.by_hand, needs_marking(before, automatic, same_answer=True), before.extra)
