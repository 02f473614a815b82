"""Marks of the answers that lie in the grading folder now, out of the ledger: for the report and for feedback."""

from __future__ import annotations

from collections.abc import Iterable

from peercourse.grading.folder import GradingFolder
from peercourse.grading.result import Result
from peercourse.grading.results import WRITTEN
from peercourse.marking.ledger import Ledger, MarkedAnswer, read_ledger
from peercourse.marking.model import answer_hash

Place = tuple[str, str, str]
"""Assignment, trainee and item."""


def present_marks(folder: GradingFolder, results: Iterable[Result]) -> dict[Place, MarkedAnswer]:
    """Marks of answers as they stand; those of words that were handed in before are left out.

    Args:
        folder: the grading folder.
        results: what lies there.

    Returns:
        In the order of assignments, items and trainees.

    Raises:
        GradingError: a ledger is damaged.
    """
    ledgers: dict[str, Ledger] = {}
    found: dict[Place, MarkedAnswer] = {}
    for result in results:
        released = result.released
        if released.quiz not in ledgers:
            ledgers[released.quiz] = read_ledger(folder, released.quiz)
        ledger = ledgers[released.quiz]
        for one in result.items if ledger and result.scored else ():
            if one.item.type == WRITTEN:
                entry = ledger.get((released.version, one.item.id, result.trainee, answer_hash(str(one.answer))))
                if entry is not None:
                    found[released.assignment, result.trainee, one.item.id] = entry
    return dict(sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][2], pair[0][1])))
