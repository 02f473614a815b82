"""Points before and after a run that scores again because of a corrected key, also where that run is killed.

Before anything is scored, the points as they are go into a file. It goes away when the list of changes is written. A
run that finds such a file compares with what it says, so the list is whole however often a run was killed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from peercourse.grading.changes import QuizChanges, changes_of, compared, write_list
from peercourse.grading.files import GradingError, write_file
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import Submitted, Why
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.settled import Mark

SNAPSHOT = ".regrading.json"
NAME_FORMAT = "%Y-%m-%dT%H%M%SZ"
"""In file names, so without colons."""

Points = tuple[dict[str, Mark], float]
"""Marks by cell, and what was taken off for lateness."""


@dataclass
class Comparison:
    """A run that is compared.

    Attributes:
        began: when the first run began whose changes these are.
        before: points before it.
        found: submissions that this run looks at.
        pending: those of them that were to be scored when it began.
    """

    folder: GradingFolder
    began: str
    before: dict[Submitted, Points]
    found: frozenset[Submitted]
    pending: frozenset[Submitted]

    @classmethod
    def begin(
        cls, folder: GradingFolder, found: Sequence[Submitted], reasons: Mapping[Submitted, Why], *, whole: bool
    ) -> Comparison:
        """Note the points of what is to be scored again because of keys.

        Args:
            folder: the grading folder, held by its one writer.
            found: submissions that this run looks at.
            reasons: why some of them are to be scored.
            whole: whether these are all submissions of the folder.

        Raises:
            GradingError: the gradebook or the file of a run that was killed cannot be read.
        """
        began, known = _read(folder)
        if not known and Why.KEY not in reasons.values():
            return cls(folder, began, {}, frozenset(), frozenset())
        lying = frozenset(found)
        if whole:
            known = {entry: points for entry, points in known.items() if entry in lying}
        # Other answers have been handed in since: what they earn is no change of a key's.
        before = {entry: points for entry, points in known.items() if reasons.get(entry) is not Why.FILE}
        before |= _points(folder, [entry for entry, why in reasons.items() if why is Why.KEY and entry not in before])
        if before.keys() - known.keys():
            _write(folder, began, before)
        return cls(folder, began, before, lying, frozenset(reasons))

    def end(self, graded: Collection[Submitted]) -> list[QuizChanges]:
        """Compare, and write the lists. What could not be scored is left for the next run.

        Args:
            graded: what was scored in this run.
        """
        if not self.before:
            _snapshot(self.folder).unlink(missing_ok=True)
            return []
        left = self.pending - set(graded)
        done = {entry for entry in self.before if entry in self.found and entry not in left}
        after = _points(self.folder, done)
        by_quiz = defaultdict(list)
        for entry in done & after.keys():
            by_quiz[entry.released].append(entry)
        changes = []
        for released, entries in sorted(by_quiz.items(), key=lambda pair: pair[0].assignment):
            pairs = (compared(entry, self.before[entry][0], *after[entry]) for entry in entries)
            changes.append(write_list(self.folder, changes_of(released, len(entries), pairs), self.began))
        rest = {entry: points for entry, points in self.before.items() if entry not in done}
        if rest:
            _write(self.folder, self.began, rest)
        else:
            _snapshot(self.folder).unlink(missing_ok=True)
        return changes


def _points(folder: GradingFolder, entries: Collection[Submitted]) -> dict[Submitted, Points]:
    if not entries:
        return {}
    from sqlalchemy.exc import SQLAlchemyError

    from peercourse.grading.rows import gradebook_problem, marks_of

    found: dict[Submitted, Points] = {}
    with open_gradebook(folder.root, folder.db_url) as gradebook, gradebook.engine.connect() as connection:
        try:
            rows = {name: marks_of(connection, name) for name in {entry.released.assignment for entry in entries}}
        except SQLAlchemyError as error:
            raise gradebook_problem(error) from error
    for entry in entries:
        if points := rows[entry.released.assignment].get(entry.trainee):
            found[entry] = points
    return found


def _snapshot(folder: GradingFolder) -> Path:
    return folder.root / SNAPSHOT


def _read(folder: GradingFolder) -> tuple[str, dict[Submitted, Points]]:
    """When it began and the points before, from a run that was killed; now, and nothing, where there is none."""
    path = _snapshot(folder)
    if not path.exists():
        return datetime.now(UTC).strftime(NAME_FORMAT), {}
    released = folder.read()
    try:
        record: Any = json.loads(path.read_text(encoding="utf-8"))
        before = {
            Submitted(trainee, released[assignment]): _read_points(entry)
            for assignment, trainees in record["before"].items()
            for trainee, entry in trainees.items()
            if assignment in released
        }
        return str(record["began"]), before
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise GradingError(
            f"{path} is damaged; delete it and run again: all will be scored, but the list of changes will lack what "
            "the run before had done"
        ) from None


def _read_points(entry: Mapping[str, Any]) -> Points:
    return {cell: Mark(*mark) for cell, mark in entry["marks"].items()}, float(entry["penalty"])


def _write(folder: GradingFolder, began: str, before: Mapping[Submitted, Points]) -> None:
    record: dict[str, dict[str, Any]] = defaultdict(dict)
    for entry, (marks, penalty) in before.items():
        rows = {cell: [mark.automatic, mark.by_hand, mark.waiting, mark.extra] for cell, mark in marks.items()}
        record[entry.released.assignment][entry.trainee] = {"marks": rows, "penalty": penalty}
    write_file(_snapshot(folder), json.dumps({"began": began, "before": record}) + "\n")
