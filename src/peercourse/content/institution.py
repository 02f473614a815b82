"""``institution.yml``: what a host changes, and what must be there before the site is published."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

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


class FeedbackRules(ContentModel):
    """What the feedback for a trainee may say.

    Attributes:
        rationales: whether it shows the rationale of each option that was chosen: never, or after the closing date.
        closing_date: the last day on which anybody hands in or tries again.
    """

    rationales: Literal["never", "after_closing"] = "never"
    closing_date: datetime.date | None = None

    @model_validator(mode="after")
    def _check(self) -> FeedbackRules:
        if self.rationales == "after_closing" and self.closing_date is None:
            raise ValueError("shows rationales after closing but has no closing_date; write it as 2027-01-31")
        return self


class RetentionRules(ContentModel):
    """How long the grading folder keeps what people handed in. Nothing is deleted by itself.

    Attributes:
        until: the last day for everybody.
        months: after a trainee's last hand-in.
    """

    until: datetime.date | None = None
    months: int | None = Field(default=None, ge=1, le=240)

    @model_validator(mode="after")
    def _check(self) -> RetentionRules:
        if self.until is not None and self.months is not None:
            raise ValueError("has both until and months; write one of them")
        return self


class Signatory(ContentModel):
    """Somebody who signs certificates, by hand, above their name."""

    name: Text
    role: Text


class CertificateRules(ContentModel):
    """What certificates say, and what they ask for.

    Attributes:
        valid_months: how long one is valid, from the day on which it is issued.
        hours: of study and practice; 0 where nothing is to be said.
        course_version: the edition of the course, as the institution counts.
        signatories: who signs; an empty line for each.
        template: a Typst file beside ``institution.yml``, used where it is there.
        key_url: where the public key is published; empty where people ask for it.
        older_versions: whether an older version of a quiz counts where no newer one was handed in.
    """

    valid_months: int = Field(default=12, ge=1, le=60)
    hours: float = Field(default=0, ge=0, le=200)
    course_version: Annotated[str, StringConstraints(max_length=40)] = ""
    signatories: tuple[Signatory, ...] = Field(default=(), max_length=3)
    template: Text = "certificate.typ"
    key_url: str = Field(default="", pattern=r"^(https?://[^\s\"'<>]+)?$", max_length=200)
    older_versions: bool = True


class AttemptRules(ContentModel):
    """How often a trainee may hand in a quiz, and which attempt counts.

    Attributes:
        most: attempts at a quiz, the first one included; 0 for as many as people like.
        counts: the first attempt, the last, or the best of those that are marked.
    """

    most: int = Field(default=0, ge=0, le=100)
    counts: Literal["first", "last", "best"] = "last"


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
