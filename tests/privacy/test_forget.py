"""One of a cohort is forgotten: a search of the test's own finds nothing of them, and nothing of the others changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from peercourse.cli import main

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
    own = {name for name in files if f"/{eye.gone}/" in f"/{name}"} | {"marking/.left.xlsx.part"}
    rest = {name for name in changed - own - shared if not name.startswith(("gradebook.db", "marking/"))}
    assert rest == set()
    assert own.isdisjoint(after)
    assert after["trainees.csv"] == files["trainees.csv"].replace(b"quill-7,3\r\n", b"")
    assert after[".nbgrader.log"] == b"scored rook-1\n"
    assert after["changes/one.csv"] == b"trainee,item\nquill,a\nrook-1,a\n"
    assert {name for name in after if name not in files} == set()

    left = eye.all_rows(cohort.folder)
    assert left < rows
    # a student, a submission, its notebook, and a row of points and of comments for each cell that can have one
    assert len(rows - left) == 3 + 7 + 8 or len(rows - left) > 10
    for name, before in books.items():
        now = cells_of(root / "marking" / name)
        for sheet, lines in before.items():
            kept = [line for line in lines if not any("heron" in str(cell) for cell in line)]
            assert [line for line in now[sheet] if any(cell is not None for cell in line)] == [
                line for line in kept if any(cell is not None for cell in line)
            ]
