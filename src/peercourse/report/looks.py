"""Items to look at, and why, in words. Hints for a reading of the item, not verdicts on it."""

from __future__ import annotations

from collections.abc import Iterator

from peercourse.report.choices import Choices
from peercourse.report.few import FEWEST
from peercourse.report.items import ItemFigures
from peercourse.report.wording import decimal, percent

TOO_EASY, TOO_HARD, TOO_ALONE = 0.95, 0.3, 0.1
"""Mean shares of the points, and a correlation with the rest, beyond which an item is looked at: rules of thumb."""


def looks(figures: ItemFigures, choices: Choices | None) -> tuple[str, ...]:
    """Why an item should be looked at, a sentence each; what may be a wrong key comes first.

    Args:
        figures: the item's figures.
        choices: what was chosen in it; None where it has no choices, or its bank is missing.
    """
    return (*_by_choice(choices), *_by_figures(figures))


def key_may_be_wrong(choices: Choices | None) -> bool:
    """Whether those who did well elsewhere prefer an option that is not the key."""
    return any(True for _ in _preferred(choices))


def _by_choice(choices: Choices | None) -> Iterator[str]:
    for wrong, upper, right, best in _preferred(choices):
        yield (
            f"Of those who did well on the rest, {upper} chose {wrong} and {best} the key ({right}). "
            "Check the key first, then read the stem as a stranger would."
        )
    if choices is None or choices.number < FEWEST:
        return
    nobody = [count.choice.label for count in choices.counts if count.row is None and not count.number]
    if nobody:
        yield f"Nobody chose {' or '.join(nobody)}. Nobody may be tempted by it; then it only makes the item longer."


def _preferred(choices: Choices | None) -> Iterator[tuple[str, int, str, int]]:
    """Wrong options that more of the upper half chose than a right one: letter and number of both."""
    if choices is None or choices.number < FEWEST or not choices.upper:
        return
    options = [count for count in choices.counts if count.row is None]
    right = min((count for count in options if count.right), key=lambda count: count.upper, default=None)
    if right is None:
        return
    for count in options:
        if not count.right and count.upper > right.upper:
            yield count.choice.label, count.upper, right.choice.label, right.upper


def _by_figures(figures: ItemFigures) -> Iterator[str]:
    difficulty, item_rest = figures.difficulty, figures.item_rest
    if difficulty is not None and difficulty > TOO_EASY:
        yield (
            f"Very easy: on average {percent(difficulty)} of the points. It tells nobody apart. Keep it if it matters "
            "that everybody knows this."
        )
    if difficulty is not None and difficulty < TOO_HARD:
        yield (
            f"Very hard: on average {percent(difficulty)} of the points. Was it taught? Can the stem be read in two "
            "ways? Is the key right?"
        )
    if item_rest is not None and item_rest < TOO_ALONE:
        yield (
            f"It does not go with the rest (item–rest correlation {decimal(item_rest)}): those who did well elsewhere "
            "did no better here. It may ask for something else, or be read in two ways."
        )
