"""How long practice takes: its words at reading speed, and time to write where something is written."""

from __future__ import annotations

from peercourse.practice.conversation import Conversation, Node
from peercourse.practice.graph import best_path
from peercourse.practice.own_words import OwnWords
from peercourse.practice.slip_pair import SlipPair
from peercourse.quiz.item import Item
from peercourse.words import Words

WORDS_A_MINUTE = 200
WRITING = 2.0
"""Minutes for two or three sentences of one's own."""


def words_of(item: Item, words: Words) -> int:
    """Words of a self-check, all its feedback included."""
    face = item.face("")
    texts = [face.stem, *(choice.text for choice in (*face.choices, *face.rows))]
    return count([*texts, *(remark.text for remark in item.remarks("", words))])


def self_check_minutes(item: Item, words: Words) -> float:
    """Minutes for a self-check."""
    return words_of(item, words) / WORDS_A_MINUTE


def slip_minutes(pair: SlipPair) -> float:
    """Minutes for a pair of replies."""
    texts = [pair.scene, pair.says, pair.hurts.words, pair.hurts.why, pair.helps.words, pair.helps.why]
    return count(texts) / WORDS_A_MINUTE


def own_words_minutes(prompt: OwnWords) -> float:
    """Minutes for reading a prompt, writing, and comparing."""
    worked = [text for one in prompt.worked for text in (one.say, one.note)]
    return count([prompt.story, prompt.ask, *worked, *prompt.checklist]) / WORDS_A_MINUTE + WRITING


def conversation_minutes(conversation: Conversation) -> float:
    """Minutes for a conversation along its best path, with the coach's notes on every reply that was offered there.

    Nothing but the opening counts where no path of skilled replies leads to a good ending.
    """
    texts = [conversation.setting, conversation.opening, *conversation.people.values()]
    path = best_path(conversation)
    if path is not None:
        for turn in path.turns:
            texts += _turn_texts(conversation.nodes[turn.node])
        ending = conversation.endings[path.ending]
        texts += [ending.title, ending.text, ending.debrief, ending.next]
    return count(texts) / WORDS_A_MINUTE


def _turn_texts(node: Node) -> list[str]:
    replies = [text for reply in node.replies for text in (reply.words, reply.coach)]
    return [node.scene or "", *(line.text for line in node.says), *replies]


def count(texts: list[str]) -> int:
    """Words in all."""
    return sum(len(text.split()) for text in texts)
