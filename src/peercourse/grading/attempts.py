"""A trainee's attempts at a quiz, as they lie in the grading folder, and the marks of those that were replaced.

nbgrader's gradebook has one place for a trainee and a quiz. What it is about lies in ``submitted/``; every other
attempt lies in ``earlier/``. Points of an earlier attempt are computed from its file whenever somebody asks, by the
present keys. Only what a person gave cannot be computed: it is noted in ``attempts/`` before a new file is scored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from peercourse.grading.files import GradingError, short_hash, write_file
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.settled import Mark
from peercourse.quiz.notebook import TRAINEE_CELL

SHELF = "earlier"
"""Attempts that are not in ``submitted/``: those that were replaced, and with ``counts: first`` the later ones."""
MARKS = "attempts"
STAMP = "timestamp.txt"
TIME_FORMAT = "%Y-%m-%d %H:%M:%S UTC"


@dataclass(frozen=True)
class Attempt:
    """A file with answers that no other attempt has.

    Attributes:
        path: the notebook.
        digest: of its answers.
        time: when it was handed in, in UTC; None where nobody knows.
        present: whether the gradebook is about it.
    """

    trainee: str
    released: Released
    path: Path
    digest: str
    time: datetime | None
    present: bool


@dataclass(frozen=True)
class ByHand:
    """What people gave an attempt.

    Attributes:
        marks: by cell, the points by hand and the program's points at that time.
        penalty: points taken off for lateness.
    """

    marks: Mapping[str, tuple[float, float | None]]
    penalty: float


def answers_digest(text: str | bytes) -> str:
    """A digest of the answers in a notebook that collect has rebuilt; the same answers give the same.

    Raises:
        ValueError: it is no such notebook.
    """
    try:
        return short_hash(repr(sorted(_answers(json.loads(text)))))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("it is no notebook") from error


def read_time(place: Path) -> datetime | None:
    """When what lies in a folder was handed in, as collect wrote it."""
    try:
        return datetime.strptime((place / STAMP).read_text().strip(), TIME_FORMAT).replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None


def shelf(folder: GradingFolder, trainee: str, released: Released) -> Path:
    """Where a trainee's other attempts lie, a folder each."""
    return folder.root / SHELF / trainee / released.assignment


def attempts_of(folder: GradingFolder, trainee: str, released: Released) -> list[Attempt]:
    """A trainee's attempts at a quiz, the first one first. Answers that lie there several times are one attempt."""
    found: dict[str, Attempt] = {}
    present = folder.submitted(trainee, released)
    for path in (present, *sorted(shelf(folder, trainee, released).glob(f"*/{released.quiz}.ipynb"))):
        try:
            digest = answers_digest(path.read_bytes())
        except (OSError, ValueError):
            continue
        time, known = read_time(path.parent), found.get(digest)
        if known is None:
            found[digest] = Attempt(trainee, released, path, digest, time, path == present)
        elif time is not None and (known.time is None or time < known.time):
            found[digest] = Attempt(trainee, released, known.path, digest, time, known.present)
    return sorted(
        found.values(), key=lambda attempt: (attempt.time or datetime.max.replace(tzinfo=UTC), attempt.digest)
    )


def keep_marks(
    folder: GradingFolder, trainee: str, released: Released, rows: Mapping[str, Mark], penalty: float
) -> None:
    """Note what people gave the attempt that was scored last, before another one is scored in its place.

    A mark that was noted before is replaced by another, never by none: after a run that was killed, the gradebook may
    speak of the new attempt already, in which what has changed waits for a marker.
    """
    marks = {
        cell: (row.by_hand, row.automatic) for cell, row in rows.items() if row.by_hand is not None and not row.waiting
    }
    if not marks and not penalty:
        return
    try:
        digest = answers_digest(folder.autograded(trainee, released).read_bytes())
    except (OSError, ValueError):
        return  # nobody can say which answers these marks are about
    path = _marks_file(folder, trainee, released)
    record = _read(path)
    before = record.get(digest, {"marks": {}, "penalty": 0.0})
    record[digest] = {"marks": {**before["marks"], **marks}, "penalty": penalty or before["penalty"]}
    write_file(path, json.dumps(record, indent=1, sort_keys=True) + "\n")


def kept_marks(folder: GradingFolder, attempt: Attempt) -> ByHand:
    """What people gave an attempt that was replaced.

    Raises:
        GradingError: the file is damaged.
    """
    path = _marks_file(folder, attempt.trainee, attempt.released)
    entry = _read(path).get(attempt.digest, {"marks": {}, "penalty": 0.0})
    try:
        marks = {str(cell): (float(given), automatic) for cell, (given, automatic) in entry["marks"].items()}
        return ByHand(marks, float(entry["penalty"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _damaged(path) from None


def _marks_file(folder: GradingFolder, trainee: str, released: Released) -> Path:
    return folder.root / MARKS / trainee / f"{released.assignment}.json"


def _read(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise _damaged(path) from None
    if not isinstance(record, dict):
        raise _damaged(path)
    return record


def _damaged(path: Path) -> GradingError:
    return GradingError(f"{path} cannot be read; take it back from a backup, or move it away and lose these marks")


def _answers(notebook: Any) -> Iterator[tuple[str, str]]:
    for cell in notebook["cells"]:
        flags = cell["metadata"].get("nbgrader", {})
        if flags.get("solution") and flags["grade_id"] != TRAINEE_CELL:
            yield flags["grade_id"], "".join(cell["source"])
