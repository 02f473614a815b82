"""The demo as a trainer meets it: through the real steps, labelled, alike every time, and nowhere near real answers."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from peercourse.cli import main
from peercourse.demo.marker import DemoSettings, is_synthetic, read_marker
from peercourse.demo.place import is_there
from peercourse.grading.answers import read_words
from peercourse.grading.collect import collect
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade
from peercourse.grading.scores import WAITING, item_rows, quiz_rows
from peercourse.quiz.notebook import TRAINEE_CELL

FOUR = DemoSettings(trainees=4, seed=1)
NOT_ALIKE = {"gradebook.db"}
"""nbgrader gives its rows random keys."""


def bytes_of(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in NOT_ALIKE]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["demo", *arguments])


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(made: Any, make: Any, tmp_path: Path) -> None:
    folder, _ = made
    make(tmp_path / "demo-cohort")
    assert bytes_of(tmp_path / "demo-cohort") == bytes_of(folder)
    make(tmp_path / "other", seed=2)
    ours, theirs = bytes_of(folder), bytes_of(tmp_path / "other")
    assert all(theirs.get(name) != ours[name] for name in ours if name.startswith("inbox/"))


def test_every_file_is_taken_in_but_the_one_that_readme_explains(made: Any, tmp_path: Path) -> None:
    folder, report = made
    files = [path for path in folder.rglob("*.ipynb") if path.parts[len(folder.parts)].startswith("inbox")]
    assert len(files) == len(report.files.all) == report.taken + 1
    ((name, why),) = report.refused
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    assert "is not in trainees.csv" in why
    assert f"inbox/{name} is not taken in" in readme
    assert f"{report.files.later.person.id} handed {report.files.later.quiz.id} in twice" in readme
    assert report.failed == ()
    # A folder without the demo's list takes every file of the inbox in, and has nothing to remark on any.
    fresh, demo = GradingFolder(tmp_path / "grading"), GradingFolder(folder / "grading")
    shutil.copytree(demo.root / "release", fresh.root / "release")
    fresh.write(demo.read())
    again = collect(folder / "inbox", fresh)
    assert not again.refused
    assert [entry.remarks for entry in again.taken] == [()] * (len(files) - 1)


def test_all_is_scored_marking_waits_and_the_later_file_counts(made: Any) -> None:
    folder, report = made
    grading = GradingFolder(folder / "grading")
    rows = quiz_rows(grading)
    assert len(rows) == report.scored == report.taken - 1
    assert {row.trainee for row in rows} <= {f"demo-00{number}" for number in range(1, 5)}
    assert any(row.passed == WAITING for row in rows)
    assert grade(grading).graded == []
    later = report.files.later
    assert len(list((grading.root / "earlier" / later.person.id).glob("*/*"))) == 1
    (row,) = [row for row in rows if (row.trainee, row.quiz) == (later.person.id, later.quiz.id)]
    assert row.submitted_at == f"{later.time:%Y-%m-%d %H:%M} UTC"


def test_marks_are_those_of_the_guide_and_only_where_they_were_asked_for(make: Any, tmp_path: Path) -> None:
    report = make(tmp_path / "demo-cohort", trainees=3, marked=True)
    grading = GradingFolder(tmp_path / "demo-cohort" / "grading")
    rows = [row for row in item_rows(grading) if row.type == "written"]
    assert report.marked == sum(row.marked == "by hand" for row in rows) > 0
    assert not [row for row in quiz_rows(grading) if row.passed == WAITING]
    for row in rows:
        (path,) = (grading.root / "submitted" / row.trainee).glob("corridor-v1/*.ipynb")
        cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]}
        words, _ = read_words(cells["your-words"])
        assert row.score == 2 * ("That sounds heavy." in words) + 2 * ("What was it like?" in words)
    assert "A program marked them" in (tmp_path / "demo-cohort" / "README.txt").read_text(encoding="utf-8")


def test_all_is_labelled_as_made_up(made: Any) -> None:
    folder, _ = made
    assert "ALL OF THIS IS MADE UP" in (folder / "README.txt").read_text(encoding="utf-8")
    assert read_marker(folder) == read_marker(folder / "grading") == FOUR
    assert not is_synthetic(folder / "inbox")
    for roster in (folder / "trainees.csv", folder / "grading" / "trainees.csv"):
        with roster.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["id"] for row in rows] == [f"demo-00{number}" for number in range(1, 5)]
        assert all("made up" in row["note"] for row in rows)
    written = []
    for path in folder.glob("inbox*/*/*.ipynb"):
        cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}
        assert '"demo' in cells[TRAINEE_CELL]
        written += [cells[name] for name in cells if name == "your-words"]
    assert written
    assert all(words.startswith(("(made up) ", "Write your answer here.")) for words in written)


def test_nothing_else_is_touched_and_nothing_is_left_behind(make: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "grading").mkdir()
    (tmp_path / "grading" / "trainees.csv").write_text("id\nnurse-17\n")
    before = bytes_of(tmp_path)
    make(tmp_path / "demo-cohort", trainees=3)
    assert {name: found for name, found in bytes_of(tmp_path).items() if not name.startswith("demo-cohort/")} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo-cohort", "grading"]


def test_a_run_that_was_killed_is_run_again_and_one_that_fails_leaves_nothing(
    make: Callable[..., Any], tmp_path: Path
) -> None:
    half = tmp_path / ".demo-cohort.part"
    half.mkdir()
    (half / "synthetic.json").write_text('{"made_by": "peercourse demo", "trainees": 9, "seed": 9, "marked": false}')
    (half / "inbox").mkdir()
    make(tmp_path / "demo-cohort", trainees=3)
    assert read_marker(tmp_path / "demo-cohort") == DemoSettings(3, 1)
    (tmp_path / ".other.part").mkdir()
    with pytest.raises(GradingError, match="is in the way"):
        make(tmp_path / "other")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".other.part", "demo-cohort"]


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "holiday"
    foreign.mkdir()
    (foreign / "photo.jpg").write_bytes(b"sun")
    (tmp_path / "file").write_text("x")
    for folder in (foreign, tmp_path / "file"):
        result = run("--folder", str(folder))
        assert result.exit_code == 1
        assert (
            result.output == f"{folder} is there already and is no demo, so it was left alone; give another --folder\n"
        )
    assert [path.name for path in foreign.iterdir()] == ["photo.jpg"]


def test_it_never_lies_among_real_answers(released_elsewhere: Path, tmp_path: Path) -> None:
    for folder in (tmp_path / "grading", tmp_path / "grading" / "demo", released_elsewhere / "demo"):
        with pytest.raises(GradingError, match="is for real answers"):
            is_there(folder, FOUR, tmp_path / "grading")


@pytest.fixture
def released_elsewhere(tmp_path: Path) -> Path:
    """Another group's grading folder, under a name of its own."""
    (tmp_path / "autumn").mkdir()
    (tmp_path / "autumn" / "quizzes.json").write_text("{}")
    return tmp_path / "autumn"


def test_a_demo_that_is_there_is_kept_with_its_marks(made: Any) -> None:
    folder, _ = made
    before = bytes_of(folder)
    result = run("--trainees", "4", "--folder", str(folder))
    assert result.exit_code == 0
    assert "Nothing was changed." in result.output
    assert f"Next: peercourse scores --grading {folder / 'grading'}" in result.output
    result = run("--trainees", "5", "--folder", str(folder))
    assert result.exit_code == 1
    assert "holds another demo (4 trainees, seed 1), and perhaps marks of yours" in result.output
    assert bytes_of(folder) == before


def test_a_path_that_nbgrader_cannot_read_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    result = run("--folder", str(tmp_path / "demo[1]"))
    assert result.exit_code == 1
    assert "nbgrader cannot read" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"made_by": "somebody", "trainees": 1, "seed": 1, "marked": true}', "\udc80"]
)
def test_a_marker_that_is_not_ours_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "synthetic.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert not is_synthetic(tmp_path)
