"""What an entry of the programme library tells, as nodes: identifiers and other entries become links, gaps say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from babel.numbers import format_decimal
from docutils import nodes
from docutils.utils.smartquotes import smartyPants

from peercourse.content.course import Course
from peercourse.content.programmes import KEY, Told

GAP = "gap"
"""Class of a paragraph that says that nothing is described."""

LINKED = re.compile(
    r"(?P<doi>(?:doi[: ] ?)?(?P<doi_id>10\.[0-9]{4,9}/(?:[^\s,;()]|\([^\s()]*\))+(?<![.:])))"
    r"|(?P<pmid>PMID (?P<pmid_id>[0-9]+))"
    r"|(?P<pmc>(?P<pmc_id>PMC[0-9]+))"
    rf"|(?P<entry>\b(?P<entry_id>{KEY.pattern})\b)"
)
ADDRESSES = {
    "doi": "https://doi.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
}
FIRST_WORD = re.compile(r"[a-z]+(?=[ ,;:-]|$)")


@dataclass(frozen=True)
class Writer:
    """Writes an entry's words for a page.

    Attributes:
        course: for the words of the interface and the names of other entries.
    """

    course: Course

    def text(self, text: str) -> list[nodes.Node]:
        """A text with its links. A key of the file gives way to the name of the entry."""
        found: list[nodes.Node] = []
        place = 0
        for match in LINKED.finditer(text):
            found += [nodes.Text(typeset(text[place : match.start()])), self._link(match)]
            place = match.end()
        return [*found, nodes.Text(typeset(self._plain(text[place:])))]

    def paragraph(self, text: str | None, *classes: str) -> nodes.paragraph:
        """A text as a paragraph that begins with a capital; where there is none, it says so."""
        if text is None:
            return nodes.paragraph("", self.course.words("programmes.gap"), classes=[GAP])
        return nodes.paragraph("", "", *self.text(capital(text)), classes=list(classes))

    def passage(self, told: Told) -> list[nodes.Node]:
        """Whatever an entry tells in a field: a paragraph, a list, or fields of its own with their names."""
        if isinstance(told, dict):
            return [self.rows([(self._label(name), self.passage(part)) for name, part in told.items()])]
        if isinstance(told, tuple) and len(told) > 1:
            return [nodes.bullet_list("", *(nodes.list_item("", *self.passage(part)) for part in told))]
        if isinstance(told, tuple):
            return self.passage(told[0])
        if isinstance(told, int | float):
            told = format_decimal(told, locale=self.course.words.locale)
        return [self.paragraph(told)]

    def rows(self, rows: list[tuple[str, list[nodes.Node]]], *classes: str) -> nodes.definition_list:
        """Names and what belongs to them."""
        return nodes.definition_list(
            "",
            *(nodes.definition_list_item("", nodes.term("", name), nodes.definition("", *what)) for name, what in rows),
            classes=list(classes),
        )

    def _link(self, match: re.Match[str]) -> nodes.Node:
        kind = str(match.lastgroup).removesuffix("_id")
        shown = nodes.Text(match[kind])
        if kind != "entry":
            return nodes.reference("", "", shown, refuri=ADDRESSES[kind].format(match[f"{kind}_id"]))
        entry = self.course.programmes.get(match[kind])
        if entry is None:
            return shown
        if entry.confirm_before_publication:
            return nodes.Text(typeset(entry.name))
        return nodes.reference("", typeset(entry.name), internal=True, refuri=f"{entry.key}.html")

    def _plain(self, text: str) -> str:
        return text.replace("secondary_page", self.course.words("programmes.secondary_page"))

    def _label(self, name: str) -> str:
        """Name of a field inside a field; without words of its own, the name in the file in plain letters."""
        label = self.course.words.section("programmes.labels").get(name.lower())
        return label if isinstance(label, str) else name.replace("_", " ").capitalize()


def typeset(text: str) -> str:
    """A text with curly quotation marks and real dashes."""
    return smartyPants(text, "q", "en").replace(" - ", " – ")


def capital(text: str) -> str:
    """A text with a capital at its beginning, where that is an ordinary word."""
    return text[:1].upper() + text[1:] if FIRST_WORD.match(text) else text
