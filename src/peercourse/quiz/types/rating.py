"""A number from 0 to 10 on a scale of one's own, for questionnaires: there is no right answer, only an answer."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from peercourse.content.model import Text
from peercourse.quiz.item import Choice, Face, Item, Literals, Remark, Score
from peercourse.quiz.markup import scale
from peercourse.words import Words

HIGHEST = 10


def score_rating(answer: Any, key: Any) -> float:
    """1 for a number of the scale, whichever it is; 0 for anything else.

    Args:
        answer: the number that was chosen, as text, for example ``"7"``.
        key: the numbers of the scale, as texts.
    """
    return 1.0 if isinstance(answer, str) and answer in key else 0.0


class Rating(Item):
    """How sure, how often, how much: from ``low`` (0) to ``high`` (10)."""

    type: Literal["rating"]
    score: ClassVar[Score | None] = staticmethod(score_rating)
    practised: ClassVar[bool] = False
    low: Text
    high: Text

    @property
    def maximum(self) -> float:
        """A point for an answer."""
        return 1.0

    def face(self, seed: str) -> Face:  # noqa: ARG002  (nothing is shuffled)
        """The two ends of the scale as choices."""
        return Face(
            id=self.id,
            type=self.type,
            stem=self.stem,
            points=self.maximum,
            choices=(Choice("0", self.low), Choice(str(HIGHEST), self.high)),
            blank="",
            example="7",
            instruction=f"Write a whole number from 0 to {HIGHEST} between the quotes.",
        )

    def key(self, seed: str) -> list[str]:  # noqa: ARG002  (nothing is shuffled)
        """The numbers of the scale."""
        return [str(number) for number in range(HIGHEST + 1)]

    def best_answer(self, seed: str) -> Literals:  # noqa: ARG002  (nothing is shuffled)
        """Any number; no number is better than another."""
        return str(HIGHEST)

    def remarks(self, seed: str, words: Words) -> tuple[Remark, ...]:  # noqa: ARG002  (there is nothing to say to it)
        """None: the type is not for practice."""
        return ()

    @staticmethod
    def form(face: Face, words: Words) -> str:
        """Eleven radio buttons in a row, with the words of both ends."""
        return scale(face, HIGHEST, words)
