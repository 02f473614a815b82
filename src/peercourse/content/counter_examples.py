"""Texts of a YAML file, and which of them show what not to say: wrong answers, slips, what a marker gives nothing for.

Whatever else is a counter-example, an author marks with a comment line directly above its field::

    # counter-example
    story: "…"
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peercourse.content.yaml_source import FieldPath, Source

WRONG_FIELDS = frozenset({"avoid", "does_not_earn", "harmful", "closes", "extra"})
"""Fields whose whole content is what not to say; ``extra`` are choices of a match that fit nowhere."""

SPOKEN_FIELDS = frozenset({"text", "say", "do"})
"""What is said in an option or a reply. The field beside it that says why is advice, and never a counter-example."""

COLLEAGUE_FIELDS = frozenset({"says", "you_are", "begin", "carries", "if_asked"})
"""Fields in which the colleague speaks who is to be supported, or the one who plays that part is told of it."""

_MARK = re.compile(r"^\s*counter-example\b")
_COMMENT = re.compile(r"^\s*#(.*)$")


@dataclass(frozen=True)
class YamlText:
    """A text of a YAML file.

    Attributes:
        path: its field.
        text: its words.
        counter_example: whether it shows what not to say.
    """

    path: FieldPath
    text: str
    counter_example: bool

    @property
    def of_colleague(self) -> bool:
        """Whether the colleague who is to be supported says it."""
        return not COLLEAGUE_FIELDS.isdisjoint(self.path)


def is_mark(comment: str) -> bool:
    """Whether a comment marks what stands below it as a counter-example; a reason may follow."""
    return _MARK.match(comment) is not None


def yaml_texts(source: Source, written: str, first_line: int = 1) -> Iterator[YamlText]:
    """Every text of a file, in its order.

    Args:
        source: the file as data.
        written: the same file as it was written, comments included.
        first_line: line of the file at which ``written`` starts, for YAML inside another file.
    """
    marked = _below_marks(written, first_line)

    def texts(data: Any, path: FieldPath, wrong: bool) -> Iterator[YamlText]:
        wrong = wrong or source.lines.get(path) in marked
        if isinstance(data, str):
            yield YamlText(path, data, wrong)
        elif isinstance(data, Mapping):
            here = WRONG_FIELDS | SPOKEN_FIELDS if does_not_help(data) or path[-1:] == ("hurts",) else WRONG_FIELDS
            for name, part in data.items():
                yield from texts(part, (*path, name), wrong or name in here)
        elif isinstance(data, list):
            for index, part in enumerate(data):
                yield from texts(part, (*path, index), wrong)

    return texts(source.data, (), False)


def does_not_help(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is an option that earns nothing or could hurt, or a reply that shows no skill."""
    if entry.get("harm") is True or entry.get("slip"):
        return True
    points = entry.get("points")
    if "rationale" in entry and isinstance(points, int | float):
        return points <= 0
    return "goto" in entry and not entry.get("skill")


def _below_marks(written: str, first_line: int) -> set[int]:
    """Lines directly below a mark."""
    comments = ((number, _COMMENT.match(line)) for number, line in enumerate(written.split("\n"), start=first_line))
    return {number + 1 for number, comment in comments if comment and is_mark(comment[1])}
