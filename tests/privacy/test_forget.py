"""One of a cohort is forgotten: a search of the test's own finds nothing of them, and nothing of the others changed."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from peercourse.cli import main
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder
from peercourse.grading.scores import quiz_rows
from peercourse.grading.writer import one_writer
from peercourse.privacy.forget import carry_out, make_plan

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _in_the_course(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def forget(folder: Any, *words: str, answer: str = "") -> Result:
    return CliRunner().invoke(main, ["forget", *words, "--grading", str(folder.root)], input=answer)


def files_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def cells_of(path: Path) -> dict[str, list[list[Any]]]:
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in load_workbook(path).worksheets
    }


def test_nothing_of_one_is_left_and_nothing_of_the_others_is_changed(cohort: Any, eye: Any) -> None:
    root = cohort.folder.root
    (root / "changes").mkdir()
    (root / "changes" / "one.csv").write_bytes(b"trainee,item\nquill,a\nquill-7,a\nquill-7,b\nrook-1,a\n")
    for name in ("certificates", "attempts"):
        (root / name / eye.gone).mkdir(parents=True)
        (root / name / eye.gone / "one.json").write_text("{}")
    (root / ".nbgrader.log").write_text("scored rook-1\nscored quill-7\n")
    (root / ".autograding").mkdir()
    (root / ".autograding" / "3.ipynb").write_text("quill-7")
    (root / "marking" / ".left.xlsx.part").write_text("half a workbook about a heron")
    (root / "gradebook.db.2026-01-01").write_bytes((root / "gradebook.db").read_bytes())
    files, rows = files_of(root), eye.all_rows(cohort.folder)
    books = {path.name: cells_of(path) for path in (root / "marking").glob("*.xlsx")}
    theirs = {rows_of for rows_of in rows if "quill-7" in rows_of}
    assert len(eye.places_of(root, eye.secrets)) > 20
    assert theirs

    result = forget(cohort.folder, eye.gone, "--yes")

    assert result.exit_code == 0, result.output
    assert "and 2 gradebooks" in result.output
    assert "the ID stands in none." in result.output
    assert "make it again with: peercourse report" in result.output
    assert eye.places_of(root, eye.secrets) == []

    after = files_of(root)
    shared = {"trainees.csv", ".nbgrader.log", "changes/one.csv", "marks/corridor.json", "report.html"}
    changed = {name for name in files if files[name] != after.get(name)}
    own = {name for name in files if f"/{eye.gone}/" in f"/{name}"} | {
        "marking/.left.xlsx.part",
        ".autograding/3.ipynb",
    }
    rest = {name for name in changed - own - shared if not name.startswith(("gradebook.db", "marking/"))}
    assert rest == set()
    assert own.isdisjoint(after)
    assert after["trainees.csv"] == files["trainees.csv"].replace(b"quill-7,3\r\n", b"")
    assert after[".nbgrader.log"] == b"scored rook-1\n"
    assert after["changes/one.csv"] == b"trainee,item\nquill,a\nrook-1,a\n"
    assert {name for name in after if name not in files} == set()

    left = eye.all_rows(cohort.folder)
    assert left < rows
    # a student, a submission and its notebook; seven cells with points, and eight that can have a comment
    assert len(rows - left) == 3 + 7 + 8
    for name, before in books.items():
        now = cells_of(root / "marking" / name)
        for sheet, lines in before.items():
            kept = [line for line in lines if not any("heron" in str(cell) for cell in line)]
            assert [line for line in now[sheet] if any(cell is not None for cell in line)] == [
                line for line in kept if any(cell is not None for cell in line)
            ]


def test_the_rest_of_the_chain_goes_on(cohort: Any, eye: Any, tmp_path: Path) -> None:
    """A marker's copy that comes back later is taken in, but for the row of somebody who is forgotten."""
    folder = cohort.folder
    sent = [tmp_path / f"back-{marker}.xlsx" for marker in "AB"]
    for path, copy in zip(sorted((folder.root / "marking").glob("*.xlsx")), sent, strict=True):
        shutil.copy(path, copy)
    before = {row for row in quiz_rows(folder) if row.trainee != eye.gone}
    assert forget(folder, eye.gone, "--yes").exit_code == 0

    assert set(quiz_rows(folder)) == before
    report = cohort.give(*sent)
    assert (report.taken, report.known, report.passed_over, report.unmarked) == (0, 8, [], {})
    assert {name: len(codes) for name, codes in report.forgotten.items()} == {"back-A.xlsx": 1, "back-B.xlsx": 1}
    files = sorted((folder.root / "marking").glob("*.xlsx"))
    assert (cohort.give(*files).known, cohort.give(*files).forgotten) == (8, {})
    shown = CliRunner().invoke(main, ["marking", "import", str(sent[0]), "--grading", str(folder.root)]).output
    assert "back-A.xlsx: 1 row about somebody who was removed from the grading folder since, not taken in" in shown
    book = load_workbook(sent[0])
    for cells in book["Mark"].iter_rows(min_row=2):
        if cells[2].value == eye.words["rook-1"]:
            cells[3].value = 0.0
    book.save(sent[0])
    assert cohort.give(sent[0], replace=True).taken == 1  # the others can still be marked anew
    (folder.root / "back.xlsx").write_bytes(sent[1].read_bytes())  # and a copy put back into the folder is found
    assert eye.places_of(folder.root, ("heron",)) == ["back.xlsx"]


