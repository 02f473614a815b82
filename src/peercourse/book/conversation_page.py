"""A practice conversation as a page: a worked transcript without scripts, which ``web/conversation.js`` plays.

The script holds no text of its own: turns, replies, coach's notes and endings are read from the transcript.
"""

from __future__ import annotations

import hashlib
from html import escape

from markupsafe import Markup

from peercourse.content.module import Module
from peercourse.practice.conversation import Conversation, Ending, Node, Reply, Shows
from peercourse.practice.graph import Turn, best_path
from peercourse.quiz.item import shuffled
from peercourse.words import Words

SHAPES = {"skill": "✓", "slip": "▲", "neither": "○", "good": "●", "mixed": "▲", "poor": "■"}
"""A shape beside each word, so that colour never stands alone."""


def conversation_page(conversation: Conversation, module: Module, words: Words, others: str) -> str:
    """The body of a conversation's page.

    Args:
        conversation: one without faults.
        module: its module, for the outcomes.
        words: the interface's words.
        others: address of the page that lists all conversations: the way round hard material.

    Returns:
        HTML without inline script or style.
    """
    best = best_path(conversation)
    taken = {turn.node: turn.reply for turn in best.turns} if best else {}
    on_the_way = [_turn(conversation, Turn(name, taken[name]), words) for name in taken]
    elsewhere = [_turn(conversation, Turn(name, -1), words) for name in conversation.nodes if name not in taken]
    endings = "".join(_ending(name, ending, words) for name, ending in conversation.endings.items())
    return (
        f"<h1>{shown(conversation.title)}</h1>\n{_head(conversation, module, words, others)}{_opening(conversation)}\n"
        f'<div class="conversation" data-conversation="{conversation.id}" data-edition="{edition(conversation)}" '
        f'data-title="{escape(conversation.title)}" data-start="{conversation.start}">\n'
        f'<noscript><p class="notice">{words.html("conversation.without_script")}</p></noscript>\n'
        f'<div class="play" hidden></div>\n<div class="whole">\n'
        f'<h2>{words.html("conversation.one_way")}</h2>\n<ol class="turns">{"".join(on_the_way)}</ol>\n'
        f'<h2>{words.html("conversation.elsewhere")}</h2>\n<ul class="turns">{"".join(elsewhere)}</ul>\n'
        f"<h2>{words.html('conversation.endings')}</h2>\n{endings}</div></div>\n"
    )


def _head(conversation: Conversation, module: Module, words: Words, others: str) -> str:
    minutes = words.html("conversation.minutes", count=conversation.minutes)
    endings = words.html("conversation.endings_count", count=len(conversation.endings))
    outcomes = "".join(
        f"<li>{shown(outcome.text)}</li>" for outcome in module.settings.outcomes if outcome.id in conversation.outcomes
    )
    note = conversation.content_note
    return (
        f'<p class="lesson-facts">{words.html("conversation.facts", minutes=minutes, endings=endings)}</p>\n'
        + (_content_note(note, words, others) if note else "")
        + f'<details class="outcomes"><summary>{words.html("conversation.practises")}</summary>'
        f"<ul>{outcomes}</ul></details>\n"
    )


def _content_note(note: str, words: Words, others: str) -> str:
    return (
        f'<div class="content-note"><p><strong>{words.html("conversation.before")}</strong>: {shown(note)} '
        f"{words.html('conversation.too_close')}</p><p>{words.html('conversation.not_today')} "
        f'<a href="{others}">{words.html("conversation.way_round")}</a>.</p></div>\n'
    )


def shown(text: str) -> Markup:
    """Author's plain text between tags; quotation marks stay as they are."""
    return Markup(escape(text, quote=False))  # noqa: S704  (escaped here)


def spoken(text: str, words: Words) -> Markup:
    """Somebody's words between quotation marks; what they quote themselves stands between single ones."""
    inner = text.replace("“", "‘").replace("”", "’")
    return words.html("conversation.said", words=shown(inner))


def edition(conversation: Conversation) -> str:
    """A short mark of the conversation's shape: with another one, a place kept on a device may no longer fit."""
    shape = [(name, [(reply.words, reply.goto) for reply in node.replies]) for name, node in conversation.nodes.items()]
    return hashlib.sha256(repr((conversation.start, shape)).encode()).hexdigest()[:8]


