"""Weighted kappa and its interval against published numbers, a statistics library's, and what must always hold."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from peercourse.marking.agreement import IN_ALL, PER_ITEM, Agreement, agreements, kappa
from peercourse.marking.ledger import MarkedAnswer
from peercourse.marking.model import Mark

ANXIETY = (
    (3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3),
    (3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4),
    (2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2),
)
"""Three raters' anxiety scores, data set ``anxiety`` of the R package irr, as statsmodels' tests print it."""
points = some.integers(0, 16).map(lambda quarters: quarters / 4)
pairs = some.lists(some.tuples(points, points), min_size=1, max_size=40)


def table(rows: list[list[int]]) -> list[tuple[float, float]]:
    return [(i, j) for i, row in enumerate(rows) for j, count in enumerate(row) for _ in range(count)]


def test_the_worked_example_of_the_r_package_irr() -> None:
    """kappa2(anxiety[,2:3], "squared") prints 0.252; irr counts places among the values used, and nobody used 5."""
    places = [(min(a, 5), min(b, 5)) for a, b in zip(ANXIETY[1], ANXIETY[2], strict=True)]
    assert kappa(places)[0] == pytest.approx(0.2520325, abs=1e-7)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (list(zip(ANXIETY[1], ANXIETY[2], strict=True)), (0.2297979798, -0.1443134015, 0.6039093611)),
        (list(zip(ANXIETY[0], ANXIETY[1], strict=True)), (0.2967651195, -0.0109618887, 0.6044921278)),
        (list(zip(ANXIETY[0], ANXIETY[2], strict=True)), (0.0695067265, -0.1706213785, 0.3096348315)),
        (table([[0, 4, 1], [0, 8, 0], [0, 1, 5]]), (0.4501607717, 0.0733916749, 0.8269298685)),
        (table([[75, 1, 4], [5, 4, 1], [0, 0, 10]]), (0.7553191489, 0.5853762920, 0.9252620058)),
    ],
    ids=["raters 2, 3", "raters 1, 2", "raters 1, 3", "SAS example", "many on one side"],
)
def test_kappa_and_interval_are_those_of_statsmodels(pairs: list[tuple[float, float]], expected: object) -> None:
    """cohens_kappa(table, wt="quadratic") of statsmodels 0.15.0; its authors checked other weights against SAS."""
    assert kappa(pairs) == pytest.approx(expected, abs=1e-9)


@given(pairs)
def test_who_is_first_does_not_matter(marks: list[tuple[float, float]]) -> None:
    assert kappa([(b, a) for a, b in marks]) == pytest.approx(kappa(marks))


@given(pairs, some.sampled_from([0.25, 3, 100]), some.sampled_from([0, 1, -7]))
def test_the_unit_of_points_does_not_matter(marks: list[tuple[float, float]], factor: float, shift: float) -> None:
    moved = [(factor * a + shift, factor * b + shift) for a, b in marks]
    assert kappa(moved) == pytest.approx(kappa(marks), abs=1e-6)


@given(pairs)
def test_it_lies_in_its_interval_and_within_minus_one_and_one(marks: list[tuple[float, float]]) -> None:
    value, low, high = kappa(marks)
    if value is None or low is None or high is None:
        assert len({point for pair in marks for point in pair}) == 1
    else:
        assert -1 <= low <= value + 1e-9
        assert value - 1e-9 <= high <= 1
        assert (value == pytest.approx(1)) == all(a == b for a, b in marks)


@given(pairs)
def test_it_is_one_minus_observed_over_every_pair_by_chance(marks: list[tuple[float, float]]) -> None:
    """The definition, counted out: each point of one marker with each of the other."""
    chance = sum((a - b) ** 2 for (a, _), (_, b) in product(marks, marks)) / len(marks)
    if chance:
        assert kappa(marks)[0] == pytest.approx(1 - sum((a - b) ** 2 for a, b in marks) / chance)


def answer(item: str, first: float, second: float, maximum: float, trainee: str) -> MarkedAnswer:
    marks = {
        role: Mark(export="0", code="c", points={"one": value})
        for role, value in (("first", first), ("second", second))
    }
    return MarkedAnswer.model_validate(
        {"trainee": trainee, "version": 1, "item": item, "answer": "", "maximum": maximum, "marks": marks}
    )


def test_items_that_fall_short_are_named_once_there_are_enough_answers() -> None:
    good = [answer("good", number % 5, number % 5, 4, str(number)) for number in range(12)]
    bad = [answer("bad", number % 5, (number * 3) % 5, 4, str(number)) for number in range(12)]
    few = [answer("few", number % 5, (number * 3) % 5, 4, str(number)) for number in range(9)]
    found = {one.name: one for one in agreements([*good, *bad, *few])}
    assert [name for name, one in found.items() if name and one.falls_short] == ["bad"]
    assert found["good"].kappa == 1
    assert found["few"].kappa == pytest.approx(found["bad"].kappa, abs=0.2)  # as far apart, over too few to say so
    assert found[""].answers == 33
    assert agreements([]) == []
    assert agreements([answer("same", 2, 2, 4, "a")])[0] == Agreement("same", 1, 1.0, None, None, None)


def test_the_yardstick_is_the_evidences() -> None:
    evidence = yaml.safe_load((Path(__file__).parents[2] / "evidence/standards.yaml").read_text(encoding="utf-8"))
    results = [entry["result"] for entry in evidence["published_results_to_beat"] if "raters" in entry["measure"]]
    low, high = (f"{value:.2f}".lstrip("0") for value in PER_ITEM)
    assert results == [f"{low}-{high} per item, {f'{IN_ALL:.2f}'.lstrip('0')} total"]
