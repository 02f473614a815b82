"""Say it yourself: a prompt with a box to write in, three worked replies, and questions to rate one's own words by.

Without scripts the replies and questions stand behind a summary; ``web/own-words.js`` opens them when something has
been written.
"""

from __future__ import annotations

from html import escape

from peercourse.book.conversation_page import shown, spoken
from peercourse.practice.own_words import OwnWords
from peercourse.words import Words

LONGEST = 2000
"""Characters; two or three sentences are far below."""


def own_words(prompt: OwnWords, words: Words) -> str:
    """A prompt as HTML without inline script or style."""
    name = f"say-{prompt.id}"
    worked = "".join(
        f'<li><p class="said">{spoken(one.say, words)}</p><p>{shown(one.note)}</p></li>' for one in prompt.worked
    )
    checklist = "".join(
        f'<label class="choice"><input type="checkbox" value="{place}"> <span>{shown(question)}</span></label>'
        for place, question in enumerate(prompt.checklist)
    )
    return (
        f'<section class="say-it" id="{name}" data-own-words="{prompt.id}" data-title="{escape(prompt.title)}">'
        f"<h3>{shown(prompt.title)}</h3>{note(prompt.content_note, words)}"
        f'<div class="story"><p>{shown(prompt.story)}</p></div>\n'
        f'<form method="dialog" autocomplete="off"><label class="own-words">{shown(prompt.ask)}'
        f'<textarea rows="4" maxlength="{LONGEST}" aria-describedby="{name}-room"></textarea></label>'
        f'<p class="hint" id="{name}-room">{words.html("own_words.room")}</p>'
        f'<noscript><p class="notice">{words.html("own_words.without_script")}</p></noscript>'
        f'<div class="actions" hidden><button type="submit" class="primary">{words.html("own_words.compare")}</button>'
        f'</div><p class="kept" role="status"></p>\n<details class="worked"><summary>{words.html("own_words.worked")}'
        f'</summary><ul>{worked}</ul><fieldset class="choices"><legend>{words.html("own_words.checklist")}</legend>'
        f"{checklist}</fieldset></details></form></section>\n"
    )


def note(content_note: str | None, words: Words) -> str:
    """A content note above an exercise; empty where there is none."""
    if not content_note:
        return ""
    before = words.html("conversation.before")
    return f'<p class="exercise-note"><strong>{before}</strong>: {shown(content_note)}</p>'
