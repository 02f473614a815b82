"""Of an item's key, only what belongs to what was chosen: whether it could hurt, and the rationale of that very option.

Item types say what each choice does in their remarks, which practice shows. Here a remark counts only where the answer
holds its choice. So the remark on a row that was matched wrongly, which tells the right partner, never comes through.
"""

from __future__ import annotations

from collections.abc import Iterator

from peercourse.quiz.item import Face, Item, Literals, Remark
from peercourse.words import Words


def chose_harm(item: Item, answer: Literals, seed: str, words: Words) -> bool:
    """Whether an option that could hurt was chosen."""
    return any(remark.kind == "harm" for remark in _remarks(item, answer, seed, words))


def chosen_rationales(item: Item, answer: Literals, seed: str, words: Words) -> Iterator[tuple[str, str]]:
    """What was chosen, and its rationale. The rationale of an order is given where all of it is right.

    Args:
        item: an item of the bank.
        answer: plain literals.
        seed: the quiz's seed, which gave the letters.
        words: the words of the interface, which name the levels of a triage.
    """
    face = item.face(seed)
    for remark in _remarks(item, answer, seed, words):
        yield _shown(face, remark, words), remark.text


def _remarks(item: Item, answer: Literals, seed: str, words: Words) -> list[Remark]:
    if not answer:
        return []
    whole = answer == item.best_answer(seed)
    return [
        remark for remark in item.remarks(seed, words) if (_holds(answer, item.id, remark) if remark.field else whole)
    ]


def _holds(answer: Literals, item: str, remark: Remark) -> bool:
    """Whether the answer gives the remark's field the remark's value."""
    if isinstance(answer, dict):
        return answer.get(remark.field.removeprefix(f"{item}.")) == remark.value
    return remark.value in answer if isinstance(answer, list) else answer == remark.value


def _shown(face: Face, remark: Remark, words: Words) -> str:
    """The chosen option as the trainee met it; for a row, with the row in front."""
    choices = {choice.label: choice.text for choice in face.choices}
    rows = {f"{face.id}.{row.label}": row.text for row in face.rows}
    if remark.field not in rows:
        return choices.get(remark.value, "")
    value = choices[remark.value] if choices else words(f"items.{remark.value}")
    return words("feedback.row", row=rows[remark.field], choice=value)
