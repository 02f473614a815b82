"""Self-checks as HTML: all feedback is there without scripts, a word and a shape for each kind, all text escaped."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from pydantic import TypeAdapter

from peercourse.book.self_check import SHAPES, self_check
from peercourse.quiz.item import Item
from peercourse.quiz.types import PracticeItem
from peercourse.words import read_words

WORDS = read_words("en")

COMMON = {"id": "one", "stem": "A & B < C?", "outcome": "m2.1", "competence": ["COM01"]}
OPTIONS = [
    {"text": "Say it back.", "points": 2, "rationale": "r-best"},
    {"text": "Ask.", "points": 1, "rationale": "r-partly"},
    {"text": "Promise.", "points": 0, "harm": True, "rationale": "r-harm & <more"},
    {"text": "Wait.", "points": 0, "rationale": "r-other"},
]
ITEMS: dict[str, dict[str, Any]] = {
    "single": {"options": OPTIONS},
    "several": {"options": OPTIONS},
    "order": {"points": 3, "lines": ["A", "B", "C"], "rationale": "r-order"},
    "match": {
        "points": 2,
        "pairs": [{"left": "A", "right": "X", "rationale": "r-x"}, {"left": "B", "right": "Y", "rationale": "r-y"}],
    },
    "triage": {
        "lines": [
            {"text": "A", "level": "red", "rationale": "r-a"},
            {"text": "B", "level": "green", "rationale": "r-b"},
        ]
    },
}


def item(kind: str) -> Item:
    return TypeAdapter(PracticeItem).validate_python({**COMMON, "type": kind, **ITEMS[kind]})


class Controls(HTMLParser):
    """What the controls of a form can hold, and what its remarks wait for."""

    def __init__(self) -> None:
        super().__init__()
        self.values: set[tuple[str, str]] = set()
        self.conditions: list[tuple[str, str]] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.select = held["name"]
        if tag == "option":
            self.values.add((self.select, held["value"]))
        if tag == "input":
            self.values.add((held["name"], held["value"]))
        if "data-field" in held:
            self.conditions.append((held["data-field"], held["data-value"]))


@pytest.mark.parametrize("kind", ITEMS)
def test_every_remark_is_there_and_waits_for_something_that_can_be_chosen(kind: str) -> None:
    html = self_check(item(kind), "seed", WORDS)
    controls = Controls()
    controls.feed(html)
    assert set(controls.conditions) <= controls.values
    remarks = item(kind).remarks("seed", WORDS)
    assert html.count('<li class="remark ') == len(remarks) > 0
    for remark in remarks:
        assert remark.text.split(" ")[0] in html


def test_each_kind_has_a_word_and_a_shape_of_its_own() -> None:
    remarks = item("single").remarks("seed", WORDS)
    assert {remark.kind for remark in remarks} == set(SHAPES)
    assert len({remark.heading for remark in remarks}) == len(set(SHAPES.values())) == len(SHAPES)


def test_text_is_escaped() -> None:
    html = self_check(item("single"), "seed", WORDS)
    assert "A &amp; B &lt; C?" in html
    assert "r-harm &amp; &lt;more" in html
