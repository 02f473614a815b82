"""What all content models share: frozen, unknown keys refused, text that says something, ids that are safe anywhere."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


class ContentModel(BaseModel):
    """Base of every model that authors fill: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Classes of characters that make text read otherwise than it is written (Unicode Standard Annex 9)."""


def _no_markup(text: str) -> str:
    if "<" in text and ">" in text:
        raise ValueError("holds markup in angle brackets; write plain text")
    if any(unicodedata.category(character) == "Cc" and character != "\n" for character in text):
        raise ValueError("holds a control character; write plain text")
    if any(unicodedata.bidirectional(character) in _TURNING for character in text):
        raise ValueError("holds a character that turns the direction of text; write plain text")
    if "###" in text:
        raise ValueError("holds '###', which nbgrader reads as its own mark; leave it out")
    return text


Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4000, strip_whitespace=True),
    AfterValidator(_no_markup),
]
"""Words for people: plain text, not empty, at most 4,000 characters."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
"""Lower-case letters, digits and single hyphens, at most 40 characters, for example ``night-pharmacy``."""

OutcomeId = Annotated[str, StringConstraints(pattern=r"^m\d+\.\d+$")]
"""An outcome of a module, for example ``m2.3``."""

Competence = Annotated[str, StringConstraints(pattern=r"^COM\d\d$")]
"""A competence of ``evidence/standards.yaml``, for example ``COM02``."""

Area = Annotated[str, StringConstraints(pattern=r"^DEL[1-8]$")]
"""An area of the consensus on peer support in ``evidence/standards.yaml``: ``DEL1`` to ``DEL8``."""
