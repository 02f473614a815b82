"""Whose upload a file in a zip is: never what the zip itself says where somebody else than the trainer made it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import pytest

ALICE = "Alice Brown_4711_assignsubmission_file"
MALLORY = "Mallory Green_4712_assignsubmission_file"


@pytest.mark.parametrize(
    ("hers", "forged", "inside"),
    [
        (f"{ALICE}/m2.ipynb", f"{MALLORY}/more.zip", f"{ALICE}/m2.ipynb"),
        (f"download/{ALICE}/m2.ipynb", "mallory/more.zip", f"{ALICE}/m2.ipynb"),
        ("alice/m2.ipynb", "mallory/more.zip", "alice/m2.ipynb"),
        ("m2.ipynb", "mallory/more.zip", "m2.ipynb"),
        ("m2.ipynb", "mallory.zip", "m2.ipynb"),
    ],
)
def test_a_zip_that_somebody_handed_in_cannot_speak_for_somebody_else(
    desk: Any, zipped: Any, hers: str, forged: str, inside: str
) -> None:
    desk.put(hers, desk.answered("alice", words="These are my own words."))
    assert [one.trainee for one in desk.collect().taken] == ["alice"]
    desk.put(forged, zipped({inside: desk.answered("alice", {}, words="Forged.")}))
    report = desk.collect()
    assert not report.taken
    assert any("different files from different uploads" in refusal.why for refusal in report.refused)
    assert "own words" in desk.submitted("alice")["your-words"]


def test_two_people_s_zips_are_two_uploads(desk: Any, zipped: Any) -> None:
    desk.put("alice/answers.zip", zipped({"m2.ipynb": desk.answered("alice", words="Mine.")}))
    desk.put("mallory/answers.zip", zipped({"m2.ipynb": desk.answered("alice", words="Forged.")}))
    report = desk.collect()
    assert not report.taken
    assert len(report.refused) == 2


def test_a_zip_in_a_moodle_participants_folder_has_the_time_of_the_upload(desk: Any, zipped: Any) -> None:
    path = desk.put(f"{MALLORY}/m2.zip", zipped({"m2.ipynb": desk.answered("mallory")}))  # dated 4 March inside
    uploaded = datetime(2026, 5, 6, 12, tzinfo=UTC)
    os.utime(path, (uploaded.timestamp(), uploaded.timestamp()))
    (taken,) = desk.collect().taken
    assert taken.time == uploaded


def test_two_downloads_of_one_moodle_task_hold_the_same_uploads(desk: Any, zipped: Any) -> None:
    desk.put("task.zip", zipped({f"{ALICE}/m2.ipynb": desk.answered("alice", words="First.")}))
    desk.collect()
    desk.put("task (1).zip", zipped({f"{ALICE}/m2.ipynb": desk.answered("alice", words="Second.")}))
    report = desk.collect()
    assert [one.trainee for one in report.taken] == ["alice"]
    assert not report.refused
