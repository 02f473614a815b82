"""Points and the scored notebook of one submission after another. What many people answer alike is worked out once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from peercourse.grading.answers import LONGEST_CODE
from peercourse.grading.as_collected import read_sources
from peercourse.grading.bulk_files import UnusualError
from peercourse.grading.bulk_notebook import Form
from peercourse.grading.files import short_hash
from peercourse.grading.rebuild import Slot, find_sources, plain_answer
from peercourse.grading.scorer import Test, points

ALIKE = 5000
"""Choices that are remembered, for all items of a quiz together: a few megabytes at the most."""
_quoted: Callable[[str], str] = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class Cell:
    """An answer, rebuilt and scored.

    Attributes:
        source: the answer cell's source as it is kept.
        text: the same as it stands in a notebook's JSON.
        blank: whether nbgrader takes it for untouched.
        points: points by test cell.
    """

    source: str
    text: str
    blank: bool
    points: Mapping[str, float]


@dataclass(frozen=True)
class Marked:
    """A submission with its points.

    Attributes:
        points: points of every cell that carries some, by ``grade_id``; None where a person has to give them.
        blank: whether an answer cell is as it was released, by ``grade_id``.
        by_hand: source of the answers that a person marks, by ``grade_id``.
        text: the scored notebook.
    """

    points: Mapping[str, float | None]
    blank: Mapping[str, bool]
    by_hand: Mapping[str, str]
    text: str


class Scorer:
    """Scores the submissions of a quiz.

    Args:
        form: its release, made ready.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        self._tests: dict[str, list[Test]] = defaultdict(list)
        for test in form.tests:
            self._tests[test.answer].append(test)
        self._remembered = lru_cache(ALIKE)(self._cell)

    def score(self, submitted: bytes) -> Marked:
        """Score a submission.

        Args:
            submitted: the bytes of its notebook.

        Raises:
            UnusualError: it is not as collect writes it.
            ScoringError: a scoring function gives no number in range.
        """
        form = self._form
        cells = self._cells(self._sources(submitted))
        earned = self._earned(cells)

        def filling(kind: str, name: str) -> str:
            if kind == "answer":
                return cells[name].text
            return _quoted(repr(earned[name]) if kind == "points" else short_hash(submitted))

        return Marked(
            points=earned,
            blank={name: cell.blank for name, cell in cells.items()},
            by_hand={name: cells[name].source for name in form.by_hand},
            text=form.scored.filled(filling(*gap) for gap in form.scored.gaps),
        )

    def points(self, sources: Mapping[str, str]) -> dict[str, float | None]:
        """Points of every cell that carries some, by ``grade_id``; None where a person has to give them.

        Args:
            sources: what stands in the answer cells; a missing one counts as blank.

        Raises:
            ScoringError: a scoring function gives no number in range.
        """
        return self._earned(self._cells(sources))

    def _cells(self, sources: Mapping[str, str]) -> dict[str, Cell]:
        return {slot.name: self._answer(slot, sources.get(slot.name, slot.released)) for slot in self._form.slots}

    def _earned(self, cells: Mapping[str, Cell]) -> dict[str, float | None]:
        earned: dict[str, float | None] = {}
        for cell in cells.values():
            earned.update(cell.points)
        for name in self._form.by_hand:
            earned[name] = 0.0 if cells[name].blank else None
        return earned

    def _sources(self, submitted: bytes) -> Mapping[str, str]:
        """What stands in the answer cells."""
        try:
            text = submitted.decode("utf-8")
            sources = read_sources(self._form.submitted, text)
            if sources is not None:
                return sources
            data = json.loads(text)
        except (ValueError, RecursionError):
            raise UnusualError from None
        if not _is_as_collected(data):
            raise UnusualError
        return find_sources(self._form.slots, data)[0]

    def _answer(self, slot: Slot, source: str) -> Cell:
        alike = slot.name in self._tests and len(source) <= LONGEST_CODE  # a choice, and not words or an ID
        return self._remembered(slot, source) if alike else self._cell(slot, source)

    def _cell(self, slot: Slot, source: str) -> Cell:
        plain, _ = plain_answer(slot, source)
        lines = plain.splitlines(keepends=True)
        return Cell(
            source=plain,
            # as nbformat writes it, in its place in the notebook
            text="[\n    " + ",\n    ".join(map(_quoted, lines)) + "\n   ]" if lines else "[]",
            blank=plain == self._form.blank[slot.name],
            points={test.name: points(test, plain) for test in self._tests.get(slot.name, [])},
        )


def _is_as_collected(data: Any) -> bool:
    """Whether a notebook has the shape of one that collect wrote, so that nbformat would read the same out of it."""
    match data:
        case {"nbformat": 4, "nbformat_minor": int(), "cells": list(cells), "metadata": dict()}:
            return all(_is_plain_cell(cell) for cell in cells)
    return False


def _is_plain_cell(cell: Any) -> bool:
    match cell:
        case {"cell_type": "code", "metadata": dict(), "source": source, "outputs": [], "execution_count": None}:
            fields = 6
        case {"cell_type": "markdown", "metadata": dict(), "source": source}:
            fields = 4
        case _:
            return False
    lines = source if isinstance(source, list) else [source]
    return "id" in cell and len(cell) == fields and all(isinstance(line, str) for line in lines)
