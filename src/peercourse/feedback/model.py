"""What a trainee is told after a quiz, as data. It has no field for keys, guides or options not chosen."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """How an outcome went, over all the questions of the quiz that ask for it."""

    WELL = "well"
    """The share of points that passes the quiz, or more."""
    PARTLY = "partly"
    """Half of the points or more."""
    AGAIN = "again"
    """Less than that, or something was chosen or written that could hurt."""
    WAITING = "waiting"
    """An answer waits for a marker."""


@dataclass(frozen=True)
class Place:
    """A page of the course; the address is empty where nobody knows where the site stands."""

    title: str
    address: str


@dataclass(frozen=True)
class Question:
    """A question as its trainee met it, numbered through the quiz from 1."""

    number: int
    setting: str
    stem: str


@dataclass(frozen=True)
class OutcomeFeedback:
    """An outcome and how it went.

    Attributes:
        text: the outcome; empty where the course no longer has it.
        back: the page that teaches it, or its module's first page.
    """

    text: str
    how: How
    back: Place | None


@dataclass(frozen=True)
class WrittenFeedback:
    """An answer in the trainee's own words.

    Attributes:
        words: what the trainee wrote; empty where it was left blank.
        score: points of the marker; None while one is waited for.
        maximum: the most points.
        comment: what the marker wrote about it.
    """

    question: Question
    words: str
    score: float | None
    maximum: float
    comment: str


@dataclass(frozen=True)
class Comment:
    """What a marker wrote about an answer that the program scores."""

    question: Question
    text: str


@dataclass(frozen=True)
class Explained:
    """Why a chosen option is good or is not.

    Attributes:
        chosen: the chosen option; empty where the answer is an order of lines.
        rationale: what its author says about it.
    """

    question: Question
    chosen: str
    rationale: str


@dataclass(frozen=True)
class Feedback:
    """All that a trainee is told about a quiz.

    Attributes:
        trainee: the ID.
        quiz: the quiz's title.
        handed_in: the day; None where nobody knows.
        passed: None while a marker is waited for, and where nobody passes or fails.
        score: points in all; None while a marker is waited for.
        maximum: the most points.
        pass_mark: share of the points from which the quiz counts as passed; None where nobody passes or fails.
        penalty: points taken off for lateness.
        waiting: how many answers wait for a marker.
        outcomes: in the order of the course.
        written: answers in own words.
        comments: what markers wrote about other answers.
        harmful: questions at which something was chosen that could hurt.
        noted: questions in whose answers a marker noted a reply that could hurt.
        explained: rationales of chosen options; empty unless the institution shows them.
    """

    trainee: str
    quiz: str
    handed_in: datetime.date | None
    passed: bool | None
    score: float | None
    maximum: float
    pass_mark: float | None
    penalty: float
    waiting: int
    outcomes: tuple[OutcomeFeedback, ...]
    written: tuple[WrittenFeedback, ...]
    comments: tuple[Comment, ...]
    harmful: tuple[Question, ...]
    noted: tuple[Question, ...]
    explained: tuple[Explained, ...]
