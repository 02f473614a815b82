"""The bulk engine writes what nbgrader's own run writes: the same rows, the same notebooks, byte by byte."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.grade import GradeReport, grade
from peercourse.grading.gradebook import open_gradebook

Notebook = dict[str, Any]


def cell(notebook: Notebook, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(entry for entry in notebook["cells"] if entry["id"] == name)
    return found


def without(notebook: Notebook, *names: str) -> Notebook:
    return {**notebook, "cells": [entry for entry in notebook["cells"] if entry["id"] not in names]}


def doubled(notebook: Notebook, name: str, source: str) -> Notebook:
    return {**notebook, "cells": [*notebook["cells"], {**copy.deepcopy(cell(notebook, name)), "source": source}]}


def forged(notebook: Notebook) -> Notebook:
    notebook = copy.deepcopy(notebook)
    for entry in notebook["cells"]:
        if entry["cell_type"] == "code":
            entry["outputs"] = [
                {"output_type": "execute_result", "data": {"text/plain": "99"}, "metadata": {}, "execution_count": 1}
            ]
        entry["metadata"]["nbgrader"] |= {"points": 99, "locked": False}
    return notebook


def retyped(notebook: Notebook) -> Notebook:
    notebook = copy.deepcopy(notebook)
    for name in ("first-words", "which-fit", "how-sure-score"):
        entry = cell(notebook, name)
        entry["cell_type"] = "markdown"
        entry.pop("outputs")
        entry.pop("execution_count")
    return notebook


def right(desk: Any, number: int) -> dict[str, str]:
    """The first right rows of the triage item."""
    return dict(list(desk.best()["how-much-help"].items())[:number])


def cohort(desk: Any) -> dict[str, Notebook]:
    """Trainees with every kind of answer, as their files come in."""
    best, answered = desk.best(), desk.answered
    partial = {"which-fit": best["which-fit"][:1], "in-order": ["a", "b", "c", "d"], "how-much-help": right(desk, 1)}
    odd = {"first-words": ["a"], "which-fit": {"1": "a"}, "in-order": "zz", "which-is-which": {"9": "a"}, "how-sure": 3}
    return {
        "best-1": answered("best-1", words="That sounds heavy."),
        "blank-1": answered("blank-1", {}),
        "spaces-1": answered("spaces-1", words=" \n\t "),
        "partial-1": answered("partial-1", partial),
        "odd-1": answered("odd-1", odd, words="x"),
        "unicode-1": answered(
            "unicode-1", words="Grüße, 日本語 \u2028 \x0b \U0001f642 <b>&amp;</b>\r\nzwei\n\n$x$ \x1c"
        ),
        "long-1": answered("long-1", words="A long line. " * 2000),
        "deleted-1": without(answered("deleted-1", words="Mine"), "which-fit", "your-words", "in-order-score"),
        "double-1": doubled(answered("double-1"), "first-words", "answer_first_words = 'b'"),
        "forged-1": forged(answered("forged-1")),
        "retyped-1": retyped(answered("retyped-1")),
        "code-1": doubled(answered("code-1"), "first-words", "import os\nanswer_first_words = 'a'"),
    }


@pytest.fixture
def pair(desk: Any, tmp_path: Path) -> tuple[Any, Any]:
    """Two desks with the same cohort taken in: the first for the bulk engine, the second for nbgrader's."""
    for name, notebook in cohort(desk).items():
        path = desk.put(f"{name}.ipynb", notebook)
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert desk.collect().refused == []
    return desk, desk.copied(tmp_path / "one-by-one")


def both(pair: tuple[Any, Any], act: Callable[[Any], Any]) -> None:
    for desk in pair:
        act(desk)


def assert_same(
    pair: tuple[Any, Any], *, again: bool = False, engine: str = "nbgrader"
) -> tuple[GradeReport, GradeReport]:
    """Grade with the bulk engine, and with another one or elsewhere, and compare all that they leave."""
    bulk, nbgrader = pair
    ours = grade(bulk.folder, again=again, engine="bulk")
    theirs = grade(nbgrader.folder, again=again, engine=engine)
    assert sorted(entry.trainee for entry in ours.graded) == sorted(entry.trainee for entry in theirs.graded)
    assert (ours.current, ours.waiting) == (theirs.current, theirs.waiting)
    assert [(entry.trainee, why) for entry, why in ours.failed] == [
        (entry.trainee, why) for entry, why in theirs.failed
    ]
    assert bulk.rows() == nbgrader.rows()
    assert bulk.scored() == nbgrader.scored()
    return ours, theirs


