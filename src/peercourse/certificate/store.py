"""Files in ``grading/certificates/<trainee>``: each certificate as a signed file and as a PDF. None is ever deleted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from peercourse.certificate.canonical import LARGEST
from peercourse.certificate.keys import FOLDER
from peercourse.certificate.model import Certificate, Kind
from peercourse.certificate.signing import check
from peercourse.certificate.wording import file_name
from peercourse.grading.files import GradingError, write_bytes

SIGNED, PDF = ".json", ".pdf"


@dataclass(frozen=True)
class Held:
    """What a trainee has been given.

    Attributes:
        certificates: every one that is signed with the present key, in no order.
        others: files that are not, such as one that was changed by hand or signed with an earlier key.
    """

    certificates: tuple[Certificate, ...]
    others: tuple[Path, ...]

    def latest(self, kind: Kind) -> Certificate | None:
        """The one of a kind in whose place no other stands."""
        mine = [one for one in self.certificates if one.kind == kind]
        replaced = {one.replaces for one in mine}
        return max(
            (one for one in mine if one.number not in replaced), key=lambda one: (one.issued, one.number), default=None
        )


def folder_of(grading: Path, trainee: str) -> Path:
    """A trainee's folder."""
    return grading / FOLDER / trainee


def holders(grading: Path) -> frozenset[str]:
    """Trainees who have a folder of certificates."""
    return frozenset(path.name for path in (grading / FOLDER).glob("*") if path.is_dir())


def read_held(grading: Path, trainee: str, key: Ed25519PublicKey) -> Held:
    """What a trainee has been given.

    Args:
        grading: the grading folder.
        trainee: the ID.
        key: the present public key.
    """
    certificates, others = [], []
    for path in sorted(folder_of(grading, trainee).glob(f"*{SIGNED}")):
        found = check(_start(path), key, datetime.date.min).certificate
        if found is not None and found.trainee == trainee:
            certificates.append(found)
        else:
            others.append(path)
    return Held(tuple(certificates), tuple(others))


def write_pair(grading: Path, certificate: Certificate, signed: bytes | None, pdf: bytes) -> None:
    """Write a certificate. What lies under the same name is kept beside it.

    Args:
        grading: the grading folder.
        certificate: whose it is.
        signed: the signed file; None where it lies there already.
        pdf: the paper.

    Raises:
        GradingError: a file cannot be written.
    """
    place = folder_of(grading, certificate.trainee) / file_name(certificate)
    try:
        for ending, content in ((SIGNED, signed), (PDF, pdf)):
            if content is not None:
                path = place.with_name(place.name + ending)
                _keep(path)
                write_bytes(path, content)
    except OSError as error:
        raise GradingError(
            f"{place} cannot be written ({error.strerror}); mend that, then run the same again"
        ) from None


def read_paper(grading: Path, certificate: Certificate) -> bytes:
    """The PDF as it lies there; empty where there is none."""
    path = folder_of(grading, certificate.trainee) / f"{file_name(certificate)}{PDF}"
    return path.read_bytes() if path.exists() else b""


def _keep(path: Path) -> None:
    """Give what lies there the name of an earlier one."""
    if path.exists():
        path.rename(next(place for place in _earlier(path) if not place.exists()))


def _earlier(path: Path) -> Iterable[Path]:
    number = 0
    while True:
        number += 1
        yield path.with_name(f"{path.stem}.earlier-{number}{path.suffix}")


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
