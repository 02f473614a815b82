"""The bulk engine killed at random moments, and with a full disk or a busy gradebook: run again, all is in order."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from children import in_child
from click.testing import CliRunner
from killing import Moments

from peercourse.cli import main
from peercourse.grading import bulk
from peercourse.grading.files import GradingError
from peercourse.grading.grade import grade

resource: Any = pytest.importorskip("resource", reason="needs fork and limits, as Unix has them")

RANDOM = 20
TRAINEES = [f"nurse-{number}" for number in range(8)]
SCORED = TRAINEES[:4]
AGAIN = TRAINEES[1:]


@pytest.fixture
def second_round(desk: Any) -> Any:
    """Half a cohort scored and marked, some of them with new answers, and the other half newly taken in."""
    for name in SCORED:
        desk.put(f"{name}.ipynb", desk.answered(name, words="Mine"))
    desk.collect()
    grade(desk.folder)
    for name in TRAINEES[:3]:
        desk.marked(name, 3)
    for name in AGAIN:
        changed = {} if name in SCORED else None
        words = "Other" if name == TRAINEES[1] else "Mine"
        os.utime(desk.put(f"{name}.ipynb", desk.answered(name, changed, words=words)), (4_000_000_000, 4_000_000_000))
    desk.collect()
    return desk


@pytest.mark.slow
def test_killed_at_random_moments_and_before_each_step_that_decides(
    second_round: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, root = second_round, second_round.folder.root
    before = desk.copied(tmp_path / "before").folder.root
    monkeypatch.setattr(bulk, "BATCH", 4)  # so that there are two of them

    def start_over() -> None:
        shutil.rmtree(root)
        shutil.copytree(before, root)

    grade(desk.folder)
    rows, files = desk.rows(), desk.scored()
    assert [desk.grades(name)["your-words"] for name in TRAINEES[:3]] == [
        (None, 3, False), (None, 3, True), (None, 3, False),
    ]  # fmt: skip
    assert len(files) == 2 * len(TRAINEES)
    start_over()
    moments = Moments(lambda: grade(desk.folder), bulk, "_grade_batch")
    killings = list(moments.killings(tmp_path, RANDOM))
    assert len(killings) >= RANDOM + len(AGAIN) + 2, "a rename for each submission, a commit for each batch"
    unfinished = 0
    for kill in killings:
        start_over()
        kill()
        unfinished += desk.scored() != files
        assert grade(desk.folder).failed == []
        assert desk.rows() == rows
        assert desk.scored() == files
        assert grade(desk.folder).graded == []
        assert not (root / ".autograding").exists()
    assert unfinished > len(killings) / 2


@pytest.mark.parametrize("limit", [12_000, 60_000])
def test_a_full_disk_is_one_sentence_and_nothing_is_half_written(second_round: Any, tmp_path: Path, limit: int) -> None:
    desk = second_round
    rows, files = desk.rows(), desk.scored()
    said = tmp_path / "said"

    def act() -> None:
        # No file may grow beyond this: at first no notebook can be written, then no row at the gradebook's end.
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        result = CliRunner().invoke(main, ["grade", "--grading", str(desk.folder.root)])
        said.write_text(f"{result.exit_code} {result.output}")

    assert in_child(act) == 0
    assert said.read_text().startswith("1 ")
    assert said.read_text().strip().endswith("then run: peercourse grade")
    assert said.read_text().strip().count("\n") == 0
    assert desk.rows() == rows
    assert desk.scored() == files
    assert not (desk.folder.root / ".autograding").exists()
    assert len(grade(desk.folder).graded) == len(AGAIN)


def test_a_gradebook_that_somebody_else_writes_is_one_sentence(second_round: Any) -> None:
    desk = second_round
    rows, files = desk.rows(), desk.scored()
    busy = sqlite3.connect(desk.folder.database, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    impatient = type(desk.folder)(desk.folder.root, f"sqlite:///{desk.folder.database}?timeout=0")
    with pytest.raises(GradingError, match=r"Another program is writing in the gradebook .* run: peercourse grade$"):
        grade(impatient)
    busy.execute("ROLLBACK")
    busy.close()
    assert (desk.rows(), desk.scored()) == (rows, files)
    assert len(grade(desk.folder).graded) == len(AGAIN)
