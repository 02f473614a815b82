"""A child process that is killed with SIGKILL at a chosen moment: at any call, or just before a step that decides.

Moments are counted inside the calls of one function, by Python's own profiling. Their number differs a little from
run to run, since caches fill; the deciding steps (a rename, a flush to the disk, a commit) are the same each time.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from children import in_child

FILE_STEPS = (os.rename, os.replace, os.fsync)
EARLY = 0.9
"""Part of the counted moments that every run reaches for certain."""


def decides(event: str, called: Any) -> bool:
    """Whether something is about to happen that decides what a later run finds."""
    if event != "c_call":
        return False
    return called in FILE_STEPS or (called.__name__ == "commit" and isinstance(called.__self__, sqlite3.Connection))


@dataclass(frozen=True)
class Moments:
    """The moments inside a function while something is done.

    Attributes:
        act: what is done.
        owner: where the function stands; it may be called several times.
        name: its name.
    """

    act: Callable[[], Any]
    owner: Any
    name: str

    def count(self, folder: Path) -> tuple[int, int]:
        """How many moments there are, and how many deciding steps, in a child; a folder for what it says."""
        found = [0, 0]

        def watch(_frame: Any, event: str, called: Any) -> None:
            found[0] += 1
            found[1] += decides(event, called)

        def run() -> None:
            self._watched(watch)
            (folder / "count").write_text("{} {}".format(*found))

        assert in_child(run) == 0
        moments, steps = (folder / "count").read_text().split()
        return int(moments), int(steps)

    def kill(self, moment: int, *, step: bool) -> None:
        """Do it in a child that is killed at a moment, or just before a deciding step; both counted from 1."""
        left = [moment]

        def watch(_frame: Any, event: str, called: Any) -> None:
            left[0] -= not step or decides(event, called)
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        assert in_child(lambda: self._watched(watch)) == -signal.SIGKILL, f"moment {moment} was not reached"

    def killings(self, folder: Path, number: int) -> Iterator[Callable[[], None]]:
        """Functions that do it and are killed: at random moments, then before each deciding step.

        Args:
            folder: for what is counted.
            number: how many random moments.
        """
        moments, steps = self.count(folder)
        chosen = random.Random(20).sample(range(1, int(moments * EARLY)), number)  # noqa: S311  (the same each time)
        for moment in chosen:
            yield lambda moment=moment: self.kill(moment, step=False)  # type: ignore[misc]
        for place in range(1, steps + 1):
            yield lambda place=place: self.kill(place, step=True)  # type: ignore[misc]

    def _watched(self, watch: Callable[[Any, str, Any], None]) -> None:
        function = getattr(self.owner, self.name)

        def watched(*arguments: Any, **options: Any) -> Any:
            sys.setprofile(watch)
            try:
                return function(*arguments, **options)
            finally:
                sys.setprofile(None)

        setattr(self.owner, self.name, watched)  # in the child alone
        self.act()
