"""Where the pages of the programme library are, and whether the book has them."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from peercourse.book.programme_text import typeset
from peercourse.content.course import Course

LIBRARY = "book/programmes/index"
"""The overview. A book without it has no pages of programmes, and no links to them."""


def page_of(key: str) -> str:
    """Name of an entry's page, as Sphinx names pages."""
    return f"book/programmes/{key}"


def programme_link(key: str, seen_from: str, env: BuildEnvironment, course: Course) -> nodes.reference | None:
    """A link to the page of an entry; None for what is no programme, or has no page.

    Args:
        key: id of something that is cited.
        seen_from: the page on which the link stands.
        env: the build's environment.
        course: the course.
    """
    programme = course.programmes.get(key)
    if programme is None or programme.confirm_before_publication or LIBRARY not in env.found_docs:
        return None
    address = env.app.builder.get_relative_uri(seen_from, page_of(key))
    return nodes.reference("", typeset(programme.name), internal=True, refuri=address)
