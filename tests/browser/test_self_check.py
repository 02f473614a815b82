"""Self-checks in lessons: feedback on what was chosen, and all of it without scripts."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WORDS = {"best": "✓", "partly": "◐", "harm": "▲", "other": "○"}


@pytest.fixture(scope="module")
def lesson(page_with) -> str:
    """The page with the most self-checks' worth of types: the first that holds one."""
    found = page_with('class="self-check"')
    assert found, "no page holds a self-check"
    return str(found[0])


@pytest.mark.parametrize(("over", "most"), [("http", None), ("file", 3)], ids=["http", "file"])
def test_each_choice_of_each_check_is_met_with_its_own_feedback(visitor, page_with, over, most) -> None:
    for path in page_with('class="self-check"')[:most]:  # from a file it is the same script: a few pages show it
        page = visitor.open(path, over)
        for form in page.locator("form.self-check").all():
            for radio in form.locator('[data-shape="one"] input').all():
                radio.check()
                form.get_by_role("button", name="Check").click()
                letter = radio.get_attribute("value")
                remark = form.locator(f'details .remark[data-value="{letter}"]')
                shown = form.get_by_role("status").locator(".remark")
                expect(shown).to_have_count(1)
                assert shown.inner_html() == remark.inner_html()
                expect(shown.locator("strong")).not_to_be_empty()
                kind = (shown.get_attribute("class") or "").removeprefix("remark remark-")
                assert shown.locator(".mark").inner_text() == WORDS[kind]
                form.get_by_role("button", name="Try again").click()
                expect(radio).not_to_be_checked()
                expect(form.get_by_role("status")).to_have_text("")
                expect(form.locator("input").first).to_be_focused()


def test_checks_of_every_type_answer(visitor, page_with) -> None:
    for path in page_with('class="self-check"'):
        page = visitor.open(path)
        for form in page.locator("form.self-check").all():
            form.get_by_role("button", name="Check").click()
            expect(form.get_by_role("status")).to_contain_text("Choose an answer first")
            control = form.locator("input, select").first
            if control.evaluate("control => control.tagName") == "SELECT":
                control.select_option(index=1)
            else:
                control.check()
            form.get_by_role("button", name="Check").click()
            expect(form.get_by_role("status").locator(".remark").first).to_be_visible()
            expect(form.locator("details")).to_be_visible()


def test_each_line_of_a_triage_or_match_is_said_to_be_right_or_not(visitor, page_with) -> None:
    seen = 0
    for path in page_with("data-always"):
        for form in visitor.open(path).locator("form.self-check:has([data-always])").all():
            right = form.locator("[data-always]").first
            field, value = right.get_attribute("data-field"), right.get_attribute("data-value")
            select = form.locator(f'select[name="{field}"]')
            if select.count():
                select.select_option(value)
            else:
                form.locator(f'input[name="{field}"][value="{value}"]').check()
            form.get_by_role("button", name="Check").click()
            shown = form.get_by_role("status").locator(".remark")
            expect(shown).to_have_count(form.locator("details .remark").count())
            expect(shown.first).to_contain_text("✓ Yes.")
            expect(shown.last).to_contain_text("○ Not yet.")
            seen += 1
    if not seen:
        pytest.fail("no self-check is of a type with lines")


def test_ticking_too_little_is_said_without_giving_it_away(visitor, page_with) -> None:
    pages = page_with('data-shape="many"')
    lessons = [path for path in pages if path in page_with('class="self-check"')]
    if not lessons:
        pytest.fail("no self-check lets people tick several answers")
    form = visitor.open(lessons[0]).locator('form.self-check:has([data-shape="many"])').first
    best = form.locator("details .remark-best").first.get_attribute("data-value")
    form.locator(f'input[value="{best}"]').check()
    form.get_by_role("button", name="Check").click()
    expect(form.get_by_role("status")).to_contain_text("There is more that fits.")
    expect(form.get_by_role("status").locator(".remark")).to_have_count(1)


def test_without_scripts_all_feedback_can_be_opened(visitor, lesson) -> None:
    page = visitor.open(lesson, java_script_enabled=False)
    form = page.locator("form.self-check").first
    expect(form.get_by_role("button", name="Check")).to_be_hidden()
    form.locator("summary").click()
    remarks = form.locator("details .remark")
    assert remarks.count() > 0
    for remark in remarks.all():
        expect(remark).to_be_visible()


def test_by_keyboard_alone_and_no_answer_is_stored(visitor, lesson) -> None:
    page = visitor.open(lesson)
    page.locator("form.self-check input, form.self-check select").first.focus()
    page.keyboard.press("Space")
    if page.evaluate("document.activeElement.tagName") == "SELECT":
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowDown")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Check":
            break
    page.keyboard.press("Enter")
    form = page.locator("form.self-check").first
    expect(form.get_by_role("status").locator(".remark").first).to_be_visible()
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    assert "peercourse/pages/read" in kept, "that the page was tried"
    assert len(json.loads(kept)) == 1
    assert set(json.loads(json.loads(kept)[0][1])) == {"schema", "kind", "title", "pages", "last", "off", "saved"}
