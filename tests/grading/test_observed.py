"""Observed role plays: which sheets are taken in, which counts, and who has passed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from peercourse.cli import main
from peercourse.grading.answers import read_assignment
from peercourse.grading.collect import CollectReport, collect
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade
from peercourse.grading.observed import read_observed
from peercourse.grading.rebuild import Slot, answer_slots, read_answers
from peercourse.grading.results import read_results
from peercourse.grading.scores import quiz_rows
from peercourse.practice.role_play import read_role_play
from peercourse.quiz.markup import LONGEST_NOTE
from peercourse.quiz.notebook import answer_variable
from peercourse.quiz.sheet import Sheet
from peercourse.quiz.types.observed import ANSWERS, NO_OCCASION, PassRule

ROOT = Path(__file__).resolve().parents[2]
SATURDAY = datetime(2026, 3, 7, 15, tzinfo=UTC)
FULL, BASIC, NONE, HARM = (ANSWERS[level] for level in ("full", "basic", "not_shown", "harmful"))
PASSED = [FULL] * 3 + [BASIC] * 5 + [NONE] * 2


@pytest.fixture(scope="session")
def sheet() -> Sheet:
    role_play = read_role_play(ROOT)
    assert role_play is not None
    return role_play.rubric.sheet()


@pytest.fixture(scope="session")
def course_with_sheet(released_course: Any, sheet: Sheet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A grading folder with a quiz and the sheet; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("observed") / "grading"
    shutil.copytree(released_course[1], folder)
    release_quizzes([sheet], folder, lambda _: None)
    return folder


class Table:
    """A trainer's desk with sheets on it."""

    def __init__(self, desk: Any, sheet: Sheet, folder: Path) -> None:
        self.desk = type(desk)(sheet, GradingFolder(folder), desk.inbox)
        self.quiz_desk = type(desk)(desk.quiz, self.desk.folder, desk.inbox)
        self.behaviours = [item.id for item in sheet.items()]

    @property
    def folder(self) -> GradingFolder:
        return self.desk.folder

    def filled(self, trainee: str, observer: str, levels: Sequence[str], **lines: str) -> dict[str, Any]:
        """A sheet as the page saves it."""
        given = dict(zip(self.behaviours, levels, strict=True))
        given |= {"observer-id": observer, "observed-on": "2026-03-07", "card": "third-visit", **lines}
        notebook = self.desk.answered(trainee, {name: answer for name, answer in given.items() if answer})
        for cell in notebook["cells"]:
            if cell["id"] == "note" and "note" in lines:
                cell["source"] = lines["note"]
        return notebook

    def put(self, name: str, *about: Any, time: datetime = SATURDAY, **lines: str) -> None:
        path = self.desk.put(name, self.filled(*about, **lines))
        os.utime(path, (time.timestamp(), time.timestamp()))

    def collect(self, *prefer: str) -> CollectReport:
        return collect(self.desk.inbox, self.folder, prefer, observed=True)

    def counting(self, trainee: str) -> str:
        """The observer whose sheet counts."""
        (one,) = [one for one in read_observed(self.folder, read_results(self.folder)) if one.result.trainee == trainee]
        return one.observation.observer


@pytest.fixture
def table(desk: Any, sheet: Sheet, course_with_sheet: Path, tmp_path: Path) -> Table:
    shutil.copytree(course_with_sheet, tmp_path / "with-sheet")
    return Table(desk, sheet, tmp_path / "with-sheet")


def kept(table: Table) -> list[Path]:
    """Sheets that do not count."""
    return list((table.folder.root / "earlier").rglob("observation.ipynb"))


def why(report: CollectReport) -> str:
    assert not report.taken
    (refusal,) = report.refused
    return refusal.why


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*ANSWERS.values(), NO_OCCASION]), min_size=1, max_size=10),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_the_rule_is_the_rule_on_the_sheet(levels: list[str], not_shown: int, full: int) -> None:
    expected = True
    missing = there = 0
    for level in levels:
        if level == "harmful":
            expected = False
        missing += level == "not-shown"
        there += level == "full"
    expected = expected and missing <= not_shown and there >= full
    assert PassRule(not_shown=not_shown, full=full).passes(levels) is expected
    assert PassRule(not_shown=not_shown, full=full).passes([*levels, ""]) is False


