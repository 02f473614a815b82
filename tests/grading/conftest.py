"""A bank with every item type, released once a test process and copied for each test, and a trainee who answers it."""

from __future__ import annotations

import copy
import io
import json
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from peercourse.grading.collect import CollectReport, collect
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.gradebook import open_gradebook
from peercourse.quiz.bank import Quiz, read_bank
from peercourse.quiz.notebook import answer_variable

ITEMS = """
      - id: first-words
        type: single
        stem: What do you say?
        outcome: m2.3
        competence: [COM02]
        options:
          - {text: "What is it like now?", points: 2, rationale: KEY-RATIONALE}
          - {text: You did all you could., points: 0, harm: true, rationale: KEY-RATIONALE}
          - {text: "Shall we sit?", points: 0.5, rationale: KEY-RATIONALE}
      - id: which-fit
        type: several
        stem: Which of these fit?
        outcome: m2.3
        competence: [COM02]
        options:
          - {text: Wait., points: 1, rationale: KEY-RATIONALE}
          - {text: Ask what she needs., points: 1.5, rationale: KEY-RATIONALE}
          - {text: Ask for times., points: -1, rationale: KEY-RATIONALE}
          - {text: Promise to tell nobody., points: 0, harm: true, rationale: KEY-RATIONALE}
      - id: in-order
        type: order
        stem: In which order?
        outcome: m2.1
        competence: [COM01]
        points: 3
        lines: [Say who you are., Say what you cannot keep., Ask., Wait.]
        rationale: KEY-RATIONALE
      - id: which-is-which
        type: match
        stem: Which is which?
        outcome: m2.4
        competence: [COM02]
        points: 2
        pairs:
          - {left: Say it back, right: Reflection, rationale: KEY-RATIONALE}
          - {left: "What was that like?", right: Open question, rationale: KEY-RATIONALE}
          - {left: You stayed with her., right: Affirmation, rationale: KEY-RATIONALE}
        extra: [Advice]
      - id: how-much-help
        type: triage
        stem: How much help does each call for?
        outcome: m2.7
        competence: [COM06]
        lines:
          - {text: I slept badly last night., level: green, rationale: KEY-RATIONALE}
          - {text: Five weeks and no better., level: amber, rationale: KEY-RATIONALE}
          - {text: My chest hurts., level: red, rationale: KEY-RATIONALE}
      - id: how-sure
        type: rating
        stem: I could leave a silence alone.
        outcome: m2.2
        competence: [COM02]
        low: not at all sure
        high: quite sure
      - id: your-words
        type: written
        stem: Write what you would say.
        outcome: m2.4
        competence: [COM02]
        criteria:
          - {id: feeling, points: 2, text: GUIDE-CRITERION, earns: [GUIDE-EARNS], does_not_earn: [GUIDE-MISSES]}
          - {id: open, points: 2, text: GUIDE-CRITERION, earns: [GUIDE-EARNS], does_not_earn: [GUIDE-MISSES]}
        harmful: [GUIDE-HARMFUL]
"""
BANK = f"""\
id: corridor
title: In the corridor
module: 02-active-listening
version: 1
pass_mark: 0.75
minutes: 10
scenarios:
  - id: lift
    setting: A corridor, 07:20
    people: {{Amal: healthcare assistant}}
    story: The lift is out again. It costs $5 to park, and $6 on Sundays. She has not sat down since three.
    items:{ITEMS}
"""
WRITTEN = "your-words"
AUTOMATIC = 13.5  # all points that need no marker: 2 + 2.5 + 3 + 2 + 3 + 1


def bank_of(text: str, folder: Path) -> Quiz:
    path = folder / "corridor.yml"
    path.write_text(text, encoding="utf-8")
    return read_bank(path)[0]


