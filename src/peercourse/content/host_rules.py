"""What a host rules about grading, in ``institution.yml``: feedback, attempts, retention and certificates."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from peercourse.content.model import ContentModel, Text


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
