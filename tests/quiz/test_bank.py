"""Banks: what authors may write, what they are told if it is wrong, and what trainees may see."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from peercourse.content.problems import ContentError
from peercourse.quiz.bank import Quiz, fingerprints, read_bank


def problems_of(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "small.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_bank(path, "quizzes/small.yml")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        pytest.param("type: order", "type: ordre", "type: ordre", "is 'ordre'; write one of", id="unknown type"),
        pytest.param("        stem: What do you say?\n", "", "id: first", "stem: is missing; add it", id="no stem"),
        pytest.param("stem: What do you say?", "stem: ''", "stem: ''", "is empty; write it", id="empty stem"),
        pytest.param("stem: What do", "steem: What do", "steem:", "did you mean 'stem'?", id="misspelt field"),
        pytest.param("stem: What do you", "stem: <b>What</b> do you", "stem: <b>", "plain text", id="mark-up"),
        pytest.param("points: 2, ", "points: 2, harm: true, ", "id: first", "marked as harmful", id="harmful best"),
        pytest.param('sit?", points: 1', 'sit?", points: 2', "id: first", "two best options", id="two best"),
        pytest.param('sit?", points: 1', 'sit?", points: 0.3', "0.3", "multiple of 0.25", id="odd points"),
        pytest.param('"Shall we sit?"', "You did all you could.", "id: first", "same option twice", id="option twice"),
        pytest.param("level: amber", "level: orange", "orange", "'green', 'amber' or 'red'", id="unknown level"),
        pytest.param("id: second", "id: first", "id: small", "item id 'first' twice", id="item id twice"),
        pytest.param(
            "outcome: m2.7", "outcome: m2.7\n        outcome: m2.6", "outcome: m2.6", "stands twice", id="key twice"
        ),
        pytest.param("title: A small bank", "title: A: small bank", "title:", "between double quotes", id="colon"),
        pytest.param("minutes: 10", "minutes: ten", "minutes:", "whole number", id="words for a number"),
        pytest.param("pass_mark: 0.75", "pass_mark: .nan", "pass_mark:", "finite number", id="not a number"),
        pytest.param("version: 1", "\tversion: 1", "\tversion", "with a tab", id="tab"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_what_to_write(
    tmp_path: Path, bank_text: str, old: str, new: str, line: str, words: str
) -> None:
    assert old in bank_text
    changed = bank_text.replace(old, new, 1)
    number = changed[: changed.index(line)].count("\n") + 1
    problems = problems_of(tmp_path, changed)
    assert any(problem.startswith(f"quizzes/small.yml:{number}:") and words in problem for problem in problems), (
        problems
    )


def test_one_run_reports_every_mistake_and_nothing_else(tmp_path: Path, bank_text: str) -> None:
    wrong = bank_text.replace("type: order", "type: ordre").replace("level: amber", "level: orange")
    problems = problems_of(tmp_path, wrong.replace("minutes: 10", "minutes: 0"))
    assert [problem.split(": ")[1].split(".")[-1] for problem in problems] == ["minutes", "type", "level"]


def test_file_and_id_must_agree(tmp_path: Path, bank_text: str) -> None:
    assert "use one name" in problems_of(tmp_path, bank_text.replace("id: small", "id: large", 1))[0]


def test_a_face_says_nothing_about_the_key(bank: Quiz) -> None:
    public = json.dumps([asdict(face) for face in bank.faces().values()])
    for secret in ("RATIONALE", "CRITERION", "EARNS", "MISSES", "HARMFUL", "harm", "slip"):
        assert secret not in public


def changed_keys(text: str) -> str:
    """The same questions with other keys; maximum points an item stay as they were."""
    return (
        text.replace('What is it like now?", points: 2', 'What is it like now?", points: 0')
        .replace('Shall we sit?", points: 1', 'Shall we sit?", points: 2')
        .replace("harm: true, ", "")
        .replace("slip: false-reassurance, ", "")
        .replace("RATIONALE", "OTHER")
        .replace("CRITERION", "ANOTHER")
        .replace("EARNS", "GAINS")
        .replace("level: amber", "level: red")
    )


def test_keys_and_rationales_can_change_within_a_version_and_public_text_cannot(
    tmp_path: Path, bank: Quiz, bank_text: str
) -> None:
    path = tmp_path / "small.yml"
    path.write_text(changed_keys(bank_text), encoding="utf-8")
    other, _ = read_bank(path)
    assert [item.key(bank.seed) for item in other.items()] != [item.key(bank.seed) for item in bank.items()]
    assert fingerprints(other) == fingerprints(bank)
    assert other.faces() == bank.faces()
    for old, new in [("Wait., points", "Wait on., points"), ("id: third", "id: trio"), ("points: 3\n", "points: 4\n")]:
        path.write_text(bank_text.replace(old, new, 1), encoding="utf-8")
        assert fingerprints(read_bank(path)[0]) != fingerprints(bank), new


def test_the_order_of_options_does_not_depend_on_the_author(tmp_path: Path, bank: Quiz, bank_text: str) -> None:
    lines = bank_text.splitlines(keepends=True)
    first = next(index for index, line in enumerate(lines) if "What is it like now?" in line)
    lines[first], lines[first + 2] = lines[first + 2], lines[first]
    path = tmp_path / "small.yml"
    path.write_text("".join(lines), encoding="utf-8")
    assert read_bank(path)[0].faces() == bank.faces()
