"""A release made ready once and filled in for every submission: the notebook that nbgrader's own steps would write."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.gradebook import folder_config
from peercourse.grading.rebuild import Slot, answer_slots
from peercourse.grading.rows import Cells
from peercourse.grading.scorer import Test, key_hash, points, read_tests
from peercourse.grading.settings import SANITIZE
from peercourse.quiz.release import quiet_logger

_quoted: Callable[[str], str] = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class Form:
    """A release with the keys back in it, and gaps for what differs between submissions.

    Attributes:
        slots: the answer cells.
        tests: the test cells.
        blank: what an untouched answer cell holds, by ``grade_id``; None where nothing counts as untouched.
        by_hand: ``grade_id`` of the answers that a person marks.
        pieces: the scored notebook's text around the gaps; one more than there are gaps.
        gaps: what goes where: ``answer`` or ``points`` with a ``grade_id``, or ``submitted``.
    """

    slots: tuple[Slot, ...]
    tests: tuple[Test, ...]
    blank: Mapping[str, str | None]
    by_hand: frozenset[str]
    pieces: tuple[str, ...]
    gaps: tuple[tuple[str, str], ...]

    def untouched(self, sources: Mapping[str, str]) -> dict[str, bool]:
        """Whether each answer cell is as it was released, by ``grade_id``."""
        return {name: sources[name] == released for name, released in self.blank.items()}

    def earned(self, sources: Mapping[str, str]) -> dict[str, float | None]:
        """Points of every cell that carries some, by ``grade_id``; None where a person has to give them.

        Args:
            sources: every answer cell's source.

        Raises:
            ScoringError: a scoring function gives no number in range.
        """
        earned: dict[str, float | None] = {test.name: points(test, sources[test.answer]) for test in self.tests}
        return earned | {name: 0.0 if sources[name] == self.blank[name] else None for name in self.by_hand}

    def filled(self, sources: Mapping[str, str], points: Mapping[str, float | None], submitted: str) -> str:
        """The scored notebook's text.

        Args:
            sources: every answer cell's source.
            points: every test cell's points.
            submitted: hash of the bytes that it was made of.
        """
        parts = [self.pieces[0]]
        for (kind, name), piece in zip(self.gaps, self.pieces[1:], strict=True):
            match kind:
                case "answer":
                    parts.append(_lines(sources[name]))
                case "points":
                    parts.append(_quoted(repr(points[name])))
                case _:
                    parts.append(_quoted(submitted))
            parts.append(piece)
        return "".join(parts)


def make_form(folder: GradingFolder, released: Released, cells: Cells) -> Form:
    """Make a release ready, by nbgrader's own steps.

    Raises:
        GradingError: the release is missing or damaged.
        ScoringError: a test cell is not what a release writes.
    """
    path = folder.release(released)
    try:
        text = path.read_text(encoding="utf-8")
        slots = answer_slots(json.loads(text))
        notebook = _restored(folder_config(folder.root, folder.db_url), released, text)
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        raise GradingError(f"{path} is missing or damaged; run: peercourse quiz release") from None
    answered = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if utils.is_solution(cell)}
    tests = read_tests(notebook)
    return Form(
        slots=slots,
        tests=tests,
        blank={name: _blank(cell, cells.blank.get(name)) for name, cell in answered.items()},
        by_hand=frozenset(name for name, cell in answered.items() if utils.is_grade(cell)),
        **_with_gaps(notebook),
    )


def _restored(config: Config, released: Released, text: str) -> NotebookNode:
    """The release after nbgrader's own sanitising steps; ours, the rebuild, is made for each submission."""
    config.Exporter.default_preprocessors = []
    exporter = NotebookExporter(config=config, log=quiet_logger())
    for step in SANITIZE[1:]:
        exporter.register_preprocessor(step)
    names = {"student": "", "assignment": released.assignment, "notebook": released.quiz}
    resources = {"nbgrader": {**names, "db_url": CourseDirectory(config=config).db_url}}
    restored, _ = exporter.from_notebook_node(nbformat.reads(text, as_version=4), resources)
    notebook: NotebookNode = nbformat.reads(restored, as_version=4)
    return notebook


def _blank(cell: NotebookNode, source: str | None) -> str | None:
    """The source whose checksum the gradebook holds: nbgrader takes a cell with this checksum for untouched."""
    if source is None:
        return None
    untouched = NotebookNode({**cell, "source": source})
    return source if utils.compute_checksum(untouched) == cell.metadata.nbgrader.get("checksum") else None


def _with_gaps(notebook: NotebookNode) -> dict[str, Any]:
    """The notebook's text in pieces, as nbformat writes it, and the gaps between them."""
    token = uuid4().hex  # stands in no release
    gaps: list[tuple[str, str]] = []

    def gap(kind: str, name: str) -> str:
        gaps.append((kind, name))
        return f"{token}-{len(gaps) - 1}"

    locked = {}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if utils.is_locked(cell):
            locked[name] = cell.source
        if utils.is_grade(cell) and not utils.is_solution(cell):
            cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": gap("points", name)})]
        if utils.is_solution(cell):
            cell.source = gap("answer", name)
    notebook.metadata.peercourse["key"] = key_hash(locked)
    notebook.metadata.peercourse["submitted"] = gap("submitted", "")
    # An answer cell's source is a list of lines, and the list as a whole is the gap.
    found = re.split(rf'(?:\[\n {{4}})?"{token}-(\d+)"(?:\n {{3}}\])?', nbformat.writes(notebook) + "\n")
    return {"pieces": tuple(found[::2]), "gaps": tuple(gaps[int(number)] for number in found[1::2])}


def _lines(source: str) -> str:
    """A cell's source as nbformat writes it, in its place in the notebook."""
    lines = source.splitlines(keepends=True)
    return "[\n    " + ",\n    ".join(map(_quoted, lines)) + "\n   ]" if lines else "[]"
