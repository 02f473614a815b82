"""peercourse report over a real grading folder: released, collected, graded, reported."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from peercourse.cli import main
from peercourse.demo.marker import MARKER, DemoSettings, write_marker
from peercourse.grading.collect import collect
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade
from peercourse.quiz.notebook import answer_variable

ROOT = Path(__file__).resolve().parents[2]
QUIZ = "m2-active-listening"
WORDS = "=cmd|' /C calc'!A0 <script>alert(1)</script> You stayed with her."


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, course: Any) -> GradingFolder:
    """The course's own quiz of module 2, answered by three trainees; a fourth is on the list."""
    place = tmp_path_factory.mktemp("cohort")
    folder, inbox = GradingFolder(place / "grading"), place / "inbox"
    bank = course.quizzes[QUIZ]
    release_quizzes([bank], folder.root, lambda _: None)
    released = folder.read()[bank.assignment]
    answers = {item.id: item.best_answer(bank.seed) for item in bank.items() if item.score is not None}
    harmful = next(item for item in bank.items() if any(option.harm for option in getattr(item, "options", ())))
    letter = next(
        choice.label
        for choice in harmful.face(bank.seed).choices
        for option in harmful.options
        if option.text == choice.text and option.harm
    )
    for trainee in ("amal", "bela", "cleo"):
        notebook = json.loads(folder.release(released).read_text(encoding="utf-8"))
        theirs = (
            {**answers, harmful.id: letter if harmful.type == "single" else [letter]} if trainee == "bela" else answers
        )
        for cell in notebook["cells"]:
            if cell["id"] == "trainee-id":
                cell["source"] = f"trainee_id = {trainee!r}"
            elif cell["id"] in theirs:
                cell["source"] = f"{answer_variable(cell['id'])} = {theirs[cell['id']]!r}"
            elif (
                trainee == "cleo"
                and cell["metadata"].get("nbgrader", {}).get("solution")
                and cell["cell_type"] == "markdown"
            ):
                cell["source"] = WORDS
        (inbox / trainee).mkdir(parents=True)
        (inbox / trainee / f"{QUIZ}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder.root / "trainees.csv").write_text("id\namal\nbela\ncleo\ndora\n", encoding="utf-8")
    assert len(collect(inbox, folder, ()).taken) == 3
    assert len(grade(folder).graded) == 3
    return folder


def run(folder: GradingFolder, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", *arguments, "--grading", str(folder.root)])


@pytest.fixture(autouse=True)
def _in_the_course(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("JUPYTER_PATH", "")


def test_the_report_says_what_it_wrote_what_to_look_at_and_what_comes_next(graded: GradingFolder) -> None:
    result = run(graded)
    assert result.exit_code == 0, result.output
    path = graded.root / "report.html"
    assert f"The report is in {path}" in result.output
    assert "1. 1 trainee chose or wrote a reply that could hurt. Talk to each, alone, before they" in result.output
    assert re.search(r"support anybody: [\w-]+[.]\n", result.output)
    assert not re.search(r"^  1[.] ", run(graded, "--share").output, re.MULTILINE)
    assert "2. 1 submission waits for written answers to be marked" in result.output
    assert f"3. Somebody is missing: 1 in {QUIZ}." in result.output
    assert "--share" in result.output
    html = path.read_text(encoding="utf-8")
    assert "dora" in html
    assert "Synthetic" not in html
    assert "You stayed with her" not in html
    assert "The bank was changed" not in html
    assert "alert(1)" not in html


def test_it_can_be_run_again_and_elsewhere(graded: GradingFolder, tmp_path: Path) -> None:
    out = tmp_path / "new folder" / "mine.html"
    assert run(graded, "--out", str(out)).exit_code == 0
    first = out.read_bytes()
    assert run(graded, "--quiz", QUIZ, "--out", str(out)).exit_code == 0
    assert out.read_bytes() == first


def test_the_copy_to_share_names_nobody_and_shows_no_number_of_three(graded: GradingFolder) -> None:
    result = run(graded, "--share")
    assert result.exit_code == 0, result.output
    html = (graded.root / "report-to-share.html").read_text(encoding="utf-8")
    assert not [name for name in ("amal", "bela", "cleo", "dora") if name in html]
    assert ">3<" not in html
    assert "not shown" in html
    assert "Read it before you give it away" in result.output


def test_a_demo_is_known_by_its_mark(graded: GradingFolder, tmp_path: Path) -> None:
    write_marker(graded.root, DemoSettings(trainees=4, seed=1))
    try:
        run(graded, "--out", str(tmp_path / "demo.html"))
    finally:
        (graded.root / MARKER).unlink()
    assert "Synthetic: made by a program" in (tmp_path / "demo.html").read_text(encoding="utf-8")


def test_what_cannot_be_done_is_said_in_a_sentence(graded: GradingFolder, tmp_path: Path) -> None:
    unknown = run(graded, "--quiz", "m9")
    assert (unknown.exit_code, f"holds no quiz 'm9'; choose one of these: {QUIZ}" in unknown.output) == (1, True)
    nothing = run(GradingFolder(tmp_path / "empty"))
    assert (nothing.exit_code, "peercourse quiz release" in nothing.output) == (1, True)
    (tmp_path / "file").write_text("", encoding="utf-8")
    nowhere = run(graded, "--out", str(tmp_path / "file" / "report.html"))
    assert (nowhere.exit_code, "cannot be written" in nowhere.output) == (1, True)
    assert "Traceback" not in nowhere.output