@dataclass
class Desk:
    """A grading folder, an inbox, and a trainee's hand."""

    quiz: Quiz
    folder: GradingFolder
    inbox: Path

    @property
    def released(self) -> Released:
        return self.folder.read()[self.quiz.assignment]

    @property
    def release(self) -> dict[str, Any]:
        return dict(json.loads(self.folder.release(self.released).read_text(encoding="utf-8")))

    def best(self) -> dict[str, Any]:
        """Best answers to all items but the written one."""
        return {item.id: item.best_answer(self.quiz.seed) for item in self.quiz.items() if item.id != WRITTEN}

    def answered(self, trainee: str, answers: Mapping[str, Any] | None = None, words: str = "") -> dict[str, Any]:
        """The released notebook as somebody hands it in; best answers where none are given."""
        notebook = copy.deepcopy(self.release)
        given = self.best() if answers is None else answers
        for cell in notebook["cells"]:
            if cell["id"] == "trainee-id":
                cell["source"] = f"trainee_id = {json.dumps(trainee)}"
            elif cell["id"] in given:
                cell["source"] = f"{answer_variable(cell['id'])} = {given[cell['id']]!r}"
            elif cell["id"] == WRITTEN and words:
                cell["source"] = words
        return notebook

    def put(self, name: str, content: Any) -> Path:
        """Put a file into the inbox: bytes and text as they are, anything else as JSON."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, encoding="utf-8")
        return path

    def collect(self, *prefer: str) -> CollectReport:
        return collect(self.inbox, self.folder, prefer)

    def submitted(self, trainee: str) -> dict[str, Any]:
        """A submission that was taken in: source by cell id."""
        notebook = json.loads(self.folder.submitted(trainee, self.released).read_text(encoding="utf-8"))
        return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}

    def grades(self, trainee: str) -> dict[str, tuple[float | None, float | None, bool]]:
        """Automatic points, points by hand, and whether a marker is waited for, by cell, from the gradebook."""
        with open_gradebook(self.folder.root, self.folder.db_url) as gradebook:
            (notebook,) = gradebook.find_submission(self.quiz.assignment, trainee).notebooks
            return {
                grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                for grade in notebook.grades
            }

    def marked(self, trainee: str, points: float, *, cell: str = WRITTEN) -> None:
        """Mark an item by hand, as the formgrader stores it."""
        with open_gradebook(self.folder.root, self.folder.db_url) as gradebook:
            grade = gradebook.find_grade(cell, self.quiz.id, self.quiz.assignment, trainee)
            grade.manual_score, grade.needs_manual_grade = points, False
            gradebook.db.commit()

    def copied(self, place: Path) -> Desk:
        """The same desk in another folder."""
        shutil.copytree(self.folder.root, place)
        return Desk(self.quiz, GradingFolder(place, self.folder.db_url), self.inbox)

    def rows(self) -> list[Any]:
        """All that the gradebook says of submissions, without the random ids, a line for each row."""
        from nbgrader.api import Student, SubmittedNotebook

        with open_gradebook(self.folder.root, self.folder.db_url) as gradebook:
            lines: list[Any] = [(student.id, student.first_name) for student in gradebook.db.query(Student)]
            for notebook in gradebook.db.query(SubmittedNotebook):
                whole = notebook.assignment
                owner = (whole.student_id, whole.assignment.name, notebook.notebook.name)
                lines.append(
                    (*owner, whole.timestamp, whole.extension, notebook.flagged, notebook.late_submission_penalty)
                )
                for grade in notebook.grades:
                    points = (grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
                    lines.append((*owner, "points", grade.cell.name, *points))
                for comment in notebook.comments:
                    lines.append((*owner, comment.cell.name, comment.auto_comment, comment.manual_comment))
            return sorted(lines, key=repr)

    def scored(self) -> dict[str, tuple[int, bytes]]:
        """Every scored file's permissions and bytes."""
        place = self.folder.root / "autograded"
        files = [path for path in sorted(place.rglob("*")) if path.is_file()]
        return {path.relative_to(place).as_posix(): (path.stat().st_mode, path.read_bytes()) for path in files}


@pytest.fixture(scope="session")
def released_course(tmp_path_factory: pytest.TempPathFactory) -> tuple[Quiz, Path]:
    """The bank and a grading folder it was released into; to be copied, not changed."""
    folder = tmp_path_factory.getbasetemp() / "released-course"  # one for this folder's tests and the hostile ones
    folder.mkdir(exist_ok=True)
    quiz = bank_of(BANK, folder)
    release_quizzes([quiz], folder / "grading", lambda _: None)
    return quiz, folder / "grading"


@pytest.fixture
def desk(released_course: tuple[Quiz, Path], tmp_path: Path) -> Desk:
    """A fresh grading folder and an empty inbox."""
    quiz, template = released_course
    shutil.copytree(template, tmp_path / "grading")
    (tmp_path / "inbox").mkdir()
    return Desk(quiz, GradingFolder(tmp_path / "grading"), tmp_path / "inbox")


@pytest.fixture(scope="session")
def release(released_course: tuple[Quiz, Path]) -> dict[str, Any]:
    """The released notebook."""
    quiz, folder = released_course
    path = folder / "release" / quiz.assignment / f"{quiz.id}.ipynb"
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture
def zipped() -> Any:
    """Makes a zip file's bytes from content by name."""

    def make(entries: Mapping[str, Any]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries.items():
                data = content if isinstance(content, (bytes, str)) else json.dumps(content)
                info = zipfile.ZipInfo(name, date_time=(2026, 3, 4, 10, 20, 30))
                archive.writestr(info, data, compress_type=zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    return make


@pytest.fixture(autouse=True)
def _same_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader is set up through the environment; each test leaves it as it was."""
    monkeypatch.setenv("JUPYTER_PATH", "")


@pytest.fixture(scope="session")
def tools() -> dict[str, Any]:
    """What tests need besides fixtures."""
    return {"bank_of": bank_of, "BANK": BANK, "ITEMS": ITEMS, "AUTOMATIC": AUTOMATIC, "WRITTEN": WRITTEN}
