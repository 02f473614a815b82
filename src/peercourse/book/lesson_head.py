"""What stands under a lesson's title, out of its front matter: time, place in the module, outcomes, content note."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from peercourse.book.contents import page_link
from peercourse.book.course import course_in, env_of, page_in_module
from peercourse.content.module import Lesson, Module

CARRY = "carry-this"
"""Id of the section "Carry this": the way round hard material."""


def add_head(app: Sphinx, doctree: nodes.document) -> None:
    """Put the lines below the title of a page that belongs to a module."""
    env = env_of(app)
    found = page_in_module(course_in(env), env.docname)
    section = next(doctree.findall(nodes.section), None)
    if found is None or section is None:
        return
    module, page = found
    position = section.first_child_matching_class(nodes.title)
    if position is None:
        return
    for node in reversed(list(_lines(module, page, section))):
        section.insert(position + 1, node)


def _lines(module: Module, page: Lesson, section: nodes.section) -> Iterator[nodes.Node]:
    yield nodes.paragraph("", _place(module, page), classes=["lesson-facts"])
    if page.header.content_note:
        yield _content_note(page.header.content_note, module, page, section)
    if page.header.outcomes:
        yield _outcomes(module, page)


def _place(module: Module, page: Lesson) -> str:
    minutes = "1 minute" if page.header.minutes == 1 else f"{page.header.minutes} minutes"
    if page not in module.lessons:
        return minutes
    return f"{minutes} · lesson {module.lessons.index(page) + 1} of {len(module.lessons)}"


def _outcomes(module: Module, page: Lesson) -> nodes.container:
    texts = {outcome.id: outcome.text for outcome in module.settings.outcomes}
    items = (
        nodes.list_item("", nodes.paragraph("", texts[outcome]))
        for outcome in page.header.outcomes
        if outcome in texts  # unknown ones are reported by the check of the course, with their line
    )
    heading = nodes.paragraph("", "After this page you can")
    return nodes.container("", heading, nodes.bullet_list("", *items), classes=["outcomes"])


def _content_note(note: str, module: Module, page: Lesson, section: nodes.section) -> nodes.container:
    text = nodes.paragraph("", "", nodes.strong("", "Before you read"), nodes.Text(f": {note}"))
    ways = list(_ways_round(module, page, section))
    around = nodes.paragraph("", "If today is not the day for it: ")
    for position, way in enumerate(ways):
        if position:
            around += nodes.Text(", or ")
        around += way
    around += nodes.Text(".")
    return nodes.container("", text, *([around] if ways else []), classes=["content-note"])


def _ways_round(module: Module, page: Lesson, section: nodes.section) -> Iterator[nodes.Element]:
    if any(CARRY in part["ids"] for part in section.findall(nodes.section)):
        yield nodes.reference("", "go to what to carry", internal=True, refid=CARRY)
    later = module.lessons[module.lessons.index(page) + 1 :] if page in module.lessons else ()
    if later:
        yield page_link(f"modules/{module.folder.name}/{later[0].stem}", "go on to the next lesson")


def register(app: Sphinx) -> None:
    """Register the event."""
    app.connect("doctree-read", add_head)
