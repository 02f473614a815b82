"""Scoring without a kernel.

nbgrader puts the hidden test back into each test cell: the item type's own scoring function, and one call of it with
the answer and the key. Here that call is read, not run: the function's name picks the same function from the item
types, the key is a literal, and the answer is the literal in the rebuilt answer cell.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Test:
    """A test cell, read.

    Attributes:
        name: its ``grade_id``.
        answer: ``grade_id`` of the cell that it is about.
        variable: the name that the answer is assigned to.
        key: what the scoring function compares with.
        maximum: the most points that it gives.
    """

    name: str
    answer: str
    variable: str
    function: Score
    key: Any
    maximum: float


def scores(notebook: Mapping[str, Any]) -> dict[str, float]:
    """Points of every test cell.

    Args:
        notebook: a rebuilt submission in which nbgrader has restored the hidden tests.

    Returns:
        Points by ``grade_id``; each finite, from 0 to the cell's points.

    Raises:
        ScoringError: a test cell cannot be read, or gives no such number.
    """
    sources = {cell["metadata"]["nbgrader"]["grade_id"]: cell["source"] for cell in _named_cells(notebook)}
    return {test.name: points(test, sources[test.answer]) for test in read_tests(notebook)}


def read_tests(notebook: Mapping[str, Any]) -> tuple[Test, ...]:
    """The test cells of a notebook in which nbgrader has restored the hidden tests.

    Raises:
        ScoringError: one cannot be read.
    """
    cells = _named_cells(notebook)
    names = [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells]
    variables = {answer_variable(name): name for name in names}
    found = []
    for cell in cells:
        flags = cell["metadata"]["nbgrader"]
        if not flags.get("grade") or flags.get("solution"):
            continue
        name = flags["grade_id"]
        function, variable, key = _call(cell["source"], name)
        if variable not in variables:
            raise ScoringError(f"the test {name} is about {variable}, which no cell answers")
        found.append(Test(name, variables[variable], variable, FUNCTIONS[function], key, flags["points"]))
    return tuple(found)


def points(test: Test, source: str) -> float:
    """Points that an answer earns.

    Args:
        test: the test.
        source: the rebuilt answer cell.

    Raises:
        ScoringError: the scoring function gives no number from 0 to the cell's points.
    """
    earned = test.function(_answer(source, test.variable), test.key)
    if not (math.isfinite(earned) and 0 <= earned <= test.maximum):
        raise ScoringError(f"the test {test.name} gives {earned!r}, which is not from 0 to {test.maximum}")
    return float(earned)


def key_hash(sources: Mapping[str, str]) -> str:
    """A hash of all locked cells, keys and guides included: tells whether a score is by the present key.

    Args:
        sources: source of every locked cell by ``grade_id``.
    """
    return short_hash(repr(sorted(sources.items())))


def _named_cells(notebook: Mapping[str, Any]) -> list[Any]:
    return [cell for cell in notebook["cells"] if "grade_id" in cell["metadata"].get("nbgrader", {})]


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
