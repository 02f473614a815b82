"""Order: put lines into the right order; credit for each pair of lines that stands the right way round."""

from __future__ import annotations

from functools import reduce
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from peercourse.content.model import Text
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
    shuffled,
)
from peercourse.quiz.markup import choice_rows, option_tags
from peercourse.words import Words


def score_order(answer: Any, key: Any) -> float:
    """Share of pairs in the right order, times the item's points.

    Lines that were left out earn nothing for their pairs; a line that stands twice or is unknown makes the answer
    worth 0.

    Args:
        answer: letters from first to last, for example ``["c", "a", "b"]``.
        key: ``{"order": letters in the right order, "points": the item's points}``.
    """
    order = key["order"]
    if not isinstance(answer, list) or not all(isinstance(letter, str) for letter in answer):
        return 0.0
    if len(set(answer)) < len(answer) or not set(answer) <= set(order):
        return 0.0
    right = sum(
        answer.index(first) < answer.index(second)
        for place, first in enumerate(order)
        for second in order[place + 1 :]
        if first in answer and second in answer
    )
    return float(key["points"] * right / (len(order) * (len(order) - 1) / 2))


class Order(Item):
    """An item whose lines are to be put in order. Authors write them in the right order."""

    type: Literal["order"]
    score: ClassVar[Score | None] = staticmethod(score_order)
    points: Points = Field(gt=0)
    lines: tuple[Text, ...] = Field(min_length=3, max_length=8)
    rationale: Text

    @model_validator(mode="after")
    def _check(self) -> Order:
        different(self.lines, "line")
        return self

    @property
    def maximum(self) -> float:
        """The item's points."""
        return self.points

    def face(self, seed: str) -> Face:
        """Lines as lettered choices."""
        return Face(
            id=self.id,
            type=self.type,
            stem=self.stem,
            points=self.points,
            choices=lettered(shuffled(self.lines, f"{seed}/{self.id}")),
            blank=[],
            example=["c", "a", "b"],
            instruction="Write all letters from first to last, each between quotes.",
        )

    def key(self, seed: str) -> dict[str, Any]:
        """Letters in the right order, and the points."""
        return {"order": self.best_answer(seed), "points": float(self.points)}

    def _order(self, seed: str) -> list[str]:
        letters = letters_by_text(self.face(seed))
        return [letters[line] for line in self.lines]

    def best_answer(self, seed: str) -> Literals:
        """Letters in the right order."""
        return self._order(seed)

    def remarks(self, seed: str, words: Words) -> tuple[Remark, ...]:
        """The right order and why."""
        order = reduce(lambda before, letter: words("remarks.then", before=before, next=letter), self._order(seed))
        return (Remark(self.rationale, words("remarks.order", order=order)),)

    @staticmethod
    def form(face: Face, words: Words) -> str:
        """A place to choose for each line."""
        places = option_tags([(str(place), str(place)) for place in range(1, len(face.choices) + 1)])
        return choice_rows(face, face.choices, places, words("items.place"), "sequence", words)
