"""The quiz page as HTML: public text alone, the released notebook as data, nothing inline."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from peercourse.book.quiz_page import data_block, paragraphs, quiz_page
from peercourse.quiz.bank import Quiz, read_bank
from peercourse.words import read_words

WORDS = read_words("en")

BANK = """
id: t
title: 'A "title" & more'
module: 02-active-listening
version: 3
pass_mark: 0.75
minutes: 5
scenarios:
  - id: s
    setting: Ward & theatre
    people: {Ines: nurse}
    story: |
      First < part.

      Second part.
    items:
      - id: one
        type: single
        stem: What?
        outcome: m2.1
        competence: [COM01]
        options:
          - {text: Alpha, points: 2, rationale: KEY one}
          - {text: Beta, points: 0, harm: true, slip: promise, rationale: KEY two}
      - id: two
        type: written
        stem: Say
        outcome: m2.1
        competence: [COM01]
        criteria: [{id: c, points: 4, text: KEY names it, earns: [KEY x], does_not_earn: [KEY y]}]
        harmful: [KEY z]
"""


@pytest.fixture
def quiz(tmp_path: Path) -> Quiz:
    (tmp_path / "t.yml").write_text(BANK, encoding="utf-8")
    return read_bank(tmp_path / "t.yml")[0]


def test_the_data_block_is_the_notebook_and_cannot_end_its_element() -> None:
    held = {"a": "</script><!-- <script>", "b": "é\u2028"}
    block = data_block(json.dumps(held, indent=1))
    assert "<" not in block
    assert json.loads(block) == held


def test_a_release_that_is_no_json_is_refused(quiz: Quiz) -> None:
    with pytest.raises(json.JSONDecodeError):
        quiz_page(quiz, "{", WORDS)


def test_public_text_is_there_escaped_and_the_key_is_not(quiz: Quiz) -> None:
    html = quiz_page(quiz, "{}", WORDS)
    for words in ("Ward &amp; theatre", "<p>First &lt; part.</p><p>Second part.</p>", "Alpha", "Beta", "2 points"):
        assert words in html
    assert 'data-title="A &quot;title&quot; &amp; more"' in html
    for secret in ("KEY", "promise", "harm", "slip"):
        assert secret not in html


def test_the_page_does_not_change_with_the_key(quiz: Quiz, tmp_path: Path) -> None:
    other = BANK.replace("KEY", "OTHER").replace("harm: true, slip: promise, ", "")
    other = other.replace("Alpha, points: 2", "Alpha, points: 1").replace("Beta, points: 0", "Beta, points: 2")
    (tmp_path / "t.yml").write_text(other, encoding="utf-8")
    assert quiz_page(read_bank(tmp_path / "t.yml")[0], "{}", WORDS) == quiz_page(quiz, "{}", WORDS)


def test_nothing_is_inline_and_ids_are_unique(quiz: Quiz) -> None:
    html = quiz_page(quiz, "{}", WORDS)
    assert re.findall(r"\s(?:style|on\w+)=", html) == []
    assert re.findall(r"<script(?! type=\"application/json\")", html) == []
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for named in re.findall(r'(?:aria-\w+|for)="([^"]+)"', html):
        assert set(named.split()) <= set(ids)


def test_the_notebook_is_offered_where_the_site_has_it(quiz: Quiz) -> None:
    assert 'href="../../quizzes/t.ipynb" download' in quiz_page(quiz, "{}", WORDS)
    assert 'href="up/t.ipynb" download' in quiz_page(quiz, "{}", WORDS, "up/t.ipynb")


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs("a\nb\n\n\nc\n") == "<p>a\nb</p><p>c</p>"
