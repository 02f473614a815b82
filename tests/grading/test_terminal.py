"""What a trainer's terminal shows of a table."""

from __future__ import annotations

import re

import pytest

from peercourse.terminal import show_table

LINES = [
    ["trainee", "quiz", "handed in", "score", "why"],
    ["nurse-17", "m2-active-listening", "2027-02-01 14:10 UTC", "", "the only one"],
    ["porter-3", "m2-active-listening", "2027-02-01 15:02 UTC", "20", "a later one counts"],
]


@pytest.mark.parametrize("width", [60, 90, 200])
def test_no_id_name_or_day_is_broken_in_two(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", str(width))
    show_table(LINES)
    shown = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    for line in LINES[1:]:
        assert all(word in shown for cell in line for word in cell.split()), shown
    assert max(map(len, shown.splitlines())) <= width
    assert ("nurse-17: quiz m2-active-listening, handed in 2027-02-01" in shown) is (width == 60), shown
