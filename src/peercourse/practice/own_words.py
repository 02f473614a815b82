"""Say it yourself: write a reply before seeing any, then compare it with three and a short list of questions."""

from __future__ import annotations

from pydantic import Field

from peercourse.content.model import ContentModel, Text
from peercourse.practice.exercise import Exercise


class Worked(ContentModel):
    """A worked reply, and what it does."""

    say: Text
    note: Text


class OwnWords(Exercise):
    """A prompt.

    Attributes:
        title: a few words.
        story: what has happened, up to the line that wants an answer.
        ask: what to write.
        worked: three good replies that differ in style.
        checklist: questions with yes or no, by which one rates one's own words.
    """

    title: Text
    story: Text
    ask: Text
    worked: tuple[Worked, ...] = Field(min_length=3, max_length=3)
    checklist: tuple[Text, ...] = Field(min_length=3, max_length=5)
