"""Two commands never write in one grading folder at once, and a run that was killed locks nobody out."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from children import at_the_same_time
from click.testing import CliRunner

from peercourse.cli import main
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.files import GradingError
from peercourse.grading.grade import grade
from peercourse.grading.writer import one_writer


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, for a second process")
def test_the_second_is_told_who_is_first_and_comes_in_when_that_one_is_dead(desk: Any) -> None:
    desk.put("a.ipynb", desk.answered("nurse-17"))
    desk.collect()

    def write(begun: Callable[[], Any]) -> None:
        with one_writer(desk.folder.root, "peercourse collect"):
            begun()
            signal.pause()

    with at_the_same_time(write) as child:
        for command in (["grade"], ["grade", "--engine", "nbgrader"], ["collect", str(desk.inbox)]):
            result = CliRunner().invoke(main, [*command, "--grading", str(desk.folder.root)])
            assert result.exit_code == 1
            assert result.output.startswith("peercourse collect (since ")
            assert f"process {child} on " in result.output
            assert result.output.endswith("wait until it has ended, then run again\n")
            assert result.output.count("\n") == 1
        with pytest.raises(GradingError, match="is writing in"):
            release_quizzes([desk.quiz], desk.folder.root, lambda _: None)
    assert len(grade(desk.folder).graded) == 1


def test_one_process_may_take_it_again(tmp_path: Path) -> None:
    with one_writer(tmp_path, "outer"):
        with one_writer(tmp_path, "inner"):
            pass
        assert (tmp_path / ".writer.txt").read_text().startswith("outer (since ")
    assert not (tmp_path / ".writer.txt").exists()
