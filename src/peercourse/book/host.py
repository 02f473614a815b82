"""What the host of the course has put into ``institution.yml``: contacts and sign-off."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in
from peercourse.content.contact_ways import URGENT, Way, ways
from peercourse.content.institution import Contact, Institution
from peercourse.words import Words


class ContactsDirective(SphinxDirective):
    """``contacts``: all contacts of the host, with hours and languages."""

    def run(self) -> list[nodes.Node]:
        """The list."""
        course = course_in(self.env)
        return [nodes.raw("", contact_list(course.institution, course.words, full=True), format="html")]


class SignOffDirective(SphinxDirective):
    """``sign-off``: who has read the course for the host, and when."""

    def run(self) -> list[nodes.Node]:
        """A sentence."""
        course = course_in(self.env)
        return [nodes.paragraph("", sign_off(course.institution, course.words), classes=["sign-off"])]


def contact_list(institution: Institution, words: Words, *, full: bool = False) -> str:
    """The contacts as HTML, most urgent first.

    Args:
        institution: the host's settings.
        words: the words of the interface.
        full: with languages and the day on which each was checked.
    """
    contacts = institution.contacts.by_name()
    rows = "".join(_contact(name, contact, words, full=full) for name, contact in contacts.items())
    return f'<ul class="contacts">{rows}</ul>'


def sign_off(institution: Institution, words: Words) -> str:
    """Who has signed the course off, as a sentence; plainly nobody where nobody has."""
    signed = institution.sign_off
    if not (signed.name and signed.date):
        return words("host.nobody", institution=institution.name)
    key = "host.signed_role" if signed.role else "host.signed"
    return words(key, institution=institution.name, name=signed.name, role=signed.role, date=signed.date)


def _contact(name: str, contact: Contact, words: Words, *, full: bool) -> str:
    urgent = ' class="urgent"' if name in URGENT else ""
    shown = [_way(way) for way in ways(contact)]
    details: list[str] = [escape(contact.hours)]
    if full and contact.languages:
        details.append(words.html("host.languages", languages=contact.languages))
    if full and contact.checked:
        details.append(words.html("host.checked", checked=contact.checked))
    return (
        f"<li{urgent}><strong>{escape(contact.label)}</strong> "
        f'<span class="way">{" · ".join(shown)}</span> <span class="when">{" · ".join(details)}</span></li>'
    )


def _way(way: Way) -> str:
    return f'<a href="{escape(way.address)}">{escape(way.text)}</a>' if way.address else escape(way.text)


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("contacts", ContactsDirective)
    app.add_directive("sign-off", SignOffDirective)
