"""Role plays: what the course holds keeps its promises, and a mistake in it is named with its place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from peercourse.content.course import load_course
from peercourse.content.problems import ContentError
from peercourse.practice.role_play import FOLDER, RolePlay, read_role_play, role_play_problems
from peercourse.quiz.types.observed import LEVELS

ROOT = Path(__file__).resolve().parents[2]
OUTCOMES = frozenset(f"m{module}.{number}" for module in range(1, 6) for number in range(1, 9))
COMPETENCES = frozenset(f"COM{number:02d}" for number in range(1, 15))


@pytest.fixture(scope="module")
def role_play() -> RolePlay:
    found = load_course(ROOT).role_play
    assert found is not None
    return found


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    return tmp_path


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / FOLDER / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaints(root: Path) -> list[str]:
    try:
        found = read_role_play(root)
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    assert found is not None
    return [str(problem) for problem in role_play_problems(found, OUTCOMES, COMPETENCES)]


def test_there_are_enough_cards_and_behaviours_each_in_four_levels(role_play: RolePlay) -> None:
    assert len(role_play.cards) >= 8
    assert len(role_play.rubric.behaviours) >= 8
    for behaviour in role_play.rubric.behaviours:
        assert len({getattr(behaviour, level) for level in LEVELS}) == 4, behaviour.id


def test_every_behaviour_is_looked_at_on_some_card(role_play: RolePlay) -> None:
    watched = {name for card in role_play.cards for name in card.observer.watch}
    assert {behaviour.id for behaviour in role_play.rubric.behaviours} <= watched


def test_nobody_is_asked_to_play_somebody_who_says_yes_to_suicide(role_play: RolePlay) -> None:
    asked = [card.colleague.if_asked for card in role_play.cards if "uicide" in card.colleague.if_asked]
    assert asked
    assert all(re.search(r"Suicide: no\b", text) for text in asked)


def test_a_course_without_role_plays_has_none(tmp_path: Path) -> None:
    assert read_role_play(tmp_path) is None


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("cards.yml", "[role-and-limits, questions, honest]", "[role-and-limit, questions]", "'role-and-limit' is no"),
        ("cards.yml", "id: third-visit", "id: the-lunch-cover", "'the-lunch-cover' stands twice; rename one of them"),
        ("cards.yml", "    try_for: Say your limits", "    try_four: Say your limits", "did you mean 'try_for'?"),
        ("rubric.yml", "[m1.5, m2.1]", "[m1.5, m9.9]", "'m9.9' is not in the course"),
        ("rubric.yml", "{not_shown: 2, full: 3}", "{not_shown: 2, full: 8}", "some cards give occasion for 7"),
        ("rubric.yml", "  - id: attention", "  - id: questions", "has the same id twice"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_line(copied: Path, name: str, old: str, new: str, sentence: str) -> None:
    assert complaints(copied) == []
    change(copied, name, old, new)
    found = complaints(copied)
    assert any(sentence in line and re.match(rf"{FOLDER}/{name}:\d+: ", line) for line in found), found


def test_each_part_of_a_card_stands_closed_on_its_page_and_the_sheet_has_every_level(
    site: Path, role_play: RolePlay
) -> None:
    cards = (site / "book/role-play/cards.html").read_text(encoding="utf-8")
    assert cards.count("<details><summary>") == 3 * len(role_play.cards)
    sheet = (site / "book/role-play/index.html").read_text(encoding="utf-8")
    assert sheet.count("<dt>") == 4 * len(role_play.rubric.behaviours)