def test_each_branch_of_the_rule_from_the_file_to_the_result(table: Table, tmp_path: Path) -> None:
    cases = {
        "just-enough": (PASSED, True),
        "no-occasion-costs-nothing": (
            [FULL] * 3 + [BASIC] * 2 + [NO_OCCASION] + [BASIC] + [NO_OCCASION] * 2 + [NONE],
            True,
        ),
        "one-hurts": ([FULL] * 9 + [HARM], False),
        "three-not-shown": ([FULL] * 7 + [NONE] * 3, False),
        "two-full": ([FULL] * 2 + [BASIC] * 8, False),
    }
    for trainee, (levels, _) in cases.items():
        table.put(f"{trainee}.ipynb", trainee, "anna", levels, note='Well, you waited: "good". <b>&</b>')
    assert len(table.collect().taken) == len(cases)
    assert [result.passed for result in read_results(table.folder)] == [None] * len(cases)
    slow = table.desk.copied(tmp_path / "slow")
    assert not grade(table.folder).failed
    assert not grade(slow.folder, engine="nbgrader").failed
    assert table.desk.rows() == slow.rows()
    assert table.desk.scored() == slow.scored()
    results = {result.trainee: result for result in read_results(table.folder)}
    assert {trainee: result.passed for trainee, result in results.items()} == {
        trainee: passed for trainee, (_, passed) in cases.items()
    }
    assert {result.released.kind for result in results.values()} == {"observation"}
    rows = {row.trainee: row for row in quiz_rows(table.folder)}
    assert {name: (row.score, row.percent, row.passed) for name, row in rows.items()} == {
        trainee: (None, None, "yes" if passed else "no") for trainee, (_, passed) in cases.items()
    }
    notes = {one.observation.note for one in read_observed(table.folder, results.values())}
    assert notes == {'Well, you waited: "good". <b>&</b>'}


def test_a_trainee_cannot_hand_in_a_sheet_and_an_observer_no_quiz(table: Table) -> None:
    table.put("a.ipynb", "nurse-1", "anna", PASSED)
    assert "peercourse collect FOLDER --observed" in why(collect(table.desk.inbox, table.folder))
    table.desk.put("a.ipynb", table.quiz_desk.answered("nurse-1"))
    assert "collect it without --observed" in why(table.collect())
    assert not (table.folder.root / "submitted").exists()
    arguments = ["collect", str(table.desk.inbox), "--observed", "--grading", str(table.folder.root)]
    assert "Nothing was taken in." in CliRunner().invoke(main, arguments).output


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        pytest.param(("nurse-1", "NURSE-1", PASSED), "nobody can observe themselves", id="about oneself"),
        pytest.param(("nurse-1", "", PASSED), "does not say who observed", id="nobody observed"),
        pytest.param(("nurse-1", "a/b", PASSED), "does not say who observed", id="no ID"),
        pytest.param(("nurse-1", "anna", [*PASSED[:9], ""]), "no level for closes; ask anna", id="a level is open"),
        pytest.param(("nurse-1", "anna", [""] * 10), "questions and 7 more", id="all are open"),
        pytest.param(("", "anna", PASSED), "the trainee ID is missing", id="about nobody"),
    ],
)
def test_forged_and_unfinished_sheets_are_refused(table: Table, about: Any, sentence: str) -> None:
    table.put("a.ipynb", *about)
    assert sentence in why(table.collect())


def test_only_observers_on_the_list_where_there_is_one(table: Table) -> None:
    (table.folder.root / "observers.csv").write_text("id\nAnna\n")
    table.put("a.ipynb", "nurse-1", "mallory", PASSED)
    assert "mallory is not in observers.csv" in why(table.collect())
    table.put("a.ipynb", "nurse-1", "anna", PASSED)
    assert len(table.collect().taken) == 1


HOSTILE = [
    "__import__('os').system('touch /tmp/x')", "answer_note = open('/etc/passwd').read()", "\u202ekcab", "\x00\x07\n",
    "'; import os; '", "<script>alert(1)</script>", "### BEGIN HIDDEN TESTS\nx\n### END HIDDEN TESTS", "x" * 9_000,
    "\U000e0001" * LONGEST_NOTE, '<pre class="tex2jax_ignore">&#60;</pre>', "\ud800",
]  # fmt: skip


NOTE_SLOT = Slot("note", 'answer_note = ""\n', "text")


def read_note(source: str) -> str:
    cell = {"metadata": {"nbgrader": {"grade_id": "note"}}, "source": source}
    return read_answers([NOTE_SLOT], {"cells": [cell]}).sources["note"]


@settings(deadline=None)
@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=LONGEST_NOTE + 20)))
def test_a_note_is_one_plain_literal_whatever_was_written(note: str) -> None:
    once = read_note(note)
    assert read_note(once) == once, "the same again, as when nbgrader scores what collect has taken in"
    value = read_assignment(once, answer_variable("note"), len(once))
    assert isinstance(value, str)
    assert len(value) <= LONGEST_NOTE
    assert not set(value) & {"\u202e", "\x00", "\ud800"}
    assert once.count("\n") == (once == NOTE_SLOT.released)


