"""Other processes that a test starts: each is waited for with a limit, so that none can hold up the whole run."""

from __future__ import annotations

import os
import queue
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

LIMIT = 120
"""Seconds that a process may take for one thing: far more than any needs on a busy machine."""
PAUSE = 0.01


def ended(child: int, limit: float = LIMIT) -> int:
    """How a forked child ended: its exit status, or minus the signal. One that does not end is killed, and fails."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(PAUSE)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return pytest.fail(f"a child process did not end within {limit} seconds")


def in_child(act: Callable[[], Any], limit: float = LIMIT) -> int:
    """Do something in a child process, and return how it ended: its exit status, or minus the signal."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    return ended(child, limit)


@contextmanager
def at_the_same_time(act: Callable[[Callable[[], Any]], Any], limit: float = LIMIT) -> Iterator[int]:
    """A child process beside the test, from the moment it says that it has begun; killed at the end.

    Args:
        act: what to do; it is given what to call when it has begun.
        limit: seconds that it may take to begin.

    Yields:
        The number of the process.
    """
    arrived, arrive = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(LIMIT)  # in case the test itself is killed
            act(lambda: os.write(arrive, b"x"))
        finally:
            os._exit(0)
    os.close(arrive)
    try:
        ready, _, _ = select.select([arrived], [], [], limit)
        assert ready, f"the child process did not begin within {limit} seconds"
        assert os.read(arrived, 1) == b"x", "the child process ended before it began"
        yield child
    finally:
        os.close(arrived)
        os.kill(child, signal.SIGKILL)
        ended(child)


@dataclass
class Served:
    """A program that serves pages.

    Attributes:
        process: the program.
        address: where it serves, without a slash at the end.
        token: what opens it.
    """

    process: subprocess.Popen[str]
    address: str = ""
    token: str = ""
    _said: list[str] = field(default_factory=list)
    _lines: queue.Queue[str | None] = field(default_factory=queue.Queue)

    def stop(self, limit: float = LIMIT) -> str:
        """Stop it as Ctrl-C does, and return all that it said; it must end well, and in time."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(limit) == 0
        while (line := self._line(limit)) is not None:
            self._said.append(line)
        return "".join(self._said)

    def begin(self, limit: float) -> None:
        """Read what it says until it says where it serves."""
        threading.Thread(target=self._read, daemon=True).start()
        while (line := self._line(limit)) is not None:
            self._said.append(line)
            if found := re.search(r"(http://127\.0\.0\.1:\d+)\S*token=(\S+)", line):
                self.address, self.token = found.groups()
                return
        pytest.fail("".join(self._said))

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:  # to the end, so that the program never waits for a reader
            self._lines.put(line)
        self._lines.put(None)

    def _line(self, limit: float) -> str | None:
        try:
            return self._lines.get(timeout=limit)
        except queue.Empty:
            return pytest.fail(f"nothing was said for {limit} seconds after:\n{''.join(self._said)}")


@contextmanager
def served(command: list[str], limit: float = LIMIT) -> Iterator[Served]:
    """A command that serves pages and says where; it is killed at the end, whatever happened.

    Args:
        command: the program and its arguments.
        limit: seconds that it may take for each line that it says until it serves.
    """
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        start_new_session=True,  # so that whatever it starts is killed with it
    )
    try:
        serving = Served(process)
        serving.begin(limit)
        yield serving
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(limit)
