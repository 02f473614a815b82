"""A certificate in words: what its statement says, and all that the template shows."""

from __future__ import annotations

from typing import Any

from peercourse.certificate.keys import PUBLIC
from peercourse.certificate.model import Certificate, Kind
from peercourse.words import Words


def statement(kind: Kind, hours: str, words: Words) -> tuple[str, ...]:
    """What a certificate says and what it does not.

    Args:
        kind: which certificate.
        hours: of study; empty where nothing is to be said.
        words: the words of the interface.
    """
    said = [words("certificate.statement.quizzes")]
    if kind == "certificate":
        said += [words("certificate.statement.observed"), words("certificate.statement.limits")]
    else:
        said += [words("certificate.statement.not_competence"), words("certificate.statement.not_observed")]
    if hours:
        said.append(words("certificate.statement.hours", hours=hours))
    return tuple(said)


def file_name(certificate: Certificate) -> str:
    """Name of its files, without the ending."""
    return f"{certificate.kind}-{certificate.number}"


def wording(certificate: Certificate, fingerprint: str, key_url: str, words: Words) -> dict[str, Any]:
    """All that the template shows, in the order in which it is read.

    Args:
        certificate: as it was signed.
        fingerprint: of the institution's public key.
        key_url: where that key is published; empty where people ask for it.
        words: the words of the interface.
    """
    full = certificate.kind == "certificate"
    heading = words("certificate.heading") if full else words("certificate.heading_theory")
    return {
        "language": certificate.language[:2],
        "kind": certificate.kind,
        "title": words("certificate.title", heading=heading, course=certificate.course, holder=certificate.holder),
        "heading": heading,
        "course": certificate.course,
        "institution": certificate.institution,
        "mark": _mark(certificate, words),
        "confirms": words("certificate.confirms", institution=certificate.institution),
        "holder": certificate.holder,
        "trainee": f"{words('certificate.trainee')}: {certificate.trainee}" if certificate.name else "",
        "statement": list(certificate.statement),
        "completed": {
            "heading": words("certificate.completed"),
            "pieces": [piece.title for piece in certificate.completed],
        },
        "facts": _facts(certificate, words),
        "boosters": words("certificate.boosters"),
        "signature": words("certificate.signature"),
        "signatories": [{"name": one.name, "role": one.role} for one in certificate.signatories],
        "check": _check(certificate, fingerprint, key_url, words),
    }


def _mark(certificate: Certificate, words: Words) -> dict[str, str]:
    """What stands across a certificate that certifies nothing; empty texts on a real one."""
    match certificate.standing:
        case "synthetic":
            return {"word": words("certificate.synthetic"), "says": words("certificate.synthetic_says")}
        case "specimen":
            return {"word": words("certificate.specimen"), "says": words("certificate.specimen_says")}
    return {"word": "", "says": ""}


def _facts(certificate: Certificate, words: Words) -> list[dict[str, str]]:
    facts = {
        "certificate.issued": words.day(certificate.issued),
        "certificate.valid_until": words.day(certificate.valid_until),
        "certificate.number": certificate.number,
        "certificate.replaces": certificate.replaces,
        "certificate.edition": certificate.course_version,
    }
    return [{"name": words(name), "value": value} for name, value in facts.items() if value]


def _check(certificate: Certificate, fingerprint: str, key_url: str, words: Words) -> dict[str, str]:
    file = f"{file_name(certificate)}.json"
    key = (
        words("certificate.check_key_at", public=PUBLIC, address=key_url)
        if key_url
        else words("certificate.check_key", public=PUBLIC, institution=certificate.institution)
    )
    return {
        "heading": words("certificate.check"),
        "says": words("certificate.check_says", file=file),
        "command": f"peercourse certificate verify {file} --key {PUBLIC}",
        "key": key,
        "fingerprint": fingerprint,
    }
