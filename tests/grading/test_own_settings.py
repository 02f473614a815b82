"""What a trainer's own settings change: the engine that can follow them is taken, and it is said in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from peercourse.cli import main
from peercourse.grading.own_settings import own_settings

PENALTY = """
from nbgrader.plugins import BasePlugin

class Half(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 2

c.AssignLatePenalties.plugin_class = Half
"""
HARMLESS = """
c.CourseDirectory.groupshared = False
c.Exchange.root = "/srv/exchange"
c.FormgradeApp.debug = True
c.CourseDirectory.db_url = f"sqlite:///{Path(__file__).parent / 'gradebook.db'}?timeout=30"
"""
OTHERS = {
    "LateSubmissionPlugin.penalty_method": "'zero'",
    "Autograde.post_convert_hook": "print",
    "BaseConverter.permissions": "664",
    "CourseDirectory.groupshared": "True",
    "CourseDirectory.student_id_exclude": "'nurse-18'",
    "OverwriteCells.add_missing_cells": "True",
    "Autograde.exclude_overwriting": "{'corridor-v1': ['helper.py']}",
}


def settings(desk: Any, text: str) -> None:
    with (desk.folder.root / "nbgrader_config.py").open("a") as file:
        file.write(text)


def run(desk: Any, *arguments: str) -> Any:
    return CliRunner().invoke(main, ["grade", *arguments, "--grading", str(desk.folder.root)])


def test_a_penalty_of_ones_own_is_honoured_by_nbgraders_engine(desk: Any) -> None:
    from peercourse.grading.gradebook import open_gradebook

    desk.put("a.ipynb", desk.answered("nurse-17"))
    desk.collect()
    with open_gradebook(desk.folder.root) as gradebook:
        gradebook.update_or_create_assignment(desk.quiz.assignment, duedate="2020-01-01 12:00:00 UTC")
    settings(desk, PENALTY)
    result = run(desk, "--engine", "bulk")
    assert result.exit_code == 1
    assert result.output.strip().endswith("which the bulk engine does not follow; leave --engine out")
    result = run(desk)
    assert result.exit_code == 0
    assert "nbgrader_config.py sets AssignLatePenalties.plugin_class, so nbgrader scores one" in result.output
    with open_gradebook(desk.folder.root) as gradebook:
        submission = gradebook.find_submission(desk.quiz.assignment, "nurse-17")
        assert submission.late_submission_penalty == submission.score / 2 > 0


def test_a_list_of_ones_own_is_not_followed_and_that_is_said(desk: Any) -> None:
    settings(desk, "c.Autograde.autograde_preprocessors = ['nbgrader.preprocessors.Execute']\n")
    result = run(desk)
    assert (
        "nbgrader_config.py changes Autograde.autograde_preprocessors; peercourse grade keeps its own" in result.output
    )
    assert "so nbgrader scores" not in result.output


@pytest.mark.parametrize("name", OTHERS)
def test_settings_that_have_a_say_in_scoring_are_seen(desk: Any, name: str) -> None:
    settings(desk, f"c.{name} = {OTHERS[name]}\n")
    assert list(own_settings(desk.folder.root)) == [name]


def test_other_settings_change_nothing(desk: Any) -> None:
    assert list(own_settings(desk.folder.root)) == []
    settings(desk, HARMLESS)
    assert list(own_settings(desk.folder.root)) == []
    assert run(desk).output.startswith("Scored 0")
