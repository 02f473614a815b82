"""What practice weighs on a first visit, for those on a slow line or a dear one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

KILOBYTE = 1024
CONVERSATION, LESSON, PLAYERS = 110 * KILOBYTE, 90 * KILOBYTE, 15 * KILOBYTE
SCRIPTS = ("conversation.js", "own-words.js", "self-check.js", "words.js")


pytestmark = pytest.mark.xdist_group("every page")


def heavy(opened: Any, paths: list[str], limit: int) -> dict[str, int]:
    """The pages above a limit, with what they weigh on a first visit, without compression."""
    assert all(len(opened[path].loads) > 3 for path in paths), "page, style and scripts"
    return {path: opened[path].weight for path in paths if opened[path].weight > limit}


@pytest.fixture(scope="module")
def conversations(page_with) -> list[str]:
    """Pages of conversations."""
    found = page_with("data-conversation=")
    assert found, "the site has no conversation"
    return list(found)


@pytest.mark.browser
def test_a_conversation_weighs_little_on_a_first_visit(opened, conversations) -> None:
    assert heavy(opened, conversations, CONVERSATION) == {}


@pytest.mark.browser
def test_all_other_practice_weighs_no_more_than_a_lesson(opened, page_with, conversations) -> None:
    marks = ('class="slip"', "data-own-words=", 'class="cards"', "data-progress", "data-calendar=")
    found = {path for mark in marks for path in page_with(mark)} - set(conversations)
    assert {"book/practice.html", "book/progress.html", "book/boosters/index.html"} <= found
    assert sum("practice.html" in path for path in found) > 1, "the practice pages of the modules"
    assert sum("boosters/month" in path for path in found) == 4
    assert heavy(opened, sorted(found), LESSON) == {}


def test_the_scripts_that_play_practice_are_small(site: Path) -> None:
    sizes = {name: len((site / "_static" / name).read_bytes()) for name in SCRIPTS}
    assert sum(sizes.values()) <= PLAYERS, sizes
