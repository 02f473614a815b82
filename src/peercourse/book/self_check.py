"""A self-check in a lesson: a question with feedback on each answer, nothing stored, nothing scored.

Without scripts the feedback stands in a ``details`` element below the question. ``web/self-check.js`` shows the part
that answers what was chosen. It knows no item type: the remarks say which field must hold which value.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from peercourse.quiz.item import Face, Item, Remark
from peercourse.quiz.markup import text_of
from peercourse.words import Words

SHAPES = {"best": "✓", "partly": "◐", "harm": "▲", "other": "○"}
"""A shape for each kind of remark, so that colour never stands alone; the heading is its word."""


def self_check(item: Item, seed: str, words: Words) -> str:
    """A self-check as HTML.

    Args:
        item: an item of a practice pool, of any type that has remarks.
        seed: sets the order of choices.
        words: the words of the interface.

    Returns:
        HTML without inline script or style.
    """
    face = item.face(seed)
    return question(face, type(item).form(face, words), item.remarks(seed, words), words)


def question(face: Face, controls: str, remarks: Iterable[Remark], words: Words) -> str:
    """A question that answers, as HTML.

    Args:
        face: its stem and choices.
        controls: its controls as HTML.
        remarks: feedback; each says by which answer it is shown.
        words: the interface's words.
    """
    feedback = "".join(_remark(remark, face) for remark in remarks)
    return (
        f'<form class="self-check" id="check-{escape(face.id)}" method="dialog" autocomplete="off" novalidate>'
        f"<fieldset><legend>{text_of(face.stem)}</legend>{controls}</fieldset>\n"
        f'<div class="actions" hidden><button type="submit" class="primary">{words.html("self_check.check")}</button> '
        f'<button type="button" data-do="again" hidden>{words.html("self_check.again")}</button></div>\n'
        '<div role="status"><div class="feedback"></div></div>\n'
        f'<details class="all-feedback"><summary>{words.html("self_check.all")}</summary>'
        f"<ul>{feedback}</ul></details></form>\n"
    )


def _remark(remark: Remark, face: Face) -> str:
    chosen = {choice.label: choice.text for choice in face.choices}
    about = chosen.get(remark.value, "") if remark.field == face.id else ""
    of = f' <span class="of">{escape(remark.value)}: {text_of(about)}</span>' if about else ""
    condition = f' data-field="{escape(remark.field)}" data-value="{escape(remark.value)}"' if remark.field else ""
    condition += " data-always" if remark.always else ""
    return (
        f'<li class="remark remark-{remark.kind}"{condition}><p>'
        f'<span class="mark" aria-hidden="true">{SHAPES[remark.kind]}</span> <strong>{text_of(remark.heading)}</strong>'
        f"{of}</p><p>{text_of(remark.text)}</p></li>"
    )