def test_shown_asked_and_only_then_done(cohort: Any, eye: Any) -> None:
    before = files_of(cohort.folder.root)
    for words, answer in ((["--dry-run"], ""), ([], "n\n")):
        result = forget(cohort.folder, "QUILL-7", *words, answer=answer)
        assert result.exit_code == 0
        assert "- 1 row in trainees.csv\n" in result.output
        assert "- submitted/quill-7/\n" in result.output
        assert "killed" not in result.output  # collect leaves an empty folder, which is nobody's
        assert result.stdout.endswith("Nothing was removed.\n")
        assert files_of(cohort.folder.root) == before
    assert forget(cohort.folder, "QUILL-7", answer="y\n").exit_code == 0
    assert eye.places_of(cohort.folder.root, eye.secrets) == []
    again = forget(cohort.folder, eye.gone, "--yes")
    assert (again.exit_code, "quill-7 has no record in" in again.output) == (1, True)
    assert "Near to it: quill." in again.output


def test_who_wrote_the_same_or_is_called_alike_stays(cohort: Any, eye: Any) -> None:
    result = forget(cohort.folder, "quill", "--yes")
    assert result.exit_code == 0, result.output
    assert {row.trainee for row in quiz_rows(cohort.folder)} == set(eye.words) - {"quill"}
    for path in (cohort.folder.root / "marking").glob("*.xlsx"):
        answers = [line[2] for line in cells_of(path)["Mark"][1:] if line[0]]
        assert sorted(answers) == sorted(words for name, words in eye.words.items() if name != "quill")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../submitted", "may hold letters, digits and hyphens alone"),
        ("*", "may hold letters, digits and hyphens alone"),
        ("", "is missing"),
        ("-x-", "may not begin or end with a hyphen"),
        ("a" * 5000, "is longer than 32 characters"),
        ("marks", "has no record in"),
        ("quill-8", "Near to it: quill-7, quill"),
    ],
)
def test_what_is_nobodys_id_removes_nothing(cohort: Any, name: str, said: str) -> None:
    before = files_of(cohort.folder.root)
    result = CliRunner().invoke(main, ["forget", "--yes", "--grading", str(cohort.folder.root), "--", name])
    assert (result.exit_code, said in result.output) == (1, True), result.output
    assert files_of(cohort.folder.root) == before


def test_an_id_called_like_a_part_of_the_folder_takes_nothing_else_along(cohort: Any) -> None:
    """Folders, quizzes and words of the course may be called as a trainee is."""
    root = cohort.folder.root
    with (root / "trainees.csv").open("a") as roster:
        roster.write("corridor,3\r\nsubmitted,3\r\nmarking,3\r\n")
    before = files_of(root)
    for name in ("corridor", "submitted", "marking"):
        result = forget(cohort.folder, name, "--yes")
        assert "- 1 row in trainees.csv\n" in result.output
        assert "the ID stands in these places yet." in result.output
    after = files_of(root)
    assert set(after) == set(before)
    assert {one for one in before if before[one] != after[one]} <= {"gradebook.db", "trainees.csv"}
    assert len(quiz_rows(cohort.folder)) == 5


@pytest.mark.parametrize("name", ["before", "began", "marks", "penalty", "corridor-v1", "your-words"])
def test_an_id_called_like_a_word_of_the_snapshot_takes_no_points_of_others_along(cohort: Any, name: str) -> None:
    """What a killed run of grade left says whose points are whose; the rest of it are words of the program."""
    root = cohort.folder.root
    points = {"marks": {"your-words": [1.0, None, False]}, "penalty": 0.0}
    record = {"began": "2026-03-04T100000Z", "before": {"corridor-v1": {"rook-1": points, name: points}}}
    (root / ".regrading.json").write_text(json.dumps(record))
    (root / "submitted" / name).mkdir()
    forget(cohort.folder, name, "--yes")
    del record["before"]["corridor-v1"][name]
    assert json.loads((root / ".regrading.json").read_text()) == record


