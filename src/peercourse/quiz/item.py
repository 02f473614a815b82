"""What every item type shares: the author's fields, and the *face*, all that a trainee may see of an item.

Everything public (page, notebook, printed sheet, fingerprint) is drawn from the :class:`Face` alone, which holds
neither points of options nor rationales nor criteria. So a key cannot reach a page by a slip in a template.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from peercourse.content.model import Competence, ContentModel, Identifier, OutcomeId, Text
from peercourse.words import Words

Literals = str | list[str] | dict[str, str]
"""What an answer cell may hold: one choice, several in a row, or a choice for each row."""

Score = Callable[[Any, Any], float]
"""``score(answer, key)``: pure, without imports, always finite and within 0 and the item's points."""

Slip = Literal[
    "advice",
    "false-reassurance",
    "my-story",
    "fact-finding",
    "minimising",
    "cheerleading",
    "promise",
    "blame",
    "silence-breaking",
    "diagnosis",
    "pushing",
    "avoiding",
]
"""Ways in which good people hurt; named so that reports can say which one was chosen."""


Points = Annotated[float, Field(ge=-10, le=20, multiple_of=0.25)]
"""Points in quarters, so that sums are exact and never above the maximum by a rounding error."""


class Option(ContentModel):
    """One thing that can be chosen.

    Attributes:
        text: what the trainee reads.
        points: what choosing it earns.
        harm: true where this reply could hurt.
        slip: the kind of slip, where it is one.
        rationale: what it would do to the other person, and what to say instead.
    """

    text: Text
    points: Points
    harm: bool = False
    slip: Slip | None = None
    rationale: Text


@dataclass(frozen=True)
class Choice:
    """A lettered choice or a numbered row as a trainee sees it."""

    label: str
    text: str


@dataclass(frozen=True)
class Face:
    """All that a trainee may see of an item.

    Attributes:
        id: the item's id.
        type: the item type's name.
        stem: the question.
        points: the most that can be earned.
        choices: lettered choices in the shuffled order.
        rows: numbered rows to which a choice is given, where the type has rows.
        blank: what the untouched answer cell holds.
        example: what an answered cell looks like.
        instruction: one sentence on how to answer in the notebook.
    """

    id: str
    type: str
    stem: str
    points: float
    choices: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    blank: Literals = ""
    example: Literals = ""
    instruction: str = ""


RemarkKind = Literal["best", "partly", "harm", "other"]


@dataclass(frozen=True)
class Remark:
    """Feedback on practice: shown when ``field`` holds ``value``; always shown where both are empty.

    With ``always`` it is shown in any case, and the page says whether the field holds the value.
    """

    text: str
    heading: str
    field: str = ""
    value: str = ""
    kind: RemarkKind = "other"
    always: bool = False


class Item(ContentModel, ABC):
    """Base of all item types.

    Attributes:
        id: unique within its bank.
        stem: the question.
        outcome: the outcome that it measures.
        competence: the competences that it serves; at least one.
    """

    id: Identifier
    type: str
    stem: Text
    outcome: OutcomeId
    competence: tuple[Competence, ...] = Field(min_length=1)
    score: ClassVar[Score | None] = None
    """The type's scoring function; None where only a person can mark."""
    practised: ClassVar[bool] = True
    """False where the type has no feedback to give, and so is not for self-checks."""
    banked: ClassVar[bool] = True
    """False where the type is not for graded banks."""

    @property
    @abstractmethod
    def maximum(self) -> float:
        """The most points that can be earned, above 0."""

    @abstractmethod
    def face(self, seed: str) -> Face:
        """What a trainee may see. The seed must be made of public text alone; it sets the order of choices."""

    @abstractmethod
    def key(self, seed: str) -> Any:
        """The key as plain literals (dict, list, str, float), in the letters that the same seed gives."""

    @abstractmethod
    def best_answer(self, seed: str) -> Literals:
        """An answer that earns the maximum."""

    @abstractmethod
    def remarks(self, seed: str, words: Words) -> tuple[Remark, ...]:
        """Feedback for practice, with headings in the language of the site.

        Of graded items no page of the site shows it; ``feedback/chosen.py`` takes from it what belongs to a choice.
        """

    @staticmethod
    @abstractmethod
    def form(face: Face, words: Words) -> str:
        """The item's controls as HTML, without the stem; field names are the face's ids and row labels."""


def shuffled(texts: Iterable[str], seed: str) -> list[str]:
    """Texts in an order that depends on the seed and on the texts themselves, not on the author's order.

    Points, rationales and flags play no part, so the order says nothing about the key and survives a corrected key.
    """
    return sorted(texts, key=lambda text: hashlib.sha256(f"{seed}\n{text}".encode()).hexdigest())


def lettered(texts: Sequence[str]) -> tuple[Choice, ...]:
    """Texts with letters: a, b, c and on."""
    return tuple(Choice(letter, text) for letter, text in zip(ascii_lowercase, texts, strict=False))


def numbered(texts: Sequence[str]) -> tuple[Choice, ...]:
    """Texts with numbers: 1, 2, 3 and on."""
    return tuple(Choice(str(number), text) for number, text in enumerate(texts, start=1))


def letters_by_text(face: Face) -> dict[str, str]:
    """Letter of each choice by its text."""
    return {choice.text: choice.label for choice in face.choices}


def different(texts: Sequence[str], what: str) -> None:
    """Refuse texts that stand twice, since a trainee could not tell them apart.

    Raises:
        ValueError: two texts are the same.
    """
    for text in texts:
        if texts.count(text) > 1:
            raise ValueError(f"has the same {what} twice ('{text[:40]}'); make them differ")
