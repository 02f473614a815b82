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

from pydantic import Field, TypeAdapter, ValidationError

from peercourse.content.model import ContentModel
from peercourse.grading.files import GradingError, short_hash, write_file
from peercourse.grading.folder import GradingFolder, Released
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


class ByHand(ContentModel):
    """What people gave an attempt.

    Attributes:
        marks: by cell, the points by hand and the program's points at that time.
        extra: by cell, the points on top.
        comments: by cell of the answer.
        penalty: points taken off for lateness.
    """

    marks: Mapping[str, tuple[float, float | None]] = Field(default_factory=dict)
    extra: Mapping[str, float] = Field(default_factory=dict)
    comments: Mapping[str, str] = Field(default_factory=dict)
    penalty: float = 0.0


_RECORD = TypeAdapter(dict[str, ByHand])
"""By digest of the answers."""


def answers_digest(text: str | bytes) -> str:
    """A digest of the answers in a notebook that collect has rebuilt; the same answers give the same.

    Raises:
        ValueError: it is no such notebook.
    """
    return short_hash(repr(sorted(answers_in(text).items())))


def answers_in(text: str | bytes) -> dict[str, str]:
    """Sources of the answer cells in a notebook that collect has rebuilt, without the trainee ID.

    Raises:
        ValueError: it is no such notebook.
    """
    try:
        return dict(_answers(json.loads(text)))
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


def keep_by_hand(folder: GradingFolder, trainee: str, released: Released, given: ByHand) -> dict[str, str] | None:
    """Note what people gave the attempt that was scored last, before another one is scored in its place.

    What was noted before is replaced by something else, never by nothing: after a run that was killed, the gradebook
    may speak of the new attempt already.

    Returns:
        Its answers by cell; None where nobody can say which answers were scored, and nothing was noted.

    Raises:
        GradingError: the record is damaged.
    """
    try:
        text = folder.autograded(trainee, released).read_bytes()
        digest, answers = answers_digest(text), answers_in(text)
    except (OSError, ValueError):
        return None
    if given != ByHand():
        path = _record_file(folder, trainee, released)
        record = _read(path)
        before = record.get(digest, ByHand())
        record[digest] = ByHand(
            marks={**before.marks, **given.marks},
            extra={**before.extra, **given.extra},
            comments={**before.comments, **given.comments},
            penalty=given.penalty or before.penalty,
        )
        write_file(path, _RECORD.dump_json(record, indent=1).decode("utf-8") + "\n")
    return answers


def kept_by_hand(folder: GradingFolder, attempt: Attempt) -> ByHand:
    """What people gave an attempt that was replaced.

    Raises:
        GradingError: the record is damaged.
    """
    return _read(_record_file(folder, attempt.trainee, attempt.released)).get(attempt.digest, ByHand())


def _record_file(folder: GradingFolder, trainee: str, released: Released) -> Path:
    return folder.root / MARKS / trainee / f"{released.assignment}.json"


def _read(path: Path) -> dict[str, ByHand]:
    try:
        return _RECORD.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError):
        raise GradingError(
            f"{path} cannot be read; take it back from a backup, or move it away and lose the marks in it"
        ) from None


def _answers(notebook: Any) -> Iterator[tuple[str, str]]:
    for cell in notebook["cells"]:
        flags = cell["metadata"].get("nbgrader", {})
        if flags.get("solution") and flags["grade_id"] != TRAINEE_CELL:
            yield flags["grade_id"], "".join(cell["source"])