def _opening(conversation: Conversation) -> str:
    people = "".join(f"<li><b>{shown(name)}</b>: {shown(who)}</li>" for name, who in conversation.people.items())
    return (
        f'<p class="setting">{shown(conversation.setting)}</p>\n<ul class="people">{people}</ul>\n'
        f'<div class="story"><p>{shown(conversation.opening)}</p></div>'
    )


def _turn(conversation: Conversation, turn: Turn, words: Words) -> str:
    """A turn: what the colleague says, then the replies; the one that is taken first, the others behind a summary."""
    node = conversation.nodes[turn.node]
    places = {text: place for place, text in enumerate(shuffled((one.words for one in node.replies), conversation.id))}
    replies = [_reply(place, reply, places[reply.words], words) for place, reply in enumerate(node.replies)]
    others = [html for place, html in enumerate(replies) if place != turn.reply]
    taken = f'<ul class="replies">{replies[turn.reply]}</ul>' if turn.reply >= 0 else ""
    summary = words.html("conversation.other_replies" if taken else "conversation.replies")
    return (
        f'<li class="turn" id="turn-{turn.node}" data-turn="{turn.node}" data-open="{node.shows.open}" '
        f'data-distress="{node.shows.distress}">{_colleague(conversation, node, words)}{taken}'
        f'<details><summary>{summary}</summary><ul class="replies">{"".join(others)}</ul></details></li>\n'
    )


def _colleague(conversation: Conversation, node: Node, words: Words) -> str:
    scene = f'<p class="scene">{shown(node.scene)}</p>' if node.scene else ""
    said = [(line.who or conversation.colleague, spoken(line.text, words)) for line in node.says]
    lines = "".join(f"<p><b>{shown(who)}</b> {text}</p>" for who, text in said)
    return f'<div class="says">{scene}{lines}{_shows(node.shows, words, group=_several(conversation, node))}</div>'


def _several(conversation: Conversation, node: Node) -> bool:
    """Whether a turn shows a group: several people speak, or nobody does where there are several."""
    speakers = {line.who for line in node.says}
    return len(speakers) > 1 or (not speakers and len(conversation.people) > 2)


def _shows(shows: Shows, words: Words, *, group: bool) -> str:
    of = "conversation.shows.group" if group else "conversation.shows.person"
    levels = (("open", shows.open), ("distress", shows.distress))
    parts = "".join(
        f'<span class="{what}" data-level="{level}">{words.html(f"{of}.{what}.level-{level}")}</span> '
        for what, level in levels
    )
    return f'<p class="shows">{parts}</p>'


def _reply(place: int, reply: Reply, shown_at: int, words: Words) -> str:
    kind = "skill" if reply.skill else "slip" if reply.slip else "neither"
    name = (
        words.html(f"{kind}s.{reply.skill or reply.slip}") if kind != "neither" else words.html("conversation.neither")
    )
    said = spoken(reply.say, words) if reply.say else shown(reply.do or "")
    return (
        f'<li class="reply {kind}" data-reply="{place}" data-place="{shown_at}" data-goto="{reply.goto}">'
        f'<p class="{"said" if reply.say else "done"}">{said}</p>'
        f'<div class="coach {kind}"><p class="name">{_mark(kind)} {name}</p><p>{shown(reply.coach)}</p></div>'
        f'<p class="leads"><a href="#turn-{reply.goto}">{words.html("conversation.leads")}</a></p></li>'
    )


def _ending(name: str, ending: Ending, words: Words) -> str:
    kind = words.html(f"conversation.kinds.{ending.kind}")
    return (
        f'<section class="ending {ending.kind}" id="turn-{name}" data-ending="{name}">'
        f'<h3 class="title">{shown(ending.title)}</h3>'
        f'<p class="kind">{_mark(ending.kind)} {kind}</p><p>{shown(ending.text)}</p>'
        f'<h4 class="part">{words.html("conversation.debrief")}</h4><p>{shown(ending.debrief)}</p>'
        f'<h4 class="part">{words.html("conversation.next")}</h4><p>{shown(ending.next)}</p></section>\n'
    )


def _mark(kind: str) -> str:
    return f'<span class="mark" aria-hidden="true">{SHAPES[kind]}</span>'
