"""Writing files so that a run that is killed leaves either the old file or the new one, never half of one."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path


class GradingError(Exception):
    """A grading command cannot go on. The message is one sentence for the person who started it."""


def disk_problem(error: OSError, root: Path) -> GradingError:
    """What a trainer is told when the disk is full, or a file cannot be written while submissions are scored."""
    return GradingError(
        f"{error.filename or root} cannot be written ({error.strerror}); "
        "mend that or make room on the disk, then run: peercourse grade"
    )


def write_file(path: Path, text: str) -> None:
    """Write a text file as :func:`write_bytes` does.

    Args:
        path: the file; its folder is made where missing.
        text: its content, written as UTF-8 with line feeds on every system.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file under a temporary name beside it, then rename it.

    Args:
        path: the file; its folder is made where missing.
        content: all of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{path.name}.part"
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def remove_folder(path: Path) -> None:
    """Remove a folder, also where nbgrader made its files read-only. Nothing happens where there is none."""
    if not path.exists():
        return
    for file in path.rglob("*"):
        if file.is_file() and not file.is_symlink():
            file.chmod(0o644)
    shutil.rmtree(path)


def short_hash(data: bytes | str) -> str:
    """SHA-256 as hexadecimal text."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
