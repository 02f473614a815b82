"""What lies in an inbox: notebooks in folders and zip files, read without following, unpacking or trusting anything."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from peercourse.grading.files import GradingError

LARGEST_FILE = 2_000_000
MOST_FILES = 20_000
DEEPEST = 12
ENDINGS = (".ipynb", ".ipynb.json", ".ipynb.txt", ".json")
"""How browsers and phones name a downloaded notebook."""
PASSED_OVER = re.compile(r"(^|/)(\.[^./][^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(/|$)")
"""What systems and Jupyter leave lying about; not worth a line in the list."""
MOODLE = re.compile(r"(?:^|/)(?P<participant>[^/]+_\d+)_assignsubmission_file")


@dataclass(frozen=True)
class Candidate:
    """A file that may be a submission.

    Attributes:
        name: where it lies, as the trainer sees it.
        origin: whose upload it is: Moodle's participant, else the folder.
        data: its bytes.
        time: when it was handed in, by Moodle's zip or the file system.
    """

    name: str
    origin: str
    data: bytes
    time: datetime


@dataclass(frozen=True)
class Refusal:
    """A file that is not taken in, and why."""

    name: str
    why: str


def read_inbox(inbox: Path, leave_out: Path | None = None) -> Iterator[Candidate | Refusal]:
    """Every file in an inbox, as a candidate or with the reason why not. The inbox is never changed.

    Args:
        inbox: a folder, a notebook or a zip file.
        leave_out: a folder that is not searched (the grading folder itself).

    Raises:
        GradingError: there is no such inbox.
    """
    if not inbox.exists() and not inbox.is_symlink():
        raise GradingError(f"{inbox} is not there; give the folder, notebook or zip file that holds the submissions")
    if not inbox.is_dir():
        yield from read_file(inbox, inbox.name)
        return
    for number, path in enumerate(_walk(inbox, leave_out, 0)):
        name = path.relative_to(inbox).as_posix()
        if number >= MOST_FILES:
            yield Refusal(name, f"the inbox holds more than {MOST_FILES:,} files; collect it in parts")
            return
        yield from read_file(path, name)


def read_file(path: Path, name: str) -> Iterator[Candidate | Refusal]:
    """A notebook, or what is in a zip file."""
    from peercourse.grading.zips import read_zip

    if PASSED_OVER.search(name):
        return
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            yield Refusal(name, _kind(status.st_mode))
        elif name.lower().endswith(".zip"):
            yield from read_zip(path, name)
        elif not name.lower().endswith(ENDINGS):
            yield Refusal(name, "it is neither a notebook (.ipynb) nor a zip file")
        elif status.st_size > LARGEST_FILE:
            yield Refusal(name, too_large(status.st_size))
        else:
            data, changed = _read(path)
            yield Candidate(name, origin_of(name), data, datetime.fromtimestamp(changed, UTC))
    except OSError as error:
        yield Refusal(name, f"it cannot be read ({error.strerror})")


def origin_of(name: str) -> str:
    """Moodle's participant in a file's name, else the folder that it lies in; always text that can be written."""
    name = _writable(name)
    return participant_of(name) or str(PurePosixPath(name).parent)


def participant_of(name: str) -> str:
    """Moodle's participant in a file's name; empty where Moodle did not name it."""
    found = MOODLE.search(_writable(name))
    return found.group("participant") if found else ""


def origin_in_zip(name: str, entry: str) -> str:
    """Whose upload an entry of a zip file is.

    Names inside a zip file are those of whoever made it. Where that may be one person who handed it in, they cannot
    make it somebody else's upload.

    Args:
        name: the zip file, as the trainer sees it.
        entry: what the zip file calls the entry.
    """
    if participant := participant_of(name):  # it lies in a participant's folder, so that participant made it
        return participant
    if participant := participant_of(entry):
        # The zip's own name is no origin: two downloads of one Moodle task hold the same participants.
        return str(PurePosixPath(_writable(name)).parent / participant)
    return str(PurePosixPath(_writable(name)) / origin_of(entry))


def _writable(name: str) -> str:
    """A name without bytes that are no UTF-8."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def too_large(size: int) -> str:
    """Why a file of this size is refused."""
    return f"it has {size / 1e6:.1f} MB, and an answer file has at most {LARGEST_FILE / 1e6:.0f} MB"


def _walk(folder: Path, leave_out: Path | None, depth: int) -> Iterator[Path]:
    """Files in a folder and in those below, in the order of their names; links are named, not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        path = Path(entry.path)
        if leave_out is not None and path.resolve() == leave_out.resolve() and not entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False) and depth < DEEPEST and not PASSED_OVER.search(entry.name):
            yield from _walk(path, leave_out, depth + 1)
        else:
            yield path


def _read(path: Path) -> tuple[bytes, float]:
    """A regular file's bytes and time. It may have been swapped since it was looked at, so it is looked at again."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE:
            raise OSError(0, "it changed while it was read")
        return file.read(LARGEST_FILE), status.st_mtime


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "it is a link to another file, not a file"
    if stat.S_ISDIR(mode):
        return "it is a folder that cannot be opened or lies too deep"
    return "it is a pipe or device, not a file"
