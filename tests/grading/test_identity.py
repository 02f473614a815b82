"""Which texts are trainee IDs, and which spellings are one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peercourse.grading.files import GradingError
from peercourse.grading.identity import IdentityError, read_roster, trainee_id


@pytest.mark.parametrize(
    ("raw", "counts_as"),
    [
        ("nurse-17", "nurse-17"),
        ("  Nurse-17\n", "nurse-17"),
        ("ＮＵＲＳＥ１７", "nurse17"),
        ("Straße9", "strasse9"),
        ("JOSÉ-1", "josé-1"),
        ("jose\u0301-1", "josé-1"),
        ("0042", "0042"),
        ("сестра-7", "сестра-7"),
    ],
)
def test_spellings_of_one_id(raw: str, counts_as: str) -> None:
    assert trainee_id(raw) == counts_as


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", "is missing"),
        (" \t", "is missing"),
        ("ab", "3 to 32 characters"),
        ("a" * 33, "3 to 32 characters"),
        ("a" * 300, "3 to 32 characters"),
        ("a" * 3_000_000, "longer than 32"),
        ("../../etc", "letters, digits and hyphens"),
        ("a/b/c", "letters, digits and hyphens"),
        ("a\\b\\c", "letters, digits and hyphens"),
        ("C:nurse", "letters, digits and hyphens"),
        ("nurse\x00", "letters, digits and hyphens"),
        ("nurse 17", "letters, digits and hyphens"),
        ("nurse\u202e17", "letters, digits and hyphens"),
        ("nurse\u200b17", "letters, digits and hyphens"),
        ("nurse\u00ad17", "letters, digits and hyphens"),
        ("nurse\ud80017", "letters, digits and hyphens"),
        ("nurse*", "letters, digits and hyphens"),
        ("nurse.", "letters, digits and hyphens"),
        ("<b>x</b>", "letters, digits and hyphens"),
        ("=1+1", "letters, digits and hyphens"),
        ("+123", "letters, digits and hyphens"),
        ("@sum", "letters, digits and hyphens"),
        ("-123", "begin or end with a hyphen"),
        ("nurse-", "begin or end with a hyphen"),
        ("CON", "Windows"),
        ("lpt1", "Windows"),
        ("nursе-17", "several alphabets"),  # a Cyrillic e
    ],
)
def test_what_is_no_id(raw: str, why: str) -> None:
    with pytest.raises(IdentityError, match=why):
        trainee_id(raw)


@given(st.text(max_size=40) | st.text(alphabet="aZ09-_./\\ \u0131\u0345ßŉǰ\ufb01Ａ１", max_size=34))
def test_an_id_is_a_safe_name_and_stays_itself(raw: str) -> None:
    try:
        name = trainee_id(raw)
    except IdentityError:
        return
    assert trainee_id(name) == name
    assert 3 <= len(name) <= 32
    assert all(character.isalpha() or character in "0123456789-" for character in name)


def test_the_roster(tmp_path: Path) -> None:
    assert read_roster(tmp_path) is None
    path = tmp_path / "trainees.csv"
    path.write_text("\ufeffid,first_name\nNurse-17,Ines\n\nporter-3,Tomasz\n", encoding="utf-8")
    assert read_roster(tmp_path) == {"nurse-17", "porter-3"}
    path.write_text("name\nInes\n")
    with pytest.raises(GradingError, match="no column 'id'"):
        read_roster(tmp_path)
    path.write_text("id\nnurse-17\n../x\n")
    with pytest.raises(GradingError, match=r"trainees\.csv:3: the trainee ID may hold"):
        read_roster(tmp_path)
    path.write_bytes(b"id\n\xff\xfe\n")
    with pytest.raises(GradingError, match="UTF-8"):
        read_roster(tmp_path)
