"""Files that are different people's, it seems, under one trainee ID: when that is so, and what the trainer is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peercourse.grading.attempts import read_time
from peercourse.grading.settings import ORIGIN_FILE
from peercourse.grading.submission import Submission

MOST_OF_ONE = 50
"""Files of one trainee for one quiz in a run. Nobody has as many; beyond it none of them is compared with the rest."""
NAMED = 3
HARMLESS = re.compile(r"[\w .,/()@+&'’~-]+")
"""Names that stand in double quotes in any shell and are still nothing but names."""


@dataclass(frozen=True)
class Accepted:
    """What the grading folder holds of a trainee and quiz."""

    text: str
    origin: str
    time: datetime


def read_accepted(path: Path) -> Accepted | None:
    """What was taken in earlier; None where there is nothing or where it was put there by hand without a time."""
    try:
        text = path.read_text(encoding="utf-8")
        origin = (path.parent / ORIGIN_FILE).read_bytes().decode("utf-8").removesuffix("\n")
    except (OSError, ValueError):
        return None
    time = read_time(path.parent)
    return None if time is None else Accepted(text, origin, time)


def in_doubt(group: Sequence[Submission], accepted: Accepted | None) -> bool:
    """Whether files of one ID differ and come from different people's uploads."""
    uploads = {(submission.origin, submission.text) for submission in group}
    if accepted is not None:
        uploads.add((accepted.origin, accepted.text))
    return len({origin for origin, _ in uploads}) > 1 and len({text for _, text in uploads}) > 1


def doubt(submission: Submission, group: Sequence[Submission], accepted: Accepted | None) -> str:
    """Why a file is left out, and what the trainer can do."""
    others = sorted({other.name for other in group if other.text != submission.text})
    if accepted is not None and accepted.text != submission.text:
        others.insert(0, f"the one taken in earlier from {accepted.origin}")
    if not others:
        others = sorted(other.name for other in group if other is not submission)
    listed = ", ".join(others[:NAMED]) + (f" and {len(others) - NAMED} more" if len(others) > NAMED else "")
    return f"{submission.trainee} has different files from different uploads (see {listed}); {_choose(submission.name)}"


def too_many(name: str, trainee: str) -> str:
    """Why none of a crowd of files is taken in."""
    return f"{trainee} has more than {MOST_OF_ONE} files for this quiz; {_choose(name)}"


def _choose(name: str) -> str:
    """What the trainer types. A trainee chose the name, so one that a shell would read as a command is not offered."""
    if HARMLESS.fullmatch(name):
        return f'say which one counts with --prefer "{name}"'
    return "its name holds signs that a command line may obey, so if it is the one that counts, rename it first"
