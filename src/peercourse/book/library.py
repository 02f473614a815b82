"""``programme-library``: the overview of all programmes, as cards by kind and as names by setting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import get_args

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in
from peercourse.book.practice import form
from peercourse.book.programme_page import unconfirmed_country
from peercourse.book.programme_text import capital, typeset
from peercourse.content.course import Course
from peercourse.content.programmes import Kind, Programme, SettingType, shown_programmes

LIBRARY_STYLE = "library.css"

Groups = Mapping[str, list[Programme]]

KINDS = (*get_args(Kind), "not-described", "only-reference")
"""Groups by kind, in their order on the page; each is an anchor."""
SETTINGS: tuple[str, ...] = get_args(SettingType)
"""Groups by setting, in their order on the page."""


def kind_of(programme: Programme) -> str:
    """The group by kind that an entry belongs to."""
    if programme.only_reference:
        return "only-reference"
    return programme.kind or "not-described"


def in_order(course: Course) -> list[Programme]:
    """Entries in the order of the overview: by kind, then as in the file."""
    return sorted(shown_programmes(course.programmes), key=lambda programme: KINDS.index(kind_of(programme)))


class LibraryDirective(SphinxDirective):
    """All programmes twice: as cards by kind, and by name under each setting."""

    def run(self) -> list[nodes.Node]:
        """Links to the groups, then the groups."""
        course = course_in(self.env)
        programmes = in_order(course)
        kinds = _filled((kind, [one for one in programmes if kind_of(one) == kind]) for kind in KINDS)
        settings = _filled((name, [one for one in programmes if _stands_in(one, name)]) for name in SETTINGS)
        return [
            form("", LIBRARY_STYLE),
            _jump("kind", kinds, course),
            _jump("setting", settings, course),
            _groups("kind", kinds, _card, course),
            _groups("setting", settings, _named, course),
        ]


def _filled(groups: Iterable[tuple[str, list[Programme]]]) -> Groups:
    return {name: found for name, found in groups if found}


def _stands_in(programme: Programme, setting: str) -> bool:
    return setting in programme.setting_type and not programme.only_reference


def _jump(by: str, groups: Groups, course: Course) -> nodes.paragraph:
    """Links to the groups of one order, which on a phone stand far down."""
    line = nodes.paragraph("", f"{_heading(by, course)}: ", classes=["jump"])
    for place, name in enumerate(groups):
        if place:
            line += nodes.Text(" · ")
        line += nodes.reference("", _group_name(name, course), internal=True, refuri=f"#{by}-{name}")
    return line


def _groups(
    by: str, groups: Groups, entry: Callable[[Programme, Course], nodes.list_item], course: Course
) -> nodes.section:
    part = nodes.section("", nodes.title("", _heading(by, course)), ids=[f"by-{by}"])
    for name, found in groups.items():
        entries = nodes.bullet_list("", *(entry(programme, course) for programme in found), classes=["library"])
        part += nodes.section("", nodes.title("", _group_name(name, course)), entries, ids=[f"{by}-{name}"])
    return part


def _card(programme: Programme, course: Course) -> nodes.list_item:
    """An entry with its country, its setting and how far it was read. Of one that was not found, only that."""
    place = [] if programme.only_reference else [unconfirmed_country(programme, course), programme.setting]
    lines = [typeset(". ".join(capital(part).rstrip(".") for part in place if part))]
    lines.append(course.words(f"evidence.{programme.verification}"))
    return nodes.list_item("", _link(programme), *(nodes.paragraph("", line) for line in lines if line))


def _named(programme: Programme, course: Course) -> nodes.list_item:
    link = _link(programme)
    link += nodes.Text(f" · {_group_name(kind_of(programme), course)}")
    return nodes.list_item("", link)


def _link(programme: Programme) -> nodes.paragraph:
    address = f"{programme.key}.html"
    return nodes.paragraph("", "", nodes.reference("", typeset(programme.name), internal=True, refuri=address))


def _heading(by: str, course: Course) -> str:
    return str(course.words.section("programmes.by")[by])


def _group_name(name: str, course: Course) -> str:
    return str(course.words.section("programmes.groups")[name])
