"""Which files are attempts, how many there may be, and which one takes its place in the gradebook: pure rules.

The institution's choice is copied into the grading folder by ``peercourse quiz release``, since collecting and grading
need nothing else of the course.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from pydantic import ValidationError

from peercourse.content.host_rules import AttemptRules
from peercourse.grading.files import GradingError, write_file
from peercourse.grading.folder import Released

RULES = "rules.json"


class Fate(Enum):
    """What becomes of a file."""

    TAKEN = auto()
    """It is what the gradebook is about from now on."""
    KEPT = auto()
    """It is a further attempt and lies beside."""
    KNOWN = auto()
    """The same answers are there already: no attempt."""
    TOO_MANY = auto()
    """No further attempt is allowed; it stays in the inbox."""


@dataclass(frozen=True)
class HandedIn:
    """A file's answers, as a digest, and when it was handed in, to the second."""

    digest: str
    time: datetime


def read_rules(root: Path) -> AttemptRules:
    """The rules of a grading folder; the last attempt counts, and there is no limit, where nobody has set any.

    Raises:
        GradingError: the file is damaged.
    """
    path = root / RULES
    try:
        return AttemptRules.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return AttemptRules()
    except (OSError, ValidationError):
        raise GradingError(f"{path} is damaged; delete that file and run: peercourse quiz release") from None


def write_rules(root: Path, rules: AttemptRules) -> bool:
    """Copy the institution's rules into a grading folder.

    Returns:
        Whether they are other ones than before.
    """
    try:
        if read_rules(root) == rules:
            return False
    except GradingError:
        pass  # what is damaged is written anew
    write_file(root / RULES, rules.model_dump_json(indent=1) + "\n")
    return True


def rules_for(rules: AttemptRules, released: Released) -> AttemptRules:
    """The rules as they hold for a quiz. Where nobody passes or fails, and for an observer's sheet, there are none."""
    return rules if released.kind == "quiz" and released.pass_mark is not None else AttemptRules()


def fates(
    present: HandedIn | None, others: Collection[str], files: Sequence[HandedIn], rules: AttemptRules, *, allowed: bool
) -> list[Fate]:
    """What becomes of the files of one trainee for one quiz.

    Args:
        present: what the gradebook is about; None where there is nothing yet.
        others: digests of the other attempts that are kept.
        files: by time.
        rules: the institution's.
        allowed: whether the trainer grants one attempt more than there are now.

    Returns:
        A fate for each file; at most one is taken.
    """
    attempts = {*others, *([present.digest] if present else [])}
    most = max(rules.most, len(attempts) + 1) if rules.most and allowed else rules.most
    decided: list[Fate] = []
    for file in files:
        new = file.digest not in attempts
        if present is not None and file.digest == present.digest:
            fate = Fate.KNOWN
        elif new and most and len(attempts) >= most:
            fate = Fate.TOO_MANY
        elif present is None or _replaces(file, present, rules, new=new):
            decided = [Fate.KEPT if earlier is Fate.TAKEN else earlier for earlier in decided]
            fate, present = Fate.TAKEN, file
        else:
            fate = Fate.KEPT if new else Fate.KNOWN
        if fate is not Fate.TOO_MANY:
            attempts.add(file.digest)
        decided.append(fate)
    return decided


def _replaces(file: HandedIn, present: HandedIn, rules: AttemptRules, *, new: bool) -> bool:
    """Whether a file takes the place of the present one.

    With ``best`` the later one does as well: it has to be scored and marked before anybody knows which is better.
    """
    if rules.counts == "first":
        return file.time < present.time
    # Known answers of the same second are the file that was replaced, found in the inbox again.
    return file.time >= present.time if new else file.time > present.time
