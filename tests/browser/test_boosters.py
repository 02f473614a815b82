"""Boosters: ten minutes of practice one, three, six and twelve months on, and their dates in a calendar."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar, Event
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MONTHS = (1, 3, 6, 12)
PAGES = [f"book/boosters/month-{month:02}.html" for month in MONTHS]
EXERCISES = "section.slip, form.self-check:not(.slip *), section.say-it"
WORDS_A_MINUTE, WRITING = 200, 2
READ = """(exercises) => exercises.map((exercise) => {
  const copy = exercise.cloneNode(true);
  copy.querySelectorAll("button, summary, noscript, .of, .hint").forEach((part) => part.remove());
  return copy.textContent;
})"""
"""What there is to read in exercises: no labels of buttons, and no choice a second time above its feedback."""
STARTS = [
    ("2026-11-23", ["2026-12-23", "2027-02-23", "2027-05-23", "2027-11-23"]),
    ("2027-01-31", ["2027-02-28", "2027-04-30", "2027-07-31", "2028-01-31"]),
    ("2028-02-29", ["2028-03-29", "2028-05-29", "2028-08-29", "2029-02-28"]),
    ("2027-08-31", ["2027-09-30", "2027-11-30", "2028-02-29", "2028-08-31"]),
]


def exercises(page: Page) -> list[str]:
    """The exercises of a page by their ids."""
    forms = [form.get_attribute("id") for form in page.locator("form.self-check").all()]
    prompts = [prompt.get_attribute("id") for prompt in page.locator("section.say-it").all()]
    return [str(one) for one in (*forms, *prompts)]


def minutes(page: Page) -> float:
    """How long a page's exercises take: what there is to read, feedback included, and time to write."""
    texts = page.locator(EXERCISES).evaluate_all(READ)
    words = sum(len(text.split()) for text in texts)
    return words / WORDS_A_MINUTE + WRITING * page.locator("section.say-it").count()


@pytest.mark.parametrize("path", PAGES)
def test_each_takes_about_ten_minutes_and_mixes_what_there_is(visitor, path) -> None:
    page = visitor.open(path)
    checks, prompts = page.locator("form.self-check:not(.slip *)").count(), page.locator("section.say-it").count()
    expect(page.locator("section.slip")).to_have_count(3)
    assert prompts >= 1
    assert checks >= 1 or prompts >= 2, "a second prompt where there are no more self-checks"
    assert 7 <= minutes(page) <= 13
    said = re.search(r"About (\d+) minutes", page.locator("main .lesson-facts").inner_text())
    assert said
    assert abs(int(said[1]) - minutes(page)) < 2.5, "it takes about as long as it says"


def test_none_shares_an_exercise_with_another(visitor) -> None:
    page, met = visitor.context().new_page(), []
    for path in PAGES:
        page.goto(visitor.url(path))
        met += exercises(page)
    assert sorted(met) == sorted(set(met))


def test_nobody_meets_suicide_in_them_unawares(visitor) -> None:
    page = visitor.context().new_page()
    for path in PAGES:
        page.goto(visitor.url(path))
        held = " ".join(page.locator(EXERCISES).all_text_contents()).lower()
        assert re.findall(r"suicid|kill (?:him|her|my|your|them)sel\w+|end (?:his|her|my|your|their) life", held) == []
        page.locator(".cards a").click()
        expect(page.locator("[data-conversation]")).to_be_visible()
        assert "suicid" not in (page.locator("article").text_content() or "").lower()


@pytest.mark.parametrize("path", PAGES)
def test_what_they_hold_answers(visitor, path) -> None:
    page = visitor.open(path)
    slip = page.locator("section.slip").first
    slip.get_by_role("radio").first.check()
    slip.get_by_role("button", name="Check").click()
    expect(slip.get_by_role("status")).to_contain_text(re.compile("this one hurts|this one helps"))
    say = page.locator("section.say-it").first
    say.get_by_role("textbox").fill("I have until half past.")
    say.get_by_role("button", name="Compare").click()
    expect(say.locator(".worked li").first).to_be_visible()


