"""Facts that the course may state (``evidence/``) and the references they resolve to (``book/references.bib``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pybtex.database import BibliographyData, Entry, Person, parse_string
from pybtex.exceptions import PybtexError
from pydantic import BaseModel, ConfigDict

from peercourse.content.problems import ContentError, Problem
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import read_yaml

Verification = Literal["full_text", "abstract", "secondary_page", "from_memory", "not_found"]
"""How a fact was checked; the catalogue of words says each in plain words under ``evidence``."""


_ENTRY = re.compile(r"^@\w+\{\s*([^,\s]+)", re.MULTILINE)
"""The first line of an entry, with its key."""


class _Read(BaseModel):
    """Evidence files carry notes for authors besides; only what the course uses is read."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _FactRow(_Read):
    fid: str
    statement: str
    source_citation: str
    url: str
    verification: Verification
    confirm_before_publication: bool = False


class _TopicRow(_Read):
    id: str
    topic: str
    facts: tuple[_FactRow, ...]


@dataclass(frozen=True)
class Fact:
    """Something that may be stated, with its source and how it was checked.

    Attributes:
        id: a fact id (``active-listening-F01``) or a programme's key (``edrees2016rise``).
        statement: the claim; for a programme its name.
        citation: the source in words.
        url: the address to cite; may be empty.
        verification: how it was checked, one of :data:`Verification`.
        confirm: true where the wording must be confirmed before it is published.
    """

    id: str
    statement: str
    citation: str
    url: str
    verification: str
    confirm: bool = False


@dataclass(frozen=True)
class Reference:
    """An entry of ``references.bib``.

    Attributes:
        key: its key.
        label: short form for readers, such as "Weger et al. 2014".
        title: its title; empty where it is not known.
        text: the whole reference in one line.
        url: where it can be read; may be empty.
        facts: ids of the facts that it is the source of.
        line: where it begins in the file.
    """

    key: str
    label: str
    title: str
    text: str
    url: str
    facts: tuple[str, ...]
    line: int = 0


def read_facts(root: Path) -> dict[str, Fact]:
    """Facts of ``concepts.yaml`` and the review itself, by id. Programmes are read in ``content/programmes.py``.

    Raises:
        ContentError: a file is missing or not as it should be.
    """
    folder = root / "evidence"
    topics = read_model(read_yaml(folder / "concepts.yaml", "evidence/concepts.yaml"), tuple[_TopicRow, ...])
    facts = [
        Fact(
            row.fid,
            row.statement,
            row.source_citation,
            row.url,
            row.verification,
            row.confirm_before_publication,
        )
        for topic in topics
        for row in topic.facts
    ]
    review = read_yaml(folder / "review.yaml", "evidence/review.yaml").data["reference"]
    facts.append(Fact(review["key"], review["title"], f"{review['authors']} {review['year']}", "", "abstract"))
    return {fact.id: fact for fact in facts}


def read_references(root: Path) -> dict[str, Reference]:
    """References by key.

    Raises:
        ContentError: the file is not BibTeX, or a fact is claimed by two entries.
    """
    name = "book/references.bib"
    try:
        text = (root / name).read_text(encoding="utf-8")
        data = parse_string(text, "bibtex")
    except (OSError, UnicodeDecodeError, PybtexError) as error:
        raise ContentError([Problem(name, 0, "", f"cannot be read ({error})")]) from None
    references = dict(_references(data, text))
    _one_source_each(references.values(), name)
    return references


def _references(data: BibliographyData, text: str) -> Iterable[tuple[str, Reference]]:
    lines = {match[1]: text.count("\n", 0, match.start()) + 1 for match in _ENTRY.finditer(text)}
    for key, entry in data.entries.items():
        fields = {field.lower(): _plain(value) for field, value in entry.fields.items()}
        names = [_plain(str(person)) for person in _authors(entry)]
        surnames = [_plain(" ".join((*person.prelast_names, *person.last_names))) for person in _authors(entry)]
        title = fields.get("title", "")
        facts = tuple(part.strip() for part in fields.get("facts", "").split(",") if part.strip())
        url = f"https://doi.org/{fields['doi']}" if "doi" in fields else fields.get("url", "")
        label, whole = _label(surnames or [title], fields), _text(names, title, fields)
        yield key, Reference(key, label, title, whole, url, facts, lines.get(key, 0))


def _authors(entry: Entry) -> list[Person]:
    return list(entry.persons.get("author") or entry.persons.get("editor") or [])


def _label(people: list[str], fields: Mapping[str, str]) -> str:
    """Short form: surnames, or the title where nobody is named, and the year where it is known."""
    many = len(people) > 2 or "others" in people
    name = f"{people[0]} et al." if many else " and ".join(people)
    return f"{name} {fields.get('year', '')}".strip()


def _text(names: list[str], title: str, fields: Mapping[str, str]) -> str:
    """The whole reference in one line; what is not known is left out."""
    people = "; ".join(name for name in names if name != "others") + (" et al." if "others" in names else "")
    year = f"({fields['year']})" if "year" in fields else ""
    volume = f"{fields['volume']}:{fields.get('pages', '')}".rstrip(":") if "volume" in fields else ""
    where = [fields[name] for name in ("journal", "booktitle", "publisher", "howpublished") if name in fields][:1]
    parts = [f"{people} {year}".strip(), title, " ".join([*where, volume]).strip()]
    parts.append(f"doi:{fields['doi']}" if "doi" in fields else "")
    return (". ".join(part.rstrip(".") for part in parts if part) + ".").replace("?. ", "? ")


def _plain(text: str) -> str:
    return " ".join(
        text.replace("{", "").replace("}", "").replace("\\&", "&").replace("\\#", "#").replace("--", "–").split()
    )


def _one_source_each(references: Iterable[Reference], name: str) -> None:
    owners: dict[str, str] = {}
    problems = []
    for reference in references:
        for fact in reference.facts:
            if fact in owners:
                message = f"claims {fact}, which {owners[fact]} claims already; keep one"
                problems.append(Problem(name, reference.line, reference.key, message))
            owners[fact] = reference.key
    if problems:
        raise ContentError(problems)