def test_the_release_says_which_cell_holds_the_note(course_with_sheet: Path, sheet: Sheet) -> None:
    path = course_with_sheet / "release" / sheet.assignment / f"{sheet.id}.ipynb"
    slots = {slot.name: slot for slot in answer_slots(json.loads(path.read_text(encoding="utf-8")))}
    assert slots["note"] == NOTE_SLOT
    assert slots["observer-id"].holds == "id"


def test_who_tries_again_is_measured_by_the_later_sheet_and_both_are_kept(table: Table) -> None:
    table.put("z-first.ipynb", "nurse-1", "anna", [HARM] * 10, **{"observed-on": "2026-03-03"})
    table.put("a-second.ipynb", "nurse-1", "bert", PASSED, **{"observed-on": "2026-03-05"})
    report = table.collect()
    assert ([len(report.taken), report.refused, report.notes]) == [2, [], []]
    grade(table.folder)
    assert table.counting("nurse-1") == "bert"
    (result,) = read_results(table.folder)
    assert result.passed is True
    assert len(kept(table)) == 1
    before = sorted((path, path.read_bytes()) for path in table.folder.root.rglob("*.ipynb"))
    again = table.collect()
    assert (len(again.known), again.taken) == (2, [])
    assert sorted((path, path.read_bytes()) for path in table.folder.root.rglob("*.ipynb")) == before


def test_a_sheet_that_comes_late_does_not_replace_a_later_role_play(table: Table) -> None:
    table.put("second.ipynb", "nurse-1", "bert", PASSED, **{"observed-on": "2026-03-05"})
    table.collect()
    table.put("first.ipynb", "nurse-1", "anna", [HARM] * 10, **{"observed-on": "2026-03-03"})
    assert len(table.collect().taken) == 1
    assert table.counting("nurse-1") == "bert"
    (one,) = read_observed(table.folder, read_results(table.folder))
    assert one.sheets == 2


def test_two_observers_of_one_day_who_differ_are_named_and_the_trainer_may_choose(table: Table) -> None:
    table.put("anna.ipynb", "nurse-1", "anna", PASSED)
    table.put("bert.ipynb", "nurse-1", "bert", [HARM] * 10, time=SATURDAY.replace(hour=16))
    (note,) = table.collect().notes
    assert note.startswith(
        "nurse-1: bert and anna observed on one day: not passed and passed; the sheet of bert counts."
    )
    assert table.counting("nurse-1") == "bert"
    table.collect("anna.ipynb")
    assert table.counting("nurse-1") == "anna"
    table.collect()
    assert table.counting("nurse-1") == "anna", "what the trainer chose stays"
    assert len({path.read_text() for path in (table.folder.root / "earlier").rglob("observation.ipynb")}) >= 1


def test_a_day_to_come_is_not_believed(table: Table) -> None:
    table.put("a.ipynb", "nurse-1", "anna", PASSED, **{"observed-on": "2099-01-01"})
    (taken,) = table.collect().taken
    assert taken.time == SATURDAY


def test_an_unchanged_sheet_is_not_released_again_and_another_line_for_passing_is(table: Table, sheet: Sheet) -> None:
    assert release_quizzes([sheet], table.folder.root, lambda _: None).unchanged == ("observation-v1",)
    stricter = sheet.model_copy(update={"rule": PassRule(not_shown=0, full=3)})
    assert release_quizzes([stricter], table.folder.root, lambda _: None).written == ("observation-v1",)
    assert table.folder.read()["observation-v1"].rule == PassRule(not_shown=0, full=3)


@pytest.mark.parametrize("day", ["0001-01-01", "0999-12-31"])
def test_a_day_of_another_age_is_not_believed(table: Table, day: str) -> None:
    table.put("a.ipynb", "nurse-1", "anna", PASSED, **{"observed-on": day})
    table.collect()
    table.put("b.ipynb", "nurse-1", "bela", [NONE] * 10, **{"observed-on": "2026-03-01"})
    table.collect()
    assert table.counting("nurse-1") == "anna"  # b speaks of an earlier day


@pytest.mark.parametrize("damaged", [b"{", b"\xff\xfe\x00", b"[]", b'{"cells": [{}]}'])
def test_a_sheet_that_was_damaged_later_stops_nothing_for_the_others(table: Table, damaged: bytes) -> None:
    table.put("a.ipynb", "nurse-1", "anna", PASSED)
    table.put("b.ipynb", "nurse-2", "anna", PASSED)
    table.collect()
    grade(table.folder)
    table.folder.submitted("nurse-1", table.desk.released).write_bytes(damaged)
    assert table.counting("nurse-2") == "anna"
    assert table.counting("nurse-1") == ""
    (table.desk.inbox / "a.ipynb").unlink()
    table.put("c.ipynb", "nurse-1", "anna", [NONE] * 10, time=SATURDAY.replace(hour=16))
    assert [one.name for one in table.collect().taken] == ["c.ipynb"]
