"""The whole round on a real nbgrader: released, handed in, collected, graded, marked, and on the list."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from peercourse.cli import main
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.grade import grade
from peercourse.grading.scores import ItemRow, QuizRow, csv_text, item_rows, quiz_rows, table
from peercourse.quiz.release import release_notebooks

NBGRADER = Path(sys.executable).with_name("nbgrader")


def run(desk: Any, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--grading", str(desk.folder.root)])
    assert result.exit_code == 0, result.output
    return result.output


def test_from_handed_in_file_to_score(desk: Any, tools: Any) -> None:
    desk.put("a.ipynb", desk.answered("Nurse-17", words="That sounds heavy. What was it like?"))
    desk.put("b.ipynb", desk.answered("porter-3"))
    desk.put("c.ipynb", desk.release | {"cells": desk.answered("blank-1", {})["cells"]})
    assert "Next: peercourse grade" in run(desk, "collect", str(desk.inbox))
    assert "1 submission waits" in run(desk, "grade")
    rows = {row.trainee: row for row in quiz_rows(desk.folder)}
    assert (rows["nurse-17"].score, rows["nurse-17"].passed) == (tools["AUTOMATIC"], "waiting for marking")
    assert (rows["porter-3"].score, rows["porter-3"].passed) == (tools["AUTOMATIC"], "yes")
    assert (rows["blank-1"].score, rows["blank-1"].passed) == (0, "no")
    desk.marked("nurse-17", 4)
    rows = {row.trainee: row for row in quiz_rows(desk.folder)}
    assert (rows["nurse-17"].score, rows["nurse-17"].maximum, rows["nurse-17"].percent) == (17.5, 17.5, 100)
    assert rows["nurse-17"].passed == "yes"
    assert "nurse-17" in run(desk, "scores")
    items = [(row.item, row.type, row.score, row.marked) for row in item_rows(desk.folder) if row.trainee == "nurse-17"]
    assert items[0] == ("first-words", "single", 2, "automatically")
    assert items[-1] == ("your-words", "written", 4, "by hand")


def test_blank_written_answers_are_not_on_the_desk(desk: Any, tools: Any) -> None:
    desk.put("a.ipynb", desk.answered("nurse-17", words=" \n\t "))
    desk.put("b.ipynb", desk.answered("nurse-18", words="Something"))
    desk.collect()
    grade(desk.folder)
    assert desk.grades("nurse-17")[tools["WRITTEN"]] == (0, None, False)
    assert desk.grades("nurse-18")[tools["WRITTEN"]] == (None, None, True)


def test_grading_again_keeps_marks_and_sends_back_only_what_changed(desk: Any, tools: Any) -> None:
    written = tools["WRITTEN"]
    for name in ("nurse-17", "nurse-18"):
        desk.put(f"{name}.ipynb", desk.answered(name, words="First words"))
    desk.collect()
    grade(desk.folder)
    desk.marked("nurse-17", 3)
    desk.marked("nurse-18", 2)
    report = grade(desk.folder, again=True)
    assert len(report.graded) == 2
    assert desk.grades("nurse-17")[written] == (None, 3, False)
    desk.put("nurse-18.ipynb", desk.answered("nurse-18", words="Other words"))
    desk.collect()
    assert [row.passed for row in quiz_rows(desk.folder)] == ["yes", "not scored yet"]
    report = grade(desk.folder)
    assert [entry.trainee for entry in report.graded] == ["nurse-18"]
    assert desk.grades("nurse-18")[written] == (None, 2, True)
    assert grade(desk.folder).graded == []


def test_one_trainee_alone(desk: Any) -> None:
    for name in ("nurse-17", "nurse-18"):
        desk.put(f"{name}.ipynb", desk.answered(name))
    desk.collect()
    run(desk, "grade", "--trainee", "NURSE-17")
    assert [row.passed for row in quiz_rows(desk.folder)] == ["yes", "not scored yet"]
    result = CliRunner().invoke(main, ["grade", "--trainee", "nobody", "--grading", str(desk.folder.root)])
    assert result.exit_code == 1
    assert result.output.strip().endswith("first run: peercourse collect")


def test_one_broken_submission_does_not_stop_the_rest(desk: Any) -> None:
    for name in ("nurse-17", "nurse-18", "nurse-19"):
        desk.put(f"{name}.ipynb", desk.answered(name))
    desk.collect()
    desk.folder.submitted("nurse-18", desk.released).write_text("{}")
    result = CliRunner().invoke(main, ["grade", "--grading", str(desk.folder.root)])
    assert result.exit_code == 1
    assert "Scored 2, up to date 0, not scored 1." in result.output
    assert "- nurse-18, corridor-v1: " in result.output
    assert "Traceback" not in result.output
    assert [row.passed for row in quiz_rows(desk.folder)] == ["yes", "not scored yet", "yes"]


def test_release_twice_changes_nothing_and_a_new_key_scores_again(desk: Any, tools: Any, tmp_path: Path) -> None:
    desk.put("a.ipynb", desk.answered("nurse-17"))
    desk.collect()
    grade(desk.folder)
    said: list[str] = []
    before = {path: path.stat().st_mtime_ns for path in (desk.folder.root / "release").rglob("*")}
    assert release_quizzes([desk.quiz], desk.folder.root, said.append).unchanged == ("corridor-v1",)
    assert said == []
    assert before == {path: path.stat().st_mtime_ns for path in (desk.folder.root / "release").rglob("*")}
    corrected = tools["BANK"].replace("points: 0.5", "points: 1").replace("level: amber", "level: red")
    quiz = tools["bank_of"](corrected, tmp_path)
    assert release_quizzes([quiz], desk.folder.root, said.append).written == ("corridor-v1",)
    assert [row.passed for row in quiz_rows(desk.folder)] == ["not scored yet"]
    assert len(grade(desk.folder).graded) == 1
    assert desk.grades("nurse-17")["how-much-help-score"] == (2, None, False)  # amber where red is right now


def test_an_edited_settings_file_is_left_alone(desk: Any) -> None:
    path = desk.folder.root / "nbgrader_config.py"
    ours = path.read_text()
    assert release_quizzes([desk.quiz], desk.folder.root).config_beside is None
    path.write_text(ours + "c.CourseDirectory.groupshared = False\n")
    beside = release_quizzes([desk.quiz], desk.folder.root).config_beside
    assert beside is not None
    assert beside.read_text() == ours
    assert path.read_text().endswith("groupshared = False\n")


def test_the_release_is_the_one_on_the_site(desk: Any) -> None:
    released = desk.folder.release(desk.released).read_text(encoding="utf-8")
    assert release_notebooks([desk.quiz]) == {"corridor": released}


@pytest.mark.slow
def test_nbgraders_own_commands_give_the_same_scores_and_feedback_without_keys(desk: Any) -> None:
    answers = desk.best() | {"in-order": ["a", "b", "c", "d"], "how-much-help": {"1": "red", "2": "red", "3": "red"}}
    desk.put("a.ipynb", desk.answered("nurse-17", answers, "My own words"))
    desk.put("b.ipynb", desk.answered("nurse-18"))
    desk.collect()
    grade(desk.folder)
    ours = {name: desk.grades(name) for name in ("nurse-17", "nurse-18")}
    for command in ("autograde", "generate_feedback"):
        arguments = [str(NBGRADER), command, "corridor-v1", "--force"]
        done = subprocess.run(arguments, cwd=desk.folder.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert {name: desk.grades(name) for name in ours} == ours
    assert grade(desk.folder).graded == []  # what nbgrader's command scored counts as scored
    pages = list((desk.folder.root / "feedback").rglob("*.html"))
    assert len(pages) == 2
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "Write what you would say." in text
        for secret in ("HIDDEN", "def score", "KEY-", "GUIDE-", "MARK SCHEME", "cdnjs"):
            assert secret not in text


def test_scores_as_csv(desk: Any, tmp_path: Path) -> None:
    desk.put("a.ipynb", desk.answered("nurse-17"))
    desk.collect()
    grade(desk.folder)
    run(desk, "scores", "--csv", str(tmp_path / "out" / "scores.csv"))
    (row,) = csv.DictReader(io.StringIO((tmp_path / "out" / "scores.csv").read_text(encoding="utf-8")))
    assert (row["trainee"], row["quiz"], row["version"]) == ("nurse-17", "corridor", "1")
    assert (row["score"], row["maximum"], row["percent"], row["passed"]) == ("13.5", "17.5", "77.1", "yes")
    assert len(list(csv.reader(io.StringIO(run(desk, "scores", "--items", "--csv", "-"))))) == 8
    assert "is a folder" in CliRunner().invoke(
        main, ["scores", "--csv", str(tmp_path), "--grading", str(desk.folder.root)]
    ).output  # fmt: skip


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@sum", "\tx", 'a,"b"', "two\nlines"])
def test_csv_cells_are_quoted_and_no_formulas(value: str) -> None:
    (cell,) = next(csv.reader(io.StringIO(csv_text([[value]]), newline="")))
    assert cell == (f"'{value}" if value[0] in "=+-@\t" else value)


def test_empty_tables_have_their_heading(desk: Any) -> None:
    assert table(quiz_rows(desk.folder), QuizRow) == [
        ["trainee", "quiz", "version", "score", "maximum", "percent", "passed", "submitted at"]
    ]
    assert len(table(item_rows(desk.folder), ItemRow)) == 1


def test_whoever_named_a_folder_is_told_to_name_it_again_and_no_table_is_touched(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes next is named as for the folder of the course; another group's must not be taken by mistake."""
    root = str(desk.folder.root)
    line = f"(For the same folder, add to the next command: --grading {root})"
    said = CliRunner().invoke(main, ["grade", "--grading", root])
    assert said.stdout.splitlines()[-1] == "Next: peercourse scores"
    assert said.stderr.splitlines() == [line]
    assert CliRunner().invoke(main, ["scores", "--csv", "-", "--grading", root]).stderr == ""


def test_nothing_released_yet_is_one_sentence(tmp_path: Path) -> None:
    for command in (["collect", str(tmp_path)], ["grade"], ["scores"], ["mark", "--no-browser"]):
        result = CliRunner().invoke(main, [*command, "--grading", str(tmp_path / "grading")])
        assert result.exit_code == 1
        assert result.output.strip().endswith("first run: peercourse quiz release")
        assert result.output.strip().count("\n") == 0
    assert not (tmp_path / "grading").exists()
