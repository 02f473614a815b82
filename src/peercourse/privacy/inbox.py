"""Files of a person outside the grading folder: in an inbox, or in a download from a learning platform."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from peercourse.grading.answers import NotPlainError, read_assignment
from peercourse.grading.files import GradingError
from peercourse.grading.inbox import Candidate, read_inbox
from peercourse.privacy.names import Names
from peercourse.privacy.search import Step, search_files
from peercourse.quiz.notebook import TRAINEE_CELL, TRAINEE_VARIABLE


@dataclass
class InboxFiles:
    """What lies in an inbox.

    Attributes:
        theirs: files of answers that somebody's ID stands in as the trainee's; these may be deleted.
        in_archives: the same inside zip files, which are never changed.
        mentioned: other files in which the ID stands.
    """

    theirs: list[Path] = field(default_factory=list)
    in_archives: list[str] = field(default_factory=list)
    mentioned: list[str] = field(default_factory=list)


def search_inbox(inbox: Path, grading: Path, names: Names, step: Step) -> InboxFiles:
    """Look for people in an inbox, without changing it.

    Args:
        inbox: a folder.
        grading: the grading folder, which is left out.
        names: whom to look for.
        step: told of each file.

    Raises:
        GradingError: there is no such folder, or it holds the grading folder.
    """
    place = inbox.resolve()
    if not place.is_dir():
        raise GradingError(f"{inbox} is no folder; give the folder with the files that were handed in")
    if place == grading.resolve() or place in grading.resolve().parents or grading.resolve() in place.parents:
        raise GradingError(f"{inbox} holds the grading folder or lies in it; give the folder with the inbox alone")
    found = InboxFiles()
    for name in _answers_of(inbox, names):
        if (inbox / name).is_file():
            found.theirs.append(inbox / name)
        else:
            found.in_archives.append(name)
    known = {path.relative_to(inbox).as_posix() for path in found.theirs}
    named = [name for name in search_files(inbox, names, step).named if name not in known]
    found.mentioned = [f"{name}/, a folder" if (inbox / name).is_dir() else name for name in named]
    return found


def _answers_of(inbox: Path, names: Names) -> Iterator[str]:
    """Files of answers by somebody, as the list of an inbox names them."""
    for entry in read_inbox(inbox):
        if isinstance(entry, Candidate) and names.is_named(_trainee(entry.data)):
            yield entry.name


def _trainee(data: bytes) -> str:
    """The ID in a file of answers; empty where it is none, or holds none."""
    try:
        for cell in json.loads(data.decode("utf-8-sig"))["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == TRAINEE_CELL:
                return str(read_assignment("".join(cell["source"]), TRAINEE_VARIABLE))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NotPlainError):
        pass
    return ""
