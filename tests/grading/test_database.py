"""A gradebook elsewhere: named for one run, or for good in the settings; and what is said where it cannot be opened."""

from __future__ import annotations

import json
import sys
import urllib.request
from typing import Any

import pytest
from children import served
from click.testing import CliRunner

from peercourse.cli import main
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.grade import grade


def elsewhere(desk: Any, database: str) -> Any:
    """The same desk with its gradebook in another database."""
    other = type(desk)(desk.quiz, type(desk.folder)(desk.folder.root, database), desk.inbox)
    release_quizzes([desk.quiz], desk.folder.root, lambda _: None, database)
    return other


@pytest.mark.slow
def test_marking_pages_use_the_database_of_this_run_whatever_the_settings_say(desk: Any, database: str) -> None:
    config = desk.folder.root / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nc.CourseDirectory.db_url = 'sqlite:///{desk.folder.root}/another.db'\n")
    there = elsewhere(desk, database)
    there.put("a.ipynb", there.answered("nurse-17", words="Mine"))
    there.collect()
    assert len(grade(there.folder).graded) == 1
    command = [sys.executable, "-m", "peercourse", "mark", "--no-browser", "--grading", str(desk.folder.root)]
    with served([*command, "--db", database]) as server:

        def ask(path: str, body: Any = None) -> Any:
            headers = {"Authorization": f"token {server.token}", "Content-Type": "application/json"}
            data = None if body is None else json.dumps(body).encode()
            method = "GET" if body is None else "PUT"
            request = urllib.request.Request(f"{server.address}/formgrader/api{path}", data, headers, method=method)  # noqa: S310
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                return json.loads(answer.read())

        (submission,) = ask("/submissions/corridor-v1")
        assert (submission["student"], submission["needs_manual_grade"]) == ("nurse-17", True)
        ((waiting,),) = [
            [entry for entry in ask(f"/grades?submission_id={found['id']}") if entry["name"] == "your-words"]
            for found in ask("/submitted_notebooks/corridor-v1/corridor")
        ]
        ask(f"/grade/{waiting['id']}", {"manual_score": 3, "extra_credit": 0})
        server.stop()
    assert there.grades("nurse-17")["your-words"] == (None, 3, False)
    assert desk.rows() == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("postgresql://trainer@/gradebook?host=/nowhere", "No such file or directory"),
        ("mysql://trainer@localhost/gradebook", 'run: pip install "psycopg[binary]"'),
        ("gradebook", "Could not parse"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_sentence(desk: Any, address: str, why: str) -> None:
    result = CliRunner().invoke(main, ["scores", "--grading", str(desk.folder.root), "--db", address])
    assert result.exit_code == 1
    assert result.output.startswith(f"The gradebook of {desk.folder.root} cannot be opened")
    assert why in result.output
    assert result.output.count("\n") == 1
