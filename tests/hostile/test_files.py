"""Bad files: each is refused with a reason or made harmless, nothing else happens, and the good ones are scored."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hostile_files import LOST, NO_NOTEBOOK, TRICKS, Make, recode, with_id

from peercourse.cli import main
from peercourse.grading.files import GradingError
from peercourse.grading.grade import grade
from peercourse.grading.scores import quiz_rows


def everything(folder: Path) -> dict[str, Any]:
    """All that lies in a folder, links and times included."""
    return {
        path.relative_to(folder).as_posix(): (path.lstat().st_mtime_ns, path.lstat().st_mode, path.lstat().st_size)
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize(("make", "why"), [row[1:] for row in NO_NOTEBOOK], ids=[row[0] for row in NO_NOTEBOOK])
def test_a_bad_file_is_named_with_its_reason_and_the_good_one_is_taken_in(desk: Any, make: Make, why: str) -> None:
    desk.put("bad.ipynb", make(desk))
    desk.put("good.ipynb", desk.answered("porter-3"))
    before = everything(desk.inbox)
    report = desk.collect()
    assert [(refusal.name, why in refusal.why) for refusal in report.refused] == [("bad.ipynb", True)]
    assert [submission.trainee for submission in report.taken] == ["porter-3"]
    assert [path.name for path in (desk.folder.root / "submitted").iterdir()] == ["porter-3"]
    assert everything(desk.inbox) == before


@pytest.mark.slow
def test_tricks_inside_a_notebook_earn_nothing_and_run_nothing(desk: Any, tools: Any) -> None:
    names = {}
    for number, (what, make) in enumerate(TRICKS):
        names[f"trick-{number}"] = what
        desk.put(f"{number}.ipynb", with_id(make(desk), f"trick-{number}"))
    report = desk.collect()
    assert report.refused == []
    assert len(report.taken) == len(TRICKS)
    result = grade(desk.folder)
    assert result.failed == []
    by_name = {names[row.trainee]: row.score for row in quiz_rows(desk.folder)}
    assert by_name == {what: tools["AUTOMATIC"] - LOST.get(what, 0) for what, _ in TRICKS}
    assert not list(desk.folder.root.rglob("canary*"))
    assert not Path("canary").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders, and links need rights")
def test_links_and_pipes_are_not_files(desk: Any, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.ipynb").write_text(json.dumps(desk.answered("nurse-17")))
    (desk.inbox / "link.ipynb").symlink_to(outside / "secret.ipynb")
    (desk.inbox / "folder").symlink_to(outside)
    (desk.inbox / "circle").symlink_to(desk.inbox)
    (desk.inbox / "nowhere.ipynb").symlink_to(tmp_path / "nowhere")
    os.mkfifo(desk.inbox / "pipe.ipynb")
    desk.put("good.ipynb", desk.answered("porter-3"))
    report = desk.collect()
    assert {refusal.name: refusal.why for refusal in report.refused} == {
        "circle": "it is a link to another file, not a file",
        "folder": "it is a link to another file, not a file",
        "link.ipynb": "it is a link to another file, not a file",
        "nowhere.ipynb": "it is a link to another file, not a file",
        "pipe.ipynb": "it is a pipe or device, not a file",
    }
    assert [submission.trainee for submission in report.taken] == ["porter-3"]


def test_other_files_are_named_and_leftovers_passed_over(desk: Any) -> None:
    for name in ("answers.docx", "onlinetext.html", ".DS_Store", "__MACOSX/._good.ipynb", "Thumbs.db"):
        desk.put(name, b"x")
    desk.put(".ipynb_checkpoints/good-checkpoint.ipynb", desk.answered("nurse-17", {}))
    desk.put("deep/er/good.IPYNB", desk.answered("nurse-17"))
    desk.put("from-a-phone.ipynb.json", desk.answered("nurse-18"))
    report = desk.collect()
    assert [refusal.name for refusal in report.refused] == ["answers.docx", "onlinetext.html"]
    assert [submission.trainee for submission in report.taken] == ["nurse-17", "nurse-18"]


def test_names_that_steer_the_terminal_are_shown_as_signs(desk: Any) -> None:
    desk.put("\x1b[2Jevil\u202egnp.exe", b"x")
    result = CliRunner().invoke(main, ["collect", str(desk.inbox), "--grading", str(desk.folder.root)])
    assert result.exit_code == 0
    assert "- \ufffd[2Jevil\ufffdgnp.exe: it is neither" in result.output


def test_a_name_that_a_shell_would_obey_is_not_offered_for_typing(desk: Any) -> None:
    hostile = "$(touch canary)/`id`.ipynb"
    desk.put(hostile, desk.answered("nurse-17"))
    desk.put("O'Brien & Roth (1)/a.ipynb", desk.answered("nurse-17", {}))
    whys = {refusal.name: refusal.why for refusal in desk.collect().refused}
    assert whys.pop(hostile).endswith("if it is the one that counts, rename it first")
    (why,) = whys.values()
    assert why.endswith("""--prefer "O'Brien & Roth (1)/a.ipynb\"""")


