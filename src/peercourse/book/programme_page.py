"""An entry of the programme library as a page. No word here is stronger than the entry; what it lacks is said."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from docutils.utils import new_document

from peercourse.book.programme_text import GAP, Writer, typeset
from peercourse.content.course import Course
from peercourse.content.programmes import FurtherSource, Programme

INDEX = "index.html"
"""Address of the overview, beside the pages of the entries."""
ROWS = "programme"
"""Class of the outer rows of a page."""
HINT = "hint"
"""Class of a sentence of the interface about what follows it."""


def programme_page(programme: Programme, course: Course, cited_by: Sequence[tuple[str, str]]) -> nodes.section:
    """The text of an entry's page.

    Args:
        programme: the entry.
        course: for the words of the interface and the names of other entries.
        cited_by: titles and addresses of the pages that cite it.
    """
    page = nodes.section("", nodes.title("", typeset(programme.name)), _head(programme, course), ids=[programme.key])
    if programme.only_reference:
        page += nodes.paragraph("", course.words("programmes.only_reference"), classes=[GAP])
        page += Writer(course).paragraph(programme.reference, "reference")
        return page
    page += _how_it_works(programme, course)
    for name, content in _sections(programme, Writer(course)):
        page += _section(name, content, course)
    if cited_by:
        links = (nodes.reference("", title, internal=True, refuri=address) for title, address in cited_by)
        entries = (nodes.list_item("", nodes.paragraph("", "", link)) for link in links)
        page += _section("cited", [nodes.bullet_list("", *entries)], course)
    return page


def searchable(page: nodes.section, title: str) -> nodes.document:
    """A page for the index of the search: what it tells, without the words that all such pages share.

    Args:
        page: the page's text.
        title: its title as HTML, since the search shows titles as they are.
    """
    document, copy = new_document(""), page.deepcopy()
    copy[0] = nodes.title("", title)
    document += copy
    shared = [
        node
        for node in document.findall(nodes.Element)
        if isinstance(node, nodes.term)
        or (isinstance(node, nodes.title) and node.parent is not copy)
        or {GAP, HINT}.intersection(node.get("classes", ()))
    ]
    for node in shared:
        node.parent.remove(node)
    return document


def _head(programme: Programme, course: Course) -> nodes.paragraph:
    """The way back, and how far the entry was read: nobody should meet a figure before that."""
    line = nodes.paragraph("", "", classes=["lesson-facts", HINT])
    line += nodes.reference("", course.words("programmes.library"), internal=True, refuri=INDEX)
    if not programme.only_reference:
        line += nodes.Text(f" · {course.words(f'evidence.{programme.verification}')}")
    return line


def _how_it_works(programme: Programme, course: Course) -> nodes.definition_list:
    write, words = Writer(course), course.words
    country = [write.paragraph(unconfirmed_country(programme, course))]
    model = write.passage(programme.model)
    steps = write.passage(programme.steps_or_skills)
    rows = [
        (words("programmes.model"), [*model, *_notes(write, programme.model_note)]),
        (words("programmes.setting"), write.passage(programme.setting)),
        (words("programmes.country"), list[nodes.Node](country)),
        (words("programmes.who_supports"), write.passage(programme.who_supports)),
        (words("programmes.activation"), write.passage(programme.activation)),
        (words("programmes.response_time"), write.passage(programme.response_time)),
        (words("programmes.training"), write.passage(programme.training)),
        (words("programmes.steps"), [*steps, *_notes(write, programme.steps_note)]),
        (words("programmes.confidentiality"), write.passage(programme.confidentiality)),
        (words("programmes.escalation"), write.passage(programme.escalation)),
    ]
    return write.rows(rows, ROWS)


def unconfirmed_country(programme: Programme, course: Course) -> str | None:
    """The country; where no source names it, with a word that it is still to be confirmed."""
    if programme.country and programme.from_memory:
        return course.words("programmes.unconfirmed", value=programme.country)
    return programme.country


def _sections(programme: Programme, write: Writer) -> list[tuple[str, list[nodes.Node]]]:
    """Sections in the order in which a reader needs them; what an entry need not have is left out where it has none."""
    words = write.course.words
    sections = [("found", write.passage(programme.evaluation))]
    if programme.related_evidence is not None:
        sections.append(("related", write.passage(programme.related_evidence)))
    sections.append(("limits", write.passage(programme.limits)))
    if programme.lessons_for_peer_supporter is not None or programme.lessons_note:
        lessons = write.passage(programme.lessons_for_peer_supporter) if programme.lessons_for_peer_supporter else []
        notes = _notes(write, programme.lessons_note)
        sections.append(("take", [_hint(words("programmes.take_note")), *lessons, *notes]))
    strength = nodes.paragraph("", f"{words(f'evidence.{programme.verification}')}.", classes=[HINT])
    notes = _notes(write, programme.verification_note, programme.from_memory_note)
    sections.append(("checked", [strength, *notes]))
    further = [source for source in programme.further_sources if not source.confirm_before_publication]
    if further:
        entries = nodes.bullet_list("", *(_further(source, write) for source in further))
        sections.append(("further", [_hint(words("programmes.further_note")), entries]))
    reference = nodes.paragraph("", "", *write.text(programme.reference), classes=["reference"])
    sections.append(("reference", [reference, *_notes(write, programme.reference_note)]))
    return sections


def _section(name: str, content: list[nodes.Node], course: Course) -> nodes.section:
    heading = course.words.section("programmes.headings")[name]
    for rows in content:
        if isinstance(rows, nodes.definition_list):
            rows["classes"] = [ROWS]
    return nodes.section("", nodes.title("", str(heading)), *content, ids=[name])


def _further(source: FurtherSource, write: Writer) -> nodes.list_item:
    citation = nodes.paragraph("", "", *write.text(source.citation), classes=["strength"])
    return nodes.list_item("", write.paragraph(source.fact), citation)


def _notes(write: Writer, *notes: str | None) -> list[nodes.Node]:
    return [write.paragraph(note) for note in notes if note]


def _hint(text: str) -> nodes.paragraph:
    return nodes.paragraph("", text, classes=[HINT])
