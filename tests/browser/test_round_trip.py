"""From the page to the score: the file that a trainee saves, collected, graded, and on the trainer's list."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from peercourse.grading.collect import collect
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade
from peercourse.grading.identity import IdentityError, trainee_id
from peercourse.grading.scores import WAITING, item_rows, quiz_rows
from peercourse.quiz.notebook import answer_source
from peercourse.quiz.types.written import Written

pytestmark = pytest.mark.browser

IDS = [
    "mara-7", "MARA-7", "øyvind", "müller-03", "ж-12-ж", "νίκη", "12345", "a-b", "x" * 32, "x" * 33, "ab", "", "-abc",
    "abc-", "con", "LPT1", "com", "mаra", "a b c", "a_b", "a/b", "=1+1", "mara\u202e7", "mara\u200b7", "ｍａｒａ",
    "٣٤٥", "a\u0301bc",
]  # fmt: skip


def put(inbox: Path, folder: str, data: bytes, name: str) -> None:
    """Hand a file in, each trainee in a folder of her own."""
    path = inbox / folder / name
    path.parent.mkdir(parents=True)
    path.write_bytes(data)


def in_jupyter(released: dict[str, Any], answers: Any, quiz: Any, trainee: str) -> bytes:
    """The released notebook as it is after somebody has typed the answers in Jupyter and saved."""
    notebook = copy.deepcopy(released)
    sources = {item.id: answers.value(item.id) for item in quiz.items()}
    for cell in notebook["cells"]:
        if cell["id"] == "trainee-id":
            cell["source"] = f'trainee_id = "{trainee}"'
        elif cell["id"] in sources:
            held = sources[cell["id"]]
            cell["source"] = held if cell["cell_type"] == "markdown" else answer_source(cell["id"], held)
            cell.update({"execution_count": 1} if cell["cell_type"] == "code" else {})
    return json.dumps(notebook, ensure_ascii=False).encode()


def test_the_saved_file_earns_the_expected_points(visitor, quiz_path, answers, released, save_file, tmp_path) -> None:
    quiz = answers.quiz
    inbox, folder, name = tmp_path / "inbox", GradingFolder(tmp_path / "grading"), f"{quiz.id}.ipynb"
    page = visitor.open(quiz_path)
    field = page.get_by_label("Your trainee ID")
    every_second = list(quiz.items())[::2]
    for item in every_second:
        answers.give(page, item.id)
    field.fill("half-1")
    page.get_by_role("button", name="Save my answers as a file").click()
    put(inbox, "half", save_file(page, "Save the file anyway").path().read_bytes(), name)
    answers.give_all(page)
    field.fill("Whole-1")
    put(inbox, "whole", save_file(page).path().read_bytes(), name)
    put(inbox, "jupyter", in_jupyter(released, answers, quiz, "jupyter-1"), name)

    release_quizzes([quiz], folder.root, lambda _: None)
    report = collect(inbox, folder, (), lambda _: None)
    assert len(report.taken) == 3, report
    assert not grade(folder).failed

    by_hand = {item.id for item in quiz.items() if isinstance(item, Written)}
    automatic = {item.id: item.maximum for item in quiz.items() if item.id not in by_hand}
    rows = item_rows(folder)
    found = {who: {row.item: row for row in rows if row.trainee == who} for who in ("whole-1", "half-1", "jupyter-1")}
    assert {one: found["whole-1"][one].score for one in automatic} == automatic
    assert {found["whole-1"][one].marked for one in by_hand} == {WAITING}
    given = {item.id for item in every_second}
    half = {one: points if one in given else 0 for one, points in automatic.items()}
    assert {one: found["half-1"][one].score for one in automatic} == half
    assert {one for one in by_hand if found["half-1"][one].marked == WAITING} == by_hand & given
    assert [(row.item, row.score, row.marked) for row in found["jupyter-1"].values()] == [
        (row.item, row.score, row.marked) for row in found["whole-1"].values()
    ]
    totals = {row.trainee: row.score for row in quiz_rows(folder)}
    assert totals["whole-1"] == totals["jupyter-1"] == sum(automatic.values())


def test_the_page_takes_the_ids_that_collect_takes(visitor, quiz_path) -> None:
    page = visitor.open(quiz_path)
    for raw in IDS:
        field = page.get_by_label("Your trainee ID")
        field.fill(raw)
        field.press("Enter")
        try:
            trainee_id(raw)
            fits = True
        except IdentityError:
            fits = False
        assert (field.get_attribute("aria-invalid") == "false") is fits, raw
