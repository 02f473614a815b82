"""A publishing build insists on the host's own, checked contacts; it never falls back to others."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

from peercourse.content.course import load_course
from peercourse.content.institution import missing_for_publication, read_institution
from peercourse.feedback.make import rationales_shown

TODAY = datetime.date(2026, 11, 23)


def missing(root: Path) -> dict[str, str]:
    institution, source = read_institution(root)
    return {problem.field: problem.message for problem in missing_for_publication(institution, source, TODAY)}


def filled_in(root: Path) -> Path:
    """The file as a host would fill it in."""
    path = root / "institution.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data |= {
        "name": "Sandhill Hospital",
        "country": "Freedonia",
        "site_url": "https://sandhill.example/peer/",
        "example": False,
        "sign_off": {"name": "A. Reader", "role": "Head of staff support", "date": "2026-10-01"},
        "contacts_reviewed": "2026-10-01",
        "contacts_review_due": "2027-04-01",
    }
    for contact in data["contacts"].values():
        contact |= {
            "number": "000 000",
            "where": "",
            "hours": "always",
            "source": "the service's page",
            "checked": "2026-10-01, A. Reader",
        }
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return path


def test_the_file_as_delivered_cannot_be_published_and_every_gap_is_named(course_copy: Path) -> None:
    gaps = missing(course_copy)
    for field in (
        "example",
        "country",
        "site_url",
        "sign_off.name",
        "contacts_reviewed",
        "contacts.crisis_line.number",
    ):
        assert field in gaps, field


def test_a_filled_in_file_can_be_published(course_copy: Path) -> None:
    filled_in(course_copy)
    assert missing(course_copy) == {}


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("contacts_review_due: '2027-04-01'", "contacts_review_due: '2026-11-22'", "contacts_review_due"),
        ("contacts_review_due: '2027-04-01'", "contacts_review_due: soon", "contacts_review_due"),
        ("site_url: https://sandhill.example/peer/", "site_url: sandhill", "site_url"),
        ("country: Freedonia", "country: ''", "country"),
        ("    number: 000 000", "    number: ''", "contacts.emergency"),
        ("    source: the service's page", "    source: ''", "contacts.emergency.source"),
        ("    hours: always", "    hours: '[its hours]'", "contacts.emergency.hours"),
        ("name: Sandhill Hospital", "name: Your hospital", "name"),
        ("  name: A. Reader", "  name: ''", "sign_off.name"),
        ("example: false", "example: true", "example"),
    ],
)
def test_each_gap_stops_publication_by_name(course_copy: Path, old: str, new: str, field: str) -> None:
    path = filled_in(course_copy)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert field in missing(course_copy)


def test_contacts_last_checked_in_time_on_the_day_itself(course_copy: Path) -> None:
    path = filled_in(course_copy)
    path.write_text(path.read_text(encoding="utf-8").replace("2027-04-01", TODAY.isoformat()), encoding="utf-8")
    assert missing(course_copy) == {}


@pytest.mark.parametrize(
    ("language", "advice"),
    [
        ("nb", "copy src/peercourse/words/en.yml to src/peercourse/words/nb.yml and translate it"),
        ("xx", "which is no language that is known; write its code, such as 'en' or 'nb'"),
    ],
)
def test_a_language_without_words_is_named_with_its_line(problems_after, language: str, advice: str) -> None:
    (problem,) = problems_after("institution.yml", "language: en", f"language: {language}")
    assert problem.startswith(f"institution.yml:5: language: is '{language}', ")
    assert problem.endswith(advice)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("rationales: always", "feedback.rationales: is 'always'; write one of 'never' or 'after_closing'"),
        ("rationales: after_closing", "has no closing_date; write it as 2027-01-31"),
        ("rationales: never\n  closing_date: soon", "feedback.closing_date: is 'soon'; write a date as 2027-01-31"),
        ("rationales: never\n  closing: 2027-01-31", "feedback.closing: is not a field that is known here"),
    ],
)
def test_a_wrong_rule_for_feedback_is_named(problems_after, written: str, advice: str) -> None:
    (problem,) = problems_after("institution.yml", "rationales: never", written)
    assert problem.startswith("institution.yml:")
    assert advice in problem


@pytest.mark.parametrize(
    ("rules", "today", "shown"),
    [
        ("rationales: never\n  closing_date: 2027-01-31", "2027-02-01", False),
        ("rationales: after_closing\n  closing_date: 2027-01-31", "2027-01-31", False),
        ("rationales: after_closing\n  closing_date: 2027-01-31", "2027-02-01", True),
    ],
)
def test_rationales_are_shown_from_the_day_after_closing(
    course_copy: Path, rules: str, today: str, shown: bool
) -> None:
    path = course_copy / "institution.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("rationales: never", rules), encoding="utf-8")
    assert rationales_shown(load_course(course_copy), datetime.date.fromisoformat(today)) is shown


def test_an_institution_that_says_nothing_about_feedback_shows_no_rationale(course_copy: Path) -> None:
    path = course_copy / "institution.yml"
    path.write_text(path.read_text(encoding="utf-8").partition("\nfeedback:")[0], encoding="utf-8")
    assert not rationales_shown(load_course(course_copy), datetime.date(2100, 1, 1))
