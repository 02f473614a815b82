"""Match: give each row the choice that belongs to it; each right pair earns its share."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from peercourse.content.model import ContentModel, Text
from peercourse.quiz.item import (
    Face,
    Item,
    Literals,
    Points,
    Remark,
    Score,
    different,
    lettered,
    letters_by_text,
    numbered,
    shuffled,
)  # fmt: skip
from peercourse.quiz.markup import choice_rows, lettered_list, option_tags
from peercourse.words import Words


def score_match(answer: Any, key: Any) -> float:
    """Share of rows with the right letter, times the item's points. Unknown rows and letters earn nothing.

    Args:
        answer: letter by row, for example ``{"1": "c", "2": "a"}``.
        key: ``{"pairs": right letter by row, "points": the item's points}``.
    """
    if not isinstance(answer, dict):
        return 0.0
    right = sum(answer.get(row) == letter for row, letter in key["pairs"].items())
    return float(key["points"] * right / len(key["pairs"]))


class Pair(ContentModel):
    """A row and the choice that belongs to it."""

    left: Text
    right: Text
    rationale: Text


class Match(Item):
    """An item whose rows are matched with choices; ``extra`` are choices that fit no row."""

    type: Literal["match"]
    score: ClassVar[Score | None] = staticmethod(score_match)
    points: Points = Field(gt=0)
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=8)
    extra: tuple[Text, ...] = Field(default=(), max_length=4)

    @model_validator(mode="after")
    def _check(self) -> Match:
        different([pair.left for pair in self.pairs], "left side")
        different([*(pair.right for pair in self.pairs), *self.extra], "right side")
        return self

    @property
    def maximum(self) -> float:
        """The item's points."""
        return self.points

    def face(self, seed: str) -> Face:
        """Left sides as rows, right sides and extras as choices, each shuffled."""
        rights = [*(pair.right for pair in self.pairs), *self.extra]
        return Face(
            id=self.id,
            type=self.type,
            stem=self.stem,
            points=self.points,
            choices=lettered(shuffled(rights, f"{seed}/{self.id}/right")),
            rows=numbered(shuffled((pair.left for pair in self.pairs), f"{seed}/{self.id}/left")),
            blank={},
            example={"1": "c", "2": "a"},
            instruction="Write a letter for each number.",
        )

    def _pairs(self, seed: str) -> dict[str, str]:
        face = self.face(seed)
        letters, rights = letters_by_text(face), {pair.left: pair.right for pair in self.pairs}
        return {row.label: letters[rights[row.text]] for row in face.rows}

    def key(self, seed: str) -> dict[str, Any]:
        """Right letter by row, and the points."""
        return {"pairs": self._pairs(seed), "points": float(self.points)}

    def best_answer(self, seed: str) -> Literals:
        """Right letter by row."""
        return self._pairs(seed)

    def remarks(self, seed: str, words: Words) -> tuple[Remark, ...]:
        """For each row, the right letter and why."""
        pairs, rationales = self._pairs(seed), {pair.left: pair.rationale for pair in self.pairs}
        return tuple(
            Remark(
                rationales[row.text],
                words("remarks.pair", row=row.label, letter=pairs[row.label]),
                f"{self.id}.{row.label}",
                pairs[row.label],
                always=True,
            )
            for row in self.face(seed).rows
        )

    @staticmethod
    def form(face: Face, words: Words) -> str:
        """The lettered choices, and a drop-down for each row that says them again, so that nobody has to remember."""
        letters = option_tags([(choice.label, f"{choice.label}: {choice.text}") for choice in face.choices])
        rows = choice_rows(face, face.rows, letters, words("items.goes_with"), "map", words)
        return lettered_list(face.choices) + rows