def calendar_of(page: Page, start: str) -> bytes:
    """The calendar file for a day on which somebody finished."""
    page.get_by_label("The day on which you finished the course").fill(start)
    with page.expect_download() as found:
        page.get_by_role("button", name="Save the four dates as a calendar file").click()
    assert found.value.suggested_filename == "peer-support-boosters.ics"
    expect(page.get_by_role("status")).to_contain_text("The file peer-support-boosters.ics is where")
    return bytes(found.value.path().read_bytes())


def events_of(raw: bytes) -> list[Event]:
    return [event for event in Calendar.from_ical(raw).walk("VEVENT") if isinstance(event, Event)]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
@pytest.mark.parametrize(("start", "dates"), STARTS)
def test_the_dates_are_right_wherever_one_is(visitor, start, dates, zone) -> None:
    events = events_of(calendar_of(visitor.open("book/boosters/index.html", timezone_id=zone), start))
    assert [str(event["DTSTART"].dt) for event in events] == dates
    assert all(type(event["DTSTART"].dt) is date for event in events), "the whole day, not an hour"


def summaries(events: list[Any]) -> list[str]:
    return [str(event["SUMMARY"]) for event in events]


def test_any_calendar_can_read_the_file_and_leads_to_the_page(visitor) -> None:
    page = visitor.open("book/boosters/index.html")
    raw = calendar_of(page, "2026-11-23")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert [line for line in raw.split(b"\r\n") if len(line) > 75] == []
    raw.decode("utf-8")
    events = events_of(raw)
    counts = ("1 month", "3 months", "6 months", "12 months")
    assert summaries(events) == [f"Peer support: {count} on, ten minutes of practice" for count in counts]
    assert [str(event["URL"]) for event in events] == [visitor.url(path) for path in PAGES]
    for event, path in zip(events, PAGES, strict=True):
        assert str(event["DESCRIPTION"]) == f"About ten minutes of mixed practice. {visitor.url(path)}"
        assert {"UID", "DTSTAMP"} <= set(event)
        assert len(event.walk("VALARM")) == 1
        page.goto(str(event["URL"]))
        expect(page.locator("section.say-it").first).to_be_visible()
    assert len({str(event["UID"]) for event in events}) == 4


def test_a_long_address_is_folded_and_comes_back_whole(visitor) -> None:
    page = visitor.open(f"book/boosters/index.html?{'grüße,;' * 12}")
    raw = calendar_of(page, "2026-11-23")
    assert [line for line in raw.split(b"\r\n") if len(line) > 75] == []
    unfolded = raw.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    assert [line for line in unfolded if line.startswith("URL:")] == [f"URL:{visitor.url(path)}" for path in PAGES]


def test_from_a_stick_the_file_tells_nobody_where_it_lies(visitor) -> None:
    raw = calendar_of(visitor.open("book/boosters/index.html", "file"), "2026-11-23")
    assert b"file:" not in raw.replace(b"\r\n ", b"")
    assert [event.get("URL") for event in events_of(raw)] == [None] * 4
    assert len(set(summaries(events_of(raw)))) == 4


def test_without_a_day_it_says_so(visitor) -> None:
    page = visitor.open("book/boosters/index.html")
    day = page.get_by_label("The day on which you finished the course")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", day.input_value()), "today, to begin with"
    day.fill("")
    page.get_by_role("button", name="Save the four dates as a calendar file").click()
    expect(page.get_by_role("status")).to_have_text("Choose a day first.")
    expect(day).to_be_focused()


def test_without_scripts_the_dates_are_said(visitor) -> None:
    page = visitor.open("book/boosters/index.html", java_script_enabled=False)
    expect(page.locator("noscript .notice")).to_contain_text("one, three, six and twelve months after the course")
    expect(page.get_by_role("button", name="Save the four dates")).to_be_hidden()
