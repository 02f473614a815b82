"""How a quiz says the same things on the page, in the notebook and in the marking guide."""

from __future__ import annotations

import re


def points_in_words(points: float) -> str:
    """Points with their noun: "1 point", "2.5 points"."""
    return f"{points:g} point" if points == 1 else f"{points:g} points"


def plain_markdown(text: str) -> str:
    """Author's plain text as Markdown that shows exactly this text."""
    escaped = re.sub(r"([\\`*_\[\]<>$|~])", r"\\\1", text.strip())
    return re.sub(r"^(\s*)([-+#]|\d+[.)])", r"\1\\\2", escaped, flags=re.MULTILINE)
