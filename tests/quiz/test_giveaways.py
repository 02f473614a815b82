"""Nobody passes by looks: what lengths, hedging and places earn is counted as it should be, and named."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from itertools import product
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from peercourse.content.checks import check_course
from peercourse.content.course import Course, load_course
from peercourse.content.giveaway_checks import giveaway_problems, shown_pool
from peercourse.content.graded import graded_items
from peercourse.quiz.bank import Quiz, fingerprints
from peercourse.quiz.giveaways import (
    Shown,
    as_shown,
    at,
    finding,
    findings,
    interval,
    longest,
    longest_is_best,
    most_hedged,
    strategies,
    too_often_longest,
)
from peercourse.quiz.types.single import Single

settings.register_profile("giveaways", deadline=None)  # two cores are shared; how long an example takes says nothing
settings.load_profile("giveaways")

ROOT = Path(__file__).resolve().parents[2]
TEXTS = st.lists(st.text(st.sampled_from("abcdefgh maybe perhaps"), min_size=1), min_size=2, max_size=6, unique=True)
SHARES = st.sampled_from([0.0, 0.25, 0.5])


@st.composite
def shown(draw: st.DrawFn, item: str = "an-item") -> Shown:
    texts = draw(TEXTS)
    best = draw(st.integers(0, len(texts) - 1))
    shares = [1.0 if place == best else draw(SHARES) for place in range(len(texts))]
    return Shown("a bank", item, tuple(texts), tuple(shares))


@st.composite
def pools(draw: st.DrawFn) -> list[Shown]:
    return [draw(shown(f"item-{number}")) for number in range(draw(st.integers(1, 6)))]


@given(pool=pools())
def test_every_strategy_chooses_once_and_earns_between_nothing_and_everything(pool: list[Shown]) -> None:
    for name, weigh in strategies(pool).items():
        for one in pool:
            assert sum(weigh(one.texts)) == pytest.approx(1)
            assert min(weigh(one.texts)) >= 0
        found = finding(name, weigh, pool)
        assert -1e-9 <= found.score <= 1 + 1e-9
        assert found.gain == pytest.approx(mean(found.gains.values()))
        assert found.interval[0] - 1e-9 <= found.gain <= found.interval[1] + 1e-9


@given(pool=pools())
def test_who_takes_each_place_in_turn_earns_what_pointing_blindly_does(pool: list[Shown]) -> None:
    """The shares of all places of an item sum to its options' together."""
    for one in pool:
        places = [finding("a place", at(place), [one]).score for place in range(len(one.texts))]
        assert mean(places) == pytest.approx(mean(one.shares))


@given(texts=TEXTS, number=st.integers(1, 3))
def test_over_all_keys_that_could_be_no_look_beats_chance(texts: list[str], number: int) -> None:
    """With every option the best one as often as any other, each strategy gains exactly nothing."""
    places = range(len(texts))
    pool = [
        Shown(
            "a bank",
            f"item-{copy}-{'-'.join(map(str, keys))}",
            tuple(texts),
            tuple(float(place == key) for place in places),
        )
        for keys in product(places, repeat=min(number, 2))
        for copy, key in enumerate(keys)
    ]
    for found in findings(pool):
        assert found.gain == pytest.approx(0), found.strategy


def test_an_interval_is_that_of_t() -> None:
    """Half-widths against the table of t: 2.093 for 19 degrees of freedom, 2.023 for 39, 1.984 for 99."""
    for number, t in ((20, 2.093), (40, 2.023), (100, 1.984)):
        values = [float(place % 2) for place in range(number)]
        deviation = (sum((value - mean(values)) ** 2 for value in values) / (number - 1)) ** 0.5
        low, high = interval(values)
        assert (high - low) / 2 == pytest.approx(t * deviation / number**0.5, rel=0.001)


def test_hedging_words_are_counted_as_words() -> None:
    assert most_hedged(["Perhaps you might sit.", "Maybe.", "Sit."]) == (1, 0, 0)
    assert most_hedged(["Mayday, mightily.", "Perhaps."]) == (0, 1)
    assert most_hedged(["Sit.", "Stay."]) == (0.5, 0.5)


