"""A key is corrected: what changed for whom, before and after it is done, and however often the run is killed."""

from __future__ import annotations

import csv
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from children import in_child
from click.testing import CliRunner

from peercourse.cli import main
from peercourse.grading import bulk, comparison
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.grade import grade
from peercourse.grading.preview import preview
from peercourse.grading.scores import item_rows, quiz_rows

CHOICES = ("a", "b", "c", "a", "b", "c", "a", "b", "c", "a")  # first-words: 2, 0.5 and 0 points
SECRETS = ("KEY-", "GUIDE-", "Amal:", "def score")


@pytest.fixture
def cohort(desk: Any) -> Any:
    """Ten trainees, scored: some near the pass mark, two with written answers of which one is marked."""
    for number, choice in enumerate(CHOICES):
        words = {3: "What was it like?", 4: "Tell me more."}.get(number, "")
        desk.put(
            f"nurse-{number}.ipynb", desk.answered(f"nurse-{number}", desk.best() | {"first-words": choice}, words)
        )
    desk.collect()
    grade(desk.folder)
    desk.marked("nurse-3", 1)
    return desk


def correct(desk: Any, tools: Any, folder: Path, *changes: tuple[str, str]) -> None:
    text = tools["BANK"]
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    folder.mkdir(exist_ok=True)
    release_quizzes([tools["bank_of"](text, folder)], desk.folder.root, lambda _: None)


THE_OTHER_IS_BEST = (('now?", points: 2', 'now?", points: 0.5'), ('sit?", points: 0.5', 'sit?", points: 2'))
AMBER_IS_RED = ("level: amber", "level: red")


def written(desk: Any) -> list[dict[str, str]]:
    """Rows of all lists."""
    files = sorted((desk.folder.root / "changes").glob("*.csv"))
    return [row for file in files for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())]


def points(desk: Any) -> dict[tuple[str, str], float | None]:
    return {
        (row.trainee, row.item): None if row.marked.startswith("waiting") else row.score
        for row in item_rows(desk.folder)
    }


def run(desk: Any, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--grading", str(desk.folder.root)])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_list_is_the_difference_between_the_scores_before_and_after(
    cohort: Any, tools: Any, tmp_path: Path
) -> None:
    before, passed_before = points(cohort), {row.trainee: row.passed for row in quiz_rows(cohort.folder)}
    correct(cohort, tools, tmp_path / "new", *THE_OTHER_IS_BEST, AMBER_IS_RED)
    report = grade(cohort.folder)
    after, passed_after = points(cohort), {row.trainee: row.passed for row in quiz_rows(cohort.folder)}
    expected = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    assert len(expected) == 17  # ten times how-much-help, seven times first-words
    rows = written(cohort)
    assert {
        (row["trainee"], row["item"]): (float(row["points before"]), float(row["points after"])) for row in rows
    } == expected
    for row in rows:
        assert (row["passed before"], row["passed after"]) == (
            passed_before[row["trainee"]],
            passed_after[row["trainee"]],
        )
    totals = {row["trainee"]: (row["total before"], row["total after"]) for row in rows}
    assert totals["nurse-0"] == ("13.5", "11")
    assert totals["nurse-1"] == ("12", "12.5")
    assert totals["nurse-3"] == ("14.5", "12")
    assert totals["nurse-4"] == ("waiting for marking", "waiting for marking")
    (changes,) = report.changes
    assert (changes.scored_again, len(changes.rescored)) == (10, 10)
    text = changes.path.read_text(encoding="utf-8")
    assert not [secret for secret in SECRETS if secret in text]
    assert grade(cohort.folder).changes == []
    assert len(written(cohort)) == 17


def test_the_preview_says_the_same_and_changes_nothing(cohort: Any, tools: Any, tmp_path: Path) -> None:
    correct(cohort, tools, tmp_path / "new", *THE_OTHER_IS_BEST, AMBER_IS_RED)
    rows, files = cohort.rows(), cohort.scored()
    said = run(cohort, "grade", "--preview")
    assert "corridor, version 1: the key of first-words would change 7 scores (3 higher, 4 lower).\n" in said
    assert "corridor, version 1: the key of how-much-help would change 10 scores (10 lower).\n" in said
    assert "corridor, version 1: 0 would pass, 4 would no longer pass. Not known yet of 1" in said
    assert (cohort.rows(), cohort.scored(), written(cohort)) == (rows, files, [])
    (expected,) = preview(cohort.folder)
    (done,) = grade(cohort.folder).changes
    assert done.rescored == expected.rescored
    assert run(cohort, "grade", "--preview").startswith(
        "No key was corrected since the submissions were scored, so nothing would change.\n"
    )


