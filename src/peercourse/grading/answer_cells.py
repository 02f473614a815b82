"""One answer cell of an untrusted file as a new source that is safe to keep: a choice, words, a note, somebody's ID."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from peercourse.grading.answers import (
    NotPlainError,
    bounded_words,
    plain_literals,
    plain_words,
    read_assignment,
    read_words,
)
from peercourse.grading.identity import IdentityError, trainee_id
from peercourse.quiz.markup import LONGEST_NOTE
from peercourse.quiz.notebook import TRAINEE_VARIABLE, answer_source, answer_variable
from peercourse.quiz.types.written import PLACEHOLDER

LONGEST_LITERAL = 12
"""Characters by which one character of a text may be written in a literal, with some room around."""
CUT = "is longer than the page allows, the rest was cut"


def read_trainee(source: str, released: str) -> tuple[str, str]:
    """The ID as it stands there, and the cell with the ID as it counts (blank where it cannot be one)."""
    try:
        value = read_assignment(source, TRAINEE_VARIABLE)
    except NotPlainError:
        return "", released
    if not isinstance(value, str):
        return "", released
    try:
        return value, f"{TRAINEE_VARIABLE} = {trainee_id(value)!r}"
    except IdentityError:
        return value, released


def read_choice(source: str, released: str, name: str) -> tuple[str, str]:
    """A code answer's new cell and a remark; the released bytes where it is blank, so that nbgrader knows."""
    try:
        value = read_assignment(source, answer_variable(name))
    except NotPlainError as error:
        return (released, "") if source.strip() in ("", released.strip()) else (released, f"{_not_plain(error)}")
    if value in ("", [], {}):
        return released, ""
    answer = plain_literals(value)
    if answer is None:
        return released, _not_plain("it is no choice")
    return (answer_source(name, answer), "") if answer else (released, _not_plain("it is no choice"))


def _not_plain(why: object) -> str:
    return f"cannot be read as a choice ({why}), counted as blank"


def _written(source: str, released: str, name: str) -> tuple[str, str]:  # noqa: ARG001  (all readers take three)
    """A written answer's new cell and a remark; the placeholder alone is no answer."""
    words, cut = read_words(source)
    if words in ("", PLACEHOLDER):
        return released, ""
    return plain_words(words), CUT if cut else ""


def _text(source: str, released: str, name: str) -> tuple[str, str]:
    """A note's new cell and a remark. The page writes the words alone into the cell; somebody in Jupyter, a literal."""
    try:
        value = read_assignment(source, answer_variable(name), LONGEST_LITERAL * LONGEST_NOTE)
    except NotPlainError:
        value = source
    words, cut = bounded_words(value if isinstance(value, str) else "", LONGEST_NOTE)
    return (answer_source(name, words) if words else released), CUT if cut else ""


def _person(source: str, released: str, name: str) -> tuple[str, str]:
    """The cell with an ID as it counts; blank where it cannot be one."""
    try:
        value = read_assignment(source, answer_variable(name))
        return answer_source(name, trainee_id(value if isinstance(value, str) else "")), ""
    except (NotPlainError, IdentityError):
        return released, ""


Reader = Callable[[str, str, str], tuple[str, str]]
READERS: Mapping[str, Reader] = {"words": _written, "text": _text, "id": _person}
"""Of a source, the released source and the cell's name: the new source and a remark. Anything else is a choice."""
