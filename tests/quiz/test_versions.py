"""A released version stays as trainees saw it."""

from __future__ import annotations

from pathlib import Path

import pytest

from peercourse.content.problems import ContentError
from peercourse.quiz.bank import Quiz, read_bank
from peercourse.quiz.versions import FILE, changes_within_version, read_record, record_release


def test_public_text_changed_within_a_version_is_named(tmp_path: Path, bank: Quiz, bank_text: str) -> None:
    assert record_release([bank], tmp_path) == ["small-v1"]
    assert record_release([bank], tmp_path) == []
    record = read_record(tmp_path)
    assert changes_within_version([bank], record, {}) == []
    path = tmp_path / "small.yml"
    path.write_text(bank_text.replace("Shall we sit?", "Shall we sit down?"), encoding="utf-8")
    (problem,) = changes_within_version([read_bank(path)[0]], record, {"small-v1": "quizzes/small.yml"})
    assert problem.file == "quizzes/small.yml"
    assert "corridor/first" in problem.message
    assert "version: 2" in problem.message


def test_a_new_version_may_differ(tmp_path: Path, bank: Quiz, bank_text: str) -> None:
    record_release([bank], tmp_path)
    path = tmp_path / "small.yml"
    changed = bank_text.replace("Shall we sit?", "Shall we sit down?").replace("version: 1", "version: 2")
    path.write_text(changed, encoding="utf-8")
    new = read_bank(path)[0]
    assert changes_within_version([new, bank], read_record(tmp_path), {}) == []
    assert record_release([new], tmp_path) == ["small-v2"]
    assert set(read_record(tmp_path)) == {"small-v1", "small-v2"}


def test_a_damaged_record_is_said_so(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    with pytest.raises(ContentError, match="is damaged"):
        read_record(tmp_path)
