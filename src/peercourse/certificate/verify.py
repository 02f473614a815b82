"""A check of a file, in sentences, with an exit status."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from peercourse.certificate.canonical import LARGEST
from peercourse.certificate.keys import fingerprint, read_public
from peercourse.certificate.model import Certificate
from peercourse.certificate.signing import Verdict, check
from peercourse.grading.files import GradingError
from peercourse.terminal import plain

RIGHT, WRONG, EXPIRED, NOT_REAL = 0, 1, 3, 4
"""Exit statuses; 2 is a command that was typed wrongly."""


def verify_file(path: Path, key_file: Path, today: datetime.date) -> tuple[list[str], int]:
    """Check a certificate.

    Args:
        path: the signed file; anybody may have written it.
        key_file: the institution's public key.
        today: the day on which it has to be valid.

    Returns:
        Sentences for whoever checks, and the exit status.

    Raises:
        GradingError: a file cannot be read, or the key is none.
    """
    key = read_public(key_file)
    try:
        with path.open("rb") as file:
            start = file.read(LARGEST + 1)
    except OSError as error:
        raise GradingError(f"{path} cannot be read ({error.strerror})") from None
    if start.startswith(b"%PDF"):
        raise GradingError(f"{path} is the paper, which proves nothing; ask for the .json file that belongs to it")
    checked = check(start, key, today)
    signed = f"signed with the key {key_file}, fingerprint {fingerprint(key)}"
    match checked.verdict:
        case Verdict.NO_CERTIFICATE:
            return [f"NOT A CERTIFICATE: the file {checked.why}."], WRONG
        case Verdict.OTHER_KEY:
            return [
                f"SIGNED BY ANOTHER KEY: it is not {signed}. Is that the key of whoever is said to issue it?"
            ], WRONG
        case Verdict.CHANGED:
            return [f"NOT GENUINE: it was changed after it was signed, or never {signed}."], WRONG
    found = checked.certificate
    assert found is not None  # noqa: S101  (else the verdict is another)
    shown = [*_content(found), f"It is {signed}. Compare name and dates with the paper."]
    if found.standing != "real":
        return [f"{found.standing.upper()}: the signature is right, and it certifies nothing.", *shown], NOT_REAL
    if checked.verdict is Verdict.EXPIRED:
        return [f"EXPIRED on {found.valid_until}: genuine, and no longer valid.", *shown], EXPIRED
    return ["VALID: genuine, and not changed since it was signed.", *shown], RIGHT


def _content(certificate: Certificate) -> Iterator[str]:
    """What stands on a checked certificate, for comparing it with the paper."""
    rows = {
        "what": "Certificate"
        if certificate.kind == "certificate"
        else "Theory completed: no certificate of competence",
        "holder": certificate.holder,
        "trainee ID": certificate.trainee,
        "institution": certificate.institution,
        "course": " ".join(part for part in (certificate.course, certificate.course_version) if part),
        "completed": "; ".join(piece.title for piece in certificate.completed),
        "issued": str(certificate.issued),
        "valid until": str(certificate.valid_until),
        "number": certificate.number,
        "in place of": certificate.replaces,
    }
    yield from (f"  {name}: {plain(value)}" for name, value in rows.items() if value)
    yield from (f"  {plain(sentence)}" for sentence in certificate.statement)
