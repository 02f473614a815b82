"""Scoring without a kernel.

nbgrader puts the hidden test back into each test cell: the item type's own scoring function, and one call of it with
the answer and the key. Here that call is read, not run: the function's name picks the same function from the item
types, the key is a literal, and the answer is the literal in the rebuilt answer cell.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from typing import Any

from peercourse.grading.answers import NotPlainError, read_assignment
from peercourse.grading.files import short_hash
from peercourse.quiz.item import Score
from peercourse.quiz.notebook import answer_variable
from peercourse.quiz.types import ITEM_TYPES

FUNCTIONS: Mapping[str, Score] = {
    kind.score.__name__: kind.score for kind in ITEM_TYPES.values() if kind.score is not None
}


class ScoringError(Exception):
    """A test cell is not what a release writes; the release in the gradebook is damaged or foreign."""


def scores(notebook: Mapping[str, Any]) -> dict[str, float]:
    """Points of every test cell.

    Args:
        notebook: a rebuilt submission in which nbgrader has restored the hidden tests.

    Returns:
        Points by ``grade_id``; each finite, from 0 to the cell's points.

    Raises:
        ScoringError: a test cell cannot be read, or gives no such number.
    """
    cells = [cell for cell in notebook["cells"] if "grade_id" in cell["metadata"].get("nbgrader", {})]
    sources = {cell["metadata"]["nbgrader"]["grade_id"]: cell["source"] for cell in cells}
    variables = {answer_variable(name): name for name in sources}
    found = {}
    for cell in cells:
        flags = cell["metadata"]["nbgrader"]
        if not flags.get("grade") or flags.get("solution"):
            continue
        name = flags["grade_id"]
        function, variable, key = _call(cell["source"], name)
        if variable not in variables:
            raise ScoringError(f"the test {name} is about {variable}, which no cell answers")
        points = FUNCTIONS[function](_answer(sources[variables[variable]], variable), key)
        if not (math.isfinite(points) and 0 <= points <= flags["points"]):
            raise ScoringError(f"the test {name} gives {points!r}, which is not from 0 to {flags['points']}")
        found[name] = float(points)
    return found


def key_hash(sources: Mapping[str, str]) -> str:
    """A hash of all locked cells, keys and guides included: tells whether a score is by the present key.

    Args:
        sources: source of every locked cell by ``grade_id``.
    """
    return short_hash(repr(sorted(sources.items())))


def _call(source: str, name: str) -> tuple[str, str, Any]:
    """Function name, answer variable and key of a test cell's one call."""
    try:
        match ast.parse(source).body:
            case [
                ast.FunctionDef(name=defined),
                ast.Expr(value=ast.Call(func=ast.Name(id=called), args=[ast.Name(id=variable), key], keywords=[])),
            ] if defined == called and called in FUNCTIONS:
                return called, variable, ast.literal_eval(key)
    except (SyntaxError, ValueError):
        pass
    raise ScoringError(f"the test {name} is not one that a release writes; run: peercourse quiz release")


def _answer(source: str, variable: str) -> Any:
    try:
        return read_assignment(source, variable)
    except NotPlainError:
        return None  # scored 0 by every type
