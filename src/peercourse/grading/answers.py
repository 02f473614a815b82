"""Reading an answer as data. Nothing that a trainee wrote is ever run, and nothing but plain answers gets through.

Every rule here keeps the score: an answer that is turned into blank, or a row that is dropped, would have earned
nothing under the item types' own scoring functions either (tests/grading/test_answers.py).
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

from peercourse.quiz.item import Literals
from peercourse.quiz.markup import LONGEST_ANSWER

LONGEST_CODE = 2000
"""Characters of an answer cell; a full answer has fewer than 200. So entries are bounded too."""
WORD = re.compile(r"[A-Za-z0-9-]{1,40}")

OPENING, CLOSING = '<pre class="tex2jax_ignore">', "</pre>"
NOT_PLAIN = re.compile(r"[^\w \n.,;:!?()'-]|_")
"""Letters that are written by their number; ``\\w`` is a letter, a digit or an underscore."""
REPLACED = frozenset([*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Control characters and those that turn the direction of what follows; shown as a question-mark sign instead."""
_REPLACED = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(REPLACED)) + "\ud800-\udfff]")
"""These, and halves of a pair, which no file can hold."""


class NotPlainError(Exception):
    """A cell holds something else than one plain answer."""


def read_assignment(source: str, variable: str, longest: int = LONGEST_CODE) -> Any:
    """The literal that a cell assigns to a variable.

    Args:
        source: the cell.
        variable: the one name that it may assign to.
        longest: characters of a cell that is looked at.

    Returns:
        Whatever literal stands there.

    Raises:
        NotPlainError: the cell is anything but one assignment of a literal to that variable.
    """
    if len(source) > longest:
        raise NotPlainError("it is too long")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's, about a trainee's spelling, which it would repeat
            body = ast.parse(source).body
        match body:
            case [ast.Assign(targets=[ast.Name(id=name)], value=value)] if name == variable:
                return ast.literal_eval(value)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        raise NotPlainError("it is no plain answer") from None
    raise NotPlainError("it is no plain answer")


def plain_literals(value: Any) -> Literals | None:
    """A choice, several in a row, or a choice for each row.

    Args:
        value: any literal.

    Returns:
        The answer; None where the value is no answer at all. Rows that are no answer are left out.
    """
    match value:
        case str() if _is_word(value):
            return value
        case list() if all(_is_word(entry) for entry in value):
            return [str(entry) for entry in value]
        case dict():
            return {row: choice for row, choice in value.items() if _is_word(row) and _is_word(choice)}
    return None


def plain_words(text: str) -> str:
    """Words as HTML that shows exactly these words in any browser and is nothing but words to Markdown and TeX.

    Args:
        text: what the trainee wrote, at most :data:`LONGEST_ANSWER` characters.
    """
    return OPENING + NOT_PLAIN.sub(lambda found: f"&#{ord(found[0])};", text) + CLOSING


def read_words(source: str) -> tuple[str, bool]:
    """The words in a written answer's cell, whether typed or already in the form of :func:`plain_words`.

    Args:
        source: the cell.

    Returns:
        The words without white space around them, and whether they had to be cut.
    """
    text = source
    if source.startswith(OPENING) and source.endswith(CLOSING):
        inner = re.sub(r"&#(\d{1,7});", _character, source[len(OPENING) : -len(CLOSING)])
        # Somebody may have typed these tags: only what plain_words would have written is read back.
        text = inner if plain_words(inner) == source else source
    return bounded_words(text, LONGEST_ANSWER)


def bounded_words(text: str, longest: int) -> tuple[str, bool]:
    """Words without what cannot be seen or turns the direction of text, and whether they had to be cut.

    Args:
        text: what somebody wrote.
        longest: characters that are kept.
    """
    text = _REPLACED.sub("\ufffd", text.replace("\r\n", "\n")).strip()
    return text[:longest].rstrip(), len(text) > longest


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and WORD.fullmatch(value) is not None


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1))
    return chr(code) if code <= 0x10FFFF else match.group(0)
