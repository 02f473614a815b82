"""What stands on a certificate. No score, no answer, no key, nobody else."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

Kind = Literal["certificate", "theory-completed"]
"""All is passed, an observed role play included; or the quizzes alone."""
Standing = Literal["real", "specimen", "synthetic"]
"""``specimen``: the institution is still the example. ``synthetic``: the trainee was made up by ``peercourse demo``."""

Line = Annotated[
    str, StringConstraints(max_length=4000), AfterValidator(lambda text: unicodedata.normalize("NFC", text))
]
"""In Unicode's normal form C, so that what looks the same is signed the same."""
Number = Annotated[str, StringConstraints(pattern=r"^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$")]


class _Data(BaseModel):
    """Frozen, of just these types, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Completed(_Data):
    """A quiz or an observed role play that was passed."""

    kind: Literal["quiz", "observation"]
    title: Line
    version: int


class Signer(_Data):
    """Somebody who signs by hand."""

    name: Line
    role: Line


class Certificate(_Data):
    """What is signed.

    Attributes:
        version: of this form.
        number: random, so that nobody can guess another one.
        replaces: number of the earlier certificate in whose place this one stands; empty where there is none.
        name: empty where the list of trainees gives none.
        course_version: the edition of the course; empty where the institution counts none.
        hours: of study and practice; empty where nothing is said.
        statement: what it says and what it does not, in sentences.
        valid_until: the last day.
    """

    version: Literal[1]
    kind: Kind
    standing: Standing
    number: Number
    replaces: Number | Literal[""]
    language: Line
    institution: Line
    course: Line
    course_version: Line
    hours: Line
    trainee: Line
    name: Line
    completed: tuple[Completed, ...]
    statement: tuple[Line, ...]
    signatories: tuple[Signer, ...]
    issued: datetime.date
    valid_until: datetime.date

    @property
    def holder(self) -> str:
        """The name, or the trainee ID where there is none."""
        return self.name or self.trainee

    def same_achievement(self, other: Certificate) -> bool:
        """Whether another one says the same, apart from its number and its dates."""
        own = {"number", "replaces", "issued", "valid_until"}
        return self.model_dump(exclude=own) == other.model_dump(exclude=own)
