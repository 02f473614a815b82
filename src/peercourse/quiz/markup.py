"""HTML that item types share. Everything that an author wrote is escaped here.

The page script reads ``data-shape`` to know how the controls become an answer:
``one`` "b", ``many`` ["a", "c"], ``sequence`` letters sorted by their place, ``map`` {"1": "c"}, ``text`` words.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from peercourse.quiz.item import Choice, Face
from peercourse.words import Words

LONGEST_ANSWER = 4000
"""Characters of a written answer; the page and collect hold to the same limit."""
LONGEST_NOTE = 600
"""Characters of an observer's words to a trainee."""


def choice_list(face: Face, control: str, words: Words) -> str:
    """Radio buttons or tick boxes, one a choice."""
    shape, how = ("one", "items.choose") if control == "radio" else ("many", "items.tick")
    rows = "".join(
        f'<label class="choice"><input type="{control}" name="{escape(face.id)}" value="{choice.label}">'
        f'<span class="letter">{choice.label}</span> <span>{text_of(choice.text)}</span></label>'
        for choice in face.choices
    )
    return f'{_how(words(how))}<div class="choices" data-shape="{shape}">{rows}</div>'


def option_tags(options: Sequence[tuple[str, str]]) -> str:
    """The options of a drop-down, with an empty one first."""
    tags = "".join(f'<option value="{escape(value)}">{text_of(text)}</option>' for value, text in options)
    return f'<option value="">–</option>{tags}'


def lettered_list(choices: Sequence[Choice]) -> str:
    """Lettered texts to choose from, as a list."""
    rows = "".join(
        f'<li><span class="letter">{choice.label}</span> <span>{text_of(choice.text)}</span></li>' for choice in choices
    )
    return f'<ul class="lettered">{rows}</ul>'


def choice_rows(face: Face, rows: Sequence[Choice], options: str, label: str, shape: str, words: Words) -> str:
    """A drop-down for each row. The label holds the row's text, so that text is the control's accessible name."""
    how = words("items.places" if shape == "sequence" else "items.pairs")
    lines = "".join(
        f'<label class="row"><span class="letter">{row.label}</span> <span>{text_of(row.text)}</span> '
        f'<span class="place">{text_of(label)} <select name="{escape(face.id)}.{row.label}" data-row="{row.label}">'
        f"{options}</select></span></label>"
        for row in rows
    )
    return f'{_how(how)}<div class="rows" data-shape="{shape}">{lines}</div>'


def level_rows(face: Face, levels: Sequence[tuple[str, str, str]], words: Words) -> str:
    """Radio buttons in a group for each row, one a level, with what each level means above.

    Args:
        face: the item.
        levels: for each level the value of its control, its word and what it means.
        words: the words of the interface.
    """
    legend = "".join(
        f'<li><span class="level level-{value}">{text_of(word)}</span> {text_of(meaning)}</li>'
        for value, word, meaning in levels
    )
    rows = "".join(
        f'<fieldset class="row"><legend><span class="letter">{row.label}</span> {text_of(row.text)}</legend>'
        + "".join(
            f'<label class="choice level level-{value}"><input type="radio" name="{escape(face.id)}.{row.label}" '
            f'data-row="{row.label}" value="{value}">{text_of(word)}</label>'
            for value, word, _ in levels
        )
        + "</fieldset>"
        for row in face.rows
    )
    how = _how(words("items.levels"))
    return f'{how}<ul class="levels">{legend}</ul><div class="rows" data-shape="map">{rows}</div>'


def scale(face: Face, highest: int, words: Words) -> str:
    """Radio buttons from 0 to the highest number in a row, with the words of both ends.

    Args:
        face: the item; its first and last choice hold the words of the ends.
        highest: the last number.
        words: the words of the interface.
    """
    low, high = face.choices[0].text, face.choices[-1].text
    numbers = "".join(
        f'<label><input type="radio" name="{escape(face.id)}" value="{number}"> {number}</label>'
        for number in range(highest + 1)
    )
    ends = words("items.scale", low=low, high=high, highest=highest)
    return f'{_how(ends)}<div class="scale" data-shape="one">{numbers}</div>'


def text_box(face: Face, words: Words) -> str:
    """A text box that says how much room there is."""
    name = escape(face.id)
    return (
        f'<div data-shape="text"><label class="own-words">{words.html("items.answer")}'
        f'<textarea name="{name}" rows="6" maxlength="{LONGEST_ANSWER}" aria-describedby="{name}-room"></textarea>'
        f'</label><p class="hint" id="{name}-room">{words.html("items.room", count=LONGEST_ANSWER)}</p></div>'
    )


def text_of(text: str) -> str:
    """Author's text between tags; quotation marks stay as they are."""
    return escape(text, quote=False)


def _how(sentence: str) -> str:
    return f'<p class="how">{text_of(sentence)}</p>'