def hand_in_again(pair: tuple[Any, Any], trainee: str, **answers: Any) -> None:
    path = pair[0].put(f"{trainee}.ipynb", pair[0].answered(trainee, **answers))
    os.utime(path, (1_700_000_900, 1_700_000_900))
    both(pair, lambda desk: desk.collect())


def due(desk: Any, time: datetime) -> None:
    with open_gradebook(desk.folder.root, desk.folder.db_url) as gradebook:
        gradebook.update_or_create_assignment(desk.quiz.assignment, duedate=time)


def commented(desk: Any, trainee: str, words: str) -> None:
    with open_gradebook(desk.folder.root, desk.folder.db_url) as gradebook:
        comment = gradebook.find_comment("your-words", desk.quiz.id, desk.quiz.assignment, trainee)
        comment.manual_comment = words
        gradebook.db.commit()


def tell_the_story(pair: tuple[Any, Any], tools: Any, tmp_path: Path, engine: str = "nbgrader") -> None:
    """A whole term, with the bulk engine and another one side by side."""
    both(pair, lambda desk: due(desk, datetime(2023, 11, 1)))  # all of them are late
    ours, _ = assert_same(pair, engine=engine)
    assert len(ours.graded) == len(cohort(pair[0]))
    assert ours.waiting == 4  # best, odd, unicode, long
    assert ("blank-1", "corridor-v1", "corridor", "first-words", "No response.", None) in pair[0].rows()

    # Marked by hand: written answers, a test cell, a blank; then scored again with nothing changed.
    for trainee, points in {"best-1": 3, "unicode-1": 2, "blank-1": 0, "odd-1": 1}.items():
        both(pair, lambda desk: desk.marked(trainee, points))  # noqa: B023
    both(pair, lambda desk: desk.marked("partial-1", 2.5, cell="how-much-help-score"))
    both(pair, lambda desk: commented(desk, "best-1", "Well said."))
    ours, _ = assert_same(pair, again=True, engine=engine)
    assert ours.waiting == 1

    # Handed in again: changed words, the same words with another choice, words where there were none, nothing at all.
    hand_in_again(pair, "best-1", words="Other words")
    hand_in_again(pair, "unicode-1", answers={}, words=cohort_words(pair[0], "unicode-1"))
    hand_in_again(pair, "blank-1", words="Now I know")
    hand_in_again(pair, "odd-1", answers={})
    hand_in_again(pair, "partial-1", answers={"how-much-help": right(pair[0], 2)})
    ours, _ = assert_same(pair, engine=engine)
    assert len(ours.graded) == 5
    assert pair[0].grades("best-1")["your-words"] == (None, 3, True)
    assert pair[0].grades("unicode-1")["your-words"] == (None, 2, False)
    assert pair[0].grades("partial-1")["how-much-help-score"] == (2, 2.5, True)

    # A key and a guide are corrected.
    corrected = tools["BANK"].replace("points: 0.5", "points: 1").replace("level: amber", "level: red")
    quiz = tools["bank_of"](corrected.replace("GUIDE-EARNS", "GUIDE-MORE"), tmp_path)
    both(pair, lambda desk: release_quizzes([quiz], desk.folder.root, lambda _: None, desk.folder.db_url))
    ours, _ = assert_same(pair, engine=engine)
    assert len(ours.graded) == len(cohort(pair[0]))
    assert "GUIDE-MORE" in pair[0].folder.autograded("best-1", pair[0].released).read_text(encoding="utf-8")
    assert grade(pair[0].folder).graded == []


def cohort_words(desk: Any, trainee: str) -> str:
    return str(cell(cohort(desk)[trainee], "your-words")["source"])


@pytest.mark.slow
def test_rows_and_notebooks_are_those_of_nbgraders_own_run(pair: tuple[Any, Any], tools: Any, tmp_path: Path) -> None:
    tell_the_story(pair, tools, tmp_path)


