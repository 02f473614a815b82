"""Scores: what each answer earns, and that no answer, however odd, breaks a score or leaves its bounds."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peercourse.quiz.bank import Quiz
from peercourse.quiz.notebook import plain_source
from peercourse.quiz.types import ITEM_TYPES
from peercourse.quiz.types.match import score_match
from peercourse.quiz.types.observed import score_observed
from peercourse.quiz.types.order import score_order
from peercourse.quiz.types.rating import score_rating
from peercourse.quiz.types.several import score_several
from peercourse.quiz.types.single import score_single
from peercourse.quiz.types.triage import score_triage

ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.sampled_from("abcd"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("1234"), inner, max_size=4),
    max_leaves=6,
)
KEYS: dict[str, tuple[Any, Any, float]] = {
    "single": (score_single, {"a": 0.0, "b": 2.0, "c": 1.0, "d": -1.0}, 2),
    "several": (score_several, {"points": {"a": 1.0, "b": 1.0, "c": -1.0, "d": 0.0}, "harm": ["d"]}, 2),
    "order": (score_order, {"order": ["c", "a", "d", "b"], "points": 3.0}, 3),
    "match": (score_match, {"pairs": {"1": "c", "2": "a", "3": "b"}, "points": 3.0}, 3),
    "triage": (score_triage, {"1": "red", "2": "green", "3": "amber"}, 3),
    "rating": (score_rating, [str(number) for number in range(11)], 1),
    "observed": (score_observed, {"harmful": 0.0, "not-shown": 0.0, "basic": 1.0, "full": 2.0}, 2),
}


@pytest.mark.parametrize("name", KEYS)
@given(answer=ODD)
def test_any_answer_gives_a_finite_score_within_bounds(name: str, answer: Any) -> None:
    score, key, points = KEYS[name]
    result = score(answer, key)
    assert type(result) is float
    assert math.isfinite(result)
    assert 0 <= result <= points


@pytest.mark.parametrize(
    ("name", "answer", "earned"),
    [
        pytest.param("single", "b", 2, id="best option"),
        pytest.param("single", "c", 1, id="second-best option earns its part"),
        pytest.param("single", "d", 0, id="an option below zero earns nothing"),
        pytest.param("single", "B", 0, id="a capital letter is no option"),
        pytest.param("single", ["b"], 0, id="a list is no letter"),
        pytest.param("several", ["a", "b"], 2, id="all that fit"),
        pytest.param("several", ["b", "b"], 1, id="ticked twice counts once"),
        pytest.param("several", ["a", "b", "c"], 1, id="a wrong one takes a point off"),
        pytest.param("several", ["c"], 0, id="never below zero"),
        pytest.param("several", ["a", "b", "d"], 0, id="a harmful one takes all"),
        pytest.param("several", ["a", "z"], 0, id="an unknown letter spoils the answer"),
        pytest.param("several", ["a", "b", "c", "d"], 0, id="ticking everything earns nothing"),
        pytest.param("order", ["c", "a", "d", "b"], 3, id="all in order"),
        pytest.param("order", ["a", "c", "d", "b"], 2.5, id="one pair the wrong way round"),
        pytest.param("order", ["b", "d", "a", "c"], 0, id="backwards"),
        pytest.param("order", ["c", "a"], 0.5, id="lines left out earn nothing"),
        pytest.param("order", ["c", "c", "a", "b"], 0, id="a line twice"),
        pytest.param("match", {"1": "c", "2": "a", "3": "b"}, 3, id="all pairs"),
        pytest.param("match", {"1": "c", "9": "a"}, 1, id="unknown rows earn nothing"),
        pytest.param("triage", {"1": "red", "2": "green", "3": "amber"}, 3, id="all levels"),
        pytest.param("triage", {"1": "green", "2": "green", "3": "amber"}, 1, id="red called green costs a point"),
        pytest.param("triage", {"1": "amber", "2": "green", "3": "amber"}, 2, id="red called amber costs none"),
        pytest.param("triage", {"1": "red", "2": "red", "3": "red"}, 1, id="all red is no way round"),
        pytest.param("rating", "0", 1, id="a low number earns as much as a high one"),
        pytest.param("rating", "10", 1, id="a high number"),
        pytest.param("rating", "11", 0, id="a number beyond the scale"),
    ],
)
def test_scores(name: str, answer: Any, earned: float) -> None:
    score, key, _ = KEYS[name]
    assert score(answer, key) == earned


def test_the_best_answer_earns_the_maximum_and_the_blank_one_nothing(bank: Quiz) -> None:
    scored = [item for item in bank.items() if type(item).score is not None]
    assert {item.type for item in scored} == {name for name, kind in ITEM_TYPES.items() if kind.banked} - {"written"}
    for item in scored:
        score = type(item).score
        assert score is not None
        key = item.key(bank.seed)
        assert score(item.best_answer(bank.seed), key) == item.maximum, item.id
        assert score(item.face(bank.seed).blank, key) == 0, item.id


@pytest.mark.parametrize("name", KEYS)
def test_scoring_functions_run_in_a_bare_interpreter(name: str) -> None:
    score, key, points = KEYS[name]
    namespace: dict[str, Any] = {}
    exec(plain_source(score), {"__builtins__": __builtins__}, namespace)  # noqa: S102  (our own function's source)
    best = {
        "single": "b",
        "several": ["a", "b"],
        "rating": "7",
        "observed": "full",
        "order": key["order"] if name == "order" else None,
    }.get(name, key.get("pairs", key) if isinstance(key, dict) else None)
    assert namespace[score.__name__](best, key) == points
