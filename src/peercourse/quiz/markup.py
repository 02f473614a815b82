"""HTML that item types share. Everything that an author wrote is escaped here.

The page script reads ``data-shape`` to know how the controls become an answer:
``one`` "b", ``many`` ["a", "c"], ``sequence`` letters sorted by their place, ``map`` {"1": "c"}, ``text`` words.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from peercourse.quiz.item import Choice, Face

LONGEST_ANSWER = 4000
"""Characters of a written answer; the page and collect hold to the same limit."""


def choice_list(face: Face, control: str) -> str:
    """Radio buttons or tick boxes, one a choice."""
    shape = "one" if control == "radio" else "many"
    rows = "".join(
        f'<label class="choice"><input type="{control}" name="{escape(face.id)}" value="{choice.label}">'
        f'<span class="letter">{choice.label}</span> <span>{escape(choice.text)}</span></label>'
        for choice in face.choices
    )
    return f'<div class="choices" data-shape="{shape}">{rows}</div>'


def option_tags(options: Sequence[tuple[str, str]]) -> str:
    """The options of a drop-down, with an empty one first."""
    tags = "".join(f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in options)
    return f'<option value="">–</option>{tags}'


def lettered_list(choices: Sequence[Choice]) -> str:
    """Lettered texts to choose from, as a list."""
    rows = "".join(
        f'<li><span class="letter">{choice.label}</span> <span>{escape(choice.text)}</span></li>' for choice in choices
    )
    return f'<ul class="lettered">{rows}</ul>'


def choice_rows(face: Face, rows: Sequence[Choice], options: str, label: str, shape: str) -> str:
    """A drop-down for each row; its accessible name is the row's text."""
    lines = "".join(
        f'<div class="row"><span id="{_row_id(face, row)}"><span class="letter">{row.label}</span> '
        f"<span>{escape(row.text)}</span></span>"
        f'<label class="place">{label} <select name="{escape(face.id)}" data-row="{row.label}" '
        f'aria-describedby="{_row_id(face, row)}" aria-label="{label}, {row.label}">{options}</select></label></div>'
        for row in rows
    )
    return f'<div class="rows" data-shape="{shape}">{lines}</div>'


def level_rows(face: Face, levels: Sequence[tuple[str, str]]) -> str:
    """Radio buttons in a group for each row, one a level, with what each level means above."""
    legend = "".join(
        f'<li><span class="level level-{name}">{name}</span> {escape(meaning)}</li>' for name, meaning in levels
    )
    rows = "".join(
        f'<fieldset class="row"><legend><span class="letter">{row.label}</span> {escape(row.text)}</legend>'
        + "".join(
            f'<label class="choice level level-{name}"><input type="radio" name="{escape(face.id)}.{row.label}" '
            f'data-row="{row.label}" value="{name}">{name}</label>'
            for name, _ in levels
        )
        + "</fieldset>"
        for row in face.rows
    )
    return f'<ul class="levels">{legend}</ul><div class="rows" data-shape="map">{rows}</div>'


def text_box(face: Face) -> str:
    """A text box that grows with the window and says how much room there is."""
    return (
        f'<div data-shape="text"><label class="own-words">Your answer'
        f'<textarea name="{escape(face.id)}" rows="6" maxlength="{LONGEST_ANSWER}"></textarea></label></div>'
    )


def _row_id(face: Face, row: Choice) -> str:
    return f"{escape(face.id)}-row-{row.label}"
