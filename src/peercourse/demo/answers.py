"""Answers of made-up people: whoever knows more takes the best option more often, and others err as people do.

A new item type needs nothing here: without a function of its own it is answered rightly or left open.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import singledispatch
from random import Random
from typing import cast

from peercourse.demo.cohort import Person, dice, occasion, skill
from peercourse.demo.marker import DemoSettings
from peercourse.quiz.bank import Quiz
from peercourse.quiz.item import Item, Literals
from peercourse.quiz.types.match import Match
from peercourse.quiz.types.order import Order
from peercourse.quiz.types.rating import HIGHEST, Rating
from peercourse.quiz.types.several import Several
from peercourse.quiz.types.single import Single
from peercourse.quiz.types.triage import Level, Triage
from peercourse.quiz.types.written import Written

MADE_UP = "(made up)"
"""Stands before every written answer."""
LEFT_OUT = {"case": 0.01, "item": 0.02, "written": 0.08}
"""Share of whole cases, of items, and of written answers that are left open."""


@dataclass(frozen=True)
class Hand:
    """Somebody at an item.

    Attributes:
        knows: from 0 to 1, the chance to know what this item asks for.
        sure: mean of the numbers that this person gives on a scale from 0 to 10.
        chance: what decides everything else.
    """

    knows: float
    sure: float
    chance: Random

    def happens(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self.chance.random() < share


def answer_quiz(person: Person, quiz: Quiz, settings: DemoSettings, attempt: int = 1) -> dict[str, Literals]:
    """What somebody answers, by item; what is left open is not in it.

    Args:
        person: who answers.
        quiz: what is answered.
        settings: the demo's.
        attempt: 2 for somebody who answers once more.
    """
    chance = dice(settings, person.id, quiz.id, str(attempt))
    level = skill(person, occasion(quiz))
    given: dict[str, Literals] = {}
    for scenario in quiz.scenarios:
        left_out = chance.random() < LEFT_OUT["case"]
        for item in scenario.items:
            hand = Hand(knows(item, level, settings), 4.5 + 1.2 * level + person.sureness, chance)
            answer = draw(item, quiz.seed, hand)
            is_open = hand.happens(LEFT_OUT["written" if isinstance(item, Written) else "item"])
            if answer and not left_out and not is_open:
                given[item.id] = answer
    return given


def knows(item: Item, level: float, settings: DemoSettings) -> float:
    """Chance to know what an item asks for: the two-parameter logistic curve of item response theory.

    Items differ in how hard they are and in how well they tell people apart, so that an item analysis has something
    to find.

    Args:
        item: the item.
        level: the person's skill.
        settings: the demo's; every seed has other easy and hard items.
    """
    chance = dice(settings, "item", item.id)
    hard, apart = chance.gauss(0, 0.7), chance.uniform(0.5, 1.7)
    return 1 / (1 + math.exp(-apart * (level - hard)))


@singledispatch
def draw(item: Item, seed: str, hand: Hand) -> Literals:
    """An answer to an item.

    Args:
        item: the item.
        seed: the quiz's, which gives the letters.
        hand: who answers.
    """
    return item.best_answer(seed) if hand.happens(hand.knows) else item.face(seed).blank


@draw.register
def _single(item: Single, seed: str, hand: Hand) -> Literals:
    """Who does not know takes another option, sooner one that earns a part, and less often one that could hurt."""
    best = item.best_answer(seed)
    if hand.happens(hand.knows):
        return best
    options = {option.text: option for option in item.options}
    others = [choice for choice in item.face(seed).choices if choice.label != best]
    weights = [
        (0.25 + max(options[choice.text].points, 0) / item.maximum) * (0.3 if options[choice.text].harm else 1)
        for choice in others
    ]
    (taken,) = hand.chance.choices(others, weights)
    return taken.label


@draw.register
def _several(item: Several, seed: str, hand: Hand) -> Literals:
    """Each option by itself: fitting ones are ticked by nearly all, harmful ones by few."""
    key = item.key(seed)

    def share(letter: str) -> float:
        if key["points"][letter] > 0:
            return 0.5 + 0.5 * hand.knows
        return (0.15 if letter in key["harm"] else 0.4) * (1 - hand.knows)

    return [choice.label for choice in item.face(seed).choices if hand.happens(share(choice.label))]


@draw.register
def _order(item: Order, seed: str, hand: Hand) -> Literals:
    """Neighbours change places, twice over, so that a line may travel."""
    order = list(cast("list[str]", item.best_answer(seed)))
    for place in [*range(len(order) - 1), *range(len(order) - 1)]:
        if hand.happens(0.6 * (1 - hand.knows)):
            order[place], order[place + 1] = order[place + 1], order[place]
    return order


@draw.register
def _match(item: Match, seed: str, hand: Hand) -> Literals:
    """Each row by itself."""
    letters = [choice.label for choice in item.face(seed).choices]
    right = cast("dict[str, str]", item.best_answer(seed))
    return {
        row: letter if hand.happens(hand.knows) else hand.chance.choice([other for other in letters if other != letter])
        for row, letter in right.items()
    }


@draw.register
def _triage(item: Triage, seed: str, hand: Hand) -> Literals:
    """Each row by itself; whoever errs takes a neighbouring colour, and rarely green for red."""
    beside = {
        Level.GREEN: [Level.AMBER, Level.AMBER, Level.AMBER, Level.RED],
        Level.AMBER: [Level.GREEN, Level.RED],
        Level.RED: [Level.AMBER, Level.AMBER, Level.AMBER, Level.GREEN],
    }
    right = cast("dict[str, str]", item.best_answer(seed))
    return {
        row: level if hand.happens(hand.knows) else str(hand.chance.choice(beside[Level(level)]))
        for row, level in right.items()
    }


@draw.register
def _rating(item: Rating, seed: str, hand: Hand) -> Literals:  # noqa: ARG001  (a scale has no key)
    """A number that has a little to do with what somebody knows."""
    return str(min(max(round(hand.chance.gauss(hand.sure, 1)), 0), HIGHEST))


@draw.register
def _written(item: Written, seed: str, hand: Hand) -> Literals:  # noqa: ARG001  (nothing is shuffled)
    """Sentences out of the marking guide's own examples, one at most for each criterion."""
    sentences = []
    for criterion in item.criteria:
        if hand.happens(hand.knows):
            sentences.append(hand.chance.choice(criterion.earns))
        elif hand.happens(0.5):
            sentences.append(hand.chance.choice(criterion.does_not_earn))
    if item.harmful and hand.happens(0.08 * (1 - hand.knows)):
        sentences.append(hand.chance.choice(item.harmful))
    hand.chance.shuffle(sentences)
    return " ".join([MADE_UP, *sentences]) if sentences else ""
