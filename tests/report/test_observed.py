"""Observed role plays in the report: who has passed, who is not observed yet, and nothing of it among the quizzes."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

from peercourse.grading.folder import Released, ReleasedItem
from peercourse.grading.observation import Observation
from peercourse.grading.observed import ObservedPlay
from peercourse.grading.result import ItemResult, Result
from peercourse.quiz.types.observed import PassRule
from peercourse.report.cohort import Cohort
from peercourse.report.findings import find
from peercourse.report.page import page_html
from peercourse.report.share_page import share_page
from peercourse.report.shared import share
from peercourse.report.trainer_page import trainer_page

ITEMS = tuple(ReleasedItem(name, "observed", f"{name}-score", 2.0) for name in ("questions", "closes"))
ABOUT = ("observation", 1, "Observed role play", "observation-v1", None, ITEMS)
SHEET = Released(*ABOUT, source="", release="", kind="observation", rule=PassRule(not_shown=0, full=1))
NOTE = "<b>“Take your time.”</b>"


def observed(trainee: str, *levels: str, sheets: int = 1) -> ObservedPlay:
    items = tuple(ItemResult(item, level, 0.0, None, False) for item, level in zip(ITEMS, levels, strict=True))
    result = Result(trainee, SHEET, datetime(2026, 3, 5, tzinfo=UTC), items, 0.0, True)
    held = {item.id: level for item, level in zip(ITEMS, levels, strict=True)}
    return ObservedPlay(result, Observation("anna", date(2026, 3, 5), "third-visit", NOTE, held), sheets)


def cohort(*found: ObservedPlay) -> Cohort:
    return Cohort(
        results=tuple(one.result for one in found),
        released={SHEET.assignment: SHEET},
        banks={},
        roster=frozenset(["nurse-1", "nurse-2", "nurse-3"]),
        observed=found,
    )


def text(html: str) -> str:
    return html[html.index('id="observed"') :]


def test_who_has_passed_and_who_is_not_observed_yet() -> None:
    found = cohort(observed("nurse-1", "full", "basic"), observed("nurse-2", "full", "harmful", sheets=2))
    page = page_html(trainer_page(found, find(found), (), date(2026, 4, 1)))
    section = text(page)
    assert "2 trainees observed, 1 passed." in section
    assert "Not observed yet: nurse-3." in section
    rows = [row for row in section.split("<tr>") if "anna" in row]
    assert [("not passed" in row, "nurse-2" in row) for row in rows] == [(False, False), (True, True)]
    assert "%" not in section[: section.index("Not observed yet")]
    assert NOTE not in page
    assert "&lt;b&gt;“Take your time.”" in section


def test_sheets_are_no_quizzes_and_leave_the_copy_for_others_as_it_was() -> None:
    found = cohort(observed("nurse-1", "full", "basic"))
    assert (found.graded, found.graded_quizzes, found.evaluation, found.unread) == ((), (), (), 0)
    without = dataclasses.replace(found, results=(), observed=())
    shared: list[Any] = [page_html(share_page(share(one), date(2026, 4, 1))) for one in (found, without)]
    assert shared[0] == shared[1]
    assert "anna" not in shared[0]
