"""Sheets of role plays that nobody played, in a folder beside the inbox, as observers would save them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from peercourse.demo.answers import MADE_UP, knows
from peercourse.demo.cohort import Person, dice, occasion, skill
from peercourse.demo.handing_in import Files
from peercourse.demo.marker import DemoSettings
from peercourse.demo.saved_file import read_release, saved_file
from peercourse.grading.files import write_file
from peercourse.quiz.item import Literals
from peercourse.quiz.sheet import CARD, NOTE, OBSERVED_ON, OBSERVER, Sheet
from peercourse.quiz.types.observed import ANSWERS, NO_OCCASION, Observed

OBSERVED = "observed"
OBSERVERS = ("demo-observer-1", "demo-observer-2", "demo-observer-3")
WEEK = timedelta(weeks=1)
SEEN, AGAIN = 0.85, 0.7
"""Share of those who came that far that is observed, and of those who did not pass that tries again."""
REHEARSED = 1.2
"""Skill in a rehearsed talk above that in a quiz."""


@dataclass(frozen=True)
class Seen:
    """A sheet of a demo.

    Attributes:
        person: whom it is about.
        observer: who filled it in.
        time: when it was saved.
        answers: what stands in it.
        attempt: 2 for somebody who tries again.
    """

    person: Person
    observer: str
    time: datetime
    answers: Mapping[str, Literals]
    attempt: int

    @property
    def path(self) -> Path:
        """Where it lies in the demo's folder: a folder an observer."""
        return Path(OBSERVED, self.observer, f"{self.person.id}-{self.attempt}.ipynb")


def plan_sheets(files: Files, sheet: Sheet, cards: Sequence[str], settings: DemoSettings) -> list[Seen]:
    """Every sheet: most of those who handed in a module's quiz are observed a week after the last, some of them twice.

    Args:
        files: what was handed in.
        sheet: the observation sheet.
        cards: names of the role plays.
        settings: the demo's.
    """
    of_modules = [file for file in files.all if occasion(file.quiz) == "course"]
    last = {file.person.id: (file.person, file.time) for file in sorted(of_modules, key=lambda file: file.time)}
    found = []
    for name in sorted(last):
        person, time = last[name]
        chance = dice(settings, name, sheet.id)
        if chance.random() >= SEEN:
            continue
        first = _seen(person, time + WEEK, sheet, cards, settings, 1)
        found.append(first)
        passed = sheet.rule.passes(str(first.answers[item.id]) for item in sheet.items())
        if not passed and chance.random() < AGAIN:
            found.append(_seen(person, time + 3 * WEEK, sheet, cards, settings, 2))
    return found


def write_sheets(seen: Sequence[Seen], release: str, folder: Path) -> None:
    """Write all sheets, each with the time at which it was saved.

    Args:
        seen: the sheets.
        release: the released notebook as JSON.
        folder: the demo's folder.
    """
    notebook = read_release(release)
    (folder / OBSERVED).mkdir()
    for one in seen:
        write_file(folder / one.path, saved_file(notebook, one.person.id, one.answers))
        os.utime(folder / one.path, (one.time.timestamp(), one.time.timestamp()))


def _seen(
    person: Person, time: datetime, sheet: Sheet, cards: Sequence[str], settings: DemoSettings, attempt: int
) -> Seen:
    chance = dice(settings, person.id, sheet.id, str(attempt))
    level = skill(person, "course") + attempt * REHEARSED
    answers: dict[str, Literals] = {
        OBSERVER: chance.choice(OBSERVERS),
        OBSERVED_ON: time.date().isoformat(),
        CARD: chance.choice(cards) if cards else "",
        NOTE: f"{MADE_UP} “Take your time.” That was when it opened.",
    }
    for item in sheet.items():
        likely = knows(item, level, settings)
        if isinstance(item, Observed) and item.may_be_absent and chance.random() < 0.5:
            answers[item.id] = NO_OCCASION
        elif chance.random() < likely:
            answers[item.id] = ANSWERS["full" if chance.random() < likely * 0.7 else "basic"]
        else:
            answers[item.id] = ANSWERS["harmful" if chance.random() < 0.1 else "not_shown"]
    return Seen(person, str(answers[OBSERVER]), time, answers, attempt)
