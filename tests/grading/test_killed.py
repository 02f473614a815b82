"""Killed at any point, collect and grade are simply run again, and all is as if nothing had happened."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from children import in_child

from peercourse.grading.collect import collect
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, so that nothing of this process is lost")


def killed(act: Callable[[], Any], at: int, events: list[tuple[Any, str]]) -> bool:
    """Do something in a child process that is killed with SIGKILL just before the given event.

    Args:
        act: what to do.
        at: which of the events, counted from 1.
        events: owners and names of the functions whose calls are counted.

    Returns:
        Whether it came that far.
    """
    count = 0

    def deadly(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return call

    def act_and_die() -> None:
        for owner, name in events:
            setattr(owner, name, deadly(getattr(owner, name)))  # in the child alone
        act()

    return in_child(act_and_die) == -signal.SIGKILL


def contents(root: Path, *folders: str) -> dict[str, bytes]:
    paths = [path for folder in folders for path in (root / folder).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def test_collect_killed_at_every_point(desk: Any, tmp_path: Path) -> None:
    root = desk.folder.root
    for name in ("nurse-17", "nurse-18"):
        os.utime(desk.put(f"{name}.ipynb", desk.answered(name, {})), (1_700_000_000, 1_700_000_000))
    desk.collect()
    for name in ("nurse-17", "nurse-18", "nurse-19"):
        os.utime(desk.put(f"{name}.ipynb", desk.answered(name)), (1_700_000_500, 1_700_000_500))
    before = tmp_path / "before"
    shutil.copytree(root, before)
    desk.collect()
    expected = contents(root, "submitted", "earlier")
    assert sum(name.endswith(".ipynb") for name in expected) == 5
    point = 0
    while True:
        point += 1
        disturbed = tmp_path / f"disturbed-{point}"
        shutil.copytree(before, disturbed)
        folder = GradingFolder(disturbed)
        events = [(Path, name) for name in ("rename", "replace", "mkdir", "rmdir")] + [(os, "fsync")]
        if not killed(lambda: collect(desk.inbox, folder), point, events):  # noqa: B023
            break
        for path in (disturbed / "submitted").rglob("*.ipynb"):  # whole or not there, at any time
            assert path.read_bytes().endswith(b"}\n")
        collect(desk.inbox, folder)
        assert contents(disturbed, "submitted", "earlier") == expected
        shutil.rmtree(disturbed)
    assert point > 20


@pytest.mark.slow
def test_grade_through_nbgrader_killed_at_many_points(desk: Any, tmp_path: Path) -> None:
    from nbconvert.writers import FilesWriter
    from sqlalchemy.orm import Session

    root = desk.folder.root
    for name in ("nurse-17", "nurse-18"):
        desk.put(f"{name}.ipynb", desk.answered(name, words="Mine"))
    desk.collect()
    grade(desk.folder, engine="nbgrader")
    desk.marked("nurse-17", 3)
    desk.put("nurse-18.ipynb", desk.answered("nurse-18", {}, words="Mine"))
    desk.put("nurse-19.ipynb", desk.answered("nurse-19"))
    desk.collect()
    before = tmp_path / "before"
    shutil.copytree(root, before)
    names = ("nurse-17", "nurse-18", "nurse-19")
    grade(desk.folder, engine="nbgrader")
    scored = contents(root, "autograded")
    grades = {name: desk.grades(name) for name in names}
    events = [(Path, "rename"), (Session, "commit"), (FilesWriter, "write"), (shutil, "rmtree")]
    points = [1, 3, 8, 15, 20, 23, 24, 25, 26, 27, 28, 40]
    for point in points:
        shutil.rmtree(root)
        shutil.copytree(before, root)
        assert killed(lambda: grade(desk.folder, engine="nbgrader"), point, events)
        assert len(grade(desk.folder, engine="nbgrader").failed) == 0
        assert {name: desk.grades(name) for name in names} == grades
        assert contents(root, "autograded") == scored
        assert grade(desk.folder, engine="nbgrader").graded == []
