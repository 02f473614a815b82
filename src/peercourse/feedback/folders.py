"""Files in ``grading/feedback``: each ends in a line that says of what it was made, with a checksum of all before it.

So a run sees what is up to date, and what somebody has changed since, which is left alone. The line is a comment in
HTML and in PDF; whoever was interrupted while writing left the old file or the new one, and either tells by itself.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from peercourse.grading.files import GradingError

FEEDBACK = "feedback"
PAGE, PDF = ".html", ".pdf"
_COMMENTS = {PAGE: (b"<!-- ", b" -->\n"), PDF: (b"%", b"\n")}
_SEAL = re.compile(rb"(?:<!-- |%)peercourse feedback, made of ([0-9a-f]{64}), checksum ([0-9a-f]{64})(?: -->)?\n\Z")
_LONGEST_SEAL = 200


class State(Enum):
    """What lies where a file is to be."""

    MISSING = auto()
    CURRENT = auto()
    """It was made of the same."""
    OLD = auto()
    """It was made by this program, of something else."""
    FOREIGN = auto()
    """Somebody made or changed it by hand."""


@dataclass(frozen=True)
class FeedbackFolder:
    """A trainee's feedback on a quiz in one version."""

    root: Path
    trainee: str
    assignment: str
    quiz: str

    @property
    def path(self) -> Path:
        """The folder that is sent to the trainee."""
        return self.root / FEEDBACK / self.trainee / self.assignment

    def file(self, ending: str) -> Path:
        """The page or the PDF; its name says of which quiz, since it will lie among other downloads."""
        return self.path / f"feedback-{self.quiz}{ending}"


def state_of(path: Path, made_of: str) -> State:
    """What lies where a file is to be that is made of this."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return State.MISSING
    seal = _SEAL.search(content[-_LONGEST_SEAL:])
    if seal is None:
        return State.FOREIGN
    body = content[: len(content) - len(seal[0])]
    if hashlib.sha256(body).hexdigest().encode() != seal[2]:
        return State.FOREIGN
    return State.CURRENT if seal[1] == made_of.encode() else State.OLD


def made_of(path: Path) -> str | None:
    """What a file says that it was made of, if it is as this program wrote it."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    seal = _SEAL.search(content[-_LONGEST_SEAL:])
    source = seal[1].decode() if seal else None
    return source if source is not None and state_of(path, source) is State.CURRENT else None


def write_sealed(path: Path, content: bytes, made_of: str) -> None:
    """Write a file with its last line, under a temporary name first.

    Raises:
        GradingError: it cannot be written.
    """
    body = content if content.endswith(b"\n") else content + b"\n"
    before, after = _COMMENTS[path.suffix]
    checksum = hashlib.sha256(body).hexdigest()
    seal = before + f"peercourse feedback, made of {made_of}, checksum {checksum}".encode() + after
    temporary = path.parent / f".{path.name}.part"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(body + seal)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise GradingError(f"{path} cannot be written ({error.strerror}); mend that, then run the same again") from None


def feedback_folders(root: Path) -> Iterator[Path]:
    """Every folder of feedback on a quiz, in the order of trainees and assignments."""
    yield from sorted(place for place in (root / FEEDBACK).glob("*/*") if place.is_dir() and not place.is_symlink())


def remove_made(folder: Path) -> tuple[int, list[Path]]:
    """Remove from a folder the files that this program made, and the folder where nothing is left in it.

    Args:
        folder: feedback on a result that is no more.

    Returns:
        How many files were removed, and those that somebody made or changed and that are left.
    """
    removed, left = 0, []
    for path in sorted(folder.iterdir()):
        if path.name.endswith(".part"):
            path.unlink()
        elif path.is_file() and path.suffix in _COMMENTS and state_of(path, "") is State.OLD:
            path.unlink()
            removed += 1
        else:
            left.append(path)
    for place in (folder, folder.parent):
        if not any(place.iterdir()):
            place.rmdir()
    return removed, left
