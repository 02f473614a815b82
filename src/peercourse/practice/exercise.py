"""What the models of practice share."""

from __future__ import annotations

from pydantic import Field, model_validator

from peercourse.content.model import Competence, ContentModel, Identifier, OutcomeId, Text


class Utterance(ContentModel):
    """Something said, or done instead.

    Attributes:
        say: words; exactly one of ``say`` and ``do`` is there.
        do: something done instead of said, such as staying silent.
    """

    say: Text | None = None
    do: Text | None = None

    @model_validator(mode="after")
    def _is_said_or_done(self) -> Utterance:
        if (self.say is None) == (self.do is None):
            raise ValueError("needs either 'say' or 'do'; write one of the two")
        return self

    @property
    def words(self) -> str:
        """What is said or done."""
        return self.say or self.do or ""


class Exercise(ContentModel):
    """A short exercise that stands on a page of its module and may be drawn into a booster.

    Attributes:
        id: unique in the course.
        outcome: the outcome that it practises.
        competence: competences that it serves.
        content_note: a plain sentence, where it is hard.
        booster: false keeps it out of the booster sets, as everything about suicide is.
    """

    id: Identifier
    outcome: OutcomeId
    competence: tuple[Competence, ...] = Field(min_length=1)
    content_note: Text | None = None
    booster: bool = True
