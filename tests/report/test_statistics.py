"""Statistics against published worked values, and what must hold for any data."""

from __future__ import annotations

from itertools import pairwise
from math import isclose, sqrt
from statistics import correlation, fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peercourse.report.bootstrap import bca_intervals
from peercourse.report.change import correction, paired_change
from peercourse.report.fdistribution import f_quantile, incomplete_beta
from peercourse.report.reliability import alpha_interval, coefficient_alpha, correlation_with, rest_scores

POINTS = st.floats(0, 10).map(lambda value: round(value * 4) / 4)
TABLES = st.integers(2, 6).flatmap(
    lambda items: st.lists(st.lists(POINTS, min_size=items, max_size=items), min_size=3, max_size=20)
)
"""Points by trainee and item."""


def by_item(rows: list[list[float]]) -> list[list[float]]:
    return [list(column) for column in zip(*rows, strict=True)]


@pytest.mark.parametrize(
    ("probability", "first", "second", "value"),
    [(0.95, 1, 1, 161.4476), (0.95, 5, 10, 3.3258), (0.975, 10, 20, 2.7737), (0.99, 4, 120, 3.4796)],
)
def test_quantiles_of_f_are_those_of_the_printed_tables(
    probability: float, first: int, second: int, value: float
) -> None:
    assert f_quantile(probability, first, second) == pytest.approx(value, rel=2e-5)


@given(st.floats(0.001, 0.999), st.integers(1, 1500), st.integers(1, 30000))
@settings(deadline=None)
def test_a_quantile_has_its_probability_below_it(probability: float, first: int, second: int) -> None:
    value = f_quantile(probability, first, second)
    below = incomplete_beta(first * value / (first * value + second), first / 2, second / 2)
    assert below == pytest.approx(probability, abs=1e-6)


@pytest.mark.parametrize(
    ("alpha", "trainees", "items", "low", "high"),
    [
        # www.real-statistics.com, Cronbach's alpha continued, by R's qf
        (0.591719, 15, 10, 0.19492168920552821, 0.8398208740258171),
        # MRC Cognition and Brain Sciences Unit, FAQ on intervals of alpha, by Chris Evans' R code
        (0.913, 873, 20, 0.9044024, 0.9211588),
    ],
)
def test_intervals_of_alpha_are_those_that_were_published(
    alpha: float, trainees: int, items: int, low: float, high: float
) -> None:
    assert alpha_interval(alpha, trainees, items) == pytest.approx((low, high), abs=1e-7)


def test_alpha_of_two_items_is_the_stepped_up_covariance() -> None:
    """By hand: variances 5/3 and 5/3, covariance 1, so that 2 · (1 − (10/3) / (16/3)) = 3/4."""
    assert coefficient_alpha([[1, 2, 3, 4], [2, 1, 4, 3]]) == pytest.approx(0.75)


@given(st.lists(POINTS, min_size=3, max_size=20), st.integers(2, 6))
def test_items_that_say_the_same_have_alpha_one(points: list[float], items: int) -> None:
    alpha = coefficient_alpha([points] * items)
    assert alpha is None if len(set(points)) == 1 else alpha == pytest.approx(1)


@given(TABLES, st.floats(0.5, 4), st.floats(-5, 5))
def test_alpha_keeps_to_its_bounds_and_does_not_hang_on_the_scale(
    rows: list[list[float]], scale: float, shift: float
) -> None:
    points = by_item(rows)
    alpha = coefficient_alpha(points)
    moved = coefficient_alpha([[scale * value + shift for value in item] for item in points])
    turned = coefficient_alpha(by_item(rows[::-1])[::-1])
    if alpha is None:
        assert turned is None
        return
    assert alpha <= 1 + 1e-9
    assert moved == pytest.approx(alpha, abs=1e-6)
    assert turned == pytest.approx(alpha, abs=1e-9)
    low, high = alpha_interval(alpha, len(rows), len(points))
    assert low <= alpha <= high or isclose(low, alpha, abs_tol=1e-9)


def test_the_interval_of_alpha_narrows_with_more_trainees() -> None:
    widths = [high - low for low, high in (alpha_interval(0.7, number, 15) for number in (10, 30, 100, 1000))]
    assert all(wide > narrow for wide, narrow in pairwise(widths))


@given(TABLES, st.integers(0, 1))
def test_an_item_is_held_against_the_others_alone(rows: list[list[float]], place: int) -> None:
    points = by_item(rows)
    rest = rest_scores(points, place)
    assert rest == pytest.approx([sum(row[:place] + row[place + 1 :]) for row in rows])
    found = correlation_with(points[place], rest)
    if found is not None:
        assert -1 - 1e-9 <= found <= 1 + 1e-9
        assert found == pytest.approx(correlation(points[place], rest))


@pytest.mark.parametrize(
    ("number", "c4"), [(2, 0.797885), (3, 0.886227), (4, 0.921318), (5, 0.939986), (10, 0.972659), (25, 0.989640)]
)
def test_hedges_correction_goes_with_the_printed_table_of_c4(number: int, c4: float) -> None:
    """Control charts use the same gamma functions: c(m) = c4(m) · √((m − 1) / m)."""
    assert correction(number) == pytest.approx(c4 * sqrt((number - 1) / number), abs=2e-6)


@given(st.integers(10, 1000))
def test_hedges_correction_is_near_the_short_formula_that_most_books_give(degrees: int) -> None:
    assert correction(degrees) == pytest.approx(1 - 3 / (4 * degrees - 1), abs=4e-4)


def test_the_bootstrap_interval_of_a_published_example() -> None:
    """Martinez, Computational Statistics Handbook, example 7.8: 26 scores of Efron's; theirs is random too."""
    scores = [
        48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41,
    ]  # fmt: skip
    squares = [score**2 for score in scores]
    (found,) = bca_intervals([scores, squares], [lambda means: means[1] - means[0] ** 2], 0.9)
    assert found is not None
    assert found[0] == pytest.approx(115.97, abs=4)
    assert found[1] == pytest.approx(258.54, abs=8)


PAIRS = st.lists(st.tuples(POINTS, POINTS), min_size=10, max_size=30)


@given(PAIRS)
@settings(max_examples=25, deadline=None)
def test_change_is_what_it_says(pairs: list[tuple[float, float]]) -> None:
    change = paired_change(pairs)
    assert change is not None
    differences = [after - before for before, after in pairs]
    spread = stdev(before for before, _ in pairs)
    assert change.mean.value == pytest.approx(fmean(differences))
    assert min(differences) - 1e-9 <= change.mean.low <= change.mean.high <= max(differences) + 1e-9
    if spread == 0:
        assert change.standardised is None
    elif spread > 0.1:
        assert change.standardised is not None
        expected = correction(len(pairs) - 1) * fmean(differences) / spread
        assert change.standardised.value == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_change_with_numbers_from_a_published_data_set() -> None:
    """First study of Morris 2008 as metafor's site has it: 20 people, 30.6 (SD 15.0) to 38.5; g = c(19) · 7.9 / 15."""
    low, high = 30.6 - 15 * sqrt(19 / 20), 30.6 + 15 * sqrt(19 / 20)
    change = paired_change([(low, low + 7.9), (high, high + 7.9)] * 10)
    assert change is not None
    assert change.standardised is not None
    assert change.standardised.value == pytest.approx(0.9599 * 7.9 / 15, abs=1e-4)


def test_the_same_people_give_the_same_interval_and_fewer_than_ten_none() -> None:
    pairs = [(float(place % 4), float(place % 7)) for place in range(12)]
    assert paired_change(pairs) == paired_change(pairs)
    assert paired_change(pairs[:9]) is None
