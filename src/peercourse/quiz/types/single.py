"""Single best answer: one of several options; each option earns its own points."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from peercourse.quiz.item import (
    Face,
    Item,
    Literals,
    Option,
    Remark,
    RemarkKind,
    Score,
    different,
    lettered,
    letters_by_text,
    shuffled,
)
from peercourse.quiz.markup import choice_list
from peercourse.words import Words


def score_single(answer: Any, key: Any) -> float:
    """Points of the chosen letter; 0 for anything that is no letter of this item.

    Args:
        answer: the letter that was chosen, for example ``"b"``.
        key: points by letter, for example ``{"a": 0.0, "b": 2.0}``.
    """
    if not isinstance(answer, str):
        return 0.0
    return float(max(key.get(answer, 0.0), 0.0))


class Single(Item):
    """An item with one best answer. Points of the best option are the item's points."""

    type: Literal["single"]
    score: ClassVar[Score | None] = staticmethod(score_single)
    options: tuple[Option, ...] = Field(min_length=2, max_length=8)

    @model_validator(mode="after")
    def _check(self) -> Single:
        different([option.text for option in self.options], "option")
        best = [option for option in self.options if option.points == self.maximum]
        if self.maximum <= 0:
            raise ValueError("has no option with points above 0; give the best option its points")
        if len(best) > 1:
            raise ValueError("has two best options; give one of them fewer points")
        if best[0].harm:
            raise ValueError("has a best option that is marked as harmful; mend one of the two")
        return self

    @property
    def maximum(self) -> float:
        """Points of the best option."""
        return max(option.points for option in self.options)

    def face(self, seed: str) -> Face:
        """Options as lettered choices."""
        return Face(
            id=self.id,
            type=self.type,
            stem=self.stem,
            points=self.maximum,
            choices=lettered(shuffled((option.text for option in self.options), f"{seed}/{self.id}")),
            blank="",
            example="b",
            instruction="Write one letter between the quotes.",
        )

    def key(self, seed: str) -> dict[str, float]:
        """Points by letter."""
        letters = letters_by_text(self.face(seed))
        return dict(sorted((letters[option.text], float(option.points)) for option in self.options))

    def best_answer(self, seed: str) -> Literals:
        """Letter of the best option."""
        key = self.key(seed)
        return max(key, key=lambda letter: key[letter])

    def remarks(self, seed: str, words: Words) -> tuple[Remark, ...]:
        """The rationale of each option, shown when it is chosen."""
        return option_remarks(self.options, self.face(seed), self.maximum, words)

    @staticmethod
    def form(face: Face, words: Words) -> str:
        """Radio buttons."""
        return choice_list(face, "radio", words)


def option_remarks(options: tuple[Option, ...], face: Face, best: float, words: Words) -> tuple[Remark, ...]:
    """A remark for each option in the order of the face's choices.

    Args:
        options: the author's options.
        face: the item's face, which gives the order and the letters.
        best: points from which an option counts as best.
        words: the words of the interface.
    """
    by_text = {option.text: option for option in options}

    def kind(option: Option) -> RemarkKind:
        if option.harm:
            return "harm"
        if option.points >= best:
            return "best"
        return "partly" if option.points > 0 else "other"

    def remark(label: str, option: Option) -> Remark:
        found = kind(option)
        return Remark(option.rationale, words(f"remarks.{found}"), face.id, label, found)

    return tuple(remark(choice.label, by_text[choice.text]) for choice in face.choices)
