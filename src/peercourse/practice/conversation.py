"""A practice conversation: what a colleague says, what one may answer, and where each answer leads.

The models refuse what is wrong in one place. What is wrong between places (a turn that cannot be reached, a risk that
is not handed over) is found by :mod:`peercourse.practice.checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from peercourse.content.model import Competence, ContentModel, Identifier, OutcomeId, Text
from peercourse.practice.exercise import Utterance
from peercourse.practice.skills import Skill
from peercourse.quiz.item import Slip, different

YOU = "you"
"""The learner's name among the people of a conversation."""

MOST_NODES = 100
"""A phone page and a human author both give out long before."""

Level = Annotated[int, Field(ge=0, le=4)]
"""How much of something can be seen in the colleague: 0 not at all, 4 very much."""


class Shows(ContentModel):
    """How the colleague is at a turn.

    Attributes:
        open: from shut (0) to open (4).
        distress: from calm (0) to overwhelmed (4).
    """

    open: Level
    distress: Level


class Line(ContentModel):
    """Words of one person; ``who`` is empty where only one colleague speaks."""

    who: str = ""
    text: Text


def _lines(says: Any) -> Any:
    return [{"text": says}] if isinstance(says, str) else says


class Reply(Utterance):
    """One thing that the learner may say or do.

    Attributes:
        skill: what it does that helps.
        slip: how it hurts. Neither skill nor slip: a reply that is neither.
        coach: what it does to the colleague, and for a slip what to say instead.
        goto: the node or ending that follows.
    """

    skill: Skill | None = None
    slip: Slip | None = None
    coach: Text
    goto: Identifier

    @model_validator(mode="after")
    def _check(self) -> Reply:
        if self.skill and self.slip:
            raise ValueError(f"is both a skill ({self.skill}) and a slip ({self.slip}); keep one of them")
        return self


class Node(ContentModel):
    """A turn: what the colleague says and shows, and what may be answered.

    Attributes:
        scene: what is to be seen before anyone speaks.
        says: the colleague's words; several lines where several people speak; none where nobody does.
        shows: how the colleague (or the group) is.
        replies: two to five.
    """

    scene: Text | None = None
    says: Annotated[tuple[Line, ...], BeforeValidator(_lines)] = ()
    shows: Shows
    replies: tuple[Reply, ...] = Field(min_length=2, max_length=5)

    @model_validator(mode="after")
    def _check(self) -> Node:
        if not (self.scene or self.says):
            raise ValueError("has neither 'says' nor 'scene'; write what the colleague says, or what is to be seen")
        different([reply.words for reply in self.replies], "reply")
        return self


class Ending(ContentModel):
    """How a conversation can end.

    Attributes:
        kind: good, mixed or poor.
        title: a few words.
        text: what happens.
        debrief: what made it end so.
        next: one thing to try next time.
        handover: true where somebody qualified has taken over.
    """

    kind: Literal["good", "mixed", "poor"]
    title: Text
    text: Text
    debrief: Text
    next: Text
    handover: bool = False


def _not_too_many(nodes: Any) -> Any:
    if isinstance(nodes, dict) and len(nodes) > MOST_NODES:
        raise ValueError(f"has {len(nodes):,} nodes; a conversation takes at most {MOST_NODES}: split it")
    return nodes


class Conversation(ContentModel):
    """A whole conversation as authors write it.

    Attributes:
        id: the same as the file's name.
        title: shown on its page and wherever it is listed.
        minutes: what the best path takes, reading the coach's notes on all its replies included.
        outcomes: outcomes of the module that it practises.
        competences: competences that it serves.
        content_note: a plain sentence above hard material.
        setting: place and time.
        people: who they are by name, the colleague first; the learner is ``you``.
        opening: what has happened before the first word.
        start: the first node.
        nodes: the turns by name.
        endings: the endings by name.
        booster: false keeps it from being offered in a booster, as everything about suicide is.
        risk: nodes in which danger is disclosed; every ending that follows must be a handover.
    """

    id: Identifier
    title: Text
    minutes: int = Field(ge=2, le=30)
    outcomes: tuple[OutcomeId, ...] = Field(min_length=1)
    competences: tuple[Competence, ...] = Field(min_length=1)
    content_note: Text | None = None
    setting: Text
    people: Mapping[Text, Text] = Field(min_length=2, max_length=8)
    opening: Text
    start: Identifier
    nodes: Annotated[Mapping[Identifier, Node], BeforeValidator(_not_too_many), Field(min_length=1)]
    endings: Mapping[Identifier, Ending] = Field(min_length=1, max_length=12)
    booster: bool = True
    risk: tuple[Identifier, ...] = ()

    @property
    def colleague(self) -> str:
        """The first of the people: who speaks where a line names nobody."""
        return next(iter(self.people))
