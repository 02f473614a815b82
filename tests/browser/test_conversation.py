"""Practice conversations: played by keyboard alone, left and gone on with, and read where nothing can be played."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from peercourse.book.conversations import Placed, conversations_of
from peercourse.content.course import load_course
from peercourse.practice.conversation import Conversation, Reply
from peercourse.practice.graph import best_path, poor_path

pytestmark = pytest.mark.browser

COURSE = load_course(Path(__file__).resolve().parents[2])
PLACED = conversations_of(COURSE)
EVERY = pytest.mark.parametrize("placed", PLACED, ids=lambda placed: placed.conversation.id)
ASK, CALLED_AWAY = "What do you say?", 3
WHOM = ("person", "group")
CALM = {"reduced_motion": "reduce"}
OFF = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }})"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"


def path_of(placed: Placed) -> str:
    return f"{placed.pagename}.html"


def key_of(placed: Placed) -> str:
    return f"peercourse/conversation/{placed.conversation.id}"


def record_of(page: Page, placed: Placed) -> Any:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", key_of(placed)))


def keep(page: Page, placed: Placed, text: str) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key_of(placed), text])
    page.reload()


def plain(text: str) -> str:
    return " ".join(text.split())


def spoken(text: str) -> str:
    return plain(f"“{text.replace('“', '‘').replace('”', '’')}”")


def words_of(reply: Reply) -> str:
    return spoken(reply.say) if reply.say else plain(reply.do or "")


def name_of(reply: Reply) -> str:
    """What the coach calls a reply."""
    if reply.skill:
        return COURSE.words(f"skills.{reply.skill}")
    return COURSE.words(f"slips.{reply.slip}") if reply.slip else COURSE.words("conversation.neither")


def lines_of(conversation: Conversation, name: str) -> list[str | re.Pattern[str]]:
    """What is to be seen and heard at a turn, and how the colleague or the group is, in words."""
    node = conversation.nodes[name]
    said = [part for line in node.says for part in (line.who or conversation.colleague, spoken(line.text))]
    states = [
        re.compile("|".join(COURSE.words(f"conversation.shows.{whom}.{what}.level-{level}") for whom in WHOM))
        for what, level in (("open", node.shows.open), ("distress", node.shows.distress))
    ]
    return [*([plain(node.scene)] if node.scene else []), *said, *states]


def replies_on(conversation: Conversation, way: Any) -> list[tuple[str, Reply]]:
    """The turns of a path, each with the reply given there."""
    return [(turn.node, conversation.nodes[turn.node].replies[turn.reply]) for turn in way.turns]


def holds(place: Locator, texts: Sequence[str | re.Pattern[str]]) -> None:
    held = plain(place.text_content() or "")
    missing = [text for text in texts if not (text in held if isinstance(text, str) else text.search(held))]
    assert missing == []


def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    """Press a key until what has the focus bears the words."""
    for _ in range(40):
        page.keyboard.press(key)
        if plain(page.evaluate("document.activeElement.textContent")) == words:
            return
    pytest.fail(f"{key} does not lead to: {words}")


def say(page: Page, reply: Reply) -> None:
    page.locator(".now").get_by_role("button", name=words_of(reply), exact=True).click()


def calm(visitor: Any, placed: Placed) -> Page:
    """The page, opened by somebody who wants no motion: nobody has to wait for it to come to rest."""
    return visitor.open(path_of(placed), **CALM)


def play(page: Page, steps: list[tuple[str, Reply]]) -> None:
    for _, reply in steps:
        say(page, reply)


def has_ended(page: Page, conversation: Conversation, ending: str) -> None:
    expect(page.locator(".now .ending :is(h2, h3)").first).to_have_text(plain(conversation.endings[ending].title))


@pytest.fixture
def placed() -> Placed:
    """One conversation, where one is enough."""
    return PLACED[-1]


@pytest.fixture
def best(placed) -> Any:
    """Its best path."""
    return best_path(placed.conversation)


@EVERY
@pytest.mark.parametrize("find", [best_path, poor_path], ids=["best", "poor"])
def test_by_keyboard_alone_it_is_played_to_its_end_and_talked_over(visitor, placed, find) -> None:
    conversation, way = placed.conversation, find(placed.conversation)
    page = visitor.open(path_of(placed))
    tab_to(page, "Skip to content")
    page.keyboard.press("Enter")
    thread, now = page.get_by_role("log"), page.locator(".now")
    steps = replies_on(conversation, way)
    for number, (name, reply) in enumerate(steps):
        expect(thread.locator(".thread > li")).to_have_count(2 * number + 1)
        holds(thread.locator(".thread > li").last, lines_of(conversation, name))
        expect(now.locator(".choices button")).to_have_count(len(conversation.nodes[name].replies))
        tab_to(page, words_of(reply))
        page.keyboard.press("Enter" if number % 2 else "Space")
        wanted = ASK if reply.goto in conversation.nodes else plain(conversation.endings[reply.goto].title)
        expect(page.locator(":is(h2, h3):focus")).to_have_text(wanted)

    ending = conversation.endings[way.ending]
    holds(now.locator(".ending"), [plain(text) for text in (ending.title, ending.text, ending.debrief, ending.next)])
    expect(now.get_by_role("heading", name="One thing to try next")).to_be_visible()
    expect(now).to_contain_text(f"You have reached 1 of {len(conversation.endings)} endings.")
    lines = now.locator(".debrief > li")
    expect(lines).to_have_count(len(steps))
    for line, (name, reply) in zip(lines.all(), steps, strict=True):
        holds(line, [*lines_of(conversation, name), words_of(reply), name_of(reply), plain(reply.coach)])
        expect(line.locator(".coach")).to_be_visible()
    tab_to(page, "Start again")
    tab_to(page, "Try again from here", "Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator(":focus")).to_have_text(ASK)
    holds(thread.locator(".thread > li").last, lines_of(conversation, steps[-1][0]))


@EVERY
def test_the_coach_answers_before_and_after_choosing(visitor, placed) -> None:
    conversation = placed.conversation
    page = calm(visitor, placed)
    steps = replies_on(conversation, best_path(conversation))
    for name, reply in steps[:2]:
        choices = page.locator(".now .choices > li")
        expect(choices.locator(".coach:visible")).to_have_count(0)
        page.get_by_role("button", name="Ask the coach about these replies").click()
        for one in conversation.nodes[name].replies:
            row = choices.filter(has=page.get_by_role("button", name=words_of(one), exact=True))
            expect(row.locator(".coach")).to_be_visible()
            holds(row.locator(".coach"), [name_of(one), plain(one.coach)])
        page.get_by_role("button", name="Hide the coach’s view").click()
        expect(choices.locator(".coach:visible")).to_have_count(0)
        say(page, reply)
    views = page.get_by_role("log").locator(".mine")
    for view, (_, reply) in zip(views.all(), steps[:2], strict=True):
        view.locator("summary", has_text="Coach’s view").click()
        expect(view.locator(".coach")).to_be_visible()
        holds(view.locator(".coach"), [name_of(reply), plain(reply.coach)])


def test_turns_can_be_taken_back_and_the_whole_begun_again(visitor, placed, best) -> None:
    conversation, steps = placed.conversation, replies_on(placed.conversation, best)
    page = calm(visitor, placed)
    back, again = (page.get_by_role("button", name=name) for name in ("Back one turn", "Start again"))
    shown = page.get_by_role("log").locator(".thread > li")
    expect(back).to_be_disabled()
    play(page, steps[:3])
    back.click()
    expect(shown).to_have_count(5)
    holds(shown.last, lines_of(conversation, steps[2][0]))
    expect(page.locator(":focus")).to_have_text(ASK)
    again.click()
    expect(shown).to_have_count(1)
    holds(shown.last, lines_of(conversation, conversation.start))
    play(page, steps)
    has_ended(page, conversation, best.ending)
    page.get_by_role("button", name="Try again from turn 3").click()
    expect(shown).to_have_count(5)
    holds(shown.last, lines_of(conversation, steps[2][0]))
    play(page, steps[2:])
    expect(page.locator(".now")).to_contain_text(f"You have reached 1 of {len(conversation.endings)} endings.")


@EVERY
def test_who_is_called_away_goes_on_where_they_were(visitor, placed) -> None:
    conversation, way = placed.conversation, best_path(placed.conversation)
    steps = replies_on(conversation, way)
    page = calm(visitor, placed)
    play(page, steps[:CALLED_AWAY])
    page.reload()
    expect(page.locator(".play > [role=status]")).to_have_text("You are back where you left off.")
    shown = page.get_by_role("log").locator(".thread > li")
    expect(shown).to_have_count(2 * CALLED_AWAY + 1)
    for index, (name, reply) in enumerate(steps[:CALLED_AWAY]):
        holds(shown.nth(2 * index), lines_of(conversation, name))
        holds(shown.nth(2 * index + 1), [words_of(reply)])
    play(page, steps[CALLED_AWAY:])
    has_ended(page, conversation, way.ending)
    page.reload()
    has_ended(page, conversation, way.ending)


def test_what_has_been_revised_since_begins_anew_and_keeps_the_endings_reached(visitor, placed, best) -> None:
    poor = poor_path(placed.conversation)
    page = calm(visitor, placed)
    play(page, replies_on(placed.conversation, poor))
    page.get_by_role("button", name="Start again").click()
    play(page, replies_on(placed.conversation, best)[:2])
    keep(page, placed, json.dumps({**record_of(page, placed), "edition": "00000000"}))
    expect(page.get_by_text("has been revised since you were here, so it begins anew")).to_be_visible()
    expect(page.get_by_role("log").locator(".thread > li")).to_have_count(1)
    play(page, replies_on(placed.conversation, best))
    expect(page.locator(".now")).to_contain_text("You have reached 2 of")
    assert sorted(record_of(page, placed)["endings"]) == sorted([best.ending, poor.ending])


def test_the_place_of_a_later_edition_stays_untouched(visitor, placed, best) -> None:
    page = calm(visitor, placed)
    later = '{"schema": 99,  "kind":"conversation", "path": "in some other form"}'
    keep(page, placed, later)
    expect(page.get_by_text("A later edition of this course keeps its place here.")).to_be_visible()
    play(page, replies_on(placed.conversation, best))
    has_ended(page, placed.conversation, best.ending)
    page.get_by_role("button", name="Start again").click()
    assert page.evaluate("(key) => localStorage.getItem(key)", key_of(placed)) == later


@pytest.mark.parametrize("trouble", [OFF, FULL], ids=["off", "full"])
def test_where_the_browser_keeps_nothing_it_says_so_and_goes_on(visitor, placed, best, trouble) -> None:
    context = visitor.context(**CALM)
    context.add_init_script(trouble)
    page = context.new_page()
    page.goto(visitor.url(path_of(placed)))
    for step in replies_on(placed.conversation, best):
        play(page, [step])
        expect(page.get_by_text("This browser keeps nothing for this page.").first).to_be_visible()
    has_ended(page, placed.conversation, best.ending)


def test_from_a_stick_without_network_it_is_played_and_kept(visitor, placed, best) -> None:
    context = visitor.context(**CALM)
    context.set_offline(True)
    page = context.new_page()
    page.goto(visitor.url(path_of(placed), "file"))
    steps = replies_on(placed.conversation, best)
    play(page, steps[:CALLED_AWAY])
    page.reload()
    play(page, steps[CALLED_AWAY:])
    has_ended(page, placed.conversation, best.ending)


@EVERY
def test_without_scripts_everything_can_be_read(visitor, placed) -> None:
    conversation, way = placed.conversation, best_path(placed.conversation)
    page = visitor.open(path_of(placed), java_script_enabled=False, **CALM)
    expect(page.locator(".conversation .notice")).to_contain_text("so the conversation does not answer")
    expect(page.locator(".conversation .notice")).to_be_visible()
    turns = page.locator("ol.turns > li").all()
    assert [turn.get_attribute("data-turn") for turn in turns] == [turn.node for turn in way.turns]
    for turn, (name, reply) in zip(turns, replies_on(conversation, way), strict=True):
        holds(turn, lines_of(conversation, name))
        expect(turn.locator(".reply").first.locator(".coach")).to_be_visible()
        holds(turn.locator(".reply").first, [words_of(reply), name_of(reply), plain(reply.coach)])
    for summary in page.locator(".conversation summary").all():
        summary.click()
    for name, node in conversation.nodes.items():
        turn = page.locator(f'#turn-{name}[data-turn="{name}"]')
        holds(turn, lines_of(conversation, name))
        holds(turn, [text for one in node.replies for text in (words_of(one), name_of(one), plain(one.coach))])
        expect(turn.locator(".reply .coach:visible")).to_have_count(len(node.replies))
        links = [link.get_attribute("href") for link in turn.get_by_role("link", name="What follows").all()]
        assert sorted(links) == sorted(f"#turn-{one.goto}" for one in node.replies)
    for name, ending in conversation.endings.items():
        told = page.locator(f'#turn-{name}[data-ending="{name}"]')
        expect(told).to_be_visible()
        holds(told, [plain(text) for text in (ending.title, ending.text, ending.debrief, ending.next)])


@pytest.mark.parametrize(("motion", "scrolling"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_who_wants_no_motion_gets_none(visitor, placed, motion, scrolling) -> None:
    page = visitor.open(path_of(placed), reduced_motion=motion)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == scrolling
