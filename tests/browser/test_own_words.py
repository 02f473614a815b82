"""Say it yourself and spot the slip: one's own words come first, and every choice is answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from peercourse.content.course import load_course
from peercourse.content.module import Module
from peercourse.practice.slip_pair import Said, SlipPair

pytestmark = pytest.mark.browser

COURSE = load_course(Path(__file__).resolve().parents[2])
MODULES = [module for module in COURSE.modules if module.practice.slips or module.practice.own_words]
EVERY = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.settings.id)
OWN = "You sat with her for an hour.\nShall I stay until the bus comes?"
OFF = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }})"


def path_of(module: Module) -> str:
    return f"modules/{module.folder.name}/practice.html"


def plain(text: str) -> str:
    return " ".join(text.split())


def quoted(text: str) -> str:
    return plain(f"“{text.replace('“', '‘').replace('”', '’')}”")


def words_of(reply: Said) -> str:
    return quoted(reply.say) if reply.say else plain(reply.words)


@pytest.fixture(scope="module")
def home_of(page_with) -> Any:
    """Finds the page on which a pair of replies stands, the boosters apart."""

    def found(pair: SlipPair) -> str:
        return next(path for path in page_with(f'id="check-{pair.id}"') if path.startswith("modules/"))

    return found


def worked_of(place: Locator) -> Locator:
    return place.locator(".worked")


def written_and_compared(place: Locator) -> None:
    place.get_by_role("textbox").fill(OWN)
    place.get_by_role("button", name="Compare").click()


@pytest.fixture(params=["http", "file"])
def prompt(request, visitor) -> tuple[Any, Any, Locator]:
    """The page with the first prompt of the course, that prompt, and its place."""
    module = next(module for module in MODULES if module.practice.own_words)
    first = next(iter(module.practice.own_words.values()))
    page = visitor.open(path_of(module), request.param)
    return page, first, page.locator(f'[data-own-words="{first.id}"]')


def test_nothing_is_shown_before_one_has_written(prompt) -> None:
    _, _, place = prompt
    expect(worked_of(place)).to_be_hidden()
    for empty in ("", " \n "):
        place.get_by_role("textbox").fill(empty)
        place.get_by_role("button", name="Compare").click()
        expect(place.get_by_role("status")).to_have_text("Write a sentence first. It need not be a good one.")
        expect(place.get_by_role("textbox")).to_be_focused()
        expect(worked_of(place)).to_be_hidden()


def test_three_replies_and_a_list_of_questions_follow_and_all_is_there_on_coming_back(prompt) -> None:
    page, first, place = prompt
    written_and_compared(place)
    replies = worked_of(place).locator("li")
    expect(replies).to_have_count(3)
    for shown, one in zip(replies.all(), first.worked, strict=True):
        expect(shown).to_be_visible()
        expect(shown).to_contain_text(quoted(one.say))
        expect(shown).to_contain_text(plain(one.note))
    expect(worked_of(place).locator("summary")).to_be_focused()
    ticks = place.get_by_role("checkbox")
    expect(ticks).to_have_count(len(first.checklist))
    for question in first.checklist:
        expect(place.get_by_label(plain(question), exact=True)).to_be_visible()
    ticks.last.check()

    page.reload()
    expect(place.get_by_role("textbox")).to_have_value(OWN)
    expect(place.get_by_role("status")).to_have_text("Your words are back, as kept on this device.")
    expect(ticks.first).not_to_be_checked()
    expect(ticks.last).to_be_checked()
    expect(ticks.last).to_be_visible()


def test_where_the_browser_keeps_nothing_one_can_still_compare(visitor) -> None:
    module = next(module for module in MODULES if module.practice.own_words)
    context = visitor.context()
    context.add_init_script(OFF)
    page = context.new_page()
    page.goto(visitor.url(path_of(module)))
    place = page.locator("[data-own-words]").first
    written_and_compared(place)
    expect(worked_of(place).locator("li")).to_have_count(3)
    expect(worked_of(place).locator("li").first).to_be_visible()
    expect(place.get_by_role("status")).to_contain_text("This browser keeps nothing for this page.")


@EVERY
def test_without_scripts_prompts_and_replies_can_be_read(visitor, module, home_of) -> None:
    page = visitor.open(path_of(module), java_script_enabled=False)
    for prompt in module.practice.own_words.values():
        place = page.locator(f'[data-own-words="{prompt.id}"]')
        expect(place.get_by_text(plain(prompt.story), exact=True)).to_be_visible()
        expect(place.get_by_text(plain(prompt.ask))).to_be_visible()
        expect(place.locator("noscript .notice")).to_contain_text("Write on paper, then open the replies.")
        expect(place.get_by_role("button", name="Compare")).to_be_hidden()
        place.locator("summary").click()
        for one in prompt.worked:
            expect(place.get_by_text(quoted(one.say), exact=True)).to_be_visible()
        for question in prompt.checklist:
            expect(place.get_by_text(plain(question), exact=True)).to_be_visible()
    for pair in module.practice.slips.values():
        page.goto(visitor.url(home_of(pair)))
        form = page.locator(f"#check-{pair.id}")
        form.locator("summary").click()
        for reply in (pair.hurts, pair.helps):
            expect(form.get_by_text(plain(reply.why), exact=True)).to_be_visible()


def choose(form: Locator, reply: Said) -> Locator:
    """Answer with one of the two replies; gives what is said to that."""
    form.locator("label", has_text=words_of(reply)).locator("input").check()
    form.get_by_role("button", name="Check").click()
    shown = form.get_by_role("status").locator(".remark")
    expect(shown).to_have_count(1)
    return shown


@EVERY
def test_each_reply_of_each_slip_is_met_with_what_it_does(visitor, module, home_of) -> None:
    page = visitor.context().new_page()
    for pair in module.practice.slips.values():
        page.goto(visitor.url(home_of(pair)))
        form = page.locator(f"#check-{pair.id}")
        expect(form.get_by_role("radio")).to_have_count(2)
        expect(form.get_by_role("group")).to_contain_text(f"{quoted(pair.says)} Which reply hurts?")
        hurts = choose(form, pair.hurts)
        expect(hurts).to_contain_text(f"✓ Yes, this one hurts: {COURSE.words(f'slips.{pair.hurts.slip}')}")
        expect(hurts).to_contain_text(plain(pair.hurts.why))
        helps = choose(form, pair.helps)
        expect(helps).to_contain_text("○ No, this one helps")
        expect(helps).to_contain_text(plain(pair.helps.why))


def test_the_reply_that_hurts_does_not_always_stand_in_the_same_place(visitor, home_of) -> None:
    page = visitor.context(java_script_enabled=False).new_page()
    places = set()
    for pair in (pair for module in MODULES for pair in module.practice.slips.values()):
        if page.url != (home := visitor.url(home_of(pair))):
            page.goto(home)
        labels = page.locator(f"#check-{pair.id} label").all_inner_texts()
        places |= {place for place, text in enumerate(labels) if words_of(pair.hurts) in plain(text)}
    assert places == {0, 1}
