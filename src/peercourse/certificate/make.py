"""One certificate: the institution's settings and a trainee's achievement as data, and its paper."""

from __future__ import annotations

import calendar
import datetime
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from peercourse.certificate.gate import Decision
from peercourse.certificate.keys import fingerprint
from peercourse.certificate.model import Certificate, Kind, Signer, Standing
from peercourse.certificate.paper import is_made_of, paper, template_of
from peercourse.certificate.wording import statement, wording
from peercourse.content.course import Course
from peercourse.demo.marker import is_synthetic
from peercourse.grading.folder import GradingFolder

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are read as others. Sixteen of them are more than anybody guesses: 78 bits."""


@dataclass(frozen=True)
class Issuer:
    """Who issues, and by what.

    Attributes:
        folder: the grading folder.
        course: with the institution's settings.
        key: the private key.
        today: the day of issue.
        renew: issue anew even where nothing has changed.
    """

    folder: GradingFolder
    course: Course
    key: Ed25519PrivateKey
    today: datetime.date
    renew: bool = False

    @property
    def standing(self) -> Standing:
        """What certificates of this cohort are worth."""
        if is_synthetic(self.folder.root):
            return "synthetic"
        return "specimen" if self.course.institution.example else "real"


def new_certificate(
    issuer: Issuer, decision: Decision, kind: Kind, name: str, latest: Certificate | None
) -> Certificate:
    """A certificate with a number of its own.

    Args:
        issuer: who issues.
        decision: what was earned.
        kind: which certificate.
        name: the holder's; empty where it is not known.
        latest: the earlier one in whose place it stands.
    """
    institution, words = issuer.course.institution, issuer.course.words
    rules = institution.certificate
    hours = f"{rules.hours:g}" if rules.hours else ""
    return Certificate(
        version=1,
        kind=kind,
        standing=issuer.standing,
        number="-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4)),
        replaces=latest.number if latest else "",
        language=institution.language,
        institution=institution.name,
        course=words("certificate.course"),
        course_version=rules.course_version,
        hours=hours,
        trainee=decision.trainee,
        name=name,
        completed=decision.completed,
        statement=statement(kind, hours, words),
        signatories=tuple(Signer(name=one.name, role=one.role) for one in rules.signatories),
        issued=issuer.today,
        valid_until=months_later(issuer.today, rules.valid_months),
    )


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month; its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def paper_of(issuer: Issuer, certificate: Certificate) -> bytes:
    """The PDF of a certificate.

    Raises:
        UnshownError: no font has a sign of it.
        GradingError: the template has a mistake.
    """
    return paper(_data(issuer, certificate), _template(issuer))


def is_current(issuer: Issuer, certificate: Certificate, pdf: bytes) -> bool:
    """Whether a PDF is as it would be made today."""
    return is_made_of(pdf, _data(issuer, certificate), _template(issuer))


def _data(issuer: Issuer, certificate: Certificate) -> dict[str, Any]:
    key_url = issuer.course.institution.certificate.key_url
    return wording(certificate, fingerprint(issuer.key.public_key()), key_url, issuer.course.words)


def _template(issuer: Issuer) -> Path:
    return template_of(issuer.course.institution, issuer.course.root)
