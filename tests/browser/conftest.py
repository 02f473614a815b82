"""A visitor who walks through the built site and notes whatever a page does that it should not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Download, Page

from peercourse.quiz.bank import Quiz, read_bank
from peercourse.quiz.item import Literals

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = "It sounds as if that night is still with you.\nI am here, and I have time."
TRAINEE = "mara-7"


@dataclass
class Visitor:
    """Opens pages over http or file:// and listens for console messages, errors and foreign requests."""

    browser: Browser
    site: Path
    address: str
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def context(self, **options: Any) -> BrowserContext:
        context = self.browser.new_context(accept_downloads=True, **options)
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        context.on("console", lambda message: self.complaints.append(f"console: {message.text}"))
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("request", lambda request: self._note(request.url))
        return context

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, self.site.as_uri(), "blob:")):
            self.complaints.append(f"foreign request: {url}")

    def url(self, path: str, over: str = "http") -> str:
        return f"{self.address}/{path}" if over == "http" else (self.site / path).as_uri()

    def open(self, path: str, over: str = "http", **options: Any) -> Page:
        page = self.context(**options).new_page()
        page.goto(self.url(path, over))
        return page


@pytest.fixture
def visitor(chromium: Browser, site: Path, http_site: str) -> Iterator[Visitor]:
    """A visitor; the test fails where a page complained or asked another host for something."""
    visitor = Visitor(chromium, site, http_site)
    yield visitor
    for context in visitor.contexts:
        context.close()
    assert visitor.complaints == []


@pytest.fixture(scope="session")
def page_paths(site: Path) -> list[str]:
    """Every page of the course, the handbook apart."""
    paths = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
    found = [path for path in paths if not path.startswith(("handbook/", "_static/", "_downloads/"))]
    assert found, "the site has no pages"
    return found


MADE_ALIKE = ("book/programmes/", "book/evaluation/")
"""Folders whose pages one template makes."""


@pytest.fixture(scope="session")
def opened_paths(site: Path, page_paths: list[str]) -> list[str]:
    """Pages that a browser opens one by one: all, and of those that one template makes the overview, the largest, the
    smallest and the one in the middle."""
    left_out: set[str] = set()
    for folder in MADE_ALIKE:
        alike = [path for path in page_paths if path.startswith(folder) and "index" not in path]
        by_size = sorted(alike, key=lambda path: (site / path).stat().st_size)
        kept = {by_size[0], by_size[len(by_size) // 2], by_size[-1]} if by_size else set()
        left_out |= set(alike) - kept
    return [path for path in page_paths if path not in left_out]


ICON = "_static/favicon.svg"
"""Some two hundred bytes, which the browser loads when it likes."""


@dataclass(frozen=True)
class Opened:
    """What came of opening a page, for somebody who was never here.

    Attributes:
        loads: bytes of the page and of all it loads, without compression, by their paths in the site; without the icon.
        complaints: words on the console, errors and foreign requests.
    """

    loads: dict[str, int]
    complaints: list[str]

    @property
    def weight(self) -> int:
        return sum(self.loads.values())


class Walker:
    """Opens page after page as somebody who was never here: nothing is kept from the page before."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        context = visitor.context()
        context.add_init_script("localStorage.clear()")
        self.page = context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        context.new_cdp_session(self.page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.asked: list[str] = []

    def open(self, path: str, wait_until: Literal["load", "networkidle"] = "load") -> Opened:
        self.asked.clear()
        self.visitor.complaints.clear()
        self.page.goto(self.visitor.url(path), wait_until=wait_until)
        own = {url.removeprefix(f"{self.visitor.address}/").partition("?")[0] for url in self.asked}
        files = {name: self.visitor.site / name for name in own - {ICON}}
        loads = {name: file.stat().st_size for name, file in files.items() if file.is_file()}
        return Opened(loads, list(self.visitor.complaints))


@pytest.fixture(scope="session")
def walker(chromium: Browser, site: Path, http_site: str) -> Iterator[Walker]:
    """Somebody who opens one page after another, and is at each for the first time."""
    visitor = Visitor(chromium, site, http_site)
    yield Walker(visitor)
    for context in visitor.contexts:
        context.close()


@pytest.fixture(scope="session")
def opened(walker: Walker, opened_paths: list[str]) -> dict[str, Opened]:
    """What came of opening every page."""
    return {path: walker.open(path) for path in opened_paths}


@pytest.fixture(scope="session")
def page_with(site: Path, page_paths: list[str]) -> Any:
    """Finds the pages whose HTML holds a text."""
    return lambda text: [path for path in page_paths if text in (site / path).read_text(encoding="utf-8")]


@pytest.fixture(scope="session")
def quiz() -> Quiz:
    """The first graded quiz of the course."""
    path = sorted((ROOT / "quizzes").glob("*.yml"))[0]
    return read_bank(path)[0]


@pytest.fixture(scope="session")
def quiz_path(quiz: Quiz, page_with: Any) -> str:
    """The page on which that quiz stands."""
    (path,) = page_with(f'data-quiz="{quiz.id}"')
    return str(path)


@pytest.fixture
def released(site: Path, quiz: Quiz) -> dict[str, Any]:
    """The released notebook that the site offers."""
    return dict(json.loads((site / "quizzes" / f"{quiz.id}.ipynb").read_text(encoding="utf-8")))


@dataclass
class Answers:
    """Best answers to every item of a quiz, and what they look like in a notebook."""

    quiz: Quiz

    def value(self, item_id: str) -> Literals:
        item = next(item for item in self.quiz.items() if item.id == item_id)
        return item.best_answer(self.quiz.seed) or WRITTEN

    def give(self, page: Page, item_id: str) -> None:
        """Answer one item with the page's own controls."""
        item = page.locator(f'[data-item="{item_id}"]')
        shape = item.locator("[data-shape]").get_attribute("data-shape")
        value = self.value(item_id)
        if isinstance(value, str) and shape == "text":
            item.locator("textarea").fill(value)
        elif isinstance(value, dict):
            for row, choice in value.items():
                self._choose(item, row, choice)
        else:
            for place, letter in enumerate(value, start=1):
                if shape == "sequence":
                    item.locator(f'select[data-row="{letter}"]').select_option(str(place))
                else:
                    item.locator(f'input[value="{letter}"]').check()

    @staticmethod
    def _choose(item: Any, row: str, choice: str) -> None:
        select = item.locator(f'select[data-row="{row}"]')
        if select.count():
            select.select_option(choice)
        else:
            item.locator(f'input[data-row="{row}"][value="{choice}"]').check()

    def give_all(self, page: Page) -> None:
        """Answer every item."""
        for item in self.quiz.items():
            self.give(page, item.id)

    def cells(self, trainee: str = TRAINEE) -> dict[str, Any]:
        """What each answer cell must hold, by grade_id: a literal, or the words of a written answer."""
        return {"trainee-id": trainee, **{item.id: self.value(item.id) for item in self.quiz.items()}}


@pytest.fixture(scope="session")
def answers(quiz: Quiz) -> Answers:
    """Best answers to the quiz."""
    return Answers(quiz)


def save(page: Page, button: str = "Save my answers as a file") -> Download:
    """Save the file with a button."""
    with page.expect_download() as found:
        page.get_by_role("button", name=button).click()
    return found.value


@pytest.fixture(scope="session")
def save_file() -> Any:
    """Saves the file on a page and gives the download."""
    return save
