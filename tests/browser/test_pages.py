"""Every page of the built course: what it loads, what it weighs, what it must not hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

KILOBYTE = 1024
LESSON, QUIZ, FURTHER, LIST = 90 * KILOBYTE, 110 * KILOBYTE, 40 * KILOBYTE, 160 * KILOBYTE
MEASURE = 95 * KILOBYTE
"""HTML of a page of the measure, opened once in months: 27 questions, short ones, but each with its cells."""
LISTS = ("book/evidence.html", "book/references.html")
"""Pages that grow with every source of the course, and that one opens to look something up."""
EVALUATION = "book/evaluation/"

browser, one_process = pytest.mark.browser, pytest.mark.xdist_group("every page")


def together(test: Any) -> Any:
    """A test that looks at what came of opening every page: in the one test process that opened them."""
    return browser(one_process(test))


DATA = ("application/json", "application/ld+json")
"""Types of script elements that hold data and are never run."""


class Inline(HTMLParser):
    """Notes whatever the course's policy forbids in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and "src" not in values and values.get("type") not in DATA:
            self.found.append("inline script")
        if tag in ("style", "base"):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name == "style" or name.startswith("on"):
                self.found.append(f"{tag} {name}=")
            if name != "content" and text.startswith(("data:", "javascript:")):
                self.found.append(f"{tag} {name}={text[:20]}")
            outside = tag != "a" and (tag, values.get("rel")) != ("link", "canonical")
            if name in ("src", "href", "srcset", "action") and outside and re.match(r"(https?:)?//", text):
                self.found.append(f"{tag} {name}={text}")


def test_no_page_holds_inline_script_style_or_data(site, page_paths) -> None:
    problems = []
    for path in page_paths:
        parser = Inline()
        parser.feed((site / path).read_text(encoding="utf-8"))
        problems += [f"{path}: {found}" for found in parser.found]
    assert problems == []


def test_no_style_sheet_of_the_course_loads_data_or_foreign_files(site) -> None:
    sheets = [path for path in site.rglob("*.css") if "handbook" not in path.relative_to(site).parts]
    assert sheets
    problems = [
        f"{path.relative_to(site)}: {found}"
        for path in sheets
        for found in re.findall(r"url\(\s*['\"]?((?:data:|https?:|//)[^)]{0,40})", path.read_text(encoding="utf-8"))
    ]
    assert problems == []


def test_links_between_pages_lead_somewhere(site, page_paths) -> None:
    problems = []
    for path in page_paths:
        for target in re.findall(r'(?:href|src)="([^"#?:]+)[#?]?[^":]*"', (site / path).read_text(encoding="utf-8")):
            found = ((site / path).parent / target).resolve()
            if not target.startswith("/") and not (found.is_file() or (found / "index.html").is_file()):
                problems.append(f"{path}: {target}")
    assert problems == []


@together
def test_every_page_keeps_the_policy_without_a_word_on_the_console(opened) -> None:
    assert {path: page.complaints for path, page in opened.items() if page.complaints} == {}


@together
def test_a_lesson_weighs_little(opened, site) -> None:
    lessons = [path for path in opened if path.startswith("modules/") and not _is_large(site, path)]
    assert len(lessons) > 20
    assert all("_static/course.css" in opened[path].loads for path in lessons), "styles are weighed too"
    assert {path: opened[path].weight for path in lessons if opened[path].weight > LESSON} == {}


@together
def test_a_quiz_weighs_little(opened, page_with) -> None:
    quizzes = [path for path in page_with("data-quiz=") if not path.startswith(EVALUATION)]
    assert quizzes
    assert {path: opened[path].weight for path in quizzes if opened[path].weight > QUIZ} == {}


@together
def test_nothing_is_loaded_later_than_the_page(opened, walker, page_with) -> None:
    """What a page weighs is known when it is there: nothing is fetched afterwards."""
    marks = (
        'class="self-check"',
        "data-quiz=",
        "data-conversation=",
        'class="slip"',
        "data-progress",
        "data-calendar=",
    )
    for path in {page_with(mark)[0] for mark in marks}:
        assert walker.open(path, wait_until="networkidle").loads == opened[path].loads, path


def test_the_measure_weighs_no_more_than_it_must(site, page_with) -> None:
    pages = [path for path in page_with("data-quiz=") if path.startswith(EVALUATION)]
    assert pages
    assert {path: size for path in pages if (size := (site / path).stat().st_size) > MEASURE} == {}


@together
def test_a_further_page_weighs_less(opened, site) -> None:
    pages = [path for path in opened if not _is_large(site, path) and path != "search.html"]
    first, *others = sorted(pages, key=lambda path: "self-check" not in _text(site, path))
    seen, further = set(opened[first].loads), {}
    for path in others:
        further[path] = sum(size for name, size in opened[path].loads.items() if name not in seen)
        seen |= set(opened[path].loads)
    assert {path: size for path, size in further.items() if size > (LIST if path in LISTS else FURTHER)} == {}


def _is_large(site: Path, path: str) -> bool:
    """Whether a page has a limit of its own: a graded quiz or a conversation."""
    return any(mark in _text(site, path) for mark in ("data-quiz=", "data-conversation="))


def _text(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")
