"""Which marks given by hand stay settled when a submission is scored again: one rule for both engines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Mark:
    """An item's row in the gradebook, as it was before.

    Attributes:
        automatic: points by the scorer; None where a person has to give them.
        by_hand: points given by hand, if any.
        waiting: whether it waits for a marker.
        extra: points that a marker gave on top.
    """

    automatic: float | None
    by_hand: float | None
    waiting: bool
    extra: float = 0.0


def needs_marking(before: Mark, automatic: float | None, *, same_answer: bool) -> bool:
    """Whether an item waits for a marker after it was scored again.

    nbgrader's own rule sends every marked item back to the desk. Here an item that was marked by hand, and whose
    answer and automatic points have not changed since, stays as it is.

    Args:
        before: the row as it was.
        automatic: points by the scorer now.
        same_answer: whether the answer that was marked is the one that was scored now.
    """
    if before.by_hand is None:
        return automatic is None
    return before.waiting or not same_answer or before.automatic != automatic


def written_answers(path: Path) -> dict[str, str]:
    """Source of the cells that are marked by hand in a scored notebook; empty where there is none."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return {
            cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
            for cell in cells
            if _marked_by_hand(cell["metadata"].get("nbgrader", {}))
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _marked_by_hand(flags: dict[str, Any]) -> bool:
    return bool(flags.get("grade") and flags.get("solution"))
