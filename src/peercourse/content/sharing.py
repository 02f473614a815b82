"""Practice and what is graded share no item, no stem and no option: who has practised has not seen the quiz."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from peercourse.content.course import Course
from peercourse.content.graded import graded_items
from peercourse.content.problems import Problem
from peercourse.practice.pool import Pool
from peercourse.quiz.item import Face

FEWEST_WORDS = 2
"""A single word ("Yes", "Nothing") belongs to everybody and gives nothing away."""


def shared_problems(course: Course) -> Iterator[Problem]:
    """Graded items, those of the evaluation among them, that practice has too; each named by id or by its text."""
    texts: dict[str, str] = {}
    ids: dict[str, str] = {}
    for module in course.modules:
        for name, where, text in _practised(module.practice):
            texts.setdefault(normalised(text), where)
            ids[name] = where
    for graded in graded_items(course):
        if graded.item.id in ids:
            yield graded.problem(f"'{graded.item.id}' is the id of {ids[graded.item.id]} too; rename this one")
        for text in _texts(graded.item.face("")):
            place = texts.get(normalised(text))
            if place and is_telling(text):
                yield graded.problem(f"'{text[:50]}' stands in {place} too; write another one here")


def normalised(text: str) -> str:
    """A text by which two are the same to a reader: words alone, whatever their case, marks and line breaks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\s]", "", folded).split())


def is_telling(text: str) -> bool:
    """Whether a text has words enough that meeting it again says something."""
    return len(normalised(text).split()) >= FEWEST_WORDS


def _practised(pool: Pool) -> Iterator[tuple[str, str, str]]:
    """Everything that learners read as a question or choose from: id, where it stands in words, and the text."""
    for item in pool.self_checks.values():
        yield from ((item.id, f"the self-check {item.id}", text) for text in _texts(item.face("")))
    for pair in pool.slips.values():
        said = (pair.says, pair.hurts.words, pair.helps.words)
        yield from ((pair.id, f"slip {pair.id}", text) for text in said)
    for prompt in pool.own_words.values():
        written = (prompt.ask, *(one.say for one in prompt.worked))
        yield from ((prompt.id, f"the prompt {prompt.id}", text) for text in written)
    for conversation in pool.conversations.values():
        replies = (reply.words for node in conversation.nodes.values() for reply in node.replies)
        yield from ((conversation.id, f"the conversation {conversation.id}", text) for text in replies)


def _texts(face: Face) -> tuple[str, ...]:
    return (face.stem, *(one.text for one in (*face.choices, *face.rows)))
