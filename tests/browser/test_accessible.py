"""Accessibility of every page (axe-core), and room on narrow screens."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"][:3]]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.fixture(scope="module")
def page_types(page_with, page_paths) -> list[str]:
    """One page of each type: home, lesson, module overview, quiz, your data, evidence, glossary, search …"""
    marks = ['class="self-check"', "data-quiz=", 'id="stored-data"', "<dl", "<table"]
    found = [path for mark in marks for path in page_with(mark)[:1]]
    outer = [path for path in page_paths if "/" not in path]
    return list(dict.fromkeys(["index.html", *found, *outer]))


def test_every_page_is_clean_and_does_not_scroll_sideways(visitor, opened_paths) -> None:
    problems: dict[str, Any] = {}
    page = visitor.context(viewport=NARROW).new_page()
    for path in opened_paths:
        page.goto(visitor.url(path))
        if found := [*violations(page), *(["scrolls sideways at 320 px"] if scrolls_sideways(page) else [])]:
            problems[path] = found
    assert problems == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["1280", "320"])
def test_page_types_are_clean_in_both_schemes_and_widths(visitor, page_types, scheme, viewport) -> None:
    problems: dict[str, Any] = {}
    page = visitor.context(viewport=viewport, color_scheme=scheme).new_page()
    for path in page_types:
        page.goto(visitor.url(path))
        if found := violations(page):
            problems[path] = found
    assert problems == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_of_the_quiz_are_clean(visitor, quiz_path, answers, scheme, save_file) -> None:
    page = visitor.open(quiz_path, viewport=NARROW, color_scheme=scheme)
    save = page.get_by_role("button", name="Save my answers as a file")
    save.click()
    assert violations(page) == [], "error summary"
    page.get_by_label("Your trainee ID").fill("mara-7")
    save.click()
    assert violations(page) == [], "open questions"
    page.get_by_role("button", name="Delete my answers from this device").click()
    assert violations(page) == [], "asking before deleting"
    answers.give_all(page)
    save_file(page)
    assert violations(page) == [], "saved"
    page.evaluate("for (const key of Object.keys(localStorage)) localStorage.setItem(key, '')")
    page.locator("textarea").first.fill("x")
    assert violations(page) == [], "two tabs"
    assert not scrolls_sideways(page)


def test_feedback_of_a_self_check_is_clean(visitor, page_with) -> None:
    page = visitor.open(page_with('class="self-check"')[0], viewport=NARROW)
    for form in page.locator('form.self-check:has([data-shape="one"])').all():
        form.locator("input").last.check()
        form.get_by_role("button", name="Check").click()
        form.locator("summary").click()
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_text_at_twice_its_size_fits(visitor, page_types) -> None:
    page = visitor.context(viewport={"width": 640, "height": 640}).new_page()
    problems = []
    for path in page_types:
        page.goto(visitor.url(path))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if scrolls_sideways(page):
            problems.append(path)
    assert problems == []
