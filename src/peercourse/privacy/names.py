"""Finding trainee IDs in text, as whole words and in every spelling that counts as the same ID."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from peercourse.grading.identity import IdentityError, trainee_id

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
"""Letters and digits, joined by hyphens. An underscore ends a word, since Moodle puts one behind a name."""
FEW = 20
LONGEST_CELL = 100


@dataclass(frozen=True)
class Names:
    """IDs to look for.

    Attributes:
        who: the IDs, in the form that counts.
        others: other IDs, quizzes and assignments. ``anna`` does not stand in ``anna-2`` where that is somebody else.
    """

    who: frozenset[str]
    others: frozenset[str] = frozenset()

    def stand_in(self, text: str) -> bool:
        """Whether one of the IDs stands in a text."""
        plain = folded(text)
        if len(self.who) <= FEW and not any(name in plain for name in self.who):
            return False
        return any(self._is_one(word) for word in set(WORD.findall(plain)))

    def is_named(self, cell: str) -> bool:
        """Whether a cell, a file name or a key is one of the IDs and nothing else."""
        text = cell.strip().removeprefix("'")  # what keeps a spreadsheet from reading a text as a formula
        if len(text) > LONGEST_CELL:
            return False
        try:
            return trainee_id(text) in self.who
        except IdentityError:
            return False

    def _is_one(self, word: str) -> bool:
        return word in self.who or (
            "-" in word and word not in self.others and any(part in self.who for part in _parts(word))
        )


def folded(text: str) -> str:
    """Text in the form in which IDs are compared."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _parts(word: str) -> Iterator[str]:
    """What a word with hyphens holds between any two of them."""
    pieces = word.split("-")[:50]  # an ID has at most 32 characters; longer chains are no words
    for start in range(len(pieces)):
        for end in range(start + 1, len(pieces) + 1):
            yield "-".join(pieces[start:end])
