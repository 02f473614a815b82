"""The names of what helps in a conversation. The names of what hurts are :data:`peercourse.quiz.item.Slip`."""

from __future__ import annotations

from typing import Literal

Skill = Literal[
    "open-question",
    "reflection",
    "naming-feeling",
    "affirmation",
    "summary",
    "silence",
    "attention",
    "role-and-limits",
    "permission",
    "normalising",
    "practical-help",
    "grounding",
    "asking-about-suicide",
    "staying",
    "handover",
    "respecting-no",
    "repair",
    "holding-the-group",
    "closing",
]
"""What a reply does that helps; the page and the debrief call it by the name that the catalogue of words gives."""
