"""Sheets of role plays that nobody played: taken in as they are, alike for the same seed, and not all passed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from peercourse.content.course import Course, load_course
from peercourse.demo.cohort import cohort
from peercourse.demo.handing_in import plan_files
from peercourse.demo.marker import DemoSettings
from peercourse.demo.observed import OBSERVERS, Seen, plan_sheets, write_sheets
from peercourse.grading.folder import Released, released_items
from peercourse.grading.inbox import Candidate, read_inbox
from peercourse.grading.submission import Submission, Take, read_submission
from peercourse.quiz.release import release_notebooks
from peercourse.quiz.sheet import OBSERVATION, Sheet

ROOT = Path(__file__).resolve().parents[2]
SIXTY = DemoSettings(60, 1)


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


@pytest.fixture(scope="module")
def release(course: Course) -> str:
    return next(iter(release_notebooks([sheet_of(course)]).values()))


def sheet_of(course: Course) -> Sheet:
    assert course.sheet is not None
    return course.sheet


def planned(course: Course, settings: DemoSettings) -> list[Seen]:
    assert course.role_play is not None
    files = plan_files(cohort(settings), course.current, settings)
    return plan_sheets(files, sheet_of(course), [card.id for card in course.role_play.cards], settings)


def collected(folder: Path, sheet: Sheet, release: str) -> list[Any]:
    """What collect makes of a folder of sheets."""
    about = (sheet.id, sheet.version, sheet.title, sheet.assignment, None, released_items(sheet))
    released = Released(*about, source="", release="", kind=OBSERVATION, rule=sheet.rule)
    take = Take({sheet.assignment: released}, {sheet.assignment: json.loads(release)}, None, frozenset(OBSERVERS), True)
    return [read_submission(found, take) for found in read_inbox(folder) if isinstance(found, Candidate)]


def test_every_sheet_is_taken_in(course: Course, release: str, tmp_path: Path) -> None:
    seen = planned(course, SIXTY)
    write_sheets(seen, release, tmp_path)
    found = collected(tmp_path / "observed", sheet_of(course), release)
    assert len(found) == len(seen) > 40
    assert all(isinstance(one, Submission) and not one.remarks for one in found), found
    assert {(one.trainee, one.time) for one in found} == {
        (one.person.id, one.time.astimezone(UTC).replace(microsecond=0)) for one in seen
    }


def test_some_pass_some_do_not_and_some_try_again(course: Course) -> None:
    sheet, seen = sheet_of(course), planned(course, SIXTY)
    passed = [sheet.rule.passes(str(one.answers[item.id]) for item in sheet.items()) for one in seen]
    assert 0.4 < sum(passed) / len(passed) < 0.95
    again = {one.person.id for one in seen if one.attempt == 2}
    failed = {one.person.id for one, well in zip(seen, passed, strict=True) if one.attempt == 1 and not well}
    assert again
    assert again < failed
    assert len({one.person.id for one in seen}) < SIXTY.trainees, "somebody was not observed"


def test_the_same_seed_gives_the_same_bytes(course: Course, release: str, tmp_path: Path) -> None:
    def digest(name: str, seed: int) -> list[str]:
        (tmp_path / name).mkdir()
        write_sheets(planned(course, DemoSettings(5, seed)), release, tmp_path / name)
        return [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((tmp_path / name).rglob("*.ipynb"))]

    first = digest("one", 1)
    assert first
    assert digest("two", 1) == first
    assert digest("three", 2) != first
