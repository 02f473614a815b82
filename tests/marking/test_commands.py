"""What a trainer types and reads, from the course folder, with a real quiz of the course."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from peercourse.cli import main
from peercourse.content.course import load_course
from peercourse.grading.collect import collect
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade

ROOT = Path(__file__).parents[2]
QUIZ = "m2-active-listening"


@pytest.fixture
def folder(tmp_path: Path) -> GradingFolder:
    """A folder with the course's quiz, and one trainee who answered its written items."""
    quiz = load_course(ROOT).quizzes[QUIZ]
    folder = GradingFolder(tmp_path / "grading")
    release_quizzes([quiz], folder.root, lambda _: None)
    notebook = json.loads(folder.release(folder.read()[quiz.assignment]).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["id"] == "trainee-id":
            cell["source"] = 'trainee_id = "nurse-17"'
        elif cell["cell_type"] == "markdown" and cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = "Sounds as if it was long. Is that near it?"
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/file.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    collect(tmp_path / "inbox", folder)
    grade(folder)
    return folder


@pytest.mark.slow
def test_the_story_from_the_command_line(folder: GradingFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["marking", *words, "--grading", str(folder.root)])

    done = run("export")
    assert done.exit_code == 0, done.output
    (path,) = (folder.root / "marking").glob("*.xlsx")
    assert f"3 answers in {path}" in done.output
    assert "Next, when they are marked: peercourse marking import FILE" in done.output
    assert "There already" in run("export").output
    assert run("export", "--third", "--double", "0.2").exit_code == 1
    assert "There is no answer on which two markers differ." in run("export", "--third").output

    book: Any = load_workbook(path)
    for name in ("Mark 1", "Mark 2", "Mark 3"):
        sheet = book[name]
        for column in range(4, sheet.max_column - 1):
            sheet.cell(2, column).value = 0.5
    book["Mark 1"]["D2"].value = "lots"
    book.save(path)
    refused = run("import", str(path))
    assert refused.exit_code == 1
    assert f"{path.name}, sheet Mark 1, row 2, column D (" in refused.output
    assert "the text “lots” stands there; write 0, 0.5 or 1 as a number" in refused.output
    book["Mark 1"]["D2"].value = 1
    book.save(path)
    done = run("import", str(path))
    assert done.exit_code == 0, done.output
    assert "Marks taken in 3, there already 0. Points entered for 3." in done.output
    assert "Next: peercourse scores" in done.output
    assert "Marks taken in 0, there already 3. Points entered for 0." in run("import", str(path)).output
    assert "No written answer waits for a marker." in run("export").output
