"""What practice weighs on a first visit, for those on a slow line or a dear one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

KILOBYTE = 1024
CONVERSATION, LESSON, PLAYERS = 110 * KILOBYTE, 90 * KILOBYTE, 15 * KILOBYTE
SCRIPTS = ("conversation.js", "own-words.js", "self-check.js", "words.js")


def first_visit(visitor: Any, path: str) -> int:
    """Bytes of a page and of all it loads, without compression, for somebody who was never here."""
    sizes: dict[str, int] = {}

    def note(response: Any) -> None:
        sizes[response.url] = len(response.body())

    page = visitor.context().new_page()
    page.on("requestfinished", lambda request: note(request.response()))
    page.goto(visitor.url(path), wait_until="networkidle")
    assert len(sizes) > 3, "page, style and scripts"
    return sum(sizes.values())


def heavy(visitor: Any, paths: list[str], limit: int) -> dict[str, int]:
    """The pages above a limit, with what they weigh."""
    return {path: size for path in paths if (size := first_visit(visitor, path)) > limit}


@pytest.fixture(scope="module")
def conversations(page_with) -> list[str]:
    """Pages of conversations."""
    found = page_with("data-conversation=")
    assert found, "the site has no conversation"
    return list(found)


@pytest.mark.browser
def test_a_conversation_weighs_little_on_a_first_visit(visitor, conversations) -> None:
    assert heavy(visitor, conversations, CONVERSATION) == {}


@pytest.mark.browser
def test_all_other_practice_weighs_no_more_than_a_lesson(visitor, page_with, conversations) -> None:
    marks = ('class="slip"', "data-own-words=", 'class="cards"', "data-progress", "data-calendar=")
    found = {path for mark in marks for path in page_with(mark)} - set(conversations)
    assert {"book/practice.html", "book/progress.html", "book/boosters/index.html"} <= found
    assert sum("practice.html" in path for path in found) > 1, "the practice pages of the modules"
    assert sum("boosters/month" in path for path in found) == 4
    assert heavy(visitor, sorted(found), LESSON) == {}


def test_the_scripts_that_play_practice_are_small(site: Path) -> None:
    sizes = {name: len((site / "_static" / name).read_bytes()) for name in SCRIPTS}
    assert sum(sizes.values()) <= PLAYERS, sizes