def test_equal_lengths_share_and_a_place_that_is_not_there_is_pointed_at_blindly() -> None:
    one = Shown("a bank", "an-item", ("abc", "abd", "a"), (1.0, 0.0, 0.0))
    assert longest_is_best([one]) == {"a bank": {"an-item": 0.5}}
    assert at(3)(one.texts) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_a_bank_may_have_the_longest_best_in_two_of_five_items_and_not_in_three() -> None:
    assert not too_often_longest(dict.fromkeys("abc", 0.0) | dict.fromkeys("de", 1.0))
    assert too_often_longest(dict.fromkeys("ab", 0.0) | dict.fromkeys("cde", 1.0))


def test_options_are_taken_in_the_order_that_trainees_see(bank: Quiz) -> None:
    item = next(item for item in bank.items() if isinstance(item, Single))
    one = as_shown(item, "a bank", bank.seed)
    assert one.texts == tuple(choice.text for choice in bank.faces()[item.id].choices)
    points = {option.text: option.points for option in item.options}
    assert one.shares == tuple(points[text] / 2 for text in one.texts)


def test_another_number_shows_another_order_and_the_key_goes_with_it(bank: Quiz) -> None:
    item = next(item for item in bank.items() if isinstance(item, Single))
    orders = {as_shown(item, "", bank.model_copy(update={"shuffle": number}).seed) for number in range(12)}
    assert len({one.texts for one in orders}) > 1
    assert {dict(zip(one.texts, one.shares, strict=True))["What is it like now?"] for one in orders} == {1.0}
    other = next(n for n in range(1, 12) if bank.model_copy(update={"shuffle": n}).faces() != bank.faces())
    assert fingerprints(bank.model_copy(update={"shuffle": other})) != fingerprints(bank)
    assert fingerprints(bank.model_copy(update={"shuffle": 0})) == fingerprints(bank)


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def changed(course: Course, change: Callable[[Single, str], Single]) -> Course:
    """The course with every single-answer item changed, given with the seed of its quiz."""
    quizzes = {}
    for name, quiz in course.quizzes.items():
        scenarios = [
            scenario.model_copy(
                update={
                    "items": tuple(
                        change(item, quiz.seed) if isinstance(item, Single) else item for item in scenario.items
                    )
                }
            )
            for scenario in quiz.scenarios
        ]
        quizzes[name] = quiz.model_copy(update={"scenarios": tuple(scenarios)})
    return dataclasses.replace(course, quizzes=quizzes)


def with_best(addition: str) -> Callable[[Single, str], Single]:
    """Adds words to the best option."""

    def change(item: Single, seed: str) -> Single:
        options = [
            option.model_copy(update={"text": option.text + addition}) if option.points == item.maximum else option
            for option in item.options
        ]
        return item.model_copy(update={"options": tuple(options)})

    return change


def best_at_b(item: Single, seed: str) -> Single:
    """Exchanges points so that the second one shown is the best."""
    second = item.face(seed).choices[1].text
    old = next(option for option in item.options if option.text == second)
    new = {option.text: option.points for option in item.options if option.points != item.maximum}
    best = next(option.text for option in item.options if option.points == item.maximum)
    new |= {best: old.points, second: item.maximum}
    options = [option.model_copy(update={"points": new[option.text]}) for option in item.options]
    return item.model_copy(update={"options": tuple(options)})


def test_nothing_gives_the_best_option_of_the_course_away(course: Course) -> None:
    assert [str(problem) for problem in giveaway_problems(course)] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            with_best(" And then we can look at it together in your own time, you and I."),
            "always takes the longest earns",
        ),
        (
            with_best(" And then we can look at it together in your own time, you and I."),
            "the best option is the longest in",
        ),
        (with_best(" Perhaps, maybe, if you like."), "always takes the most hedged earns"),
        (best_at_b, "always takes option b earns"),
    ],
    ids=["longest", "longest in a bank", "hedged", "place"],
)
def test_a_habit_of_the_authors_is_named_with_figures_and_items(
    course: Course, change: Callable[[Single, str], Single], words: str
) -> None:
    named = [str(problem) for problem in giveaway_problems(changed(course, change))]
    (first, *_) = [problem for problem in named if words in problem]
    assert first.startswith("quizzes/")
    assert "points (95 % interval" in first or "where 40% is the most" in first


