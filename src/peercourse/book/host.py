"""What the host of the course has put into ``institution.yml``: contacts and sign-off."""

from __future__ import annotations

import re
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in
from peercourse.content.institution import Contact, Institution
from peercourse.words import Words

URGENT = ("emergency", "seen_today", "crisis_line")
"""Contacts that stand first and are marked."""

_DIALABLE = re.compile(r"\+?[\d][\d ()/.-]*")


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
    ways = [way for way in (_number(contact.number), _address(contact.url), escape(contact.where)) if way]
    details: list[str] = [escape(contact.hours)]
    if full and contact.languages:
        details.append(words.html("host.languages", languages=contact.languages))
    if full and contact.checked:
        details.append(words.html("host.checked", checked=contact.checked))
    return (
        f"<li{urgent}><strong>{escape(contact.label)}</strong> "
        f'<span class="way">{" · ".join(ways)}</span> <span class="when">{" · ".join(details)}</span></li>'
    )


def _number(number: str) -> str:
    if not _DIALABLE.fullmatch(number.strip()):
        return escape(number)
    return f'<a href="tel:{re.sub(r"[^+0-9]", "", number)}">{escape(number)}</a>'


def _address(url: str) -> str:
    if not re.match(r"https?://|mailto:", url):
        return escape(url)
    return f'<a href="{escape(url)}">{escape(re.sub(r"^(https?://(www[.])?|mailto:)", "", url).rstrip("/"))}</a>'


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("contacts", ContactsDirective)
    app.add_directive("sign-off", SignOffDirective)
