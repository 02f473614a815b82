"""The institution's pair of Ed25519 keys: the private one stays in the grading folder, the public one is published.

One pair serves all cohorts. Whoever has the private key can make certificates; whoever has the public one can check
them. A made-up cohort gets a pair of its own, inside its folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from peercourse.grading.files import GradingError, write_bytes, write_file

PUBLIC = "certificate-key.pem"
PRIVATE = "certificate-key.private.pem"
FOLDER = "certificates"
"""Folder in the grading folder."""
LARGEST = 8 * 1024
"""Bytes; a key has about a hundred."""


@dataclass(frozen=True)
class KeyPlaces:
    """Where the two halves lie.

    Attributes:
        private: in the grading folder.
        public: beside ``institution.yml``; of a made-up cohort, in its grading folder.
    """

    private: Path
    public: Path


def key_places(grading: Path, course: Path, *, synthetic: bool) -> KeyPlaces:
    """Where the keys of a grading folder lie.

    Args:
        grading: the grading folder.
        course: the course folder.
        synthetic: whether the cohort was made up.
    """
    folder = grading / FOLDER
    return KeyPlaces(folder / PRIVATE, (folder if synthetic else course) / PUBLIC)


def make_pair(places: KeyPlaces) -> bool:
    """Make a pair where there is none, and the public half where it alone is missing. Never overwrites.

    Returns:
        Whether the pair is new.

    Raises:
        GradingError: a public key lies there whose private key is not here, or a file cannot be used.
    """
    new = not places.private.exists()
    if new and places.public.exists():
        raise GradingError(
            f"{places.public} is there, but its private key is not in {places.private.parent}; copy {PRIVATE} there "
            "from your back-up or from another grading folder, or rename the public one to begin with a new pair"
        )
    if new:
        _write_private(places.private, Ed25519PrivateKey.generate())
    if not places.public.exists():
        write_bytes(places.public, public_pem(read_private(places.private).public_key()))
    read_pair(places)
    return new


def read_pair(places: KeyPlaces) -> Ed25519PrivateKey:
    """The private key, where the public one that lies there belongs to it.

    Raises:
        GradingError: one of them is missing or cannot be used, or they do not belong together.
    """
    private = read_private(places.private)
    if not places.public.exists():
        raise GradingError(f"there is no public key at {places.public}; run: peercourse certificate key")
    if fingerprint(read_public(places.public)) != fingerprint(private.public_key()):
        raise GradingError(
            f"{places.public} does not belong to {places.private}; put back the private key that it belongs to, or "
            "rename the public one and run: peercourse certificate key"
        )
    return private


def read_private(path: Path) -> Ed25519PrivateKey:
    """The private key.

    Raises:
        GradingError: there is none, or the file holds none.
    """
    content = _content(path, f"there is no key at {path}; first run: peercourse certificate key")
    try:
        key = serialization.load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise GradingError(f"{path} holds no private key of ours; put back the one from your back-up")
    return key


def read_public(path: Path) -> Ed25519PublicKey:
    """A public key.

    Raises:
        GradingError: there is none, or the file holds none.
    """
    content = _content(path, f"there is no key at {path}; ask the institution for its file {PUBLIC}")
    if b"PRIVATE KEY" in content:
        raise GradingError(f"{path} is a private key, which nobody else may have; give the public one, {PUBLIC}")
    try:
        key = serialization.load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise GradingError(f"{path} holds no public key for certificates; give the institution's file {PUBLIC}")
    return key


def public_pem(key: Ed25519PublicKey) -> bytes:
    """A public key as a file."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of a public key (its SubjectPublicKeyInfo in DER) as 64 hexadecimal digits."""
    return sha256(
        key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    ).hexdigest()


def _content(path: Path, missing: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except FileNotFoundError:
        raise GradingError(missing) from None
    except OSError as error:
        raise GradingError(f"{path} cannot be read ({error.strerror})") from None


def _write_private(path: Path, key: Ed25519PrivateKey) -> None:
    """Write a new private key that its owner alone can read, in a folder that stays out of version control."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path.parent / ".gitignore", "# A private key and certificates: not for version control.\n*\n")
    content = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    # "x": whatever lies there, also since a moment ago, is never written over.
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
