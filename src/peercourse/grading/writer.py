"""One writer at a time: whoever changes a grading folder holds its lock, and who else comes is told who that is."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from peercourse.grading.files import GradingError

LOCK = ".writer.lock"
HOLDER = ".writer.txt"
"""Who holds the lock, in words. A file of its own, since Windows lets nobody read a locked one."""


@contextmanager
def one_writer(root: Path, command: str) -> Iterator[None]:
    """Hold the grading folder's lock; within one process it may be taken again.

    The operating system gives the lock back when a process ends, however it ends: a run that was killed leaves two
    small files and no lock.

    Args:
        root: the grading folder; there already.
        command: what the holder is called, for whoever has to wait.

    Raises:
        GradingError: somebody else holds it, or the drive knows no locks.
    """
    lock = FileLock(root / LOCK, is_singleton=True, fallback_to_soft=False)
    outermost = not lock.is_locked
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise GradingError(f"{_holder(root)} is writing in {root}; wait until it has ended, then run again") from None
    except NotImplementedError:
        raise GradingError(
            f"The drive of {root} cannot lock files, so two runs could spoil each other's work; "
            "move the folder to a drive of this computer"
        ) from None
    try:
        if outermost:
            started = f"{datetime.now().astimezone():%H:%M}"
            (root / HOLDER).write_text(f"{command} (since {started}, process {os.getpid()} on {platform.node()})")
        yield
    finally:
        if outermost:
            with suppress(OSError):  # somebody may be reading it; the next holder writes it anew
                (root / HOLDER).unlink(missing_ok=True)
        lock.release()


def _holder(root: Path) -> str:
    try:
        return (root / HOLDER).read_text() or "Another command"
    except (OSError, ValueError):
        return "Another command"
