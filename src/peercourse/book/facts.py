"""Facts in the text: ``{fact}`` cites them, ``sources`` lists at the end of a page what was cited on it.

A page numbers its sources in the order in which they are cited. Several facts of one source share its number.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.writers.html5 import HTML5Translator

from peercourse.book.course import course_in, env_of, source_in
from peercourse.book.errors import report
from peercourse.book.programme_links import programme_address
from peercourse.content.course import Course
from peercourse.content.evidence import Reference

EVIDENCE_PAGE = "book/evidence"
"""The page with the evidence list; sources link to it where it is part of the book."""

REFERENCES_PAGE = "book/references"
"""The page with the whole references; a lesson names its sources in short where this page is part of the book."""

CITED = "peercourse-cited"
"""Key in a page's metadata that holds the ids of its facts; Sphinx drops it with the page."""


class Citation(nodes.inline):
    """Facts cited at one place of the text; replaced by numbers when the whole page has been read."""


class Numbers(nodes.Inline, nodes.Element):
    """The numbers of the sources cited at one place."""


class SourceList(nodes.General, nodes.Element):
    """Place of a page's list of sources."""


class EvidenceLink(nodes.reference):
    """A link to a fact on the evidence page, given its address when pages are written."""


class SourceName(nodes.Inline, nodes.Element):
    """A source by its short form and title, or whole, as is decided when pages are written."""


class FactRole(SphinxRole):
    """``{fact}`id, id` ``: cites facts or programmes. An id without a source fails the build."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Check the ids and leave a mark in the text."""
        course = course_in(self.env)
        ids = [part.strip() for part in self.text.split(",") if part.strip()]
        good = [fact_id for fact_id in ids if self._usable(fact_id, course)]
        return ([Citation("", facts=good)] if good else []), []

    def _usable(self, fact_id: str, course: Course) -> bool:
        if fact_id not in course.facts:
            message = "is not in evidence/; correct the id or leave the claim out"
        elif course.source_of(fact_id) is None:
            message = "has no entry in book/references.bib; add it to the 'facts' of its source"
        else:
            return True
        report(f"fact: '{fact_id}' {message}", self.get_location())
        return False


class SourcesDirective(SphinxDirective):
    """``sources``: every fact cited on the page, by source."""

    def run(self) -> list[nodes.Node]:
        """Mark the place."""
        return [SourceList()]


def number_citations(app: Sphinx, doctree: nodes.document) -> None:
    """Give each cited source its number, and fill the page's list of sources."""
    env = env_of(app)
    course = course_in(env)
    cited: dict[str, list[str]] = {}
    for mark in list(doctree.findall(Citation)):
        _close_up(mark)
        keys = dict.fromkeys(_note(cited, fact_id, course) for fact_id in mark["facts"])
        numbers = [list(cited).index(key) + 1 for key in keys]
        names = [course.words("evidence.source", number=number) for number in numbers]
        mark.replace_self(Numbers(links=list(zip(numbers, names, strict=True))))
    places = list(doctree.findall(SourceList))
    for place in places:
        none = nodes.paragraph("", course.words("evidence.none_on_page"))
        place.replace_self(_source_list(cited, course) if cited else none)
    if cited:
        env.metadata[env.docname][CITED] = " ".join(fact for facts in cited.values() for fact in facts)
        if not places:
            report("the page cites facts and has no list of them; end it with a 'sources' directive", env.docname)


