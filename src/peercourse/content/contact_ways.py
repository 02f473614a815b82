"""The ways to reach a contact as texts with addresses that a browser can follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from peercourse.content.institution import Contact

URGENT = ("emergency", "seen_today", "crisis_line")
"""Contacts that stand first and are marked."""

_DIALABLE = re.compile(r"\+?[\d][\d ()/.-]*")


@dataclass(frozen=True)
class Way:
    """A number, a web address, a place or a person; the address is empty where there is nothing to follow."""

    text: str
    address: str = ""


def ways(contact: Contact) -> Iterator[Way]:
    """A contact's number, web address and place, those that it has."""
    if contact.number:
        dialable = _DIALABLE.fullmatch(contact.number.strip())
        yield Way(contact.number, "tel:" + re.sub(r"[^+0-9]", "", contact.number) if dialable else "")
    if contact.url:
        followed = re.match(r"https?://|mailto:", contact.url)
        text = re.sub(r"^(https?://(www[.])?|mailto:)", "", contact.url).rstrip("/") if followed else contact.url
        yield Way(text, contact.url if followed else "")
    if contact.where:
        yield Way(contact.where)
