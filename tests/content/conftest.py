"""A copy of the course that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from peercourse.content.checks import check_course
from peercourse.content.course import load_course
from peercourse.content.problems import ContentError

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("book", "modules", "quizzes", "evidence", "index.md", "institution.yml", "_toc.yml", "_config.yml")


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    root.mkdir()
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, root / part)
        else:
            shutil.copy(source, root / part)
    return root


@pytest.fixture
def problems_after(course_copy: Path) -> Callable[..., list[str]]:
    """Change text in one file of the copy and give back what a check then says."""

    def change(file: str, old: str, new: str) -> list[str]:
        path = course_copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        try:
            return [str(problem) for problem in check_course(load_course(course_copy))]
        except ContentError as error:
            return [str(problem) for problem in error.problems]

    return change
