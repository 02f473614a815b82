"""An import killed at random moments, with a full disk or a busy gradebook: run again, no mark is lost or doubled."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from children import at_the_same_time, in_child
from click.testing import CliRunner
from killing import Moments

from peercourse.cli import main
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder
from peercourse.grading.writer import one_writer
from peercourse.marking import importing
from peercourse.marking.export import Wish, export_marking
from peercourse.marking.importing import import_marks

resource: Any = pytest.importorskip("resource", reason="needs fork and limits, as Unix has them")

RANDOM = 20
MARKS = {"quill": (2.0, 0.5), "rook": (1.0, 1.0), "sable": (0.0, 0.0), "tarn": (1.5, 2.0)}
COMMENTS = {"quill": "Keep that.", "tarn": "Say back first."}


@dataclass
class Marked:
    """Two quizzes with marked workbooks to import, where one answer was marked by hand and one imported before.

    Attributes:
        desks: one for each quiz, with the same grading folder.
        files: the workbooks.
    """

    desks: tuple[Any, Any]
    files: list[Path]

    @property
    def root(self) -> Path:
        return Path(self.desks[0].folder.root)

    def give(self) -> Any:
        return import_marks(GradingFolder(self.root), self.files)

    def stored(self) -> tuple[dict[str, str], list[Any]]:
        """The ledgers, and all rows of the gradebook that are about submissions."""
        ledgers = {path.name: path.read_text(encoding="utf-8") for path in (self.root / "marks").glob("*")}
        return ledgers, self.desks[0].rows()

    def said(self, prepare: Callable[[], None], *options: str) -> str:
        """What the command says in a child in which something stands in the way; it must end with status 1."""
        place = self.root.parent / "said"

        def act() -> None:
            prepare()
            words = ["marking", "import", *map(str, self.files), "--grading", str(self.root), *options]
            result = CliRunner().invoke(main, words)
            place.write_text(f"{result.exit_code} {result.output}")

        assert in_child(act) == 0
        return place.read_text()


@pytest.fixture
def marked(marking: Any) -> Marked:
    desk = marking.desk
    second = desk.quiz.model_copy(update={"id": "stairs"})
    release_quizzes([second], desk.folder.root, lambda _: None)
    other = type(desk)(second, desk.folder, desk.inbox)
    for trainee in ("quill", "rook"):
        desk.put(f"{trainee}/stairs.ipynb", other.answered(trainee, words="On the stairs."))
    marking.hand_in({**dict.fromkeys(MARKS, "You stayed."), "vole": ""})
    (corridor, _), (stairs, _) = export_marking(desk.folder, [desk.quiz, second], Wish()).written
    marking.marked(corridor, {"rook": MARKS["rook"]})
    marking.give(corridor)
    desk.marked("sable", 4)
    marking.marked(corridor, MARKS, comments=COMMENTS, harmful=["tarn"])
    marking.marked(stairs, {"quill": (1, 1), "rook": (0, 2)})
    return Marked((desk, other), [corridor, stairs])


@pytest.mark.slow
def test_killed_at_random_moments_and_before_each_step_that_decides(marked: Marked, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(marked.root, before)
    untouched = marked.stored()

    def start_over() -> None:
        shutil.rmtree(marked.root)
        shutil.copytree(before, marked.root)

    report = marked.give()
    assert (report.taken, report.known, [one.trainee for one in report.kept]) == (4, 1, ["sable"])
    expected = ledgers, rows = marked.stored()
    found = {name: json.loads(text)["answers"] for name, text in ledgers.items()}
    assert {name: [entry["trainee"] for entry in answers] for name, answers in found.items()} == {
        "corridor.json": ["quill", "rook", "tarn"], "stairs.json": ["quill", "rook"],
    }  # fmt: skip
    by_hand = [(row[0], row[1], row[6]) for row in rows if "points" in row and row[4] == "your-words" and row[6]]
    assert by_hand == [
        ("quill", "corridor-v1", 2.5), ("quill", "stairs-v1", 2), ("rook", "corridor-v1", 2), ("rook", "stairs-v1", 2),
        ("sable", "corridor-v1", 4), ("tarn", "corridor-v1", 3.5),
    ]  # fmt: skip
    start_over()
    killings = list(Moments(marked.give, importing, "_store").killings(tmp_path, RANDOM))
    assert len(killings) >= RANDOM + 5, "two ledgers are flushed to the disk and renamed, then comes the commit"
    halves = 0
    for kill in killings:
        start_over()
        kill()
        there = marked.stored()
        assert there[1] == untouched[1] or there[0] == ledgers, "no points without their criteria"
        halves += there not in (untouched, expected)
        marked.give()
        assert marked.stored() == expected
    assert marked.give().taken == 0
    assert marked.stored() == expected
    assert halves >= 2, "between the ledgers, and between them and the commit"


@pytest.mark.parametrize("limit", [1_000, 60_000])
def test_a_full_disk_is_one_sentence_and_nothing_is_half_written(marked: Marked, limit: int) -> None:
    before = marked.stored()

    def full() -> None:
        # No file may grow beyond this: at first nothing can be written at all, then no row at the gradebook's end,
        # which comes to light at the commit, after the ledgers.
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    said = marked.said(full)
    assert said.startswith("1 The marks could not be stored (")
    assert said.strip().endswith("see that the disk is not full, and import again")
    assert said.strip().count("\n") == 0
    assert marked.stored() == before
    assert marked.give().taken == 4


def test_a_gradebook_that_somebody_else_writes_is_one_sentence(marked: Marked) -> None:
    before = marked.stored()
    busy = sqlite3.connect(marked.root / "gradebook.db", isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    said = marked.said(lambda: None, "--db", f"sqlite:///{marked.root / 'gradebook.db'}?timeout=0")
    assert said.startswith("1 The marks could not be stored (")
    assert "database is locked" in said
    assert "nothing was imported. Close the marking pages (peercourse mark)" in said
    assert said.strip().count("\n") == 0
    busy.execute("ROLLBACK")
    busy.close()
    assert marked.stored() == before
    assert marked.give().taken == 4


def test_an_import_does_not_start_while_somebody_else_writes_in_the_folder(marked: Marked) -> None:
    before = marked.stored()

    def write(begun: Callable[[], Any]) -> None:
        with one_writer(marked.root, "peercourse grade"):
            begun()
            signal.pause()

    said = r"^peercourse grade \(since .* wait until it has ended, then run again$"
    with at_the_same_time(write), pytest.raises(GradingError, match=said):
        marked.give()
    assert marked.stored() == before
    assert marked.give().taken == 4
