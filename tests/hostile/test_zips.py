"""Zip files: Moodle's two ways of naming, and everything that a zip file can be up to."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from typing import Any

import pytest

from peercourse.grading import zips

FOLDER = "Ines Roth_4711_assignsubmission_file_/corridor.ipynb"
FLAT = "Tomasz Wit_4712_assignsubmission_file_corridor.ipynb"


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


@pytest.mark.parametrize(
    "name", ["../x.ipynb", "a/../../x.ipynb", "/etc/x.ipynb", "C:/x.ipynb", "..\\x.ipynb", "\\x.ipynb"]
)
def test_names_that_point_out_of_the_zip(desk: Any, zipped: Any, name: str) -> None:
    desk.put("all.zip", zipped({name: desk.answered("nurse-17"), FLAT: desk.answered("nurse-18")}))
    report = desk.collect()
    assert [refusal.why for refusal in report.refused] == ["its name points out of the zip file"]
    assert [entry.trainee for entry in report.taken] == ["nurse-18"]


def test_links_passwords_and_zips_in_zips(desk: Any, zipped: Any) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", zipped({FLAT: desk.answered("nurse-17")}))
        archive.writestr("words.docx", "x")
        archive.writestr("locked.ipynb", "x")
    data = bytearray(buffer.getvalue())
    place = data.rfind(b"PK\1\2", 0, data.rfind(b"locked.ipynb"))
    data[place + 8] |= 1  # the flag that says it is encrypted
    desk.put("all.zip", bytes(data))
    assert refused(desk) == {
        "all.zip/link.ipynb": "it is a link or a device in the zip file, not a file",
        "all.zip/inner.zip": "it is a zip file in a zip file; unpack it first",
        "all.zip/words.docx": "it is no notebook (.ipynb)",
        "all.zip/locked.ipynb": "it is locked with a password",
    }


def test_bombs(desk: Any, zipped: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put("bomb.zip", zipped({"a.ipynb": b" " * 50_000_000, "b.ipynb": b"\0" * 1_900_000}))
    assert refused(desk) == {
        "bomb.zip/a.ipynb": "it has 50.0 MB, and an answer file has at most 2 MB",
        "bomb.zip/b.ipynb": "it is packed far more tightly than any answer file; it may be a zip bomb",
    }
    monkeypatch.setattr(zips, "LARGEST_TOTAL", 1_000_000)
    assert list(refused(desk)) == ["bomb.zip"]
    monkeypatch.setattr(zips, "MOST_FILES", 1)
    assert "more than 1 files" in refused(desk)["bomb.zip"]


def test_a_zip_that_lies_about_its_sizes(desk: Any, zipped: Any) -> None:
    data = bytearray(zipped({"a.ipynb": b" " * 9_000_000}))
    place = data.rfind(b"PK\1\2")
    data[place + 24 : place + 28] = struct.pack("<L", 1000)  # unpacked, it claims, it has 1,000 bytes
    desk.put("liar.zip", bytes(data))
    (why,) = refused(desk).values()
    assert why in ("it is damaged", "it is no notebook: it cannot be read as JSON")


def test_a_zip_with_an_endless_table_of_contents(desk: Any, zipped: Any) -> None:
    data = bytearray(zipped({FLAT: desk.answered("nurse-17")}))
    place = data.rfind(b"PK\5\6")
    data[place + 12 : place + 16] = struct.pack("<L", 400_000_000)
    desk.put("all.zip", bytes(data))
    assert refused(desk) == {"all.zip": "the zip file is too large; unpack it and collect the folder in parts"}


def test_a_table_of_contents_that_only_the_64_bit_record_tells_of(desk: Any, zipped: Any) -> None:
    data = zipped({FLAT: desk.answered("nurse-17")})
    place = data.rfind(b"PK\5\6")
    long = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 400_000_000, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, place, 1)
    desk.put("all.zip", data[:place] + long + locator + data[place:])
    assert refused(desk) == {"all.zip": "the zip file is too large; unpack it and collect the folder in parts"}


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\5\6", b"PK\3\4" + b"\0" * 100, b"not a zip file"])
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
