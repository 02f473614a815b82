"""Observation sheets: what one says, and which may be taken in.

A sheet speaks about somebody else. So it is taken in only from a folder that the trainer vouches for, it names an
observer who is not the trainee, and every behaviour has its level.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from peercourse.grading.answer_cells import LONGEST_LITERAL
from peercourse.grading.answers import NotPlainError, read_assignment
from peercourse.grading.folder import Released
from peercourse.quiz.markup import LONGEST_NOTE
from peercourse.quiz.notebook import answer_variable
from peercourse.quiz.sheet import CARD, NOTE, OBSERVATION, OBSERVED_ON, OBSERVER

OBSERVERS = "observers.csv"
"""In the grading folder: who may observe; without it everybody but the trainee."""
NAMED = 3
FIRST_YEAR = 2000
"""A day before it is a slip or a trick: some of these would not even be read back as a time."""


@dataclass(frozen=True)
class Observation:
    """What an observer noted.

    Attributes:
        observer: the ID; empty where there is none.
        day: when it was; None where the sheet does not say.
        card: name of the card; empty where the sheet does not say.
        note: the observer's words to the trainee.
        levels: what stands for each behaviour, by id; empty where there is no level.
    """

    observer: str
    day: date | None
    card: str
    note: str
    levels: Mapping[str, str]


def is_sheet(released: Released) -> bool:
    """Whether an assignment is the sheet of an observed role play."""
    return released.kind == OBSERVATION


def read_observation(notebook: Mapping[str, Any], released: Released) -> Observation:
    """Read a rebuilt sheet.

    Args:
        notebook: as rebuilt, so that it holds nothing but plain answers.
        released: the sheet that it fills in.
    """
    sources = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
    found = {name: _held(sources.get(name, ""), name) for name in (OBSERVER, OBSERVED_ON, CARD, NOTE)}
    return Observation(
        observer=found[OBSERVER],
        day=_day(found[OBSERVED_ON]),
        card=found[CARD],
        note=found[NOTE],
        levels={item.id: _held(sources.get(item.id, ""), item.id) for item in released.items},
    )


def observation_in(text: str, released: Released) -> Observation:
    """Read a sheet that was taken in; where somebody has damaged it since, nothing stands in it.

    Args:
        text: the file.
        released: the sheet that it fills in.
    """
    try:
        return read_observation(json.loads(text), released)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Observation("", None, "", "", {})


def text_of(path: Path) -> str:
    """A sheet that was taken in, also where it is damaged and no text any more."""
    return path.read_text(encoding="utf-8", errors="replace")


def sheet_problem(observation: Observation, trainee: str, observers: frozenset[str] | None) -> str:
    """Why a sheet is not taken in; empty where it may be.

    Args:
        observation: what it says.
        trainee: whom it is about.
        observers: IDs of those who may observe; None lets everybody.
    """
    open_ones = [name for name, level in observation.levels.items() if not level]
    if not observation.observer:
        return "it does not say who observed, or not by an ID; ask the observer for a new file"
    if observation.observer == trainee:
        return f"{trainee} stands there as trainee and as observer, and nobody can observe themselves; ask who observed"
    if observers is not None and observation.observer not in observers:
        return f"the observer {observation.observer} is not in {OBSERVERS}"
    if open_ones:
        listed = ", ".join(open_ones[:NAMED]) + (f" and {len(open_ones) - NAMED} more" if open_ones[NAMED:] else "")
        return f"it has no level for {listed}; ask {observation.observer} to fill it in and to save it again"
    return ""


def observed_at(observation: Observation, saved: datetime) -> datetime:
    """When a role play was, by which the latest counts: when the file was saved, and at most the end of its day.

    So a sheet that was copied later keeps its day. A day still to come is not believed.

    Args:
        observation: what the sheet says.
        saved: the file's time.
    """
    if observation.day is None:
        return saved
    return min(saved, datetime.combine(observation.day, time(23, 59, 59), UTC))


def disagreement(counts: str, others: Iterable[str], released: Released) -> str:
    """Says where two observers of one day come to another result; empty where they do not.

    Args:
        counts: the sheet that counts, as rebuilt.
        others: the other sheets about the trainee.
        released: the sheet that they fill in.
    """
    mine, *rest = (observation_in(text, released) for text in (counts, *others))
    verdict = _verdict(mine, released)
    for other in rest if mine.observer else []:
        if (other.day, _verdict(other, released)) == (mine.day, not verdict) and other.observer not in (
            "",
            mine.observer,
        ):
            said = {True: "passed", False: "not passed"}
            return (
                f"{mine.observer} and {other.observer} observed on one day: {said[verdict]} and {said[not verdict]}; "
                f"the sheet of {mine.observer} counts. Talk with both. To let the other count, name it with --prefer"
            )
    return ""


def _verdict(observation: Observation, released: Released) -> bool:
    return released.rule is not None and released.rule.passes(observation.levels.values())


def _held(source: str, name: str) -> str:
    try:
        value = read_assignment(source, answer_variable(name), LONGEST_LITERAL * LONGEST_NOTE)
    except NotPlainError:
        return ""
    return value if isinstance(value, str) else ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
        return day if day.year >= FIRST_YEAR else None
    except ValueError:
        return None
