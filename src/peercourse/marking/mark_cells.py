"""What may stand in the cells that a marker fills. Each function returns the value or says what to write instead."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from peercourse.marking import layout
from peercourse.marking.model import MarkedCriterion
from peercourse.marking.problems import shown

MARKUP = re.compile(r"<|\]\s*[(:\[]")
"""What Markdown takes for HTML or a link. nbgrader's own feedback shows comments as Markdown."""


def read_points(cell: Any, criterion: MarkedCriterion) -> float:
    """Points for a criterion.

    Raises:
        ValueError: something else stands there; the message says what, and what to write.
    """
    value, allowed = cell.value, layout.allowed_points(criterion)
    write = f"write {layout.points_in_a_row(allowed)}"
    if value is None or (isinstance(value, str) and not value.strip()):
        raise ValueError(f"it is empty, and other cells of the row are not; {write}, or clear the row's marks")
    if cell.data_type == "e":
        raise ValueError(f"the error {shown(value)} stands there; {write}")
    if isinstance(value, str):
        raise ValueError(f"the text {shown(value)} stands there; {write} as a number")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        kind = "TRUE or FALSE" if isinstance(value, bool) else f"a date or time, {shown(value)},"
        raise ValueError(f"{kind} stands there; {write} as a number")
    if value not in allowed:
        raise ValueError(f"{shown(value)} stands there; {write}")
    return float(value)


def read_harmful(cell: Any) -> bool:
    """Whether the box says yes.

    Raises:
        ValueError: something else than yes, no or nothing stands there.
    """
    value = cell.value
    words = value.strip().casefold() if isinstance(value, str) else value
    if words in (None, "", "no") and not isinstance(words, bool):
        return False
    if words == layout.YES:
        return True
    raise ValueError(f"{shown(value)} stands there; write “{layout.YES}”, or leave it empty")


def read_comment(cell: Any) -> str:
    """A comment as plain words.

    Raises:
        ValueError: it is too long, an error, or holds signs that a page would take for its own.
    """
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        raise ValueError(f"the error {shown(value)} stands there; write words, and start with a letter")
    text = "".join(sign if sign == "\n" or unicodedata.category(sign)[0] != "C" else " " for sign in str(value)).strip()
    if len(text) > layout.LONGEST_COMMENT:
        raise ValueError(f"the comment has {len(text)} letters; write at most {layout.LONGEST_COMMENT}")
    if MARKUP.search(text):
        raise ValueError(f"{shown(text)} holds < or a link in brackets; write plain words")
    return text
