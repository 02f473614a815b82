"""The retention date: every grading command says when it has passed, and --due removes those whose time is over."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from peercourse.cli import main
from peercourse.content.host_rules import RetentionRules
from peercourse.demo.marker import DemoSettings, write_marker
from peercourse.grading.retention import months_later, past_retention

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def course(cohort: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder around the cohort, to set the date in."""
    place = Path(cohort.folder.root).parent
    for name in ("institution.yml", "_toc.yml"):
        shutil.copy(ROOT / name, place / name)
    monkeypatch.chdir(place)
    return place


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def keep(course: Path, rule: str) -> None:
    text = (ROOT / "institution.yml").read_text(encoding="utf-8")
    (course / "institution.yml").write_text(f"{text}\nretention: {rule}\n", encoding="utf-8")


def test_every_command_says_so_once_the_date_has_passed(cohort: Any, course: Path) -> None:
    line = f"The retention date, 2020-01-31, has passed: 5 trainees' data still lie in {course / 'grading'}."
    assert "retention" not in run("scores").output
    keep(course, "{until: 2999-01-31}")
    assert "retention" not in run("scores").output
    keep(course, "{until: 2020-01-31}")
    for words in (["scores"], ["grade"], ["collect", str(cohort.desk.inbox)], ["forget", "--due", "--dry-run"]):
        result = run(*words)
        assert result.stderr.startswith(line), words
        assert result.exit_code == 0
    assert run("scores", "--csv", "-").stdout.startswith("trainee,")  # the line is not among the rows
    write_marker(course / "grading", DemoSettings(trainees=5, seed=1))
    assert "retention" not in run("scores").output  # nobody's data


def test_due_removes_everybody_whose_time_is_over(cohort: Any, course: Path, eye: Any) -> None:
    assert "sets no retention" in run("forget", "--due").output
    keep(course, "{months: 6}")
    assert run("forget", "--due").output == "Nobody's time is over. Nothing was removed.\n"
    for name in ("quill-7", "rook-1"):
        stamp = course / "grading" / "submitted" / name / "corridor-v1" / "timestamp.txt"
        stamp.write_text("2020-02-03 10:00:00 UTC\n")
    assert "6 months after the last hand-in, is over: 2 trainees' data" in run("scores").stderr
    result = run("forget", "--due", "--yes")
    assert result.exit_code == 0, result.output
    assert "Of quill-7, rook-1 this lies in" in result.output
    assert "the IDs stand in none." in result.output
    assert eye.places_of(course / "grading", ("quill-7", "rook-1", "heron")) == []
    assert sorted(path.name for path in (course / "grading" / "submitted").iterdir()) == ["quill", "sable-2", "tarn-3"]
    keep(course, "{until: 2020-01-31}")
    assert run("forget", "--due", "--yes").exit_code == 0
    assert eye.places_of(course / "grading", ("sable-2", "tarn-3", "quill")) == []


def test_the_day_itself_is_not_over_yet(cohort: Any) -> None:
    day = RetentionRules(until=date(2027, 6, 30))
    assert past_retention(cohort.folder.root, day, date(2027, 6, 30)) == frozenset()
    assert len(past_retention(cohort.folder.root, day, date(2027, 7, 1))) == 5
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 1), 12) == date(2027, 12, 1)
    with pytest.raises(ValueError, match="write one of them"):
        RetentionRules(until=date(2027, 6, 30), months=3)


@pytest.mark.parametrize("stamp", ["2107-12-31 23:59:58 UTC", "9999-12-31 23:59:59 UTC"])
def test_a_file_from_the_future_keeps_nobody_for_ever(cohort: Any, course: Path, stamp: str) -> None:
    """A file's time is whatever somebody's computer or zip program wrote; the folder's is when it was taken in."""
    keep(course, "{months: 6}")
    place = course / "grading" / "submitted" / "quill-7" / "corridor-v1"
    (place / "timestamp.txt").write_text(f"{stamp}\n")
    assert run("forget", "--due").output == "Nobody's time is over. Nothing was removed.\n"
    os.utime(place, (1_580_000_000, 1_580_000_000))
    (course / "grading" / "submitted" / "rook-1" / "corridor-v1" / "timestamp.txt").write_text(
        "2020-02-03 10:00:00 UTC"
    )
    assert "2 trainees' data still lie" in run("scores").stderr
    assert "Of quill-7, rook-1 this lies in" in run("forget", "--due", "--dry-run").output


def test_one_of_two_retention_rules(cohort: Any, course: Path) -> None:
    keep(course, "{until: 2027-06-30, months: 3}")
    result = run("forget", "--due")
    assert (result.exit_code, "has both until and months" in result.output) == (1, True)
