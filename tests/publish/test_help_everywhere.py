"""The help box stands on every page of the course: wherever someone is when it gets too much, the numbers are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from peercourse.content.course import Course, load_course
from peercourse.content.programmes import shown_programmes

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = "handbook/"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Path]:
    """Every HTML page of the course by its name; the handbook is for those who run it."""
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {name: path for name, path in found.items() if not name.startswith(HANDBOOK)}


def contacts_in(box: Tag) -> list[str]:
    return [entry.strong.get_text() for entry in box.select("li") if entry.strong]


def trouble(html: str, labels: list[str]) -> str:
    """What is wrong with a page's help box; empty if nothing is."""
    boxes = BeautifulSoup(html, "html.parser").select("aside.help")
    if [contacts_in(box) for box in boxes] != [labels]:
        return f"{len(boxes)} boxes, or a contact is missing"
    (box,) = boxes
    if any(tag.has_attr("hidden") or tag.name in {"details", "template"} for tag in [box, *box.parents]):
        return "something hides the box"
    named = box.h2 is not None and box.get("aria-labelledby") == box.h2.get("id", "")
    return "" if named else "the box is not named by its heading"


def test_every_page_carries_the_help_box_with_every_contact_and_nothing_hides_it(
    pages: dict[str, Path], course: Course
) -> None:
    labels = [contact.label for contact in course.institution.contacts.by_name().values()]
    found = {name: trouble(path.read_text(encoding="utf-8"), labels) for name, path in pages.items()}
    assert {name: said for name, said in found.items() if said} == {}


def test_every_kind_of_page_is_among_them(pages: dict[str, Path], course: Course) -> None:
    """What is made from data has no source file whose page one could forget."""
    expected = {"index.html", "search.html", "book/practice.html", "book/programmes/index.html"}
    expected |= {f"book/programmes/{entry.key}.html" for entry in shown_programmes(course.programmes)}
    expected |= {f"book/evaluation/{quiz}.html" for quiz in course.evaluation}
    expected |= {f"book/role-play/{name}.html" for name in ("index", "cards", "observe") if course.role_play}
    for module in course.modules:
        folder = f"modules/{module.folder.name}"
        expected |= {f"{folder}/{page.stem}.html" for page in (*module.lessons, *module.pages)}
        expected |= {f"{folder}/conversations/{name}.html" for name in module.practice.conversations}
    assert sorted(expected - set(pages)) == []
    quizzes = [name for name, path in pages.items() if "data-quiz=" in path.read_text(encoding="utf-8")]
    assert len(quizzes) == len(course.current) + (course.sheet is not None)
