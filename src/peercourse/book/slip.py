"""Spot the slip: a colleague's line and two replies. It answers as a self-check does; nothing is stored."""

from __future__ import annotations

import html

from peercourse.book.conversation_page import shown, spoken
from peercourse.book.own_words import note
from peercourse.book.self_check import question
from peercourse.practice.slip_pair import Said, SlipPair
from peercourse.quiz.item import Choice, Face, Remark, lettered, shuffled
from peercourse.quiz.markup import choice_list
from peercourse.words import Words


def slip(pair: SlipPair, words: Words) -> str:
    """A pair of replies as HTML without inline script or style.

    The question is which reply hurts, so choosing that one is right.
    """
    by_text = {_said(reply, words): reply for reply in (pair.hurts, pair.helps)}
    choices = lettered(shuffled(by_text, pair.id))
    stem = f"{_spoken(pair.says, words)} {words('slip.question')}"
    face = Face(id=pair.id, type="slip", stem=stem, points=1, choices=choices)
    remarks = [_remark(choice, by_text[choice.text], face, words) for choice in choices]
    asked = question(face, choice_list(face, "radio", words), remarks, words)
    return (
        f'<section class="slip">{note(pair.content_note, words)}<p class="people"><b>{shown(pair.people)}</b></p>'
        f'<div class="story"><p>{shown(pair.scene)}</p></div>\n{asked}</section>\n'
    )


def _said(reply: Said, words: Words) -> str:
    return _spoken(reply.say, words) if reply.say else reply.words


def _spoken(text: str, words: Words) -> str:
    return html.unescape(spoken(text, words))  # plain text: the question escapes it once more


def _remark(choice: Choice, reply: Said, face: Face, words: Words) -> Remark:
    name = getattr(reply, "slip", None)
    heading = words("slip.hurts", slip=words(f"slips.{name}")) if name else words("slip.helps")
    return Remark(reply.why, heading, face.id, choice.label, "best" if name else "other")
