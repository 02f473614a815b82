"""The pocket card of a module: every lesson's lines to carry, on an A4 page that folds to the size of a badge."""

from __future__ import annotations

import re
from typing import Any

import yaml

from peercourse.content.institution import Contact, Institution
from peercourse.content.module import Lesson, Module
from peercourse.print.typeset import typeset
from peercourse.words import Words

_CARRY = re.compile(r"^:::\{carry\}\n(.*?)^:::$", re.DOTALL | re.MULTILINE)
_MARKUP = re.compile(r"\{[a-z]+\}`([^`]*)`|[*_`]")


def pocket_card(module: Module, institution: Institution, words: Words) -> bytes:
    """The card as a PDF.

    Args:
        module: a module with lessons.
        institution: whose contacts stand on it.
        words: the words of the interface.
    """
    return typeset("pocket-card.typ", card_data(module, institution, words))


def card_data(module: Module, institution: Institution, words: Words) -> dict[str, Any]:
    """What stands on the card: title, a cell for each lesson with lines to carry, and the contacts."""
    return {
        "language": institution.language[:2],
        "course": words("card.course", institution=institution.short_name),
        "title": module.settings.title,
        "summary": module.settings.summary,
        "fold": words("card.fold"),
        "lessons": [{"title": lesson.title, "lines": lines} for lesson in module.lessons if (lines := carried(lesson))],
        "help": words("page.help"),
        "preview": words("card.preview") if institution.example else "",
        "contacts": [_contact(contact) for contact in institution.contacts.by_name().values()],
        "own": words("card.own"),
    }


def carried(lesson: Lesson) -> list[str]:
    """The lines to carry of a lesson, without markup."""
    found = _CARRY.search(lesson.path.read_text(encoding="utf-8"))
    lines = yaml.safe_load(found[1]) if found else []
    return [_MARKUP.sub(lambda match: match[1] or "", str(line)).replace("'", "’") for line in lines]


def _contact(contact: Contact) -> dict[str, str]:
    ways = " · ".join(way for way in (contact.number, contact.where, contact.url) if way)
    return {"label": contact.label, "ways": ways, "hours": contact.hours}
