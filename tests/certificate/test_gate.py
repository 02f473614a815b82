"""No certificate without every piece, whatever else a trainee has; and each missing piece with its reason."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peercourse.certificate.gate import Needed, Terms, decide
from peercourse.grading.folder import Released, ReleasedItem
from peercourse.grading.result import ItemResult, Result

ITEM = ReleasedItem("a", "single", "a-score", 4.0)
LISTENING, SIGNS, CAPSTONE = (Needed(name, name.title(), 2) for name in ("listening", "signs", "capstone"))
TERMS = Terms((LISTENING, SIGNS, CAPSTONE))
STATES = ("passed", "failed", "waiting", "unscored")


def result(
    quiz: str, state: str = "passed", *, version: int = 2, kind: str = "quiz", mark: float | None = 0.5
) -> Result:
    released = Released(quiz, version, quiz.title(), f"{quiz}-v{version}", mark, (ITEM,), "", "", kind)
    points = {"passed": 2.0, "failed": 1.9}.get(state)
    item = ItemResult(ITEM, "A", points, None, state == "waiting")
    return Result("nurse-17", released, None, (item,), 0.0, state != "unscored")


QUIZZES = [result("listening"), result("signs"), result("capstone")]
WATCHED = result("watched", kind="observation")
MEASURE = result("before-a", mark=None)


def without(quiz: str) -> list[Result]:
    return [one for one in QUIZZES if one.released.quiz != quiz]


@pytest.mark.parametrize(
    ("results", "kind", "missing"),
    [
        ([*QUIZZES, WATCHED], "certificate", []),
        ([*QUIZZES, WATCHED, MEASURE], "certificate", []),
        (QUIZZES, "theory-completed", ["not handed in"]),
        ([*QUIZZES, result("watched", "failed", kind="observation")], "theory-completed", ["not passed"]),
        ([*QUIZZES, result("watched", "waiting", kind="observation")], "theory-completed", ["waits for a marker"]),
        ([*QUIZZES, result("watched", "failed", kind="observation"), WATCHED], "certificate", []),
        ([*QUIZZES, result("watched")], "theory-completed", ["not handed in"]),  # a quiz of that name
        ([WATCHED], None, ["not handed in"] * 3),
        ([], None, ["not handed in"] * 4),
        ([*without("capstone"), WATCHED], None, ["not handed in"]),
        ([*without("signs"), result("signs", "failed"), WATCHED], None, ["not passed"]),
        ([*without("signs"), result("signs", "waiting"), WATCHED], None, ["waits for a marker"]),
        ([*without("signs"), result("signs", "unscored"), WATCHED], None, ["not scored by the present keys"]),
        ([*without("signs"), result("signs", kind="observation"), WATCHED], None, ["not handed in"]),
        ([*without("signs"), result("signs", version=1), WATCHED], "certificate", []),
        ([*QUIZZES, result("signs", "failed", version=1), WATCHED], "certificate", []),
        ([*without("signs"), result("signs", version=1), result("signs", "failed"), WATCHED], None, ["not passed"]),
        ([*without("signs"), result("signs", version=1, mark=None), WATCHED], None,
         ["has no pass mark in the version that was handed in"]),
    ],
)  # fmt: skip
def test_what_is_earned_and_what_is_missing(results: list[Result], kind: str | None, missing: list[str]) -> None:
    decision = decide("nurse-17", results, TERMS)
    assert decision.kind == kind
    assert [piece.why for piece in decision.missing] == missing
    assert all(piece.then for piece in decision.missing)
    assert len(decision.completed) + len(decision.missing) == 4


def test_an_institution_may_ask_for_the_present_version() -> None:
    terms = dataclasses.replace(TERMS, older_versions=False)
    decision = decide("nurse-17", [*without("signs"), result("signs", version=1), WATCHED], terms)
    assert decision.kind is None
    assert [piece.why for piece in decision.missing] == ["handed in as version 1, and version 2 is asked for"]


def test_a_bank_that_was_corrected_and_not_released_again_counts_for_nobody() -> None:
    decision = decide("nurse-17", [*QUIZZES, WATCHED], dataclasses.replace(TERMS, stale=frozenset({"signs-v2"})))
    assert decision.kind is None
    (piece,) = decision.missing
    assert (piece.title, piece.then) == ("Signs", "peercourse quiz release, then peercourse grade")


def test_who_is_not_on_the_list_gets_none() -> None:
    decision = decide("nurse-17", [*QUIZZES, WATCHED], TERMS, listed=False)
    assert decision.kind is None
    assert [piece.why for piece in decision.missing] == ["the ID is not on the list"]


@given(
    st.lists(
        st.builds(
            result,
            st.sampled_from(["listening", "signs", "capstone", "watched", "before-a"]),
            st.sampled_from(STATES),
            version=st.integers(1, 3),
            kind=st.sampled_from(["quiz", "observation"]),
            mark=st.sampled_from([None, 0.5]),
        ),
        max_size=10,
    ),
    st.booleans(),
)
def test_nothing_stands_in_for_a_missing_piece(results: list[Result], older: bool) -> None:
    kind = decide("nurse-17", results, dataclasses.replace(TERMS, older_versions=older)).kind
    passed = [one.released for one in results if one.passed is True]
    theory = all(
        any(one.quiz == needed.quiz and one.kind == "quiz" and (older or one.version >= 2) for one in passed)
        for needed in TERMS.quizzes
    )
    watched = any(one.kind == "observation" for one in passed)
    assert kind is None or theory
    assert kind != "certificate" or watched


def test_a_course_without_graded_quizzes_certifies_nothing() -> None:
    assert decide("nurse-17", [WATCHED], Terms(())).kind is None


def test_a_role_play_that_was_not_passed_is_watched_again_and_comes_from_the_observer() -> None:
    (piece,) = decide("nurse-17", [*QUIZZES, result("watched", "failed", kind="observation")], TERMS).missing
    assert piece.then == "talk, watch them again, then peercourse collect INBOX --observed"
