"""A release made ready once for all its submissions: how collect writes them, and how nbgrader's own steps would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from peercourse.grading.as_collected import submitted_template
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.gradebook import folder_config
from peercourse.grading.rebuild import Slot, answer_slots
from peercourse.grading.rows import Cells
from peercourse.grading.scorer import Test, key_hash, read_tests
from peercourse.grading.settings import SANITIZE
from peercourse.grading.template import Gaps, Template
from peercourse.quiz.release import quiet_logger


@dataclass(frozen=True)
class Form:
    """A release, ready to read submissions by and to write scored notebooks from.

    Attributes:
        slots: the answer cells.
        tests: the test cells.
        blank: what an untouched answer cell holds, by ``grade_id``; None where nothing counts as untouched.
        by_hand: ``grade_id`` of the answers that a person marks.
        submitted: the notebook as collect writes it; its gaps are of the kind ``answer``.
        scored: the notebook with the keys back in it; its gaps are of the kinds ``answer``, ``points`` and
            ``submitted`` (the hash of the bytes that it was made of).
    """

    slots: tuple[Slot, ...]
    tests: tuple[Test, ...]
    blank: Mapping[str, str | None]
    by_hand: frozenset[str]
    submitted: Template
    scored: Template


def make_form(folder: GradingFolder, released: Released, cells: Cells) -> Form:
    """Make a release ready, by nbgrader's own steps.

    Raises:
        GradingError: the release is missing or damaged.
        ScoringError: a test cell is not what a release writes.
    """
    path = folder.release(released)
    try:
        text = path.read_text(encoding="utf-8")
        release = json.loads(text)
        slots, submitted = answer_slots(release), submitted_template(release)
        notebook = _restored(folder_config(folder.root, folder.db_url), released, text)
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        raise GradingError(f"{path} is missing or damaged; run: peercourse quiz release") from None
    answered = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if utils.is_solution(cell)}
    return Form(
        slots=slots,
        tests=read_tests(notebook),
        blank={name: _blank(cell, cells.blank.get(name)) for name, cell in answered.items()},
        by_hand=frozenset(name for name, cell in answered.items() if utils.is_grade(cell)),
        submitted=submitted,
        scored=_scored(notebook),
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


def _scored(notebook: NotebookNode) -> Template:
    """The notebook as nbformat writes it, with a gap for whatever differs between submissions."""
    gaps = Gaps()
    locked = {}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if utils.is_locked(cell):
            locked[name] = cell.source
        if utils.is_grade(cell) and not utils.is_solution(cell):
            points = {"text/plain": gaps.mark("points", name)}
            cell.outputs = [nbformat.v4.new_output("execute_result", data=points)]
        if utils.is_solution(cell):
            cell.source = gaps.mark("answer", name)
    notebook.metadata.peercourse["key"] = key_hash(locked)
    notebook.metadata.peercourse["submitted"] = gaps.mark("submitted")
    return gaps.cut(nbformat.writes(notebook) + "\n")
