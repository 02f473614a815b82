"""``routes-of-help``: who helps at which colour, drawn from the contacts in ``institution.yml``.

The drawing is part of the page, so it takes the page's colours, light or dark, and needs no file of its own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in
from peercourse.book.practice import form
from peercourse.content.institution import Contact, Institution
from peercourse.words import Words

STYLE = "routes.css"
WIDTH = 320
LINE, GAP, BETWEEN, LEFT = 20, 22, 6, 56
"""Units of the drawing, which are pixels on a small phone."""

LETTERS = 28
"""Letters to a line at which 15 px of a plain typeface, bold, still fit."""

SHAPES = {
    "green": '<circle cx="0" cy="0" r="13"/>',
    "amber": '<path d="M0-14 15 12H-15z"/>',
    "red": '<path d="M-6-14H6L14-6V6L6 14H-6L-14 6V-6z"/>',
    "yourself": '<path d="M-13-11H13V11H-13z"/>',
}
"""A shape a route, as in the other drawings of the course: colour never says it alone."""


@dataclass(frozen=True)
class Route:
    """One way to help.

    Attributes:
        name: the colour, or ``yourself``.
        heading: when it is taken.
        contacts: who is there, first the one to try first.
    """

    name: str
    heading: str
    contacts: tuple[Contact, ...]


class RoutesDirective(SphinxDirective):
    """``routes-of-help``: the drawing, with everything in it as its text alternative."""

    def run(self) -> list[nodes.Node]:
        """The figure."""
        course = course_in(self.env)
        found = routes(course.institution, course.words)
        return [form(drawing(found, course.words), STYLE)]


def routes(institution: Institution, words: Words) -> tuple[Route, ...]:
    """The routes in the order of the three colours, and one's own at last."""
    contacts = institution.contacts
    return (
        Route("green", words("routes.green"), (contacts.peer_team,)),
        Route("amber", words("routes.amber"), (contacts.staff_support, contacts.occupational_health)),
        Route("red", words("routes.red"), (contacts.emergency, contacts.seen_today, contacts.crisis_line)),
        Route("yourself", words("routes.yourself"), (contacts.supervisor,)),
    )


def drawing(found: tuple[Route, ...], words: Words) -> str:
    """The routes as a figure in HTML, with an SVG of text and four shapes."""
    parts: list[str] = []
    below = GAP
    middles: list[int] = []
    for route in found:
        middles.append(below + 6)
        parts.append(f'<g class="{route.name}" transform="translate(28 {below + 6})">{SHAPES[route.name]}</g>')
        before = "when"
        for css_class, text in _lines(route):
            below += BETWEEN if css_class == "who" != before else 0
            before = css_class
            parts.append(f'<text x="{LEFT}" y="{below + 11}" class="{css_class}">{escape(text)}</text>')
            below += LINE
        below += GAP
    height = below - GAP // 2
    spine = f'<path class="spine" d="M28 {middles[0]}V{middles[-2]}"/>'
    return (
        f'<figure class="routes"><svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'aria-label="{escape(alternative(found, words))}">{spine}{"".join(parts)}</svg>'
        f"<figcaption>{words.html('routes.caption')}</figcaption></figure>\n"
    )


def alternative(found: tuple[Route, ...], words: Words) -> str:
    """All that the drawing says, in sentences."""
    said = " ".join(f"{route.heading}: {'; '.join(_words_of(one) for one in route.contacts)}." for route in found)
    return f"{words('routes.title')} {said}"


def _lines(route: Route) -> Iterator[tuple[str, str]]:
    yield from (("when", line) for line in textwrap.wrap(route.heading, LETTERS))
    for contact in route.contacts:
        yield from (("who", line) for line in textwrap.wrap(contact.label, LETTERS + 2))
        yield from (("way", line) for line in textwrap.wrap(_way(contact), LETTERS + 4))


def _words_of(contact: Contact) -> str:
    return f"{contact.label}, {_way(contact)}"


def _way(contact: Contact) -> str:
    return ", ".join(part for part in (contact.number or contact.where or contact.url, contact.hours) if part)


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("routes-of-help", RoutesDirective)
