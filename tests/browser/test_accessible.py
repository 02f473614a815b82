"""Accessibility of every page (axe-core), and room on narrow screens."""

from __future__ import annotations

from typing import Any

import pytest
from accessibility import (
    ALL_BUT_COLOURS,
    ONLY_COLOURS,
    scrolls_sideways,
    violations,
    violations_in_both_schemes,
)
from covering import covering

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


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
        sideways = ["scrolls sideways at 320 px"] if scrolls_sideways(page) else []
        if found := [*violations(page, ALL_BUT_COLOURS), *sideways]:
            problems[path] = found
    assert problems == {}


def test_every_kind_of_element_can_be_told_from_its_ground_in_both_schemes(visitor, site, page_paths) -> None:
    problems: dict[str, Any] = {}
    page = visitor.context(viewport=NARROW).new_page()
    for path in covering(site, page_paths):
        page.goto(visitor.url(path))
        if found := violations_in_both_schemes(page, ONLY_COLOURS):
            problems[path] = found
    assert problems == {}


def test_page_types_are_clean_on_a_wide_screen_in_both_schemes(visitor, page_types) -> None:
    problems: dict[str, Any] = {}
    page = visitor.context(viewport=WIDE).new_page()
    for path in page_types:
        page.goto(visitor.url(path))
        if found := violations_in_both_schemes(page):
            problems[path] = found
    assert problems == {}


def test_states_of_the_quiz_are_clean_in_both_schemes(visitor, quiz_path, answers, save_file) -> None:
    page = visitor.open(quiz_path, viewport=NARROW, color_scheme="light")
    save = page.get_by_role("button", name="Save my answers as a file")
    save.click()
    assert violations_in_both_schemes(page) == [], "error summary"
    page.get_by_label("Your trainee ID").fill("mara-7")
    save.click()
    assert violations_in_both_schemes(page) == [], "open questions"
    page.get_by_role("button", name="Delete my answers from this device").click()
    assert violations_in_both_schemes(page) == [], "asking before deleting"
    answers.give_all(page)
    save_file(page)
    assert violations_in_both_schemes(page) == [], "saved"
    page.evaluate("for (const key of Object.keys(localStorage)) localStorage.setItem(key, '')")
    page.locator("textarea").first.fill("x")
    assert violations_in_both_schemes(page) == [], "two tabs"
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
