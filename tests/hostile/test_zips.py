"""Zip files: Moodle's two ways of naming, and everything that a zip file can be up to."""

from __future__ import annotations

from typing import Any

import pytest
from hostile_files import (
    BOMBS,
    FLAT,
    FOLDER,
    LINKED,
    NO_ZIP,
    OUTSIDE,
    TOO_LARGE,
    bombs,
    endless,
    endless_in_64_bits,
    liar,
    links_and_locks,
)  # fmt: skip

from peercourse.grading import zips


def refused(desk: Any) -> dict[str, str]:
    return {refusal.name: refusal.why for refusal in desk.collect().refused}


def test_both_of_moodles_ways_of_naming(desk: Any, zipped: Any) -> None:
    desk.put("all.zip", zipped({FOLDER: desk.answered("nurse-17"), FLAT: desk.answered("nurse-18")}))
    report = desk.collect()
    assert report.refused == []
    assert [(entry.trainee, entry.origin) for entry in report.taken] == [
        ("nurse-17", "Ines Roth_4711"),
        ("nurse-18", "Tomasz Wit_4712"),
    ]
    stamp = desk.folder.submitted("nurse-17", desk.released).parent / "timestamp.txt"
    assert stamp.read_text() == report.taken[0].time.strftime("%Y-%m-%d %H:%M:%S UTC\n")
    assert report.taken[0].time.astimezone().strftime("%Y-%m-%d %H:%M:%S") == "2026-03-04 10:20:30"


def test_the_zip_file_itself_as_inbox(desk: Any, zipped: Any) -> None:
    desk.inbox = desk.put("all.zip", zipped({FOLDER: desk.answered("nurse-17")}))
    assert [entry.trainee for entry in desk.collect().taken] == ["nurse-17"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_names_that_point_out_of_the_zip(desk: Any, zipped: Any, name: str) -> None:
    desk.put("all.zip", zipped({name: desk.answered("nurse-17"), FLAT: desk.answered("nurse-18")}))
    report = desk.collect()
    assert [refusal.why for refusal in report.refused] == ["its name points out of the zip file"]
    assert [entry.trainee for entry in report.taken] == ["nurse-18"]


def test_links_passwords_and_zips_in_zips(desk: Any, zipped: Any) -> None:
    desk.put("all.zip", links_and_locks(desk, zipped))
    assert refused(desk) == {f"all.zip{name}": why for name, why in LINKED.items()}


def test_bombs(desk: Any, zipped: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put("bomb.zip", bombs(desk, zipped))
    assert refused(desk) == {f"bomb.zip{name}": why for name, why in BOMBS.items()}
    monkeypatch.setattr(zips, "LARGEST_TOTAL", 1_000_000)
    assert list(refused(desk)) == ["bomb.zip"]
    monkeypatch.setattr(zips, "MOST_FILES", 1)
    assert "more than 1 files" in refused(desk)["bomb.zip"]


def test_a_zip_that_lies_about_its_sizes(desk: Any, zipped: Any) -> None:
    desk.put("liar.zip", liar(desk, zipped))
    (why,) = refused(desk).values()
    assert why in ("it is damaged", "it is no notebook: it cannot be read as JSON")


@pytest.mark.parametrize("make", [endless, endless_in_64_bits])
def test_a_zip_with_an_endless_table_of_contents(desk: Any, zipped: Any, make: Any) -> None:
    desk.put("all.zip", make(desk, zipped))
    assert refused(desk) == {"all.zip": TOO_LARGE}


@pytest.mark.parametrize("data", NO_ZIP)
def test_what_is_no_zip(desk: Any, data: bytes) -> None:
    desk.put("all.zip", data)
    assert refused(desk) == {"all.zip": "it is no zip file, or a damaged one"}


def test_every_cut_of_a_zip_is_met(desk: Any, zipped: Any) -> None:
    data = zipped({FOLDER: desk.answered("nurse-17"), FLAT: "x"})
    for end in range(0, len(data), max(len(data) // 40, 1)):
        desk.put("all.zip", data[:end])
        desk.collect()
    for place in range(0, len(data), max(len(data) // 60, 1)):
        desk.put("all.zip", data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        desk.collect()


def test_a_date_that_is_none(desk: Any, zipped: Any) -> None:
    data = bytearray(zipped({FLAT: desk.answered("nurse-17")}))
    place = data.rfind(b"PK\1\2")
    data[place + 14 : place + 16] = b"\0\0"  # month 0, day 0
    desk.put("all.zip", bytes(data))
    report = desk.collect()
    assert len(report.taken) + len(report.refused) == 1
