"""Imports a workbook into copies of a grading folder, and is killed in each at another point.

    python killed.py WORKBOOK FOLDER FOLDER FOLDER FOLDER

One process that loads the program once, has no threads, and forks a child for each death.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import nbgrader.api  # noqa: F401  (loaded before the children are made)
from sqlalchemy.orm import Session

from peercourse.grading.folder import GradingFolder
from peercourse.marking import importing

POINTS = ((Session, "flush"), (importing, "write_file"), (Path, "replace"), (Session, "commit"))


def die_at(owner: object, name: str, workbook: Path, folder: Path) -> str:
    """The signal that ended an import; empty where it came through."""
    child = os.fork()
    if child == 0:
        setattr(owner, name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        try:
            importing.import_marks(GradingFolder(folder), [workbook])
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else ""


if __name__ == "__main__":
    workbook, *folders = map(Path, sys.argv[1:])
    for (owner, name), folder in zip(POINTS, folders, strict=True):
        print(die_at(owner, name, workbook, folder))
