"""Two markers: their points wait for each other, agreement is reported, and a third decides where they differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from peercourse.marking.model import Mark, Role
from peercourse.marking.settle import settle

FIRST = {"quill": (2.0, 0.5), "rook": (1.0, 1.0), "sable": (0.0, 0.0), "tarn": (1.5, 2.0)}
SECOND = FIRST | {"rook": (1.0, 1.5), "sable": (1.0, 0.0)}  # half a point apart, and a whole one


@pytest.fixture
def files(cohort: Any) -> tuple[Path, Path]:
    a, b = cohort.export(double=1)
    return cohort.marked(a, FIRST), cohort.marked(b, SECOND, harmful=["tarn"])


def test_nothing_counts_before_both_have_marked(cohort: Any, files: tuple[Path, Path]) -> None:
    report = cohort.give(files[0])
    assert (report.taken, report.entered, report.other_marker) == (4, 0, 4)
    assert all(cohort.score(name)[:2] == (None, True) for name in FIRST)
    assert cohort.export_report().with_markers == 4  # nobody is asked to mark them a third time by mistake
    report = cohort.give(files[1])
    assert (report.entered, report.other_marker) == (3, 0)


def test_the_mean_counts_and_a_third_is_asked_for(cohort: Any, files: tuple[Path, Path]) -> None:
    report = cohort.give(*files)
    assert [cohort.score(name)[:2] for name in FIRST] == [(2.5, False), (2.25, False), (None, True), (3.5, False)]
    (entry,) = report.disputed
    assert entry.trainee == "sable"
    assert {entry.marks["first"].code, entry.marks["second"].code} <= {*cohort.rows(files[0]), *cohort.rows(files[1])}
    assert [entry.trainee for entry in report.harmful] == ["tarn"]
    item, in_all = report.agreement["corridor-v1"]
    assert (item.name, item.answers, item.within) == ("your-words", 4, 0.75)
    assert item.kappa is not None
    assert in_all.kappa == pytest.approx(item.kappa)
    assert not item.falls_short  # four answers are too few to say so


def test_the_third_markers_file_settles_it(cohort: Any, files: tuple[Path, Path]) -> None:
    cohort.give(*files)
    (third,) = cohort.export(third=True)
    assert [row.trainee for row in cohort.rows(third).values()] == ["sable"]
    assert not set(cohort.rows(third)) & {*cohort.rows(files[0]), *cohort.rows(files[1])}
    cohort.marked(third, {"sable": (2.0, 2.0)})
    report = cohort.give(third)
    assert (report.entered, report.disputed) == (1, [])
    assert cohort.score("sable")[:2] == (1.0, False)  # 0, 1 and 4: the middle one
    assert cohort.export(third=True) == []
    assert (cohort.give(*files, third).taken, cohort.export()) == (0, [])


def test_a_replaced_mark_can_make_a_settled_answer_wait_again(cohort: Any, files: tuple[Path, Path]) -> None:
    cohort.give(*files)
    cohort.marked(files[1], SECOND | {"quill": (0.0, 0.0)}, harmful=["tarn"])
    assert [one.trainee for one in cohort.give(files[1]).kept] == ["quill"]
    assert cohort.score("quill")[:2] == (2.5, False)
    report = cohort.give(files[1], replace=True)
    assert sorted(entry.trainee for entry in report.disputed) == ["quill", "sable"]
    assert cohort.score("quill")[1] is True


def test_those_outside_the_sample_count_at_once(cohort: Any) -> None:
    a, b = cohort.export(double=0.25)
    (both,) = [row.trainee for row in cohort.rows(b).values()]
    cohort.marked(a, FIRST)
    report = cohort.give(a)
    assert (report.entered, report.other_marker) == (3, 1)
    assert cohort.score(both)[:2] == (None, True)


def mark(points: float) -> Mark:
    return Mark(export="0", code="c", points={"one": points})


@pytest.mark.parametrize(
    ("marks", "points", "missing"),
    [
        ({}, None, "one"),
        ({"one": 3}, 3, None),
        ({"first": 3}, None, "second"),
        ({"second": 3}, None, "second"),
        ({"first": 3, "second": 3.5}, 3.25, None),
        ({"first": 3, "second": 3.75}, None, "third"),
        ({"first": 0, "second": 4, "third": 3}, 3, None),
        ({"one": 1, "first": 3}, 1, None),
        ({"one": 1, "first": 3, "second": 3}, 3, None),
    ],
)
def test_what_counts(marks: dict[Role, float], points: float | None, missing: str | None) -> None:
    found = settle({role: mark(value) for role, value in marks.items()})
    assert (found.points, found.missing) == (points, missing)
