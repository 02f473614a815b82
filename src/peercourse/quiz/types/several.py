"""Several answers: tick all that fit; each ticked option adds its points, a harmful one takes them all away."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from peercourse.quiz.item import (
    Face,
    Item,
    Literals,
    Option,
    Remark,
    Score,
    different,
    lettered,
    letters_by_text,
    shuffled,
)
from peercourse.quiz.markup import choice_list
from peercourse.quiz.types.single import option_remarks
from peercourse.words import Words


def score_several(answer: Any, key: Any) -> float:
    """Sum of the points of the ticked letters, never below 0; 0 as soon as a harmful one is ticked.

    A letter that is named twice counts once; a letter that the item does not have makes the answer worth 0.

    Args:
        answer: ticked letters, for example ``["a", "c"]``.
        key: ``{"points": points by letter (wrong ones 0 or below), "harm": letters that could hurt}``.
    """
    if not isinstance(answer, list) or not all(isinstance(letter, str) for letter in answer):
        return 0.0
    chosen = set(answer)
    if not chosen <= set(key["points"]) or chosen & set(key["harm"]):
        return 0.0
    return float(max(sum(key["points"][letter] for letter in sorted(chosen)), 0.0))


class Several(Item):
    """An item in which all fitting options are to be ticked: those with points above 0."""

    type: Literal["several"]
    score: ClassVar[Score | None] = staticmethod(score_several)
    options: tuple[Option, ...] = Field(min_length=3, max_length=10)

    @model_validator(mode="after")
    def _check(self) -> Several:
        different([option.text for option in self.options], "option")
        if sum(option.points > 0 for option in self.options) < 2:
            raise ValueError("has fewer than two options with points above 0; use type: single instead")
        if all(option.points > 0 for option in self.options):
            raise ValueError("has no option that is wrong; add one with 0 points or fewer")
        if any(option.harm and option.points > 0 for option in self.options):
            raise ValueError("has a harmful option that earns points; give it 0")
        return self

    @property
    def maximum(self) -> float:
        """Sum of all points above 0."""
        return sum(option.points for option in self.options if option.points > 0)

    def face(self, seed: str) -> Face:
        """Options as lettered choices."""
        return Face(
            id=self.id,
            type=self.type,
            stem=self.stem,
            points=self.maximum,
            choices=lettered(shuffled((option.text for option in self.options), f"{seed}/{self.id}")),
            blank=[],
            example=["a", "c"],
            instruction="Write all letters that fit, each between quotes.",
        )

    def key(self, seed: str) -> dict[str, Any]:
        """Points by letter, and the harmful letters."""
        letters = letters_by_text(self.face(seed))
        return {
            "points": dict(sorted((letters[option.text], float(option.points)) for option in self.options)),
            "harm": sorted(letters[option.text] for option in self.options if option.harm),
        }

    def best_answer(self, seed: str) -> Literals:
        """Letters of all options that earn points."""
        return [letter for letter, points in self.key(seed)["points"].items() if points > 0]

    def remarks(self, seed: str, words: Words) -> tuple[Remark, ...]:
        """The rationale of each option, shown when it is ticked."""
        lowest = min(option.points for option in self.options if option.points > 0)
        return option_remarks(self.options, self.face(seed), lowest, words)

    @staticmethod
    def form(face: Face, words: Words) -> str:
        """Tick boxes."""
        return choice_list(face, "checkbox", words)
