"""A notebook's text that is always the same but for gaps: filled in, and read back, without parsing all the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

HEAD = 12
"""Characters by which the end of a gap is looked for. Long enough to hold the line feed that no JSON string can."""

Gap = tuple[str, str]
"""What stands in a gap: a kind, and the ``grade_id`` of the cell that it is about."""


@dataclass(frozen=True)
class Template:
    """A text in pieces.

    Attributes:
        pieces: what is always the same; one more than there are gaps.
        gaps: what stands between them, in order.
    """

    pieces: tuple[str, ...]
    gaps: tuple[Gap, ...]

    def filled(self, values: Iterable[str]) -> str:
        """The text.

        Args:
            values: what goes into each gap, as JSON.
        """
        parts = [""] * (2 * len(self.gaps) + 1)
        parts[::2] = self.pieces
        parts[1::2] = values
        return "".join(parts)

    def read(self, text: str) -> list[str] | None:
        """What stands in each gap; None where the text is another one.

        If every value is one whole JSON value, then the text is the template with nothing else changed.
        """
        first, *others = self.pieces
        if not text.startswith(first):
            return None
        found, start = [], len(first)
        for piece in others:
            end = text.find(piece[:HEAD], start)
            if end < 0 or not text.startswith(piece, end):
                return None
            found.append(text[start:end])
            start = end + len(piece)
        return found if start == len(text) else None


class Gaps:
    """Marks for gaps, to be put into a notebook before it is written, and found in its text again."""

    def __init__(self) -> None:
        self._token = uuid4().hex  # stands in no release
        self._gaps: list[Gap] = []

    def mark(self, kind: str, name: str = "") -> str:
        """A mark for a gap."""
        self._gaps.append((kind, name))
        return f"{self._token}-{len(self._gaps) - 1}"

    def cut(self, text: str) -> Template:
        """The text with its marks taken out. Where a list of lines holds a mark, the list as a whole is the gap."""
        found = re.split(rf'(?:\[\n {{4}})?"{self._token}-(\d+)"(?:\n {{3}}\])?', text)
        return Template(tuple(found[::2]), tuple(self._gaps[int(number)] for number in found[1::2]))
