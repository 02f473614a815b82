"""Booster sets: ten mixed minutes, nothing twice, nothing without its warning, and the same for everybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from peercourse.content.course import Course, load_course
from peercourse.practice.booster import MONTHS, Booster, boosters
from peercourse.practice.own_words import OwnWords
from peercourse.practice.pool import Pool
from peercourse.practice.slip_pair import SlipPair
from peercourse.quiz.types import PracticeItem
from peercourse.words import read_words

WORDS = read_words("en")


def ids(booster: Booster) -> set[str]:
    return {one.id for part in (booster.slips, booster.own_words, booster.self_checks) for _, one in part}


def drawn_from(pools: Mapping[str, Pool], left_out: frozenset[str] = frozenset()) -> set[str]:
    return set[str]().union(*map(ids, boosters(pools, WORDS, left_out).values()))


def modules_in(booster: Booster) -> set[str]:
    return {module for part in (booster.slips, booster.own_words, booster.self_checks) for module, _ in part}


def pool(module: str, slips: int = 0, prompts: int = 0, checks: int = 0, length: int = 40) -> Pool:
    """A pool of so many exercises, each with texts of so many words."""
    long, note = "word " * length, {"note": "word " * length, "say": "Yes."}
    hurts, helps = {"say": "It is nothing.", "why": long, "slip": "minimising"}, {"say": "Tell me.", "why": long}
    options = [{"text": "Stay.", "points": 1, "rationale": long}, {"text": "Go.", "points": 0, "rationale": long}]
    pairs = [
        {"id": f"{module}-slip-{number}", "people": "Ewa", "scene": long, "says": "So.", "hurts": hurts, "helps": helps}
        for number in range(slips)
    ]
    own = [
        {"id": f"{module}-prompt-{number}", "title": "So", "story": long, "ask": "What now?", "worked": [note] * 3,
         "checklist": ["Is it short?"] * 3}
        for number in range(prompts)
    ]  # fmt: skip
    items = [
        {"id": f"{module}-check-{number}", "type": "single", "stem": long, "options": options}
        for number in range(checks)
    ]
    return Pool(
        self_checks=_read(tuple[PracticeItem, ...], items),
        slips=_read(tuple[SlipPair, ...], pairs),
        own_words=_read(tuple[OwnWords, ...], own),
    )


def _read(model: Any, entries: list[dict[str, Any]]) -> dict[str, Any]:
    shared = {"outcome": "m1.1", "competence": ["COM01"]}
    return {one.id: one for one in TypeAdapter(model).validate_python([{**entry, **shared} for entry in entries])}


def turned(entries: Mapping[str, Any]) -> dict[str, Any]:
    return dict(reversed(entries.items()))


def plenty() -> dict[str, Pool]:
    return {module: pool(module, slips=8, prompts=4, checks=12) for module in ("m1", "m2", "m3")}


def kept_out(course: Course) -> frozenset[str]:
    """Self-checks of pages that say ``boosters: false``."""
    pages = [path.read_text(encoding="utf-8") for path in course.root.glob("modules/*/*.md")]
    closed = [text for text in pages if "\nboosters: false\n" in text]
    return frozenset(name for text in closed for name in re.findall(r"^:::\{self-check\} (\S+)", text, re.MULTILINE))


@pytest.fixture(scope="module")
def real_sets(real_course: Course) -> dict[int, Booster]:
    pools = {module.settings.id: module.practice for module in real_course.modules}
    return boosters(pools, real_course.words, kept_out(real_course))


@pytest.mark.parametrize("month", MONTHS)
def test_a_set_of_the_course_takes_about_ten_minutes(real_sets: dict[int, Booster], month: int) -> None:
    minutes = real_sets[month].minutes(WORDS)
    assert 8 <= minutes <= 12, f"{minutes:.1f} minutes with {len(real_sets[month].self_checks)} self-checks"


@pytest.mark.parametrize("month", MONTHS)
def test_a_set_of_the_course_mixes_modules_and_kinds(real_sets: dict[int, Booster], month: int) -> None:
    assert len(modules_in(real_sets[month])) >= 2
    assert len(real_sets[month].slips) >= 3
    assert real_sets[month].own_words


def test_no_exercise_of_the_course_is_met_twice(real_sets: dict[int, Booster]) -> None:
    assert [ids(one) & ids(other) for one, other in combinations(real_sets.values(), 2)] == [set()] * 6


def test_nothing_of_the_course_about_suicide_comes_without_its_warning(
    real_course: Course, real_sets: dict[int, Booster]
) -> None:
    drawn = set[str]().union(*map(ids, real_sets.values()))
    assert kept_out(real_course)
    pools = [module.practice for module in real_course.modules]
    exercises = [
        one for pool in pools for part in (pool.slips, pool.own_words, pool.self_checks) for one in part.values()
    ]
    hard = {one.id for one in exercises if "suicid" in one.model_dump_json().lower()}
    assert hard
    assert not drawn & (hard | kept_out(real_course))


def test_the_same_course_gives_the_same_sets_from_any_folder(course_folder: Path, tmp_path: Path) -> None:
    other = course_folder.rename(tmp_path / "elsewhere")
    drawn = [
        boosters({module.settings.id: module.practice for module in load_course(other).modules}, WORDS)
        for _ in range(2)
    ]
    assert drawn[0] == drawn[1]


def test_with_plenty_every_set_is_full_mixed_and_its_own() -> None:
    sets = boosters(plenty(), WORDS)
    assert tuple(sets) == MONTHS == (1, 3, 6, 12)
    for booster in sets.values():
        assert 8 <= booster.minutes(WORDS) <= 12
        assert modules_in(booster) == {"m1", "m2", "m3"}
        assert booster.self_checks
    assert [ids(one) & ids(other) for one, other in combinations(sets.values(), 2)] == [set()] * 6


def test_where_no_self_check_is_left_a_set_still_takes_about_ten_minutes() -> None:
    pools = {module: pool(module, slips=16, prompts=6) for module in ("m1", "m2", "m3")}
    for booster in boosters(pools, WORDS).values():
        assert 8 <= booster.minutes(WORDS) <= 12


def test_the_order_in_files_changes_nothing() -> None:
    pools = plenty()
    backwards = {
        module: replace(
            one, slips=dict(reversed(one.slips.items())), self_checks=dict(reversed(one.self_checks.items()))
        )
        for module, one in pools.items()
    }
    assert boosters(backwards, WORDS) == boosters(pools, WORDS)


def test_what_says_no_booster_is_never_drawn() -> None:
    one = pool("m1", slips=12, prompts=4)
    quiet_slips = {name: one.slips[name].model_copy(update={"booster": False}) for name in list(one.slips)[:6]}
    quiet_prompts = {name: own.model_copy(update={"booster": False}) for name, own in list(one.own_words.items())[:2]}
    changed = replace(one, slips={**one.slips, **quiet_slips}, own_words={**one.own_words, **quiet_prompts})
    assert drawn_from({"m1": changed}) == {*list(one.slips)[6:], *list(one.own_words)[2:]}


def test_what_is_left_out_is_never_drawn() -> None:
    left_out = frozenset(f"m{module}-check-{number}" for module in (1, 2, 3) for number in range(8))
    drawn = drawn_from(plenty(), left_out)
    assert not drawn & left_out
    assert any("check" in name for name in drawn)


@pytest.mark.parametrize("name", [f"new-{number}" for number in range(8)])
def test_a_new_exercise_moves_few_others(name: str) -> None:
    pools = plenty()
    pair = next(iter(pools["m1"].slips.values())).model_copy(update={"id": name})
    more = {**pools, "m1": replace(pools["m1"], slips={**pools["m1"].slips, name: pair})}
    before, after = boosters(pools, WORDS), boosters(more, WORDS)
    stayed = sum(len(ids(before[month]) & ids(after[month])) for month in MONTHS)
    everything = sum(len(ids(before[month])) for month in MONTHS)
    assert stayed >= 0.75 * everything, f"{stayed} of {everything} stayed in their set"


@pytest.mark.parametrize(
    "pools",
    [
        pytest.param({}, id="no module"),
        pytest.param({"m1": Pool()}, id="an empty module"),
        pytest.param({"m1": pool("m1", slips=1)}, id="one slip"),
        pytest.param({"m1": pool("m1", prompts=1), "m2": pool("m2", checks=1)}, id="a prompt here, a self-check there"),
        pytest.param({"m1": pool("m1", checks=1, length=700)}, id="a self-check that takes longer than a set"),
    ],
)
def test_with_little_to_practise_sets_are_short_and_nothing_breaks(pools: dict[str, Pool]) -> None:
    sets = boosters(pools, WORDS)
    assert tuple(sets) == MONTHS
    assert all(booster.minutes(WORDS) <= 12 for booster in sets.values())


def test_a_self_check_that_is_too_long_does_not_keep_shorter_ones_out() -> None:
    pools = {"m1": pool("m1", checks=1, length=790), "m2": pool("m2", checks=6)}
    assert len(boosters(pools, WORDS)[1].self_checks) == 2