def test_what_it_may_not_change_is_named(cohort: Any, eye: Any, zipped: Any) -> None:
    root = cohort.folder.root
    (root / "notes.txt").write_text("ask QUILL\uff0d7 about the shift", encoding="utf-8")  # full-width hyphen
    (root / "quill-7.pdf").write_bytes(b"no PDF at all")
    (root / "sent.zip").write_bytes(zipped({"a/b.json": '{"who": "qu\\u0069ll-7"}'}))
    (root / "broken.xlsx").write_bytes(b"PK\x03\x04 and no more")
    (root / "quill-71.txt").write_text("quill-77 and 1quill-7 and quill-7a are others")
    (root / "old.gz").write_bytes(b"\x1f\x8b and so on")
    note = root / "submitted" / "rook-1" / "corridor-v1" / "note.txt"
    note.write_text("observer = 'quill-7'")
    result = forget(cohort.folder, eye.gone, "--yes")
    assert result.exit_code == 1
    lists = result.output.split("\n")
    at = {line: place for place, line in enumerate(lists)}
    mine = at["Not made by this program, or not to be changed by it. Look at each, and delete or mend it by hand:"]
    assert lists[mine + 1 : mine + 4] == ["- notes.txt", "- quill-7.pdf", "- sent.zip"]
    assert lists[mine + 6] == "- submitted/rook-1/corridor-v1/note.txt"
    assert "- broken.xlsx: it is a damaged or locked zip file or workbook" in at
    assert "- old.gz: it is a compressed file" in at
    assert "quill-71.txt" not in result.output
    assert note.exists()


def test_an_inbox_is_listed_and_emptied_only_when_asked(cohort: Any, eye: Any) -> None:
    inbox, folder = cohort.desk.inbox, cohort.folder
    mine, archive = inbox / eye.gone / "corridor.ipynb", inbox / "all.zip"
    shutil.make_archive(str(inbox / "all"), "zip", inbox / eye.gone)
    assert forget(folder, eye.gone, "--yes", "--delete-from-inbox").exit_code == 1
    listed = forget(folder, eye.gone, "--dry-run", "--inbox", str(inbox))
    assert f"left alone (--delete-from-inbox deletes them):\n- {mine}\n" in listed.output
    assert "- all.zip" in listed.output
    assert mine.exists()
    assert forget(folder, eye.gone, "--yes", "--inbox", str(folder.root.parent)).exit_code == 1  # holds everything
    done = forget(folder, eye.gone, "--yes", "--inbox", str(inbox), "--delete-from-inbox")
    assert f"Deleted from the inbox:\n- {mine}\n" in done.output
    assert (mine.exists(), archive.exists()) == (False, True)
    assert (inbox / "rook-1" / "corridor.ipynb").exists()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_link_is_removed_and_not_followed(cohort: Any, eye: Any, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "theirs.txt").write_text("of somebody else")
    (cohort.folder.root / "earlier").mkdir(exist_ok=True)
    (cohort.folder.root / "earlier" / eye.gone).symlink_to(tmp_path / "elsewhere")
    assert forget(cohort.folder, eye.gone, "--yes").exit_code == 0
    assert not (cohort.folder.root / "earlier" / eye.gone).is_symlink()
    assert (tmp_path / "elsewhere" / "theirs.txt").exists()


@pytest.mark.slow
def test_killed_at_any_point_and_run_again(cohort: Any, eye: Any, tmp_path: Path) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    from sqlalchemy import Connection

    for pdf in cohort.folder.root.rglob("feedback/[!q]*/*/*.pdf"):
        pdf.unlink()  # others' PDFs take long to read, and another test reads them
    events = [(Path, "replace"), (Path, "unlink"), (shutil, "rmtree"), (Connection, "commit"), (Connection, "close")]
    point, step = 0, lambda _done, _all, _name: None
    while True:
        point += 1
        folder = GradingFolder(tmp_path / f"disturbed-{point}")
        shutil.copytree(cohort.folder.root, folder.root)
        who = frozenset({eye.gone})

        def act() -> None:
            with one_writer(folder.root, "peercourse forget"):  # noqa: B023
                carry_out(folder, make_plan(folder, who, step).names, step)  # noqa: B023

        if not eye.killed(act, point, events):
            break
        # The last event comes when all is done: then nobody of that ID is known any more.
        with one_writer(folder.root, "peercourse forget"), suppress(GradingError):
            carry_out(folder, make_plan(folder, who, step).names, step)
        assert eye.places_of(folder.root, eye.secrets) == [], point
        assert len(quiz_rows(folder)) == len(eye.words) - 1
        shutil.rmtree(folder.root)
    assert point > 12
