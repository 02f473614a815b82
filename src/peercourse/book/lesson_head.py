"""What stands under a lesson's title, out of its front matter: time, place in the module, outcomes, content note."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from peercourse.book.contents import page_link
from peercourse.book.course import course_in, env_of, page_in_module
from peercourse.book.sentence import sentence
from peercourse.content.module import Lesson, Module
from peercourse.words import Words

CARRY = "carry-this"
"""Id of the section "Carry this": the way round hard material."""


def add_head(app: Sphinx, doctree: nodes.document) -> None:
    """Put the lines below the title of a page that belongs to a module."""
    env = env_of(app)
    course = course_in(env)
    found = page_in_module(course, env.docname)
    section = next(doctree.findall(nodes.section), None)
    if found is None or section is None:
        return
    module, page = found
    position = section.first_child_matching_class(nodes.title)
    if position is None:
        return
    for node in reversed(list(_lines(module, page, section, course.words))):
        section.insert(position + 1, node)


def _lines(module: Module, page: Lesson, section: nodes.section, words: Words) -> Iterator[nodes.Node]:
    yield nodes.paragraph("", _place(module, page, words), classes=["lesson-facts"])
    if page.header.content_note:
        yield _content_note(page.header.content_note, list(_ways_round(module, page, section, words)), words)
    if page.header.outcomes:
        yield _outcomes(module, page, words)


def _place(module: Module, page: Lesson, words: Words) -> str:
    minutes = words("lesson.minutes", count=page.header.minutes)
    if page not in module.lessons:
        return minutes
    place = words("lesson.place", number=module.lessons.index(page) + 1, total=len(module.lessons))
    return f"{minutes} · {place}"


def _outcomes(module: Module, page: Lesson, words: Words) -> nodes.container:
    texts = {outcome.id: outcome.text for outcome in module.settings.outcomes}
    items = (
        nodes.list_item("", nodes.paragraph("", texts[outcome]))
        for outcome in page.header.outcomes
        if outcome in texts  # unknown ones are reported by the check of the course, with their line
    )
    heading = nodes.paragraph("", words("lesson.outcomes"))
    return nodes.container("", heading, nodes.bullet_list("", *items), classes=["outcomes"])


def _content_note(note: str, ways: list[nodes.Node], words: Words) -> nodes.container:
    text = nodes.paragraph("", "", nodes.strong("", words("lesson.content_note")), nodes.Text(f": {note}"))
    box = nodes.container("", text, classes=["content-note"])
    if ways:
        key = "lesson.ways_round" if len(ways) > 1 else "lesson.way_round"
        box += nodes.paragraph("", "", *sentence(words, key, first=ways[:1], second=ways[1:]))
    return box


def _ways_round(module: Module, page: Lesson, section: nodes.section, words: Words) -> Iterator[nodes.Node]:
    """At most two."""
    carried = any(CARRY in part["ids"] for part in section.findall(nodes.section))
    if carried and page.header.carry_round:
        yield nodes.reference("", words("lesson.to_carry"), internal=True, refid=CARRY)
    later = module.lessons[module.lessons.index(page) + 1 :] if page in module.lessons else ()
    if later:
        yield page_link(f"modules/{module.folder.name}/{later[0].stem}", words("lesson.to_next"))


def register(app: Sphinx) -> None:
    """Register the event."""
    app.connect("doctree-read", add_head)
