"""What was released stays as it was: the public side of a bank cannot change within a version.

``quizzes/released.json`` holds a fingerprint of every released version. Trainees of one version must have answered the
same questions, so a change of public text, ids, order or maximum points needs a new version; keys and rationales may be
corrected, and the cohort regraded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from peercourse.content.problems import ContentError, Problem
from peercourse.quiz.bank import Quiz, fingerprints

FILE = "released.json"
Record = dict[str, dict[str, str]]


def read_record(folder: Path) -> Record:
    """Fingerprints by assignment; empty where nothing was released yet.

    Raises:
        ContentError: the file is damaged.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): {str(part): str(mark) for part, mark in parts.items()} for name, parts in record.items()}
    except (ValueError, AttributeError, OSError) as error:
        message = f"is damaged ({error}); take it back from version control"
        raise ContentError([Problem(f"{folder.name}/{FILE}", 0, "", message)]) from None


def changes_within_version(quizzes: Iterable[Quiz], record: Record, names: Mapping[str, str]) -> list[Problem]:
    """Released banks whose public side is no longer what was released.

    Args:
        quizzes: banks as they stand, current and archived.
        record: fingerprints of what was released.
        names: file name of each bank, by assignment, for messages.
    """
    problems = []
    for quiz in quizzes:
        released = record.get(quiz.assignment)
        now = fingerprints(quiz)
        if released is None or released == now:
            continue
        changed = sorted(part for part in released.keys() | now.keys() if released.get(part) != now.get(part))
        listed = ", ".join(changed)
        problems.append(
            Problem(
                names.get(quiz.assignment, quiz.assignment), 0, "version",
                f"{quiz.assignment} was released, and what trainees see has changed since ({listed}); take the change "
                f"back, or {_keep_old(quiz)}write 'version: {quiz.version + 1}'",
            )
        )  # fmt: skip
    return problems


def _keep_old(quiz: Quiz) -> str:
    """An older bank is still needed, for answers that come late. An older observation sheet is not."""
    return f"copy the old bank to archive/{quiz.assignment}.yml and " if quiz.kind == Quiz.kind else ""


def record_release(quizzes: Iterable[Quiz], folder: Path) -> list[str]:
    """Add fingerprints of banks that were not released before.

    Returns:
        Assignments that are new in the record.
    """
    record = read_record(folder)
    new = {quiz.assignment: fingerprints(quiz) for quiz in quizzes if quiz.assignment not in record}
    if new:
        text = json.dumps({**record, **new}, indent=1, sort_keys=True, ensure_ascii=False)
        temporary = folder / f".{FILE}.part"
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(folder / FILE)
    return sorted(new)
