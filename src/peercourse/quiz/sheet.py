"""The observation sheet as a quiz: behaviours to be given a level, and a few lines about the talk.

It is released, collected and scored as quizzes are. Who fills it in is an observer, and whether it is passed follows
from a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from peercourse.content.model import Text
from peercourse.quiz.bank import Quiz, Scenario
from peercourse.quiz.item import Item
from peercourse.quiz.types.observed import PassRule

OBSERVATION = "observation"
"""The kind of a released sheet."""

MODULE = "role-play"
"""What stands for a module in the sheet; it belongs to none."""

Holds = Literal["id", "word", "text"]


@dataclass(frozen=True)
class Line:
    """A line of the sheet that earns no points.

    Attributes:
        holds: a person's ID, one word (a name of a card, a date), or free text.
        stem: what the notebook asks for.
    """

    holds: Holds
    stem: str


OBSERVER, OBSERVED_ON, CARD, NOTE = "observer-id", "observed-on", "card", "note"
LINES: Mapping[str, Line] = {
    OBSERVER: Line("id", "The observer’s ID"),
    OBSERVED_ON: Line("word", "The day of the role play, as in 2026-03-04"),
    CARD: Line("word", "The card that was played, by its name, as in the-lunch-cover"),
    NOTE: Line("text", "The observer’s words to the trainee, on one line"),
}
"""Lines by the id of their cell."""


class Behaviours(Scenario):
    """The part of a sheet with the behaviours."""

    items: tuple[Item, ...]


class Sheet(Quiz):
    """An observation sheet in one version.

    Attributes:
        rule: from when a role play is passed.
    """

    kind: ClassVar[str] = OBSERVATION
    rule: PassRule
    scenarios: tuple[Behaviours]

    def public(self) -> list[object]:
        """What belongs to the sheet as a whole: the rule as well, since trainees were told it."""
        return [*super().public(), self.rule.not_shown, self.rule.full]


def sheet_of(id: str, title: Text, version: int, minutes: int, rule: PassRule, items: tuple[Item, ...]) -> Sheet:  # noqa: A002
    """A sheet out of its parts."""
    part = Behaviours(
        id="behaviours",
        setting="What was seen and heard",
        people={"you": "the observer"},
        story="Look at behaviour, not at the person. Where you are not sure between two levels, take the lower.",
        items=items,
    )
    return Sheet(
        id=id,
        title=title,
        module=MODULE,
        version=version,
        pass_mark=None,
        minutes=minutes,
        rule=rule,
        scenarios=(part,),
    )
