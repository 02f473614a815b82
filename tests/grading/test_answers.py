"""Answers are read as data, and reading them so never changes what they earn."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peercourse.grading.answers import (
    NotPlainError,
    plain_literals,
    plain_words,
    read_assignment,
    read_words,
)
from peercourse.quiz.bank import Quiz
from peercourse.quiz.markup import LONGEST_ANSWER
from peercourse.quiz.types import ITEM_TYPES

WORDS = st.sampled_from(["a", "b", "c", "d", "e", "A", "", " a", "1", "2", "3", "red", "green", "amber", "ä", "a" * 41])
SCALARS = WORDS | st.text(max_size=5) | st.integers() | st.booleans() | st.none() | st.floats() | st.binary(max_size=3)
HASHABLE = SCALARS | st.tuples(WORDS, WORDS)
NEARLY = st.sampled_from([*"abcdABCD"])
LITERALS = (
    SCALARS
    | NEARLY
    | st.lists(NEARLY, max_size=4)
    | st.lists(NEARLY, min_size=4, max_size=4, unique_by=str.lower)
    | st.dictionaries(st.sampled_from("123"), NEARLY | st.sampled_from(["red", "amber", "green", "RED"]))
    | st.lists(WORDS, max_size=8)
    | st.lists(SCALARS, max_size=5)
    | st.dictionaries(WORDS, WORDS, max_size=8)
    | st.dictionaries(HASHABLE, SCALARS | st.lists(WORDS, max_size=2), max_size=6)
    | st.tuples(WORDS, WORDS)
    | st.sets(WORDS, max_size=4)
)


@settings(max_examples=400, deadline=None)
@given(LITERALS)
def test_a_plain_answer_earns_what_the_answer_earns(released_course: tuple[Quiz, Any], answer: Any) -> None:
    quiz, _ = released_course
    for item in quiz.items():
        score = type(item).score
        if score is None:
            continue
        key, blank = item.key(quiz.seed), item.face(quiz.seed).blank
        plain = plain_literals(answer)
        assert score(blank if plain is None else plain, key) == score(answer, key)
        assert 0 <= score(answer, key) <= item.maximum


def test_every_type_that_is_scored_is_in_the_bank(released_course: tuple[Quiz, Any]) -> None:
    assert {item.type for item in released_course[0].items()} == {
        name for name, kind in ITEM_TYPES.items() if kind.banked
    }


@given(LITERALS)
def test_literals_are_read_as_they_are(answer: Any) -> None:
    source = f"# mine\nanswer_x = {answer!r}\n"
    if "nan" in source or "inf" in source or answer == set():
        return  # no literals in Python
    assert exactly(read_assignment(source, "answer_x")) == exactly(answer)


def exactly(value: Any) -> str | list[str]:
    """As Python writes it, so that 1 is not True; a set in alphabetical order, since it has none of its own."""
    return sorted(map(repr, value)) if isinstance(value, set) else repr(value)


@pytest.mark.parametrize(
    "source",
    [
        "answer_x = open('/etc/passwd').read()",
        "answer_x = 'a'.upper()",
        "answer_x = 'a' if True else 'b'",
        "answer_x = [letter for letter in 'abc']",
        "answer_x = f'{1}'",
        "answer_x = answer_y = 'b'",
        "answer_x, answer_y = 'b', 'c'",
        "answer_x[0] = 'b'",
        "answer_x += 'b'",
        "answer_y = 'b'",
        "'b'",
        "",
        "answer_x = 'b'\nanswer_x = 'c'",
        "import os\nanswer_x = 'b'",
        "answer_x = (",
        "%%bash\nrm -rf x",
        "!ls",
        "answer_x = '\0'",
        "answer_x = " + "(" * 900 + ")" * 900,
        "answer_x = " + "-" * 1900 + "1",
        "answer_x = " + "[" * 150 + "]" * 150 + "." * 20,
        "answer_x = 'a'" + " " * 2000,
        "answer_x = '\udcff",
    ],
)
def test_anything_else_is_no_answer(source: str) -> None:
    with pytest.raises(NotPlainError):
        read_assignment(source, "answer_x")


@given(st.text(max_size=300) | st.text(alphabet='<>&;#/ preclsx_ignor="$\\`\n\r\t', max_size=80))
def test_words_come_back_as_they_were_written(text: str) -> None:
    words, cut = read_words(text)
    source = plain_words(words)
    assert not cut
    assert read_words(source) == (words, False)
    assert plain_words(read_words(source)[0]) == source
    inner = source.removeprefix('<pre class="tex2jax_ignore">').removesuffix("</pre>")
    assert unescape(inner) == words
    plain = re.sub(r"&#\d+;", "", inner)
    assert not set(plain) & set('<>&"$\\`*_[]{}|~#=/@%^+\r\t')
    plain.encode("utf-8")


def test_words_that_steer_text_are_replaced() -> None:
    assert read_words("a\u202eb\u2066c\x00d\x1be\ud800f\r\ng")[0] == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ng"


def test_long_words_are_cut_and_said_so() -> None:
    words, cut = read_words("é<" * LONGEST_ANSWER)
    assert (len(words), cut) == (LONGEST_ANSWER, True)
    assert read_words(plain_words(words)) == (words, False)
