"""``institution.yml``: what a host changes, and what must be there before the site is published."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from peercourse.content.host_rules import AttemptRules, CertificateRules, FeedbackRules, RetentionRules
from peercourse.content.model import ContentModel, Text
from peercourse.content.problems import Problem
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import Source, read_yaml

FILE = "institution.yml"
EXAMPLE_NAME = "Your hospital"


class SignOff(ContentModel):
    """Who has read the course for the host and lets it be used."""

    name: str = ""
    role: str = ""
    date: str = ""


class Contact(ContentModel):
    """A way to reach help.

    Attributes:
        label: what it is for.
        number: telephone number as people dial it.
        url: web address.
        where: a place or a person.
        hours: when it answers.
        languages: languages it answers in.
        source: where the number was read.
        checked: when and by whom it was checked.
    """

    label: Text
    number: str = ""
    url: str = ""
    where: str = ""
    hours: Text
    languages: str = ""
    source: str = ""
    checked: str = ""


class Contacts(ContentModel):
    """The contacts that the course speaks of.

    Attributes:
        seen_today: who sees somebody with thoughts of suicide on the same day, at night and at the weekend too.
    """

    emergency: Contact
    seen_today: Contact
    crisis_line: Contact
    staff_support: Contact
    occupational_health: Contact
    peer_team: Contact
    supervisor: Contact

    def by_name(self) -> Mapping[str, Contact]:
        """Contacts by field name, most urgent first."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class Institution(ContentModel):
    """A host of the course."""

    name: Text
    short_name: Text
    language: str = Field(default="en", pattern=r"^[a-z]{2}(-[A-Z]{2})?$")
    country: str = ""
    site_url: str = ""
    example: bool = True
    sign_off: SignOff = SignOff()
    contacts_reviewed: str = ""
    contacts_review_due: str = ""
    contacts: Contacts
    quizzes_folder: str = "quizzes"
    feedback: FeedbackRules = FeedbackRules()
    retention: RetentionRules = RetentionRules()
    certificate: CertificateRules = CertificateRules()
    attempts: AttemptRules = AttemptRules()


def read_institution(root: Path) -> tuple[Institution, Source]:
    """Read a course's institution file.

    Raises:
        ContentError: with every problem in the file.
    """
    source = read_yaml(root / FILE, FILE)
    return read_model(source, Institution), source


def missing_for_publication(institution: Institution, source: Source, today: datetime.date) -> list[Problem]:
    """What a publishing build still needs; a preview builds without.

    Args:
        institution: the host's settings.
        source: the file, for the places of problems.
        today: the day of the build; contacts past their review date stop it.
    """
    problems: list[Problem] = []

    def need(ok: object, path: tuple[str | int, ...], message: str) -> None:
        if not ok:
            problems.append(source.problem(path, message))

    need(
        not institution.example,
        ("example",),
        "is true; put in your own contacts, then write 'example: false'",
    )
    need(institution.name != EXAMPLE_NAME, ("name",), "still is the example; write your institution's name")
    need(institution.country.strip(), ("country",), "is empty; write the country whose numbers these are")
    need(
        re.match(r"^https?://[^\s/]+(/\S*)?$", institution.site_url),
        ("site_url",),
        "is not a web address; write the address under which the site will stand, with https://",
    )
    for part in SignOff.model_fields:
        need(
            getattr(institution.sign_off, part).strip(),
            ("sign_off", part),
            "is empty; the host's sign-off is shown",
        )
    for name, contact in institution.contacts.by_name().items():
        place = ("contacts", name)
        need(
            contact.number or contact.url or contact.where,
            place,
            "has no number, url or where; give at least one",
        )
        need(contact.source.strip(), (*place, "source"), "is empty; write where you read it")
        need(contact.checked.strip(), (*place, "checked"), "is empty; write when and by whom it was checked")
        for field, value in contact:
            need(not value.startswith("["), (*place, field), "still is the example; write your own in its place")
    due = _date(institution.contacts_review_due)
    need(_date(institution.contacts_reviewed), ("contacts_reviewed",), "is not a date; write it as 2026-11-23")
    need(due, ("contacts_review_due",), "is not a date; write it as 2027-05-23")
    need(
        due is None or due >= today,
        ("contacts_review_due",),
        "has passed; check every contact and set a new date",
    )
    return problems


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        return None
