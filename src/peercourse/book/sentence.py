"""Sentences of the interface with nodes inside them, such as a link in the middle."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from peercourse.words import Words
from peercourse.words.catalogue import PLACEHOLDER


def sentence(words: Words, key: str, **parts: Iterable[nodes.Node]) -> list[nodes.Node]:
    """A text of the catalogue as nodes.

    Args:
        words: the words of the interface.
        key: an entry without plural forms.
        parts: nodes for each of its placeholders.
    """
    found: list[nodes.Node] = []
    for index, text in enumerate(PLACEHOLDER.split(words.pattern(key))):
        if index % 2:  # every second part is the name of a placeholder
            found += parts[text]
        elif text:
            found.append(nodes.Text(text))
    return found
