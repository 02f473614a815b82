"""IDs are found as whole words in any spelling, and in nothing else."""

from __future__ import annotations

import html
import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peercourse.privacy.contents import texts_of
from peercourse.privacy.names import Names
from peercourse.privacy.records import csv_without

ids = st.from_regex(r"[a-z0-9äß]([a-z0-9äß-]{1,12})[a-z0-9äß]", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("anna", True), ("Ask ANNA.", True), ("anna_4711_assignsubmission_file", True), ("m2-anna.ipynb", True),
        ("'anna'", True), ("\uff41nna", True), ("annabel", False), ("joanna", False), ("anna2", False),
        ("anna-2", False), ("anna-3", True), ("9anna", False), ("", False),
    ],
)  # fmt: skip
def test_whole_words(text: str, *, stands: bool) -> None:
    assert Names(frozenset({"anna"}), frozenset({"anna-2"})).stand_in(text) is stands


@settings(max_examples=40, deadline=None)
@given(name=ids, before=st.text(" .,;:\"'_/()<>&\n", max_size=3), after=st.text(" .,;:\"'_/()<>&\n", max_size=3))
def test_found_behind_any_escape(name: str, before: str, after: str) -> None:
    text, names = before + name.upper().replace("SS", "ß") + after, Names(frozenset({name.casefold()}))
    for written in (text, html.escape(text), json.dumps(text), json.dumps(text, ensure_ascii=False)):
        assert any(names.stand_in(one) for one in texts_of(written.encode())), written
    assert any(names.stand_in(one) for one in texts_of(b"\xff\xfe" + text.encode("utf-16-le")))


rows = st.lists(
    st.tuples(st.sampled_from(["anna", "Bela", "'anna", "anna-2"]), st.text(string.printable, max_size=8)), max_size=6
)


@settings(max_examples=60, deadline=None)
@given(rows=rows, end=st.sampled_from(["\n", "\r\n"]))
def test_other_rows_of_a_table_stay_byte_for_byte(rows: list[tuple[str, str]], end: str) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    lines = [(one, f"{quoted(one)},{quoted(words)}{end}") for one, words in rows]
    text, removed = csv_without("trainee,words" + end + "".join(line for _, line in lines), Names(frozenset({"anna"})))
    assert text == "trainee,words" + end + "".join(line for one, line in lines if one.strip("'") != "anna")
    assert removed == sum(one.strip("'") == "anna" for one, _ in rows)


def test_a_table_that_says_of_nobody_whom_a_row_is_about_stays() -> None:
    text = "room,first,second\n1,anna,bela\n"
    assert csv_without(text, Names(frozenset({"anna"}))) == (text, 0)
    assert csv_without("\ufeffID;ward\nanna;3\nbela;4\n", Names(frozenset({"anna"}))) == ("\ufeffID;ward\nbela;4\n", 1)
