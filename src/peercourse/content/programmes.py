"""Programmes and studies named in the review (``evidence/programmes.yaml``), typed: an entry each for the library.

Every field is known here. So a new one is either shown on the programme's page or refused, and never dropped unseen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator

from peercourse.content.evidence import Fact, Verification
from peercourse.content.model import ContentModel
from peercourse.content.problems import ContentError
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import read_yaml

FILE = "evidence/programmes.yaml"
CONFIRM = "confirm_before_publication"
"""The flag of an entry, or of fields inside one, that no page shows before somebody has confirmed it."""

Kind = Literal["one-to-one", "group", "online", "organisational", "review", "concept"]
"""Kinds of support, and of papers about it. An entry's ``model`` begins with one of them."""

SettingType = Literal[
    "hospital", "department", "ambulance", "military", "mental-health", "training", "outside", "several", "patients"
]
"""Kinds of setting under which the library lists an entry."""

Told: TypeAlias = "str | int | float | tuple[Told, ...] | dict[str, Told] | None"
"""What an entry tells in a field: a text, a number, a list, or fields of its own; None where it tells nothing."""

KEY = re.compile(r"[a-z]+[0-9]{4}[a-z0-9]*")
"""How the key of an entry looks: first author, year, a word of the title."""

_GAPS = {"", "not_seen", "not described in the sources read", "not verified"}


def _told(value: Any) -> Any:
    """One shape for all the ways to say that something was not seen: None. What is to be confirmed is left out."""
    if isinstance(value, str):
        return None if value.strip().lower() in _GAPS else value
    if isinstance(value, list | tuple):
        parts = tuple(_told(part) for part in value if not _to_be_confirmed(part))
        return parts if any(part is not None for part in parts) else None
    if isinstance(value, dict):
        named = ((str(name), part) for name, part in value.items() if name != CONFIRM)
        fields = {name: _told(part) for name, part in named if not _to_be_confirmed(part)}
        return None if _to_be_confirmed(value) or not fields else fields
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    raise ValueError(f"is read as '{value}', which is no text; put it between quotes")


def _to_be_confirmed(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get(CONFIRM))


def _is_key(value: str) -> str:
    if not KEY.fullmatch(value):
        raise ValueError(f"is '{value[:40]}'; write first author, year and a word, as in 'edrees2016rise'")
    return value


def _begins_with_a_kind(value: str | None) -> str | None:
    if value is not None and _kind(value) is None:
        raise ValueError(f"is '{value[:40]}'; begin it with one of {', '.join(get_args(Kind))}")
    return value


def _kind(model: str) -> Kind | None:
    return next((kind for kind in get_args(Kind) if model == kind or model.startswith((f"{kind} ", f"{kind},"))), None)


Line = Annotated[str, Field(min_length=1)]
Text = Annotated[str | None, BeforeValidator(_told)]
"""A text, or None where the entry says that it was not seen."""
Passage = Annotated[Any, PlainValidator(_told)]
"""A :data:`Told`. Pydantic is not asked to know this type, which is made of itself: the validator knows it."""


class FurtherSource(ContentModel):
    """A fact from another page or a later paper than the reference, to be cited by its own citation."""

    fact: Line
    citation: Line
    url: str = ""
    confirm_before_publication: bool = False


class Programme(ContentModel):
    """An entry of the library. What is None is not described in the sources.

    Attributes:
        key: names the entry in ``{fact}`` and its page.
        setting_type: kinds of setting under which the library lists it.
        from_memory: whether the country comes from no source.
        sources: addresses where its authors read, many of them mirrors; no page shows them.
        confirm_before_publication: whether no page shows the entry yet.
    """

    key: Annotated[str, AfterValidator(_is_key)]
    name: Line
    reference: Line
    reference_note: Text = None
    verification: Verification
    verification_note: Text = None
    setting: Text = None
    setting_type: tuple[SettingType, ...] = ()
    country: Text = None
    from_memory: bool = False
    from_memory_note: Text = None
    model: Annotated[Text, AfterValidator(_begins_with_a_kind)] = None
    model_note: Text = None
    who_supports: Passage = None
    activation: Passage = None
    response_time: Passage = None
    training: Passage = None
    steps_or_skills: Passage = None
    steps_note: Text = None
    confidentiality: Passage = None
    escalation: Passage = None
    evaluation: Passage = None
    related_evidence: Passage = None
    limits: Passage = None
    lessons_for_peer_supporter: Passage = None
    lessons_note: Text = None
    further_sources: tuple[FurtherSource, ...] = ()
    sources: tuple[str, ...] = ()
    confirm_before_publication: bool = False

    @property
    def kind(self) -> Kind | None:
        """The kind of support that its model begins with; None where it has no model."""
        return _kind(self.model) if self.model else None

    @property
    def only_reference(self) -> bool:
        """Whether nothing may be said but that it exists: nothing of it was found, or nothing was written down."""
        told = self.model_fields_set - {"key", "name", "reference", "verification", "sources", CONFIRM}
        return self.verification == "not_found" or all(not getattr(self, name) for name in told)

    def as_fact(self) -> Fact:
        """The entry as something that a page may cite."""
        return Fact(self.key, self.name, self.reference, "", self.verification, self.confirm_before_publication)


def read_programmes(root: Path) -> Mapping[str, Programme]:
    """Every entry by key, in the order of the file.

    Raises:
        ContentError: the file is missing or not as it should be, or a key stands twice.
    """
    source = read_yaml(root / FILE, FILE)
    found = read_model(source, tuple[Programme, ...])
    seen = Counter(programme.key for programme in found)
    twice = [
        source.problem((place, "key"), f"'{programme.key}' stands {seen[programme.key]} times; keep one")
        for place, programme in enumerate(found)
        if seen[programme.key] > 1
    ]
    if twice:
        raise ContentError(twice)
    return {programme.key: programme for programme in found}


def shown_programmes(programmes: Mapping[str, Programme]) -> list[Programme]:
    """The entries that pages may show: those that nobody has still to confirm."""
    return [programme for programme in programmes.values() if not programme.confirm_before_publication]
