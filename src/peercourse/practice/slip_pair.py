"""Spot the slip: two replies to one line. Which one hurts, and why?"""

from __future__ import annotations

from pydantic import model_validator

from peercourse.content.model import Text
from peercourse.practice.exercise import Exercise, Utterance
from peercourse.quiz.item import Slip


class Said(Utterance):
    """A reply, and what it does to the person."""

    why: Text


class Hurts(Said):
    """The reply that hurts, with the name of the slip."""

    slip: Slip


class SlipPair(Exercise):
    """A line and two replies to it.

    Attributes:
        people: who speaks, in a few words.
        scene: where, and after what.
        says: the colleague's words.
        hurts: the reply that hurts.
        helps: the other one.
    """

    people: Text
    scene: Text
    says: Text
    hurts: Hurts
    helps: Said

    @model_validator(mode="after")
    def _check(self) -> SlipPair:
        if self.hurts.words == self.helps.words:
            raise ValueError("has the same reply twice; make them differ")
        return self