def test_the_check_of_the_course_stops_at_it(course: Course) -> None:
    spoilt = changed(course, with_best(" Perhaps, maybe, if you like."))
    named = list(giveaway_problems(spoilt))
    assert named
    assert set(named) <= set(check_course(spoilt))


@pytest.mark.parametrize(("right", "number", "too_much"), [(11, 20, False), (12, 20, True), (19, 19, False)])
def test_five_points_in_a_hundred_are_allowed_and_nothing_is_said_of_few_items(
    right: int, number: int, too_much: bool
) -> None:
    pool = [Shown("b", f"item-{n}", ("long", "not"), (1.0, 0.0) if n < right else (0.0, 1.0)) for n in range(number)]
    assert finding("the longest", longest, pool).too_much is too_much


def test_the_number_that_is_proposed_spreads_the_letters_more_evenly(course: Course) -> None:
    spoilt = changed(dataclasses.replace(course, measure=None), best_at_b)
    (problem,) = [found for found in giveaway_problems(spoilt) if "always takes option b" in found.message]
    number, file = problem.message.split("write 'shuffle: ")[1].split(" (")[0].split("' in ")
    quiz = next(quiz for name, quiz in spoilt.quizzes.items() if spoilt.quiz_sources[name].name == file)
    mended = quiz.model_copy(update={"shuffle": int(number)})
    better = dataclasses.replace(spoilt, quizzes={**spoilt.quizzes, quiz.id: mended})
    before, after = (_worst_letter(one) for one in (spoilt, better))
    assert after < before


def _worst_letter(course: Course) -> float:
    found = findings(shown_pool(list(graded_items(course))))
    return max(one.gain for one in found if one.strategy.startswith("option"))


def test_the_forms_of_the_measure_are_graded_too_and_count_once(tmp_path: Path, course: Course) -> None:
    from peercourse.quiz.evaluation import FILE, read_measure

    def item(name: str) -> dict[str, Any]:
        options = [
            {"text": f"{name} {word}", "points": points, "rationale": "R"} for word, points in (("yes", 2), ("no", 0))
        ]
        about = {"id": name, "type": "single", "stem": f"{name}?", "outcome": "m1.5", "competence": ["COM13"]}
        return about | {"options": options}

    def case(name: str, items: list[dict[str, Any]]) -> dict[str, Any]:
        return {"id": name, "setting": "A ward", "people": {"you": "a peer"}, "story": "Late.", "items": items}

    rating = {"id": "sure", "type": "rating", "stem": "Sure?", "outcome": "m1.5", "competence": ["COM13"]}
    measure = {
        "id": "evaluation", "title": "Before and after", "version": 1, "minutes": 20, "shuffle": 3,
        "confidence": case("confidence", [rating | {"low": "not", "high": "very"}]),
        "forms": {form: {"title": form, "scenarios": [case(f"{form}-case", [item(f"{form}-one")])]} for form in "ab"},
        "pairs": [{"topic": "limits", "a": "a-one", "b": "b-one", "difficulty": "easy"}],
    }  # fmt: skip
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(yaml.safe_dump(measure), encoding="utf-8")
    alone = dataclasses.replace(course, quizzes={}, measure=read_measure(tmp_path, "quizzes/evaluation/measure.yml"))
    graded = list(graded_items(alone))
    assert [one.item.id for one in graded] == ["a-one", "b-one"]
    assert graded[1].source.line(graded[1].path) > 1
    pool = shown_pool(graded)
    assert len(pool) == 6  # each on three occasions, with an order of its own
    (first, *_) = findings(pool)
    assert first.score == 1
    assert list(first.gains) == [(one.bank, one.item.id) for one in graded]
