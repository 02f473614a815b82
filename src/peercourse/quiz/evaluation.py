"""The measure before and after the course: a questionnaire, and a scenario test in two parallel forms.

One file, ``evaluation/measure.yml`` beside the graded banks, becomes a quiz for each occasion and form. None of them
has a pass mark: they serve the evaluation of the course and never anybody's pass. Who has form A before the course has
form B after it, and the first one again some months later; the trainee ID decides which is first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, model_validator

from peercourse.content.model import ContentModel, Identifier, Text
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import Source, read_yaml
from peercourse.quiz.bank import MOST_SHUFFLES, Quiz, Scenario
from peercourse.quiz.item import Item, different

FILE = "evaluation/measure.yml"
"""Below the folder of the graded banks."""

MODULE = "evaluation"
"""What stands for a module in these quizzes; they belong to none."""

Occasion = Literal["before", "after", "follow-up"]
FormName = Literal["a", "b"]
OCCASIONS: tuple[Occasion, ...] = get_args(Occasion)
FORMS: tuple[FormName, ...] = get_args(FormName)


class Form(ContentModel):
    """One of the two parallel forms of the scenario test."""

    title: Text
    scenarios: tuple[Scenario, ...] = Field(min_length=1)

    def items(self) -> Iterator[Item]:
        """All items in order."""
        for scenario in self.scenarios:
            yield from scenario.items


class ItemPair(ContentModel):
    """An item of each form that ask for the same thing.

    Attributes:
        topic: what both ask for.
        difficulty: as the authors judge it, until data say otherwise.
    """

    topic: Text
    a: Identifier
    b: Identifier
    difficulty: Literal["easy", "middle", "hard"]


class Measure(ContentModel):
    """The file as authors write it.

    Attributes:
        shuffle: another number shows the options in another order, as in a bank.
        confidence: the questionnaire: items of type ``rating`` alone.
        forms: the two forms, ``a`` and ``b``.
        pairs: every item of one form with its counterpart in the other.
    """

    id: Identifier
    title: Text
    version: int = Field(ge=1, le=999)
    minutes: int = Field(ge=1, le=180)
    shuffle: int = Field(default=0, ge=0, le=MOST_SHUFFLES)
    confidence: Scenario
    forms: Mapping[FormName, Form] = Field(min_length=2)
    pairs: tuple[ItemPair, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _check(self) -> Measure:
        for item in self.confidence.items:
            if item.type != "rating":
                raise ValueError(f"has '{item.id}' in 'confidence', which is no rating; write 'type: rating'")
        items = {name: {item.id: item for item in self.forms[name].items()} for name in FORMS}
        for name in FORMS:
            paired = [pair.a if name == "a" else pair.b for pair in self.pairs]
            different(paired, f"item of form {name} in 'pairs'")
            odd = sorted(set(paired) ^ set(items[name]))
            if odd:
                raise ValueError(f"has items of form {name} without a pair, or pairs without an item: {', '.join(odd)}")
        for pair in self.pairs:
            one, other = items["a"][pair.a], items["b"][pair.b]
            if (one.outcome, one.maximum) != (other.outcome, other.maximum):
                raise ValueError(f"has a pair '{pair.topic}' that differs in outcome or points; make them alike")
        return self


def read_measure(folder: Path, name: str) -> tuple[Measure, Source] | None:
    """Read the measure; None where a course has none.

    Args:
        folder: the folder of the graded banks.
        name: the file's name in messages.

    Raises:
        ContentError: with every problem in the file.
    """
    if not (folder / FILE).exists():
        return None
    source = read_yaml(folder / FILE, name)
    return read_model(source, Measure), source


def quizzes_of(measure: Measure) -> dict[str, Quiz]:
    """A quiz for each occasion and form, by id: ``before-a``, ``before-b``, ``after-a`` and on."""
    found = [
        Quiz(
            id=f"{occasion}-{name}",
            title=f"{measure.title}: {occasion}, {measure.forms[name].title}",
            module=MODULE,
            version=measure.version,
            pass_mark=None,
            minutes=measure.minutes,
            shuffle=measure.shuffle,
            scenarios=(measure.confidence, *measure.forms[name].scenarios),
        )
        for occasion in OCCASIONS
        for name in FORMS
    ]
    return {quiz.id: quiz for quiz in found}


def first_form(trainee: str) -> FormName:
    """The form that a trainee has before the course, by the last letter or digit of the ID.

    Even digits and letters at even places of the alphabet (b, d, f …) have form A first. ``web/evaluation.js`` and the
    page for trainees say the same.

    Args:
        trainee: the ID in lower case.
    """
    return "a" if ord(trainee[-1]) % 2 == 0 else "b"
