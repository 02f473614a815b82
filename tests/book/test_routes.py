"""The drawing of the routes of help shows what the host wrote, to the eye and to the ear."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from peercourse.book.routes import LETTERS, drawing, routes
from peercourse.content.course import Course, load_course
from peercourse.content.institution import Institution

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def host(course: Course, **changed: dict[str, str]) -> Institution:
    contacts = course.institution.contacts
    new = {name: getattr(contacts, name).model_copy(update=values) for name, values in changed.items()}
    return course.institution.model_copy(update={"contacts": contacts.model_copy(update=new)})


def drawn(course: Course, institution: Institution) -> str:
    return drawing(routes(institution, course.words), course.words)


def test_every_contact_of_the_host_is_drawn_and_said(course: Course) -> None:
    names = list(course.institution.contacts.by_name())
    marked = {name: {"label": f"Desk {place}", "number": f"555 {place}"} for place, name in enumerate(names)}
    picture = drawn(course, host(course, **marked))
    (said,) = re.findall(r'aria-label="([^"]*)"', picture)
    shown = re.findall(r"<text[^>]*>([^<]*)", picture)
    for values in marked.values():
        assert values["label"] in shown
        assert any(values["number"] in line for line in shown)
        assert f"{values['label']}, {values['number']}" in said


def test_what_a_host_writes_is_never_markup(course: Course) -> None:
    picture = drawn(course, host(course, peer_team={"label": '<b onclick="x">Team</b>'}))
    assert "<b" not in picture
    assert '<b onclick="x">Team</b>' in unescape(picture)


def test_a_long_name_is_broken_and_not_cut(course: Course) -> None:
    label = "Psychologische Begleitung für Mitarbeitende aller Häuser und Stationen der Region"
    lines = [
        unescape(one)
        for one in re.findall(r'class="who">([^<]*)', drawn(course, host(course, staff_support={"label": label})))
    ]
    assert label in " ".join(lines)
    assert max(map(len, lines)) <= LETTERS + 2


def test_each_colour_has_a_shape_and_a_word(course: Course) -> None:
    picture = drawn(course, course.institution)
    shapes = re.findall(r'<g class="(\w+)" [^>]*>(<[^>]*>)</g>', picture)
    assert [name for name, _ in shapes] == ["green", "amber", "red", "yourself"]
    assert len({shape for _, shape in shapes}) == 4
    for colour in ("Green", "Amber", "Red"):
        assert f">{colour}: " in picture


def test_the_module_on_boundaries_shows_them(site: Path) -> None:
    page = (site / "modules" / "05-boundaries" / "index.html").read_text(encoding="utf-8")
    assert 'class="routes"' in page
