"""What was chosen: how many took each option, line or level, with the key beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peercourse.quiz.item import Choice, Item, Literals, Option
from peercourse.quiz.types.order import Order
from peercourse.quiz.types.several import Several
from peercourse.quiz.types.single import Single

BLANK = "left blank"


@dataclass(frozen=True)
class Count:
    """How many chose something.

    Attributes:
        choice: its letter, level or place, and its text.
        row: the row that it was given to; None where the item has no rows.
        right: whether it is the key, or a part of it.
        harm: whether it could hurt.
        number: how many chose it.
        upper: how many of them were in the upper half.
    """

    choice: Choice
    row: Choice | None
    right: bool
    harm: bool
    number: int
    upper: int


@dataclass(frozen=True)
class Choices:
    """All counts of an item, how many left it blank, and how many there were in all and in the upper half."""

    counts: tuple[Count, ...]
    blank: int
    number: int
    upper: int


def count_choices(item: Item, seed: str, answers: Mapping[str, Literals], upper: frozenset[str]) -> Choices | None:
    """Count what was chosen.

    Args:
        item: the item as its author wrote it.
        seed: the seed of its bank, which gives the letters.
        answers: the answer of each trainee.
        upper: trainees in the upper half.

    Returns:
        None for an item without choices, such as a written one.
    """
    face, best = item.face(seed), item.best_answer(seed)
    harmful = harmful_options(item, seed)
    chosen = {trainee: _marks(answer, in_order=isinstance(item, Order)) for trainee, answer in answers.items()}
    every = Counter(mark for marks in chosen.values() for mark in marks)
    top = Counter(mark for trainee, marks in chosen.items() if trainee in upper for mark in marks)
    key = _marks(best, in_order=isinstance(item, Order))

    def counted(mark: tuple[str, str], choice: Choice, row: Choice | None) -> Count:
        return Count(choice, row, mark in key, mark[1] in harmful and not row, every[mark], top[mark])

    if isinstance(item, Order):
        places = [Choice(str(place), "") for place in range(1, len(face.choices) + 1)]
        rows = sorted(face.choices, key=lambda line: list(best).index(line.label))
        counts = [counted((row.label, place.label), place, row) for row in rows for place in places]
    elif face.rows:
        choices = face.choices or tuple(Choice(label, "") for label in _labels(every, key))
        counts = [counted((row.label, choice.label), choice, row) for row in face.rows for choice in choices]
    elif isinstance(item, (Single, Several)):
        counts = [counted(("", choice.label), choice, None) for choice in face.choices]
    else:
        return None
    blank = sum(not marks for marks in chosen.values())
    return Choices(tuple(counts), blank, len(chosen), sum(trainee in upper for trainee in chosen))


def harmful_options(item: Item, seed: str) -> dict[str, Option]:
    """Options that could hurt, by letter."""
    if not isinstance(item, (Single, Several)):
        return {}
    by_text = {option.text: option for option in item.options if option.harm}
    return {choice.label: by_text[choice.text] for choice in item.face(seed).choices if choice.text in by_text}


def chosen_letters(answer: Literals) -> Sequence[str]:
    """Letters of an answer to an item without rows, in order and each once."""
    if isinstance(answer, str):
        return [answer] if answer else []
    return sorted(set(answer)) if isinstance(answer, list) else []


def _marks(answer: Literals, *, in_order: bool) -> frozenset[tuple[str, str]]:
    """What an answer gives to which row, as pairs of row and choice; the row is empty where there are none."""
    if isinstance(answer, dict):
        return frozenset(answer.items())
    if in_order:
        return frozenset((letter, str(place)) for place, letter in enumerate(answer, start=1))
    return frozenset(("", letter) for letter in chosen_letters(answer))


def _labels(every: Counter[tuple[str, str]], key: frozenset[tuple[str, str]]) -> list[str]:
    """Levels that are right somewhere or were chosen by somebody, for types whose choices do not differ by item."""
    return sorted({label for _, label in (*every, *key)})
