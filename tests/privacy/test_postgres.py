"""The same on a real PostgreSQL: rows go, and those of others stay."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from peercourse.cli import main
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_rows_in_a_postgresql_gradebook_are_removed_and_searched(
    cohort: Any, eye: Any, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    folder = GradingFolder(cohort.folder.root, database)
    (folder.root / "gradebook.db").unlink()
    release_quizzes([cohort.desk.quiz], folder.root, lambda _: None, database)
    shutil.rmtree(folder.root / "autograded")
    assert len(grade(folder).graded) == 5
    before = eye.all_rows(folder)
    result = CliRunner().invoke(main, ["forget", eye.gone, "--yes", "--grading", str(folder.root), "--db", database])
    assert result.exit_code == 0, result.output
    assert "- rows in postgresql://" in result.output
    assert "and the gradebook in" in result.output
    after = eye.all_rows(folder)
    assert after < before
    assert len(before - after) == 3 + 7 + 8
    assert not any("quill-7" in row for row in after)
    assert not (folder.root / "gradebook.db").exists()
