"""A graded bank: scenarios, each a story and the items about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from peercourse.content.model import ContentModel, Identifier, Text
from peercourse.content.problems import ContentError
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import Source, read_yaml
from peercourse.quiz.item import Face, Item
from peercourse.quiz.types import GradedItem

MOST_SHUFFLES = 99
"""More orders than anybody tries."""


class Scenario(ContentModel):
    """A case: where, who, what happened, and the items about it."""

    id: Identifier
    setting: Text
    people: dict[Text, Text] = Field(min_length=1)
    story: Text
    items: tuple[GradedItem, ...] = Field(min_length=1)


class Quiz(ContentModel):
    """A graded bank in one version.

    Attributes:
        pass_mark: share of all points from which the quiz counts as passed, above 0 and up to 1; null where nobody
            passes or fails.
        minutes: how long it takes.
        shuffle: another number shows the options in another order. It stands in the file, so that the order depends on
            nothing that a corrected key would change.
    """

    kind: ClassVar[str] = "quiz"
    """What sort of assignment it is; see :class:`peercourse.grading.folder.Released`."""
    id: Identifier
    title: Text
    module: Identifier | str
    version: int = Field(ge=1, le=999)
    pass_mark: Annotated[float, Field(gt=0, le=1)] | None
    minutes: int = Field(ge=1, le=180)
    shuffle: int = Field(default=0, ge=0, le=MOST_SHUFFLES)
    scenarios: tuple[Scenario, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _check(self) -> Quiz:
        seen = {"trainee-id"}
        for name in [item.id for item in self.items()]:
            if any(part in seen for part in (name, f"{name}-score", f"{name}-stem")):
                raise ValueError(f"has the item id '{name}' twice; rename one of them")
            seen |= {name, f"{name}-score", f"{name}-stem"}
        return self

    @property
    def assignment(self) -> str:
        """Name of the nbgrader assignment, for example ``m2-active-listening-v1``."""
        return f"{self.id}-v{self.version}"

    @property
    def seed(self) -> str:
        """Seed of the order of choices: public text alone."""
        return f"{self.assignment}/{self.shuffle}" if self.shuffle else self.assignment

    @property
    def maximum(self) -> float:
        """All points that can be earned."""
        return sum(item.maximum for item in self.items())

    def items(self) -> Iterator[Item]:
        """All items in order."""
        for scenario in self.scenarios:
            yield from scenario.items

    def faces(self) -> dict[str, Face]:
        """Public side of every item by id."""
        return {item.id: item.face(self.seed) for item in self.items()}

    def public(self) -> list[object]:
        """What trainees are told of the quiz as a whole."""
        return [self.id, self.version, self.title, self.pass_mark, self.minutes, [item.id for item in self.items()]]


def read_bank(path: Path, name: str | None = None) -> tuple[Quiz, Source]:
    """Read a bank.

    Args:
        path: the YAML file.
        name: its name in messages.

    Raises:
        ContentError: with every problem in the file.
    """
    source = read_yaml(path, name)
    quiz = read_model(source, Quiz)
    if path.parent.name != "archive" and quiz.id != path.stem:
        raise ContentError([source.problem(("id",), f"is '{quiz.id}' but the file is {path.name}; use one name")])
    return quiz, source


def fingerprints(quiz: Quiz) -> dict[str, str]:
    """A hash of everything public, by part: ``quiz`` as a whole, then each scenario and item.

    Keys, rationales, criteria and guides play no part: they may be corrected within a version.
    """
    parts: dict[str, object] = {"quiz": quiz.public()}
    for scenario in quiz.scenarios:
        parts[scenario.id] = [scenario.setting, sorted(scenario.people.items()), scenario.story]
        for item in scenario.items:
            parts[f"{scenario.id}/{item.id}"] = asdict(item.face(quiz.seed))
    return {
        part: hashlib.sha256(json.dumps(public, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
        for part, public in parts.items()
    }
