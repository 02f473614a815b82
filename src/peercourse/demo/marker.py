"""The mark by which a made-up cohort is known, so that no report takes it for people."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from peercourse.grading.files import write_file

MARKER = "synthetic.json"
"""Lies in the demo's own folder and in its grading folder."""
MADE_BY = "peercourse demo"


@dataclass(frozen=True)
class DemoSettings:
    """What a demo is made from; the same course and settings give the same files.

    Attributes:
        trainees: how many people are made up.
        seed: another number makes up other people.
        marked: whether the written answers are marked as well.
    """

    trainees: int
    seed: int
    marked: bool = False


def is_synthetic(folder: Path) -> bool:
    """Whether what lies in a folder was made up by this program.

    Args:
        folder: a grading folder, or the folder of a demo.
    """
    return read_marker(folder) is not None


def read_marker(folder: Path) -> DemoSettings | None:
    """What the demo in a folder was made from; None where there is no demo."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    match marker:
        case {"made_by": made_by, "trainees": int(trainees), "seed": int(seed), "marked": bool(marked)} if (
            made_by == MADE_BY
        ):
            return DemoSettings(trainees, seed, marked)
    return None


def write_marker(folder: Path, settings: DemoSettings) -> None:
    """Mark a folder as made up."""
    marker = {"synthetic": True, "made_by": MADE_BY, **asdict(settings)}
    write_file(folder / MARKER, json.dumps(marker, indent=1) + "\n")
