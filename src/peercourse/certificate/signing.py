"""A certificate with its signature, and what a check of such a file says. Needs nothing but the file and a public key.

The file is an object with four fields: ``format``, ``certificate``, ``key`` (fingerprint of the public key) and
``signature`` (Ed25519, RFC 8032, over the certificate's canonical bytes after the name of the format, as hexadecimal
digits). A public key is never taken from the file: whoever forged the file would have put theirs there.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import ValidationError

from peercourse.certificate.canonical import NotPlainJsonError, canonical, read_json
from peercourse.certificate.keys import fingerprint
from peercourse.certificate.model import Certificate

FORMAT = "peercourse-certificate"
FIELDS = {"format", "certificate", "key", "signature"}


class Verdict(Enum):
    """What a check says."""

    VALID = auto()
    EXPIRED = auto()
    """The signature is right, and the last day has passed."""
    CHANGED = auto()
    """The content is not what was signed."""
    OTHER_KEY = auto()
    NO_CERTIFICATE = auto()


@dataclass(frozen=True)
class Checked:
    """The result of a check.

    Attributes:
        certificate: what the file holds; only where the signature is right.
        why: of a file that is no certificate, going on from "the file".
    """

    verdict: Verdict
    certificate: Certificate | None = None
    why: str = ""


def sign(certificate: Certificate, key: Ed25519PrivateKey) -> bytes:
    """The file with a signed certificate, on one line.

    Args:
        certificate: what stands on it.
        key: the institution's private key.
    """
    content = certificate.model_dump(mode="json")
    return canonical(
        {
            "format": FORMAT,
            "certificate": content,
            "key": fingerprint(key.public_key()),
            "signature": key.sign(_signed(content)).hex(),
        }
    )


def check(content: bytes, key: Ed25519PublicKey, today: datetime.date) -> Checked:
    """Check a file that anybody may have written.

    Args:
        content: the bytes of the file; read no more than ``canonical.LARGEST`` + 1 of it.
        key: the institution's public key, from the institution and not from whoever shows the certificate.
        today: the day on which it has to be valid.
    """
    try:
        data = read_json(content)
        if data.keys() != FIELDS or data["format"] != FORMAT or not isinstance(data["certificate"], dict):
            return Checked(Verdict.NO_CERTIFICATE, why="is JSON, but not a certificate of this course")
        if data["key"] != fingerprint(key):
            return Checked(Verdict.OTHER_KEY)
        if not _is_signed(data, key):
            return Checked(Verdict.CHANGED)
        certificate = Certificate.model_validate_json(canonical(data["certificate"]))
    except NotPlainJsonError as error:
        return Checked(Verdict.NO_CERTIFICATE, why=str(error))
    except ValidationError:  # signed by the institution, so by another version of this program
        return Checked(Verdict.NO_CERTIFICATE, why="has a form that this version of the program does not know")
    expired = certificate.valid_until < today
    return Checked(Verdict.EXPIRED if expired else Verdict.VALID, certificate)


def _is_signed(data: dict[str, Any], key: Ed25519PublicKey) -> bool:
    signature = data["signature"]
    if not isinstance(signature, str) or not re.fullmatch("[0-9a-f]{128}", signature):
        return False
    try:
        key.verify(bytes.fromhex(signature), _signed(data["certificate"]))
    except (InvalidSignature, ValueError, RecursionError):  # a lone surrogate, or nested too deeply to be written
        return False
    return True


def _signed(content: dict[str, Any]) -> bytes:
    """The bytes that are signed: with the format in front, so that no other signature of this key fits them."""
    return FORMAT.encode() + b"\n" + canonical(content)
