"""Observed: the level at which an observer saw a behaviour in a role play.

The type is for the observation sheet alone, not for banks. Whether a role play is passed follows from the levels by a
rule, and never from a share of the points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, ClassVar, Literal, get_args

from pydantic import Field

from peercourse.content.model import ContentModel, Text
from peercourse.quiz.item import Choice, Face, Item, Literals, Remark, Score
from peercourse.quiz.markup import text_of
from peercourse.words import Words

Level = Literal["harmful", "not_shown", "basic", "full"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""Levels of a behaviour, from what hurts to what is fully there."""

NO_OCCASION = "no-occasion"
"""Stands for a behaviour that the card gave no occasion for."""

ANSWERS: Mapping[Level, str] = {level: level.replace("_", "-") for level in LEVELS}
"""What stands in the sheet's file for each level: answers hold letters, digits and hyphens."""

SHAPES: Mapping[Level, str] = {"harmful": "■", "not_shown": "○", "basic": "◐", "full": "●"}
"""A shape beside each level's word."""


def score_observed(answer: Any, key: Any) -> float:
    """Points of the level; 0 for anything that is no level of this behaviour.

    Args:
        answer: the level, for example ``"basic"``.
        key: points by level.
    """
    return float(key.get(answer, 0.0)) if isinstance(answer, str) else 0.0


class PassRule(ContentModel):
    """From when a role play counts as passed; one harmful behaviour always fails it.

    Attributes:
        not_shown: at most so many are not shown, of those that the card gives occasion for.
        full: at least so many are fully there.
    """

    not_shown: int = Field(ge=0)
    full: int = Field(ge=0)

    def passes(self, answers: Iterable[str]) -> bool:
        """Whether a sheet is passed. A behaviour without a level leaves it open whether something hurt: not passed.

        Args:
            answers: what the sheet holds for each behaviour.
        """
        count = Counter(answers)
        if not count.keys() <= {*ANSWERS.values(), NO_OCCASION} or count[ANSWERS["harmful"]]:
            return False
        return count[ANSWERS["not_shown"]] <= self.not_shown and count[ANSWERS["full"]] >= self.full


class Observed(Item):
    """A behaviour in four levels.

    Attributes:
        may_be_absent: whether a card may give no occasion for it. That costs no points.
    """

    type: Literal["observed"]
    score: ClassVar[Score | None] = staticmethod(score_observed)
    practised: ClassVar[bool] = False
    banked: ClassVar[bool] = False
    may_be_absent: bool = False
    harmful: Text
    not_shown: Text
    basic: Text
    full: Text

    @property
    def maximum(self) -> float:
        """Points of what is fully there."""
        return 2.0

    def face(self, seed: str) -> Face:  # noqa: ARG002  (levels have their order)
        """The levels as choices."""
        choices = [Choice(ANSWERS[level], getattr(self, level)) for level in LEVELS]
        if self.may_be_absent:
            choices.append(Choice(NO_OCCASION, "The card gave no occasion for it."))
        return Face(
            id=self.id,
            type=self.type,
            stem=self.stem,
            points=self.maximum,
            choices=tuple(choices),
            blank="",
            example="basic",
            instruction="Write the word of one level between the quotes.",
        )

    def key(self, seed: str) -> dict[str, float]:  # noqa: ARG002
        """Points by level. Public, since the rubric is."""
        points = {"harmful": 0.0, "not-shown": 0.0, "basic": 1.0, "full": self.maximum}
        return points | ({NO_OCCASION: self.maximum} if self.may_be_absent else {})

    def best_answer(self, seed: str) -> Literals:  # noqa: ARG002
        """Fully there."""
        return ANSWERS["full"]

    def remarks(self, seed: str, words: Words) -> tuple[Remark, ...]:  # noqa: ARG002
        """None: the type is not for practice."""
        return ()

    @staticmethod
    def form(face: Face, words: Words) -> str:
        """Radio buttons, each level with its shape, its word and what can be seen or heard."""
        told = {choice.label: choice.text for choice in face.choices}
        rows = [(ANSWERS[level], SHAPES[level], words(f"role_play.{level}"), told[ANSWERS[level]]) for level in LEVELS]
        if NO_OCCASION in told:
            rows.append((NO_OCCASION, "–", words("role_play.no_occasion"), words("role_play.no_occasion_means")))
        return (
            '<div class="choices" data-shape="one">'
            + "".join(
                f'<label class="choice seen-{value}"><input type="radio" name="{escape(face.id)}" value="{value}">'
                f'<span class="shape" aria-hidden="true">{shape}</span> '
                f"<span><b>{text_of(word)}</b> {text_of(meaning)}</span></label>"
                for value, shape, word, meaning in rows
            )
            + "</div>"
        )
