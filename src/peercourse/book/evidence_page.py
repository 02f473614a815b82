"""The evidence page (every fact that the book cites, its source and how it was checked) and the list of references."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in, course_of, env_of, source_in
from peercourse.book.facts import EVIDENCE_PAGE, cited_in_book, reference_text
from peercourse.book.programme_links import programme_address
from peercourse.book.sentence import sentence
from peercourse.content.course import Course
from peercourse.words import Words

PROGRAMMES = "programmes-and-studies-named-in-the-review"
"""End of the address of what has no topic; the same in every language, as links lead there."""


class EvidenceTable(nodes.General, nodes.Element):
    """Place of the evidence list; filled when every page has been read."""


class EvidenceDirective(SphinxDirective):
    """``evidence-table``: all facts that the book cites."""

    def run(self) -> list[nodes.Node]:
        """Mark the place."""
        return [EvidenceTable()]


class ReferencesDirective(SphinxDirective):
    """``references``: every entry of ``references.bib`` by name."""

    def run(self) -> list[nodes.Node]:
        """The list."""
        entries = nodes.bullet_list(classes=["references"])
        course = course_in(self.env)
        for reference in sorted(course.references.values(), key=lambda reference: reference.text.casefold()):
            entry = nodes.list_item("", ids=[f"reference-{reference.key}"])
            entry += nodes.paragraph("", "", *reference_text(reference))
            entries += entry
        return [entries]


def write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:  # noqa: ARG001  (Sphinx passes both)
    """The evidence page depends on every other page, so it is always written again."""
    return [EVIDENCE_PAGE] if EVIDENCE_PAGE in env.found_docs else []


def fill_table(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the evidence into its place."""
    for place in list(doctree.findall(EvidenceTable)):
        place.replace_self(list(_topics(app, docname)))


def _topics(app: Sphinx, docname: str) -> Iterator[nodes.Node]:
    course = course_of(app)
    cited = cited_in_book(env_of(app))
    titles = {fact: _title(fact, course.words) for fact in cited}
    for title, group in groupby(sorted(cited, key=lambda fact: (titles[fact], fact)), titles.__getitem__):
        facts = list(group)
        section = nodes.section("", nodes.title("", title), ids=[f"topic-{_topic(facts[0]) or PROGRAMMES}"])
        entries = nodes.bullet_list(classes=["evidence"])
        for fact_id in facts:
            entries += _entry(fact_id, cited[fact_id], course, app, docname)
        section += entries
        yield section
    if not cited:
        yield nodes.paragraph("", course.words("evidence.none_in_book"))


def _topic(fact_id: str) -> str:
    """Topic in a fact id; empty for programmes, whose keys have none."""
    return fact_id.rpartition("-F")[0].lower()


def _title(fact_id: str, words: Words) -> str:
    topic = _topic(fact_id)
    return topic.replace("-", " ").capitalize() if topic else words("evidence.programmes")


def _entry(fact_id: str, pages: list[str], course: Course, app: Sphinx, docname: str) -> nodes.list_item:
    fact, source = course.facts[fact_id], source_in(course, fact_id)
    entry = nodes.list_item("", ids=[fact_id])
    claim: nodes.Node = nodes.Text(fact.statement)
    if programme := programme_address(fact_id, docname, env_of(app)):
        claim = nodes.reference("", fact.statement, internal=True, refuri=programme)
    entry += nodes.paragraph("", "", claim, classes=["claim"])
    address = app.builder.get_relative_uri(docname, "book/references") if _has(app, "book/references") else ""
    strength = course.words(f"evidence.{fact.verification}")
    label: nodes.Node = nodes.Text(source.label)
    if address:
        label = nodes.reference("", source.label, internal=True, refuri=f"{address}#reference-{source.key}")
    entry += nodes.paragraph("", "", label, nodes.Text(f". {strength}."))
    links = _page_links(pages, app, docname)
    entry += nodes.paragraph("", "", *sentence(course.words, "evidence.used_in", pages=links))
    return entry


def _page_links(pages: list[str], app: Sphinx, docname: str) -> Iterator[nodes.Node]:
    for position, page in enumerate(pages):
        if position:
            yield nodes.Text("; ")
        title = env_of(app).titles[page].astext()
        yield nodes.reference("", title, internal=True, refuri=app.builder.get_relative_uri(docname, page))


def _has(app: Sphinx, docname: str) -> bool:
    return docname in env_of(app).found_docs


def register(app: Sphinx) -> None:
    """Register directives and events."""
    app.add_directive("evidence-table", EvidenceDirective)
    app.add_directive("references", ReferencesDirective)
    app.connect("env-updated", write_again)
    app.connect("doctree-resolved", fill_table)