@pytest.mark.slow
def test_the_same_on_postgresql(pair: tuple[Any, Any], tools: Any, tmp_path: Path, database: str) -> None:
    there, here = pair
    there.folder = type(there.folder)(there.folder.root, database)
    release_quizzes([there.quiz], there.folder.root, lambda _: None, database)
    tell_the_story((there, here), tools, tmp_path, engine="bulk")
    untouched = type(there)(there.quiz, type(there.folder)(there.folder.root), there.inbox)
    assert untouched.rows() == [], "the folder's own gradebook"


def test_files_that_collect_did_not_write_are_left_to_nbgrader(desk: Any, tmp_path: Path) -> None:
    desk.put("good-1.ipynb", desk.answered("good-1", words="Mine"))
    desk.collect()
    raw = {
        "empty-1": "{}",
        "broken-1": '{"cells": [',
        "deep-1": "[" * 100_000,
        "numbers-1": json.dumps(doubled(desk.answered("numbers-1"), "first-words", [1, 2])),  # type: ignore[arg-type]
        "forged-1": json.dumps(forged(desk.answered("forged-1"))),
        "retyped-1": json.dumps(retyped(desk.answered("retyped-1"))),
        "old-1": json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}),
        "plain-1": json.dumps(desk.answered("plain-1")),
    }
    for name, text in raw.items():
        path = desk.folder.submitted(name, desk.released)
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    (desk.folder.submitted("good-1", desk.released).parent / "note.txt").write_text("by the trainer")
    (desk.folder.submitted("plain-1", desk.released).parent / "timestamp.txt").write_text("2026-03-04 10:20:30 CET")
    other = desk.copied(tmp_path / "one-by-one")
    ours, _ = assert_same((desk, other))
    assert {entry.trainee for entry in ours.graded} >= {"good-1", "forged-1", "retyped-1", "plain-1"}
    assert {entry.trainee for entry, _ in ours.failed} >= {"empty-1", "broken-1"}
    assert desk.grades("forged-1")["first-words-score"] == (2, None, False)
    assert "good-1/corridor-v1/note.txt" in desk.scored()


def test_several_quizzes_in_one_folder_and_one_trainee_alone(desk: Any, tools: Any, tmp_path: Path) -> None:
    second = tools["bank_of"](tools["BANK"].replace("version: 1", "version: 2"), tmp_path)
    release_quizzes([desk.quiz, second], desk.folder.root, lambda _: None)
    for trainee in ("nurse-17", "nurse-18"):
        desk.put(f"{trainee}.ipynb", desk.answered(trainee, words="Mine"))
    other = type(desk)(second, desk.folder, desk.inbox)
    desk.put("second.ipynb", other.answered("nurse-17", {}))
    desk.collect()
    report = grade(desk.folder, "nurse-17")
    assert [entry.name for entry in report.graded] == [("nurse-17", "corridor-v1"), ("nurse-17", "corridor-v2")]
    assert report.waiting == 1
    assert [entry.name for entry in grade(desk.folder).graded] == [("nurse-18", "corridor-v1")]
    assert (desk.grades("nurse-17")["how-sure-score"][0], other.grades("nurse-17")["how-sure-score"][0]) == (1, 0)


def test_what_lies_there_says_what_is_to_be_done(desk: Any) -> None:
    for trainee in ("nurse-17", "nurse-18", "nurse-19", "nurse-20"):
        desk.put(f"{trainee}.ipynb", desk.answered(trainee, words="Mine"))
    desk.collect()
    grade(desk.folder)
    rows, files = desk.rows(), desk.scored()
    desk.folder.autograded("nurse-17", desk.released).unlink()  # a row without its file
    with open_gradebook(desk.folder.root) as gradebook:  # a file without its row
        gradebook.remove_submission(desk.quiz.assignment, "nurse-18")
    path = desk.folder.autograded("nurse-19", desk.released)  # a file of which the end is missing
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-100])
    assert [entry.trainee for entry in grade(desk.folder).graded] == ["nurse-17", "nurse-18", "nurse-19"]
    assert desk.rows() == rows
    assert desk.scored() == files


def test_a_release_that_is_gone_is_said_of_each_submission(desk: Any) -> None:
    desk.put("a.ipynb", desk.answered("nurse-17"))
    desk.collect()
    desk.folder.release(desk.released).unlink()
    ((entry, why),) = grade(desk.folder).failed
    assert entry.trainee == "nurse-17"
    assert why.endswith("is missing or damaged; run: peercourse quiz release")
    assert desk.rows() == []