def link_evidence(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give links to the evidence their address; plain text where the book has no page for it.

    A programme has a page of its own, which tells more than its line on the evidence page.
    """
    env = env_of(app)
    for link in list(doctree.findall(EvidenceLink)):
        programme = programme_address(link["fact"], docname, env)
        if programme or EVIDENCE_PAGE in env.found_docs:
            target = programme or f"{app.builder.get_relative_uri(docname, EVIDENCE_PAGE)}#{link['fact']}"
            link.replace_self(nodes.reference("", "", *link.children, internal=True, refuri=target))
        else:
            link.replace_self(nodes.inline("", "", *link.children))


def name_sources(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name each source of a page: in short with a link to its whole reference, or whole where the book has no list.

    A lesson is read on a phone; twenty whole references would weigh more than the lesson.
    """
    env = env_of(app)
    for name in list(doctree.findall(SourceName)):
        reference = course_in(env).references[name["key"]]
        if REFERENCES_PAGE in env.found_docs:
            address = app.builder.get_relative_uri(docname, REFERENCES_PAGE)
            target = f"{address}#reference-{reference.key}"
            link = nodes.reference("", reference.label, internal=True, refuri=target)
            title = "" if reference.label.startswith(reference.title) else f": {reference.title}"
            name.replace_self([link, nodes.Text(f"{title}.")])
        else:
            name.replace_self(reference_text(reference))


def cited_in_book(env: BuildEnvironment) -> dict[str, list[str]]:
    """Names of the pages that cite each fact, by fact id."""
    pages: dict[str, list[str]] = {}
    for docname in sorted(env.found_docs):
        for fact_id in env.metadata[docname].get(CITED, "").split():
            pages.setdefault(fact_id, []).append(docname)
    return pages


def reference_text(reference: Reference) -> list[nodes.Node]:
    """A reference in one line, with a link to where it can be read."""
    if not reference.url:
        return [nodes.Text(reference.text)]
    address = _short_address(reference.url)
    # An identifier at the end of the reference becomes the link itself, and is not said twice.
    text = reference.text.removesuffix(".").removesuffix(address).rstrip(". ")
    return [nodes.Text(f"{text}. "), nodes.reference("", address, refuri=reference.url)]


def _short_address(url: str) -> str:
    address = url.split("://", 1)[-1].removeprefix("www.")
    if address.startswith("doi.org/"):
        return address.replace("doi.org/", "doi:", 1)
    return address if len(address) <= 40 else address.split("/", 1)[0]


def _note(cited: dict[str, list[str]], fact_id: str, course: Course) -> str:
    source = source_in(course, fact_id)
    facts = cited.setdefault(source.key, [])
    if fact_id not in facts:
        facts.append(fact_id)
    return source.key


def _close_up(mark: Citation) -> None:
    """Take away the space before a citation, so that its number follows the word."""
    before = mark.parent[mark.parent.index(mark) - 1] if mark.parent.index(mark) else None
    if isinstance(before, nodes.Text) and before != before.rstrip():
        mark.parent.replace(before, nodes.Text(before.rstrip()))


def visit_numbers(translator: HTML5Translator, node: Numbers) -> None:
    """Write the numbers, each named for those who cannot see that it is raised."""
    links = (f'<a href="#source-{number}" aria-label="{escape(name)}">{number}</a>' for number, name in node["links"])
    translator.body.append(f"<sup>{' '.join(links)}</sup>")
    raise nodes.SkipNode


def _source_list(cited: dict[str, list[str]], course: Course) -> nodes.Element:
    entries = nodes.enumerated_list(classes=["sources"], enumtype="arabic", prefix="", suffix=".")
    for number, (key, facts) in enumerate(cited.items(), start=1):
        entry = nodes.list_item("", ids=[f"source-{number}"])
        entry += nodes.paragraph("", "", SourceName(key=key))
        for verification in dict.fromkeys(course.facts[fact].verification for fact in facts):
            checked = [fact for fact in facts if course.facts[fact].verification == verification]
            entry += _strength_line(course.words(f"evidence.{verification}"), checked)
        entries += entry
    return entries


def _strength_line(strength: str, facts: list[str]) -> nodes.paragraph:
    line = nodes.paragraph("", f"{strength}: ", classes=["strength"])
    for position, fact_id in enumerate(facts):
        if position:
            line += nodes.Text(", ")
        line += EvidenceLink("", fact_id, fact=fact_id)
    return line


def register(app: Sphinx) -> None:
    """Register role, directive and events."""
    app.add_node(Numbers, html=(visit_numbers, None))
    app.add_role("fact", FactRole())
    app.add_directive("sources", SourcesDirective)
    app.connect("doctree-read", number_citations)
    app.connect("doctree-resolved", link_evidence)
    app.connect("doctree-resolved", name_sources)
