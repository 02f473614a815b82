"""Triage: green, amber or red for each of several short lines; missing a red one costs a point."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from peercourse.content.model import ContentModel, Text
from peercourse.quiz.item import Face, Item, Literals, Remark, Score, different, numbered, shuffled
from peercourse.quiz.markup import level_rows
from peercourse.words import Words


class Level(StrEnum):
    """How much help a line calls for."""

    GREEN = "green"
    """Stay and listen."""
    AMBER = "amber"
    """Arrange more help soon."""
    RED = "red"
    """Act now, and do not leave the person alone."""


# As notebooks say it; the page takes its words from the catalogue.
MEANINGS = {
    Level.GREEN: "stay and listen",
    Level.AMBER: "arrange more help soon",
    Level.RED: "act now, and do not leave the person alone",
}


def score_triage(answer: Any, key: Any) -> float:
    """A point for each row with the right level, one taken off for each red row called green; never below 0.

    Args:
        answer: level by row, for example ``{"1": "red", "2": "green"}``.
        key: right level by row.
    """
    if not isinstance(answer, dict):
        return 0.0
    right = sum(answer.get(row) == level for row, level in key.items())
    missed = sum(level == "red" and answer.get(row) == "green" for row, level in key.items())
    return float(max(right - missed, 0))


class Line(ContentModel):
    """Something that a colleague says or shows, and the level it calls for."""

    text: Text
    level: Level
    rationale: Text


class Triage(Item):
    """An item whose lines are each given a level."""

    type: Literal["triage"]
    score: ClassVar[Score | None] = staticmethod(score_triage)
    lines: tuple[Line, ...] = Field(min_length=2, max_length=10)

    @model_validator(mode="after")
    def _check(self) -> Triage:
        different([line.text for line in self.lines], "line")
        return self

    @property
    def maximum(self) -> float:
        """One point a line."""
        return float(len(self.lines))

    def face(self, seed: str) -> Face:
        """Lines as rows; the levels are the same for every triage item."""
        return Face(
            id=self.id,
            type=self.type,
            stem=self.stem,
            points=self.maximum,
            rows=numbered(shuffled((line.text for line in self.lines), f"{seed}/{self.id}")),
            blank={},
            example={"1": "green", "2": "red"},
            instruction="Write green, amber or red for each number ("
            + "; ".join(f"{level}: {meaning}" for level, meaning in MEANINGS.items())
            + ").",
        )

    def key(self, seed: str) -> dict[str, str]:
        """Right level by row."""
        levels = {line.text: line.level for line in self.lines}
        return {row.label: str(levels[row.text]) for row in self.face(seed).rows}

    def best_answer(self, seed: str) -> Literals:
        """Right level by row."""
        return self.key(seed)

    def remarks(self, seed: str, words: Words) -> tuple[Remark, ...]:
        """For each row, the level and why."""
        key, rationales = self.key(seed), {line.text: line.rationale for line in self.lines}
        return tuple(
            Remark(
                rationales[row.text],
                words("remarks.level", row=row.label, level=words(f"items.{key[row.label]}")),
                f"{self.id}.{row.label}",
                key[row.label],
                always=True,
            )
            for row in self.face(seed).rows
        )

    @staticmethod
    def form(face: Face, words: Words) -> str:
        """Three radio buttons a row, each with its word."""
        levels = [(str(level), words(f"items.{level}"), words(f"items.{level}_means")) for level in Level]
        return level_rows(face, levels, words)
