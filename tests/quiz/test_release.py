"""Releases by nbgrader's own GenerateAssignment: no key inside, and the same with and without a gradebook."""

from __future__ import annotations

import json
from pathlib import Path

from peercourse.quiz.bank import Quiz
from peercourse.quiz.notebook import source_notebook
from peercourse.quiz.release import generate, release_notebooks


def test_the_release_for_the_site_is_the_release_for_grading(bank: Quiz, tmp_path: Path) -> None:
    with_gradebook = generate(bank, tmp_path, gradebook=True).read_text(encoding="utf-8")
    assert release_notebooks([bank]) == {"small": with_gradebook}
    assert (tmp_path / "gradebook.db").exists()


def test_a_release_holds_every_question_and_no_key(bank: Quiz) -> None:
    text = release_notebooks([bank])["small"]
    for face in bank.faces().values():
        assert json.dumps(face.stem)[1:-1] in text
        for choice in (*face.choices, *face.rows):
            assert json.dumps(choice.text)[1:-1] in text
    for secret in ("RATIONALE", "CRITERION", "EARNS", "HARMFUL", "def score", "HIDDEN", "SOLUTION", "MARK SCHEME"):
        assert secret not in text
    source = json.dumps(source_notebook(bank))
    for secret in ("CRITERION", "EARNS", "HARMFUL", "def score"):
        assert secret in source


def test_a_release_is_the_same_every_time(bank: Quiz) -> None:
    assert release_notebooks([bank]) == release_notebooks([bank])


def test_plain_text_stays_plain_in_the_notebook(bank: Quiz) -> None:
    cells = json.loads(release_notebooks([bank])["small"])["cells"]
    story = next("".join(cell["source"]) for cell in cells if cell["id"] == "corridor-story")
    assert "\\$5" in story
    assert "\\*She\\*" in story