def test_the_command_says_in_short_what_changed_and_whose_feedback_is_old(
    cohort: Any, tools: Any, tmp_path: Path
) -> None:
    (cohort.folder.root / "feedback" / "nurse-1" / "corridor-v1").mkdir(parents=True)
    (cohort.folder.root / "feedback" / "nurse-2" / "corridor-v1").mkdir(parents=True)  # nothing changed there
    correct(cohort, tools, tmp_path / "new", *THE_OTHER_IS_BEST)
    said = run(cohort, "grade")
    assert "corridor, version 1: the key of first-words changed 7 scores (3 higher, 4 lower).\n" in said
    assert (
        "corridor, version 1: 2 now pass, 4 no longer pass. Not known yet of 1, where answers wait for marking.\n"
        in said
    )
    assert "Feedback made of the old points: nurse-1. Make it again: peercourse feedback --quiz corridor\n" in said
    (path,) = (cohort.folder.root / "changes").iterdir()
    assert f"The list: {path}." in said
    shown = run(cohort, "scores", "--changes")
    assert path.name in shown
    assert "nurse-7" in shown


def test_first_scores_and_other_answers_are_no_changes(cohort: Any, tools: Any, tmp_path: Path) -> None:
    cohort.put("nurse-0.ipynb", cohort.answered("nurse-0", {}))
    cohort.put("nurse-new.ipynb", cohort.answered("nurse-new"))
    cohort.collect()
    correct(cohort, tools, tmp_path / "new", AMBER_IS_RED)
    report = grade(cohort.folder)
    assert len(report.graded) == 11
    assert {row["trainee"] for row in written(cohort)} == {f"nurse-{number}" for number in range(1, 10)}
    assert run(cohort, "scores", "--changes").count("nurse-0") == 0


def test_a_mark_by_hand_that_no_longer_fits_waits_and_the_list_says_so(cohort: Any, tools: Any, tmp_path: Path) -> None:
    cohort.marked("nurse-1", 1.5, cell="first-words-score")
    correct(cohort, tools, tmp_path / "new", *THE_OTHER_IS_BEST)
    said = run(cohort, "grade")
    assert "(2 higher, 4 lower, 1 to be marked)" in said
    (row,) = [row for row in written(cohort) if row["trainee"] == "nurse-1"]
    assert (row["points before"], row["points after"]) == ("1.5", "waiting for marking")
    assert (row["total after"], row["passed after"]) == ("waiting for marking", "waiting for marking")


def test_a_correction_that_changes_nobody_writes_no_list(cohort: Any, tools: Any, tmp_path: Path) -> None:
    correct(cohort, tools, tmp_path / "new", ("harm: true, rationale", "rationale"), ("KEY-RATIONALE", "Another."))
    said = run(cohort, "grade")
    assert written(cohort) == []
    assert "the corrected key changed no score of 10." in said or "Scored 0" in said


def moments(monkeypatch: pytest.MonkeyPatch, *wanted: str) -> Iterator[str]:
    """Each in turn: where a run kills itself."""

    def die(*_arguments: Any, **_options: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(bulk, "BATCH", 4)
    whole, batches = bulk.put_in_place, []

    def die_in_the_second_batch(*arguments: Any) -> None:
        batches.append(1)
        if len(batches) > 6:
            die()
        whole(*arguments)

    for name, module, attribute, act in (
        ("before the first batch", bulk, "_grade_batch", die),
        ("in the second batch", bulk, "put_in_place", die_in_the_second_batch),
        ("before the list", comparison, "write_list", die),
        ("after the list", Path, "unlink", die),
    ):
        if name in wanted:
            with monkeypatch.context() as patch:
                patch.setattr(module, attribute, act)
                yield name


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills child processes")
def test_the_list_is_whole_however_often_the_run_is_killed(
    cohort: Any, tools: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(cohort, tools, tmp_path / "new", *THE_OTHER_IS_BEST, AMBER_IS_RED)
    twin, late = cohort.copied(tmp_path / "twin"), cohort.copied(tmp_path / "late")
    twin.marked("nurse-4", 3)
    grade(twin.folder)
    for moment in moments(monkeypatch, "before the first batch", "in the second batch"):
        assert in_child(lambda: grade(cohort.folder)) == -signal.SIGKILL, moment
    cohort.marked("nurse-4", 3)  # somebody marks meanwhile: no change of the key's
    late.marked("nurse-4", 3)
    for moment in moments(monkeypatch, "before the list", "after the list"):
        assert in_child(lambda: grade(late.folder)) == -signal.SIGKILL, moment
    for desk in (cohort, late):
        assert (desk.folder.root / ".regrading.json").is_file()
        grade(desk.folder)
        assert written(desk) == written(twin)
        assert desk.rows() == twin.rows()
        assert not (desk.folder.root / ".regrading.json").exists()


def test_one_trainee_first_and_the_rest_later(cohort: Any, tools: Any, tmp_path: Path) -> None:
    correct(cohort, tools, tmp_path / "new", AMBER_IS_RED)
    grade(cohort.folder, "nurse-2")
    assert {row["trainee"] for row in written(cohort)} == {"nurse-2"}
    grade(cohort.folder)
    assert sorted(row["trainee"] for row in written(cohort)) == [f"nurse-{number}" for number in range(10)]
