"""Written: a few sentences of one's own, marked by a trainer against criteria."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from peercourse.content.model import ContentModel, Identifier, Text
from peercourse.quiz.item import Face, Item, Literals, Points, Remark
from peercourse.quiz.markup import text_box
from peercourse.quiz.wording import plain_markdown, points_in_words
from peercourse.words import Words

PLACEHOLDER = "Write your answer here."


class Criterion(ContentModel):
    """One thing that a good answer does, with examples that settle doubtful cases."""

    id: Identifier
    points: Points = Field(gt=0)
    text: Text
    earns: tuple[Text, ...] = Field(min_length=1)
    does_not_earn: tuple[Text, ...] = Field(min_length=1)


class Written(Item):
    """An item answered in one's own words. Only a person gives it points; left blank it has 0."""

    type: Literal["written"]
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=6)
    harmful: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Written:
        names = [criterion.id for criterion in self.criteria]
        if len(set(names)) < len(names):
            raise ValueError("has two criteria with one id; rename one of them")
        return self

    @property
    def maximum(self) -> float:
        """Sum of the criteria's points."""
        return sum(criterion.points for criterion in self.criteria)

    def face(self, seed: str) -> Face:  # noqa: ARG002  (nothing to shuffle)
        """The stem alone."""
        return Face(
            id=self.id,
            type=self.type,
            stem=self.stem,
            points=self.maximum,
            blank=PLACEHOLDER,
            instruction="Write in the cell below, in place of the sentence that stands there.",
        )

    def key(self, seed: str) -> Any:  # noqa: ARG002
        """No key: a person marks it."""
        return None

    def best_answer(self, seed: str) -> Literals:  # noqa: ARG002
        """There is no one best answer."""
        return ""

    def remarks(self, seed: str, words: Words) -> tuple[Remark, ...]:  # noqa: ARG002
        """Nothing: written items are not used in self-checks."""
        return ()

    def guide(self) -> str:
        """The marking guide as Markdown, for trainers alone."""
        lines = ["**Marking guide**", ""]
        for criterion in self.criteria:
            lines.append(f"- **{points_in_words(criterion.points)}: {plain_markdown(criterion.text)}**")
            lines += [f"    - earns: {plain_markdown(example)}" for example in criterion.earns]
            lines += [f"    - does not earn: {plain_markdown(example)}" for example in criterion.does_not_earn]
        if self.harmful:
            lines += ["", "**Harmful, whatever else is there; flag it and talk about it:**", ""]
            lines += [f"- {plain_markdown(example)}" for example in self.harmful]
        return "\n".join(lines)

    @staticmethod
    def form(face: Face, words: Words) -> str:
        """A text box."""
        return text_box(face, words)
