"""Role plays for three: cards in three parts, and the rubric by which an observer says what was seen and heard.

Both stand in ``quizzes/role-play/``. The rubric names behaviours in four levels; a certificate is to rest on it beside
the quizzes, since a written score says little about an observed talk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, model_validator

from peercourse.content.model import Competence, ContentModel, Identifier, OutcomeId, Text
from peercourse.content.problems import Collector, Problem
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import Source, read_yaml
from peercourse.quiz.item import different
from peercourse.quiz.sheet import LINES, Sheet, sheet_of
from peercourse.quiz.types.observed import Observed, PassRule

FOLDER = "quizzes/role-play"
FILES = ("rubric.yml", "cards.yml")


class Behaviour(ContentModel):
    """Something that a supporter does, in four levels that can be seen or heard.

    Attributes:
        may_be_absent: where a card gives no occasion for it, it is left out of the count.
    """

    id: Identifier
    name: Text
    outcomes: tuple[OutcomeId, ...] = Field(min_length=1)
    competences: tuple[Competence, ...] = Field(min_length=1)
    may_be_absent: bool = False
    harmful: Text
    not_shown: Text
    basic: Text
    full: Text


class Rubric(ContentModel):
    """The observation sheet.

    Attributes:
        version: goes up when what trainees see of it changes, as in a bank.
        minutes: how long a role play takes, talk afterwards included.
    """

    id: Identifier
    title: Text
    version: int = Field(ge=1, le=999)
    minutes: int = Field(ge=1, le=180)
    passed: PassRule = Field(alias="pass")
    behaviours: tuple[Behaviour, ...] = Field(min_length=8)

    @model_validator(mode="after")
    def _check(self) -> Rubric:
        different([*(behaviour.id for behaviour in self.behaviours), *LINES], "id")
        always = sum(not behaviour.may_be_absent for behaviour in self.behaviours)
        if self.passed.full > always:
            raise ValueError(f"asks for {self.passed.full} 'full' in 'pass', and some cards give occasion for {always}")
        return self

    def sheet(self) -> Sheet:
        """The sheet as it is released, filled in and scored."""
        items = tuple(
            Observed(
                id=behaviour.id,
                type="observed",
                stem=behaviour.name,
                outcome=behaviour.outcomes[0],
                competence=behaviour.competences,
                may_be_absent=behaviour.may_be_absent,
                harmful=behaviour.harmful,
                not_shown=behaviour.not_shown,
                basic=behaviour.basic,
                full=behaviour.full,
            )
            for behaviour in self.behaviours
        )
        return sheet_of(self.id, self.title, self.version, self.minutes, self.passed, items)


class ColleaguePart(ContentModel):
    """What only the one who plays the colleague reads."""

    you_are: Text
    begin: Text
    carries: Text
    opens: tuple[Text, ...] = Field(min_length=2)
    closes: tuple[Text, ...] = Field(min_length=2)
    if_asked: Text


class SupporterPart(ContentModel):
    """What the supporter knows beforehand, and one thing to try."""

    you_know: Text
    try_for: Text


class ObserverPart(ContentModel):
    """Behaviours of the rubric to look at first, and a question for afterwards."""

    watch: tuple[Identifier, ...] = Field(min_length=2)
    ask: Text


class Card(ContentModel):
    """A role play. ``minutes`` is how long it is played."""

    id: Identifier
    title: Text
    setting: Text
    minutes: int = Field(ge=3, le=20)
    colleague: ColleaguePart
    supporter: SupporterPart
    observer: ObserverPart


@dataclass(frozen=True)
class RolePlay:
    """Rubric and cards with the files that they were read from."""

    rubric: Rubric
    cards: tuple[Card, ...]
    rubric_source: Source
    cards_source: Source


def read_role_play(root: Path) -> RolePlay | None:
    """Read ``quizzes/role-play/``; None where a course has none.

    Raises:
        ContentError: with every problem in both files.
    """
    if not (root / FOLDER).is_dir():
        return None
    collector = Collector()
    sources = [collector.attempt(lambda: read_yaml(root / FOLDER / name, f"{FOLDER}/{name}")) for name in FILES]  # noqa: B023
    collector.stop_if_any()
    rubric_source, cards_source = (source for source in sources if source is not None)
    rubric = collector.attempt(lambda: read_model(rubric_source, Rubric))
    cards = collector.attempt(lambda: read_model(cards_source, tuple[Card, ...]))
    collector.stop_if_any()
    assert rubric is not None and cards is not None  # noqa: S101, PT018  (else the line above has raised)
    return RolePlay(rubric, cards, rubric_source, cards_source)


def role_play_problems(role_play: RolePlay, outcomes: frozenset[str], competences: frozenset[str]) -> Iterator[Problem]:
    """Names in rubric and cards that nothing has.

    Args:
        role_play: rubric and cards.
        outcomes: ids of all outcomes of the course.
        competences: ids of all competences that content may name.
    """
    for index, behaviour in enumerate(role_play.rubric.behaviours):
        for field, named, known in (
            ("outcomes", behaviour.outcomes, outcomes),
            ("competences", behaviour.competences, competences),
        ):
            for name in sorted(set(named) - known):
                message = f"'{name}' is not in the course; correct it or leave it out"
                yield role_play.rubric_source.problem(("behaviours", index, field), message)
    behaviours = {behaviour.id for behaviour in role_play.rubric.behaviours}
    seen: set[str] = set()
    for index, card in enumerate(role_play.cards):
        if card.id in seen:
            yield role_play.cards_source.problem((index, "id"), f"'{card.id}' stands twice; rename one of them")
        seen.add(card.id)
        for name in sorted(set(card.observer.watch) - behaviours):
            message = f"'{name}' is no behaviour of the rubric; write one of {', '.join(sorted(behaviours))}"
            yield role_play.cards_source.problem((index, "observer", "watch"), message)
