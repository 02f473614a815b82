"""Rebuilding a submission: the released notebook, with nothing taken from the file but trainee ID and answers.

Whatever else a file holds (cells that were added, deleted, copied, moved or retyped, edited tests, planted outputs,
metadata, attachments) does not get through, because nothing is taken away from the file: the file is only asked for
answers.
"""

from __future__ import annotations

import copy
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
        notebook: the released notebook with the answers.
        remarks: what a trainer should know, a sentence each.
    """

    trainee: str
    notebook: Notebook
    remarks: tuple[str, ...]

    @property
    def text(self) -> str:
        """The notebook as JSON text; the same answers give the same bytes."""
        return json.dumps(self.notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def rebuild(release: Mapping[str, Any], untrusted: Any) -> RebuiltSubmission:
    """Put a file's answers into the released notebook.

    Args:
        release: the released notebook.
        untrusted: the handed-in notebook as JSON data; any shape is met.
    """
    notebook: Notebook = copy.deepcopy(dict(release))
    answers = read_answers(answer_slots(notebook), untrusted)
    for cell in _answer_cells(notebook):
        new = answers.sources[_grade_id(cell)]
        if new != _source(cell):
            cell["source"] = new.splitlines(keepends=True)  # as nbformat writes it
    return RebuiltSubmission(answers.trainee, notebook, answers.remarks)


def answer_slots(release: Mapping[str, Any]) -> tuple[Slot, ...]:
    """The answer cells of a released notebook, in their order."""
    return tuple(Slot(_grade_id(cell), _source(cell), _holds(cell)) for cell in _answer_cells(release))


def read_answers(slots: Sequence[Slot], untrusted: Any) -> Answers:
    """Ask a file for its answers. Nothing else of it is looked at.

    Args:
        slots: the release's answer cells.
        untrusted: the handed-in notebook as JSON data; any shape is met.
    """
    found, remarks = _answers(untrusted, {slot.name for slot in slots})
    trainee, sources = "", {}
    for slot in slots:
        name, released = slot.name, slot.released
        if name not in found:
            remarks.append(f"the answer to {name} is missing, counted as blank")
        source = found.get(name, released)
        if name == TRAINEE_CELL:
            trainee, sources[name] = read_trainee(source, released)
            continue
        sources[name], remark = READERS.get(slot.holds, read_choice)(source, released, name)
        remarks += [f"the answer to {name} {remark}"] if remark else []
    return Answers(trainee, sources, tuple(remarks))


def _answer_cells(notebook: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            yield cell


def _grade_id(cell: Mapping[str, Any]) -> str:
    return str(cell["metadata"]["nbgrader"]["grade_id"])


def _holds(cell: Mapping[str, Any]) -> str:
    """What an answer cell of a release takes; a line of an observation sheet says so itself."""
    if cell["cell_type"] == "markdown":
        return "words"
    return str(cell["metadata"].get("peercourse", {}).get("holds", "choice"))


def _source(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _answers(untrusted: Any, wanted: set[str]) -> tuple[dict[str, str], list[str]]:
    """Source by grade_id; of two cells with one grade_id the last counts, as in nbgrader."""
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