def test_a_heap_of_files_for_one_id_is_not_compared(desk: Any) -> None:
    for number in range(70):
        desk.put(f"{number}/a.ipynb", desk.answered("nurse-17", words=str(number)))
    report = desk.collect()
    assert report.taken == []
    assert len(report.refused) == 70
    assert all("nurse-17 has more than 50 files for this quiz" in refusal.why for refusal in report.refused)
    assert [entry.name for entry in desk.collect("9/a.ipynb").taken] == ["9/a.ipynb"]


def test_a_list_of_rivals_stays_short(desk: Any) -> None:
    for number in range(9):
        desk.put(f"{number}/a.ipynb", desk.answered("nurse-17", words=str(number)))
    assert "(see 1/a.ipynb, 2/a.ipynb, 3/a.ipynb and 5 more)" in desk.collect().refused[0].why


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is Unicode")
def test_a_folder_whose_name_is_no_text_stops_nothing(desk: Any) -> None:
    desk.put(os.fsdecode(b"In\xe9s \r/a.ipynb"), desk.answered("nurse-17"))
    desk.put("good.ipynb", desk.answered("porter-3"))
    assert len(desk.collect().taken) == 2
    desk.put(os.fsdecode(b"In\xe9s \r/a.ipynb"), desk.answered("nurse-17", {}))
    report = desk.collect()
    assert [entry.trainee for entry in report.taken] == ["nurse-17"], "the same folder, so no doubt"
    assert [entry.trainee for entry in report.known] == ["porter-3"]


@pytest.mark.filterwarnings("error")
def test_spelling_that_python_warns_of_is_read_in_silence(desk: Any, recwarn: Any) -> None:
    desk.put("a.ipynb", recode(desk, "first-words", "answer_first_words = '\\\x1b\\d'"))
    assert len(desk.collect().taken) == 1
    assert not recwarn.list


def test_who_is_not_on_the_roster_is_not_taken_in(desk: Any) -> None:
    (desk.folder.root / "trainees.csv").write_text("id\nnurse-17\n")
    desk.put("a.ipynb", desk.answered("NURSE-17"))
    desk.put("b.ipynb", desk.answered("nurse-71"))
    report = desk.collect()
    assert [submission.trainee for submission in report.taken] == ["nurse-17"]
    assert [refusal.why for refusal in report.refused] == ["the trainee ID nurse-71 is not in trainees.csv"]


def test_an_inbox_that_is_not_there(desk: Any) -> None:
    desk.inbox.rmdir()
    with pytest.raises(GradingError, match="is not there; give the folder"):
        desk.collect()


def test_the_grading_folder_is_no_part_of_the_inbox(desk: Any) -> None:
    desk.put("a.ipynb", desk.answered("nurse-17"))
    desk.collect()
    desk.inbox = desk.folder.root.parent
    report = desk.collect()
    assert [submission.name for submission in report.known] == ["inbox/a.ipynb"]
    assert report.refused == []


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_a_name_in_an_error_cannot_steer_the_terminal(desk: Any) -> None:
    path = desk.put("marks\x1b[2J.xlsx", b"no workbook")
    result = CliRunner().invoke(main, ["marking", "import", str(path), "--grading", str(desk.folder.root)])
    assert result.exit_code == 1
    assert "marks\ufffd[2J.xlsx is no Excel workbook" in result.output
