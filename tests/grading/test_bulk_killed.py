"""The bulk engine killed at random moments, and with a full disk or a busy gradebook: run again, all is in order."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from peercourse.cli import main
from peercourse.grading import bulk
from peercourse.grading.files import GradingError
from peercourse.grading.grade import grade

resource: Any = pytest.importorskip("resource", reason="needs fork and limits, as Unix has them")

MOMENTS = 24
TRAINEES = [f"nurse-{number}" for number in range(12)]


def in_child(act: Callable[[], Any]) -> int:
    """Do something in a child process, and return how it ended: its exit status, or minus the signal."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(ended)


def watched(act: Callable[[], Any], watch: Callable[[], None]) -> Callable[[], None]:
    """Call ``watch`` at every call and return inside the bulk engine's batches, of Python and of C functions."""

    def run() -> None:
        whole = bulk._grade_batch

        def batch(*arguments: Any) -> Any:
            sys.setprofile(lambda _frame, _event, _argument: watch())
            try:
                return whole(*arguments)
            finally:
                sys.setprofile(None)

        bulk._grade_batch = batch
        act()

    return run


def count_events(act: Callable[[], Any], folder: Path) -> int:
    """How many moments there are."""

    def count() -> None:
        seen = [0]

        def watch() -> None:
            seen[0] += 1

        watched(act, watch)()
        (folder / "count").write_text(str(seen[0]))

    assert in_child(count) == 0
    return int((folder / "count").read_text())


def killed(act: Callable[[], Any], moment: int) -> bool:
    """Whether a child that is killed with SIGKILL at the given moment came that far."""
    left = [moment]

    def watch() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return in_child(watched(act, watch)) == -signal.SIGKILL


@pytest.fixture
def second_round(desk: Any) -> Any:
    """Half a cohort scored and marked, some with new answers, and the other half newly taken in."""
    for name in TRAINEES[:6]:
        desk.put(f"{name}.ipynb", desk.answered(name, words="Mine"))
    desk.collect()
    grade(desk.folder)
    for name in TRAINEES[:4]:
        desk.marked(name, 3)
    for name in TRAINEES[2:]:
        changed = {} if name in TRAINEES[:6] else None
        words = "Other" if name == TRAINEES[2] else "Mine"
        os.utime(desk.put(f"{name}.ipynb", desk.answered(name, changed, words=words)), (4_000_000_000, 4_000_000_000))
    desk.collect()
    return desk


@pytest.mark.slow
def test_killed_at_random_moments(second_round: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, root = second_round, second_round.folder.root
    before = desk.copied(tmp_path / "before").folder.root
    monkeypatch.setattr(bulk, "BATCH", 5)  # so that there are three of them

    def act() -> None:
        grade(desk.folder)

    def start_over() -> None:
        shutil.rmtree(root)
        shutil.copytree(before, root)

    act()
    rows, files = desk.rows(), desk.scored()
    assert desk.grades(TRAINEES[0])["your-words"] == (None, 3, False)
    assert desk.grades(TRAINEES[2])["your-words"] == (None, 3, True)
    assert desk.grades(TRAINEES[3])["your-words"] == (None, 3, False)
    assert len(files) == 2 * len(TRAINEES)
    start_over()
    events = count_events(act, tmp_path)
    moments = random.Random(20).sample(range(1, events), MOMENTS)  # noqa: S311  (a test that is the same each time)
    deaths = unfinished = 0
    # The renames at the end of a batch are few among the events; the last moments of all are among them for certain.
    for moment in [*moments, events - 100, events - 200]:
        start_over()
        deaths += killed(act, moment)
        unfinished += desk.scored() != files
        assert grade(desk.folder).failed == []
        assert desk.rows() == rows
        assert desk.scored() == files
        assert grade(desk.folder).graded == []
        assert not (root / ".autograding").exists()
    assert deaths >= MOMENTS
    assert unfinished > MOMENTS / 2


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
    assert len(grade(desk.folder).graded) == len(TRAINEES) - 2


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
    assert len(grade(desk.folder).graded) == len(TRAINEES) - 2
