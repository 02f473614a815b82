"""Self-checks in lessons: feedback on what was chosen, and all of it without scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("self-checks")]  # all are walked through once

WORDS = {"best": "✓", "partly": "◐", "harm": "▲", "other": "○"}


@pytest.fixture(scope="module")
def lesson(page_with) -> str:
    """The page with the most self-checks' worth of types: the first that holds one."""
    found = page_with('class="self-check"')
    assert found, "no page holds a self-check"
    return str(found[0])


WALK = """() => [...document.querySelectorAll("form.self-check")].map((form) => {
  const feedback = form.querySelector("[role=status]");
  const press = (words) => [...form.querySelectorAll("button")].find((one) => one.textContent.trim() === words).click();
  const remarks = (place) => [...place.querySelectorAll(".remark")].map((remark) => ({
    value: remark.dataset.value, kind: remark.className.replace("remark remark-", ""), html: remark.innerHTML,
    mark: remark.querySelector(".mark")?.textContent, strong: remark.querySelector("strong")?.textContent,
    text: remark.textContent.trim(),
  }));
  const all = remarks(form.querySelector("details"));
  const seen = {shape: form.querySelector("[data-shape]").dataset.shape, all, single: [], lines: []};
  press("Check");
  seen.nothing = feedback.textContent;
  for (const radio of form.querySelectorAll('[data-shape="one"] input')) {
    radio.click();
    press("Check");
    const shown = remarks(feedback);
    press("Try again");
    const focused = document.activeElement === form.querySelector("input");
    seen.single.push({value: radio.value, shown, fresh: !radio.checked && feedback.textContent === "" && focused});
  }
  const right = form.querySelector("[data-always]");
  const control = form.querySelector("input, select");
  if (right) {
    const {field, value} = right.dataset;
    const fields = [...form.elements].filter((one) => one.name === field);
    if (fields[0].tagName === "SELECT") fields[0].value = value;
    else fields.find((one) => one.value === value).click();
  } else if (control.tagName === "SELECT") control.selectedIndex = 1;
  else control.click();
  press("Check");
  seen.given = remarks(feedback);
  seen.open = !form.querySelector("details").hidden;
  seen.lines = Boolean(right);
  return seen;
})"""
"""Goes through every self-check of a page as it is clicked, and gives back what each said."""


@pytest.fixture(scope="module")
def said(chromium, site, http_site, page_with) -> list[dict[str, Any]]:
    """What every self-check of the course said to every choice."""
    page = chromium.new_page()
    found: list[dict[str, Any]] = []
    for path in page_with('class="self-check"'):
        page.goto(f"{http_site}/{path}")
        found += [{**check, "page": path} for check in page.evaluate(WALK)]
    page.close()
    assert found, "no page holds a self-check"
    return found


def test_each_choice_of_each_check_is_met_with_its_own_feedback(said) -> None:
    choices = [(check, choice) for check in said for choice in check["single"]]
    assert len(choices) > 2 * len({check["page"] for check in said})
    for check, choice in choices:
        where = f"{check['page']}: {choice}"
        (shown,) = choice["shown"]
        (remark,) = [one for one in check["all"] if one["value"] == choice["value"]]
        assert shown["html"] == remark["html"], where
        assert shown["strong"], where
        assert shown["mark"] == WORDS[shown["kind"]], where
        assert choice["fresh"], where


def test_every_check_asks_for_an_answer_and_then_answers(said) -> None:
    for check in said:
        assert "Choose an answer first" in check["nothing"], check["page"]
        assert check["given"], check["page"]
        assert check["open"], check["page"]


def test_each_line_of_a_triage_or_match_is_said_to_be_right_or_not(said) -> None:
    with_lines = [check for check in said if check["lines"]]
    assert with_lines, "no self-check is of a type with lines"
    for check in with_lines:
        assert len(check["given"]) == len(check["all"]), check["page"]
        assert "✓ Yes." in check["given"][0]["text"], check["page"]
        assert "○ Not yet." in check["given"][-1]["text"], check["page"]


@pytest.mark.parametrize("over", ["http", "file"])
def test_a_check_of_each_type_can_be_used_with_a_mouse(visitor, said, over) -> None:
    page = visitor.context().new_page()
    for shape in ("one", "many", "map", "sequence"):
        page.goto(visitor.url(next(check["page"] for check in said if check["shape"] == shape), over))
        form = page.locator(f'form.self-check:has([data-shape="{shape}"])').first
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
        form.get_by_role("button", name="Try again").click()
        expect(form.get_by_role("status")).to_have_text("")
        expect(form.locator("input, select").first).to_be_focused()


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
