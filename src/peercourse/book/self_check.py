"""A self-check in a lesson: a question with feedback on each answer, nothing stored, nothing scored.

Without scripts the feedback stands in a ``details`` element below the question. ``web/self-check.js`` shows the part
that answers what was chosen. It knows no item type: the remarks say which field must hold which value.
"""

from __future__ import annotations

from html import escape

from peercourse.quiz.item import Face, Item, Remark
from peercourse.quiz.markup import words

SHAPES = {"best": "✓", "partly": "◐", "harm": "▲", "other": "○"}
"""A shape for each kind of remark, so that colour never stands alone; the heading is its word."""


def self_check(item: Item, seed: str) -> str:
    """A self-check as HTML.

    Args:
        item: an item of a practice pool, of any type that has remarks.
        seed: sets the order of choices.

    Returns:
        HTML without inline script or style.
    """
    face = item.face(seed)
    remarks = "".join(_remark(remark, face) for remark in item.remarks(seed))
    return (
        f'<form class="self-check" id="check-{escape(face.id)}" method="dialog" autocomplete="off" novalidate>'
        f"<fieldset><legend>{words(face.stem)}</legend>{type(item).form(face)}</fieldset>\n"
        '<div class="actions" hidden><button type="submit" class="primary">Check</button> '
        '<button type="button" data-do="again" hidden>Try again</button></div>\n'
        '<div role="status"><div class="feedback"></div></div>\n'
        f'<details class="all-feedback"><summary>What each answer does</summary><ul>{remarks}</ul></details></form>\n'
    )


def _remark(remark: Remark, face: Face) -> str:
    chosen = {choice.label: choice.text for choice in face.choices}
    about = chosen.get(remark.value, "") if remark.field == face.id else ""
    of = f' <span class="of">{escape(remark.value)}: {words(about)}</span>' if about else ""
    condition = f' data-field="{escape(remark.field)}" data-value="{escape(remark.value)}"' if remark.field else ""
    condition += " data-always" if remark.always else ""
    return (
        f'<li class="remark remark-{remark.kind}"{condition}><p>'
        f'<span class="mark" aria-hidden="true">{SHAPES[remark.kind]}</span> <strong>{words(remark.heading)}</strong>'
        f"{of}</p><p>{words(remark.text)}</p></li>"
    )
