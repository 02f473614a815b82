"""Who hands what in, and the inboxes that come of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from peercourse.demo.answers import answer_quiz
from peercourse.demo.cohort import Person, course_of, handed_in, occasion, time_of
from peercourse.demo.marker import DemoSettings
from peercourse.demo.saved_file import read_release, saved_file
from peercourse.grading.files import write_file
from peercourse.quiz.bank import Quiz

INBOX, LATER = "inbox", "inbox-later"
LATER_BY = timedelta(days=9)


@dataclass(frozen=True)
class HandedIn:
    """A file of a demo.

    Attributes:
        person: whose it is.
        quiz: what it answers.
        time: when it was handed in.
        typed: the ID as it was typed.
        inbox: the inbox that it lies in.
        attempt: 2 for a file that is handed in again.
    """

    person: Person
    quiz: Quiz
    time: datetime
    typed: str
    inbox: str = INBOX
    attempt: int = 1

    @property
    def path(self) -> Path:
        """Where it lies in the demo's folder: a folder a person, as the handbook advises."""
        return Path(self.inbox, self.person.id, f"{self.quiz.id}.ipynb")


@dataclass(frozen=True)
class Files:
    """All files of a demo.

    Attributes:
        all: every file, those below included.
        later: the one that is handed in again; None where a course has no module quiz.
        wrong: the one with a mistyped ID; None where nobody is left to make the slip.
    """

    all: tuple[HandedIn, ...]
    later: HandedIn | None
    wrong: HandedIn | None


def plan_files(people: Iterable[Person], quizzes: Iterable[Quiz], settings: DemoSettings) -> Files:
    """Every file that is handed in, with one that comes again later and one whose ID is mistyped."""
    known = list(quizzes)
    files = [
        HandedIn(person, quiz, time_of(person, quiz, course_of(person, known), settings), person.id)
        for person in people
        for quiz in handed_in(person, known, settings)
    ]
    of_modules = [file for file in files if occasion(file.quiz) == "course"]
    first = of_modules[0] if of_modules else None
    slip = next((file for file in reversed(of_modules) if first and file.person != first.person), None)
    later = first and replace(first, inbox=LATER, attempt=2, time=first.time + LATER_BY)
    wrong = slip and replace(slip, typed=slip.typed.replace("-", ""))
    in_place = [wrong if wrong and file == slip else file for file in files]
    return Files((*in_place, later) if later else tuple(in_place), later, wrong)


def write_inboxes(
    files: Files,
    releases: Mapping[str, str],
    folder: Path,
    settings: DemoSettings,
    step: Callable[[int, int, str], None] = lambda _done, _all, _name: None,
) -> None:
    """Write all files, each with the time at which it was handed in.

    Args:
        files: what is handed in.
        releases: released notebooks as JSON, by quiz id.
        folder: the demo's folder.
        settings: the demo's.
        step: told how many of how many are done, and whose turn it is.
    """
    notebooks = {quiz: read_release(text) for quiz, text in releases.items()}
    for inbox in (INBOX, LATER):
        (folder / inbox).mkdir()
    for number, file in enumerate(files.all):
        step(number, len(files.all), file.person.id)
        answers = answer_quiz(file.person, file.quiz, settings, file.attempt)
        write_file(folder / file.path, saved_file(notebooks[file.quiz.id], file.typed, answers))
        os.utime(folder / file.path, (file.time.timestamp(), file.time.timestamp()))
