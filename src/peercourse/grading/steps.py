"""Our three steps among nbgrader's: rebuild, score, save. ``settings.py`` puts them into its lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades

from peercourse.grading.files import GradingError, short_hash
from peercourse.grading.rebuild import rebuild
from peercourse.grading.scorer import key_hash, scores
from peercourse.grading.settled import Mark, needs_marking, written_answers

Resources = Any


class Rebuild(NbGraderPreprocessor):  # type: ignore[misc]
    """First of the sanitising steps: nothing of the submitted file is kept but trainee ID and answers."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Replace the submission by the release with its answers, and note of which bytes it was made.

        Raises:
            GradingError: the release is missing from the course folder.
        """
        submission = Path(resources["metadata"]["path"])  # …/submitted/<trainee>/<assignment>
        name = f"{resources['nbgrader']['notebook']}.ipynb"
        release = submission.parents[2] / "release" / resources["nbgrader"]["assignment"] / name
        if not release.is_file():
            raise GradingError(f"{release} is missing; run: peercourse quiz release")
        rebuilt = rebuild(json.loads(release.read_text(encoding="utf-8")), nb)
        notebook = nbformat.reads(rebuilt.text, as_version=4)
        notebook.metadata.peercourse["submitted"] = short_hash((submission / name).read_bytes())
        return notebook, resources


class Score(NbGraderPreprocessor):  # type: ignore[misc]
    """In the place of nbgrader's Execute: each test cell gets its points as the one output, and no kernel starts."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Score every test cell and note by which key.

        Raises:
            ScoringError: a test cell is not what a release writes.
        """
        points = scores(nb)
        locked = {}
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
            if utils.is_locked(cell):
                locked[cell.metadata.nbgrader.grade_id] = cell.source
            if utils.is_grade(cell) and not utils.is_solution(cell):
                result = {"text/plain": repr(points[cell.metadata.nbgrader.grade_id])}
                cell.outputs = [nbformat.v4.new_output("execute_result", data=result)]
        nb.metadata.setdefault("peercourse", NotebookNode())["key"] = key_hash(locked)
        return nb, resources


class SaveGrades(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's own step sends every marked item back to the desk at each regrading. This one keeps settled what is.

    Settled is an item that was marked by hand and whose answer and automatic points have not changed since.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Save points, comparing with the notebook that was scored before, if there is one."""
        work = Path(resources["metadata"]["path"])  # …/<work folder>/<trainee>/<assignment>
        before = work.parents[2] / "autograded" / work.parent.name / work.name
        name = f"{resources['nbgrader']['notebook']}.ipynb"
        # nbgrader's own command works in autograded/ itself, so there is nothing left to compare with.
        self._before = {} if before == work else written_answers(before / name)
        notebook, resources = super().preprocess(nb, resources)
        return notebook, resources

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:
        name = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        before = Mark(grade.auto_score, grade.manual_score, grade.needs_manual_grade)
        super()._add_score(cell, resources)
        same_answer = self._before.get(name) == cell.source if utils.is_solution(cell) else True
        waiting = needs_marking(before, grade.auto_score, same_answer=same_answer)
        if waiting != grade.needs_manual_grade:
            grade.needs_manual_grade = waiting
            self.gradebook.db.commit()
