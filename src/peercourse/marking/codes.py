"""Blind codes, orders and samples: they look random, and the same seed gives the same ones.

The seed is a secret number in the grading folder. Without it, a list of trainee IDs does not help to find who is behind
a code.
"""

from __future__ import annotations

import hmac
import math
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from peercourse.grading.files import write_file
from peercourse.grading.folder import GradingFolder
from peercourse.marking.places import seed_file

SIGNS = "BCDFGHJKMNPQRTVWXZ2346789"
"""No vowels, so that no code is a word, and no two signs that look alike."""
HALF = 3
"""Signs before and after the hyphen, which keeps a spreadsheet from reading a code as a number."""


@dataclass(frozen=True)
class Draw:
    """Numbers by a secret and a trainer's own number.

    Attributes:
        secret: what nobody else knows.
        seed: another number draws anew.
    """

    secret: str
    seed: int

    def number(self, *parts: str) -> int:
        """A number of 256 bits that belongs to these words."""
        message = "\n".join([str(self.seed), *parts]).encode()
        return int.from_bytes(hmac.digest(self.secret.encode(), message, "sha256"))

    def code(self, taken: Collection[str], *parts: str) -> str:
        """A code for these words that is not taken yet."""
        attempt = 0
        while (code := _spell(self.number("code", str(attempt), *parts))) in taken:
            attempt += 1
        return code

    def order(self, names: Iterable[str], purpose: str) -> list[str]:
        """Names in an order that says nothing."""
        return sorted(names, key=lambda name: self.number(purpose, name))

    def sample(self, names: Iterable[str], share: float) -> frozenset[str]:
        """A share of names, rounded up."""
        drawn = self.order(names, "sample")
        return frozenset(drawn[: math.ceil(share * len(drawn))])


def folder_draw(folder: GradingFolder, seed: int) -> Draw:
    """Draws of a grading folder; its secret is made at the first one.

    Args:
        folder: the grading folder.
        seed: the trainer's number.
    """
    path = seed_file(folder)
    if not path.exists():
        write_file(path, secrets.token_hex(32) + "\n")
    return Draw(path.read_text(encoding="utf-8").strip(), seed)


def _spell(number: int) -> str:
    signs = []
    for _ in range(2 * HALF):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    return "".join([*signs[:HALF], "-", *signs[HALF:]])
