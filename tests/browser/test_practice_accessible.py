"""Practice in each of its states: accessible (axe-core) in light and dark, wide and narrow, and nothing runs off it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from accessibility import scrolls_sideways, violations_in_both_schemes
from playwright.sync_api import Page, expect

from peercourse.book.conversations import Placed, conversations_of
from peercourse.content.course import load_course
from peercourse.practice.graph import Path as Way
from peercourse.practice.graph import best_path, poor_path

pytestmark = pytest.mark.browser

WIDE, NARROW, ENLARGED = ({"width": width, "height": 800} for width in (1280, 320, 640))
PLACED = conversations_of(load_course(Path(__file__).resolve().parents[2]))
LARGEST = max(PLACED, key=lambda placed: len(placed.conversation.model_dump_json()))
GROUP = max(PLACED, key=lambda placed: len(placed.conversation.people))
PRACTICE = "modules/02-active-listening/practice.html"
OWN = "I am here until nine, and I have nowhere to be."

both = pytest.mark.parametrize("placed", [LARGEST, GROUP], ids=["largest", "group"])
widths = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])


def faults(page: Page) -> list[str]:
    """What axe-core finds on a wide and a narrow screen, in light and dark, and whether anything runs off them."""
    found = []
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)
        sideways = ["scrolls sideways"] if scrolls_sideways(page) else []
        found += [f"{viewport['width']} px: {fault}" for fault in (*violations_in_both_schemes(page), *sideways)]
    return found


def go(page: Page, placed: Placed, way: Way, turns: int | None = None) -> None:
    """Choose the replies of a path, up to a turn or to the end."""
    nodes = placed.conversation.nodes
    for turn in way.turns[:turns]:
        reply = nodes[turn.node].replies[turn.reply]
        words = reply.say.replace("“", "‘").replace("”", "’") if reply.say else reply.words
        page.locator(".now .choices button", has_text=words).click()


def states(page: Page, placed: Placed) -> Iterator[str]:
    """Brings the page of a conversation into one state after another, and names it."""
    best, poor = best_path(placed.conversation), poor_path(placed.conversation)
    assert best
    assert poor
    yield "start"
    page.get_by_role("button", name="Ask the coach about these replies").click()
    yield "the coach asked"
    go(page, placed, best, 2)
    yield "in the middle"
    for summary in page.get_by_role("log").locator("summary").all():
        summary.click()
    expect(page.get_by_role("log").locator(".coach:visible")).to_have_count(2)
    yield "the coach’s view of what was said"
    page.get_by_role("button", name="Start again").click()
    go(page, placed, poor)
    expect(page.locator(".now .ending.poor")).to_be_visible()
    yield "a poor ending"
    page.get_by_role("button", name="Start again").click()
    go(page, placed, best)
    expect(page.locator(".now .ending.good")).to_be_visible()
    yield "a good ending"
    page.get_by_role("button", name="Read it all instead").click()
    for summary in page.locator(".whole summary").all():
        summary.click()
    yield "the whole text"


def test_there_is_a_group_to_practise_with() -> None:
    assert len(GROUP.conversation.people) > 2


@both
def test_a_conversation_is_clean_in_each_state(visitor, placed) -> None:
    page = visitor.open(f"{placed.pagename}.html", reduced_motion="reduce")
    problems = {state: found for state in states(page, placed) if (found := faults(page))}
    assert problems == {}


def doubled(page: Page) -> None:
    page.evaluate("document.documentElement.style.fontSize = '200%'")


@both
def test_a_conversation_fits_with_text_at_twice_its_size(visitor, placed) -> None:
    page = visitor.open(f"{placed.pagename}.html", viewport=ENLARGED, reduced_motion="reduce")
    doubled(page)
    assert [state for state in states(page, placed) if scrolls_sideways(page)] == []


@both
@widths
def test_a_conversation_fits_without_scripts_too(visitor, placed, viewport) -> None:
    page = visitor.open(f"{placed.pagename}.html", viewport=viewport, java_script_enabled=False)
    for summary in page.locator(".conversation summary").all():
        summary.click()
    assert not scrolls_sideways(page)


def practised(page: Page) -> None:
    """A slip answered both ways, its feedback opened, and one's own words compared and rated."""
    for slip in page.locator("section.slip").all()[:2]:
        slip.get_by_role("radio").first.check()
        slip.get_by_role("button", name="Check").click()
        slip.locator("summary").click()
    say = page.locator("section.say-it").first
    say.get_by_role("textbox").fill(OWN)
    say.get_by_role("button", name="Compare").click()
    say.get_by_role("checkbox").first.check()
    expect(say.locator(".worked li").first).to_be_visible()


@pytest.mark.parametrize("path", [PRACTICE, "book/boosters/month-01.html"], ids=["practice", "booster"])
def test_practice_is_clean_before_and_after(visitor, path) -> None:
    page = visitor.open(path, reduced_motion="reduce")
    assert faults(page) == [], "before"
    practised(page)
    assert faults(page) == [], "after"
    page.locator("section.say-it textarea").first.fill("")
    page.locator("section.say-it").first.get_by_role("button", name="Compare").click()
    assert faults(page) == [], "nothing written"


def test_progress_with_marks_and_notes_is_clean(visitor) -> None:
    page = visitor.open(f"{LARGEST.pagename}.html", reduced_motion="reduce")
    way = poor_path(LARGEST.conversation)
    assert way
    go(page, LARGEST, way)
    page.get_by_text("Write a private note").click()
    page.get_by_role("textbox", name="Write a private note").fill(f"{OWN}\n" + "verylongword" * 20)
    problems = {"an ending and a note": faults(page)}
    page.goto(visitor.url("book/progress.html"))
    expect(page.locator(".marks").first).to_be_visible()
    expect(page.locator(".own-note")).to_be_visible()
    problems["marks and notes"] = faults(page)
    page.get_by_role("button", name="Delete everything").click()
    problems["asking before deleting"] = faults(page)
    page.get_by_role("button", name="Delete", exact=True).last.click()
    problems["nothing kept"] = faults(page)
    page.get_by_role("button", name="Forget what I read").click()
    problems["noting switched off"] = faults(page)
    assert {state: found for state, found in problems.items() if found} == {}


def test_the_calendar_and_the_room_are_clean(visitor) -> None:
    page = visitor.open("book/boosters/index.html")
    with page.expect_download():
        page.get_by_role("button", name="Save the four dates").click()
    assert faults(page) == [], "saved"
    page.goto(visitor.url("book/practice.html"))
    assert faults(page) == [], "the room"


@pytest.mark.parametrize("path", [PRACTICE, "book/boosters/month-01.html"])
def test_practice_fits_with_text_at_twice_its_size(visitor, path) -> None:
    page = visitor.open(path, viewport=ENLARGED, reduced_motion="reduce")
    doubled(page)
    practised(page)
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("path", ["book/boosters/index.html", "book/practice.html", "book/progress.html"])
def test_lists_and_forms_fit_with_text_at_twice_their_size(visitor, path) -> None:
    page = visitor.open(path, viewport=ENLARGED)
    doubled(page)
    assert not scrolls_sideways(page)
