"""Rebuilding a submission: the released notebook, with nothing taken from the file but trainee ID and answers.

Whatever else a file holds (cells that were added, deleted, copied, moved or retyped, edited tests, planted outputs,
metadata, attachments) does not get through, because nothing is taken away from the file: the file is only asked for
answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peercourse.grading.answer_cells import READERS, read_choice, read_trainee
from peercourse.quiz.notebook import TRAINEE_CELL

Notebook = dict[str, Any]


@dataclass(frozen=True)
class Slot:
    """An answer cell of a release.

    Attributes:
        name: its ``grade_id``.
        released: its source as released.
        holds: ``choice``; ``words`` of a written answer; or on an observation sheet ``id``, ``word`` or ``text``.
    """

    name: str
    released: str
    holds: str


@dataclass(frozen=True)
class Answers:
    """What a file answers, safe to keep, score, render and open.

    Attributes:
        trainee: the ID as it stands in the file; empty where there is none.
        sources: the new source of every answer cell by ``grade_id``; the released one where the answer is blank.
        remarks: what a trainer should know, a sentence each.
    """

    trainee: str
    sources: Mapping[str, str]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class RebuiltSubmission:
    """A submission that is safe to keep, score, render and open.

    Attributes:
        trainee: the ID as it stands in the file; empty where there is none.
        notebook: the released notebook with the answers; all other cells are the release's own.
        remarks: what a trainer should know, a sentence each.
    """

    trainee: str
    notebook: Notebook
    remarks: tuple[str, ...]

    @property
    def text(self) -> str:
        """The notebook as JSON text; the same answers give the same bytes."""
        return notebook_text(self.notebook)


def rebuild(release: Mapping[str, Any], untrusted: Any) -> RebuiltSubmission:
    """Put a file's answers into the released notebook.

    Args:
        release: the released notebook.
        untrusted: the handed-in notebook as JSON data; any shape is met.
    """
    answers = read_answers(answer_slots(release), untrusted)
    cells = [_answered(cell, answers.sources) for cell in release["cells"]]
    return RebuiltSubmission(answers.trainee, {**release, "cells": cells}, answers.remarks)


def notebook_text(notebook: Mapping[str, Any]) -> str:
    """A rebuilt notebook as JSON text."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def answer_slots(release: Mapping[str, Any]) -> tuple[Slot, ...]:
    """The answer cells of a released notebook, in their order."""
    return tuple(Slot(_grade_id(cell), _source(cell), _holds(cell)) for cell in answer_cells(release))


def read_answers(slots: Sequence[Slot], untrusted: Any) -> Answers:
    """Ask a file for its answers. Nothing else of it is looked at.

    Args:
        slots: the release's answer cells.
        untrusted: the handed-in notebook as JSON data; any shape is met.
    """
    found, remarks = find_sources(slots, untrusted)
    sources = {}
    for slot in slots:
        if slot.name not in found:
            remarks.append(f"the answer to {slot.name} is missing, counted as blank")
        sources[slot.name], remark = plain_answer(slot, found.get(slot.name, slot.released))
        remarks += [f"the answer to {slot.name} {remark}"] if remark else []
    trainee, _ = read_trainee(found.get(TRAINEE_CELL, ""), "")
    return Answers(trainee, sources, tuple(remarks))


def plain_answer(slot: Slot, source: str) -> tuple[str, str]:
    """An answer cell's new source, and a remark on the answer that goes on from "the answer to …"; mostly empty.

    Args:
        slot: the cell.
        source: what stands in it in the handed-in file.
    """
    if slot.name == TRAINEE_CELL:
        _, cell = read_trainee(source, slot.released)
        return cell, ""
    return READERS.get(slot.holds, read_choice)(source, slot.released, slot.name)


def answer_cells(notebook: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells of a released notebook in which trainees write."""
    return (cell for cell in notebook["cells"] if _is_answer(cell))


def _holds(cell: Mapping[str, Any]) -> str:
    """What an answer cell of a release takes; a line of an observation sheet says so itself."""
    if cell["cell_type"] == "markdown":
        return "words"
    return str(cell["metadata"].get("peercourse", {}).get("holds", "choice"))


def find_sources(slots: Sequence[Slot], untrusted: Any) -> tuple[dict[str, str], list[str]]:
    """Sources by ``grade_id`` as far as a file has them, and remarks.

    Of two cells with one ``grade_id`` the last counts, as in nbgrader.

    Args:
        slots: the release's answer cells.
        untrusted: the handed-in notebook as JSON data; any shape is met.
    """
    wanted = {slot.name for slot in slots}
    found: dict[str, str] = {}
    twice: list[str] = []
    cells = untrusted.get("cells") if isinstance(untrusted, Mapping) else None
    for cell in cells if isinstance(cells, list) else []:
        match cell:
            case {"metadata": {"nbgrader": {"grade_id": str(name)}}, "source": source} if name in wanted:
                pass
            case _:
                continue
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if not isinstance(source, str):
            continue
        if name in found:
            twice.append(name)
        found[name] = source
    return found, [f"the cell {name} is there more than once, the last one counts" for name in sorted(set(twice))]


def _is_answer(cell: Mapping[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))


def _answered(cell: dict[str, Any], sources: Mapping[str, str]) -> dict[str, Any]:
    if not _is_answer(cell) or (new := sources[_grade_id(cell)]) == _source(cell):
        return cell
    return {**cell, "source": new.splitlines(keepends=True)}  # as nbformat writes it


def _grade_id(cell: Mapping[str, Any]) -> str:
    return str(cell["metadata"]["nbgrader"]["grade_id"])


def _source(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)
