"""Two files for one trainee ID: what counts, who says so, and that nothing is lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from peercourse.cli import main
from peercourse.grading.files import GradingError

INES, BEN = "Ines_4711_assignsubmission_file_/a.ipynb", "Ben_4712_assignsubmission_file_/a.ipynb"


def at(path: Path, time: int) -> None:
    os.utime(path, (time, time))


def kept(desk: Any) -> list[str]:
    return [path.read_text() for path in sorted((desk.folder.root / "earlier").rglob("*.ipynb"))]


def test_two_participants_with_one_id_are_both_left_out_until_the_trainer_says(desk: Any) -> None:
    desk.put(INES, desk.answered("nurse-17"))
    desk.put(BEN, desk.answered("nurse-17", {}))
    desk.put("other.ipynb", desk.answered("porter-3"))
    report = desk.collect()
    assert [entry.trainee for entry in report.taken] == ["porter-3"]
    assert [refusal.name for refusal in report.refused] == [BEN, INES]
    for refusal, other in zip(report.refused, (INES, BEN), strict=True):
        assert refusal.why.startswith(f"nurse-17 has different files from different uploads (see {other})")
        assert refusal.why.endswith(f'say which one counts with --prefer "{refusal.name}"')
    report = desk.collect(INES)
    assert [entry.name for entry in report.taken] == [INES]
    assert [(refusal.name, INES in refusal.why) for refusal in report.refused] == [(BEN, True)]
    assert repr(desk.best()["in-order"]) in desk.submitted("nurse-17")["in-order"]
    assert [refusal.name for refusal in desk.collect().refused] == [BEN, INES]  # still in doubt, and said again
    report = desk.collect(BEN)
    assert [entry.name for entry in report.taken] == [BEN]
    assert len(kept(desk)) == 1


def test_another_participant_later_does_not_replace_what_was_taken_in(desk: Any) -> None:
    first = desk.put(INES, desk.answered("nurse-17"))
    desk.collect()
    first.unlink()
    desk.put(BEN, desk.answered("nurse-17", {}))
    before = desk.submitted("nurse-17")
    (refusal,) = desk.collect().refused
    assert "the one taken in earlier from Ines_4711" in refusal.why
    assert desk.submitted("nurse-17") == before


def test_the_same_participant_again_counts_with_the_later_file(desk: Any) -> None:
    at(desk.put("one.ipynb", desk.answered("nurse-17")), 1_700_000_000)
    at(desk.put("two.ipynb", desk.answered("nurse-17", {"first-words": "b"})), 1_700_000_500)
    report = desk.collect()
    assert [entry.name for entry in report.taken] == ["two.ipynb"]
    assert [(entry.name, why) for entry, why in report.kept] == [
        ("one.ipynb", "nurse-17 has another file for this quiz that counts: two.ipynb")
    ]
    assert [("= 'b'" in text) for text in kept(desk)] == [False]
    at(desk.put("three.ipynb", desk.answered("nurse-17", {"first-words": "c"})), 1_700_001_000)
    assert [entry.name for entry in desk.collect().taken] == ["three.ipynb"]
    assert [("= 'b'" in text) for text in kept(desk)] == [False, True]
    for name in ("two.ipynb", "three.ipynb"):
        (desk.inbox / name).unlink()
    report = desk.collect()
    assert (report.taken, report.kept, report.refused, len(report.known)) == ([], [], [], 1)
    at(desk.put("lost.ipynb", desk.answered("nurse-17", {})), 1_700_000_100)
    ((lost, why),) = desk.collect().kept
    assert (lost.name, why) == ("lost.ipynb", "nurse-17 handed in a later file, which was taken in")
    assert len(kept(desk)) == 3
    assert "= 'c'" in desk.submitted("nurse-17")["first-words"]


def test_the_same_answers_are_one_submission_from_wherever(desk: Any) -> None:
    at(desk.put(INES, desk.answered("nurse-17")), 1_700_000_000)
    at(desk.put(BEN, desk.answered("NURSE-17")), 1_700_000_500)
    report = desk.collect()
    assert (len(report.taken), report.refused) == (1, [])
    again = desk.collect()
    assert (again.taken, again.refused, len(again.known)) == ([], [], 1)
    assert kept(desk) == []


def test_different_spellings_are_one_trainee(desk: Any) -> None:
    desk.put("a/x.ipynb", desk.answered("Nurse-17"))
    desk.put("b/x.ipynb", desk.answered("ＮＵＲＳＥ-17", {}))
    assert len(desk.collect().refused) == 2


def test_prefer_must_name_one_file_that_is_there(desk: Any) -> None:
    desk.put(INES, desk.answered("nurse-17"))
    desk.put(BEN, desk.answered("nurse-17", {}))
    with pytest.raises(GradingError, match=r"none\.ipynb is not in"):
        desk.collect("none.ipynb")
    with pytest.raises(GradingError, match="names two files for nurse-17"):
        desk.collect(INES, BEN)
    command = ["collect", str(desk.inbox), "--prefer", BEN, "--grading", str(desk.folder.root)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0
    assert "Not taken in, and why:" in result.output
    assert f"- {INES}: nurse-17 has another file for this quiz that counts: {BEN}" in result.output


def test_two_quizzes_of_one_trainee_do_not_meet(desk: Any) -> None:
    desk.put(INES, desk.answered("nurse-17"))
    desk.collect()
    assert (desk.folder.root / "submitted" / "nurse-17" / "corridor-v1" / "corridor.ipynb").is_file()
