"""The programme library in the book: a page for each entry of ``evidence/programmes.yaml``, found by the search.

The pages have no source file of their own, so that adding a programme is adding one entry.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from peercourse.book.conversation_page import shown
from peercourse.book.course import course_of, env_of
from peercourse.book.facts import cited_in_book
from peercourse.book.library import LIBRARY_STYLE, LibraryDirective, in_order
from peercourse.book.practice import FILES
from peercourse.book.programme_links import LIBRARY, page_of
from peercourse.book.programme_page import INDEX, programme_page, searchable


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each entry, for Sphinx's ``html-collect-pages``; none where the book has no overview of them."""
    builder, course = app.builder, course_of(app)
    if LIBRARY not in env_of(app).found_docs or not isinstance(builder, StandaloneHTMLBuilder):
        return
    cited, programmes = cited_in_book(env_of(app)), in_order(course)
    for place, programme in enumerate(programmes):
        name = page_of(programme.key)
        following = programmes[place + 1 : place + 2]
        text = programme_page(programme, course, _titled(cited.get(programme.key, []), app, name))
        builder.index_page(name, searchable(text), programme.name)
        context = {
            "title": shown(programme.name),
            "body": builder.render_partial(text)["fragment"],
            "meta": {"description": f"{programme.name}. {programme.reference}"},
            "prev": {"link": INDEX, "title": course.words("programmes.library")},
            "next": {"link": f"{following[0].key}.html", "title": shown(following[0].name)} if following else None,
            FILES: (LIBRARY_STYLE,),
        }
        yield name, context, "page.html"


def _titled(docnames: list[str], app: Sphinx, seen_from: str) -> list[tuple[str, str]]:
    """Titles and addresses of pages of the book."""
    titles = env_of(app).titles
    folder = posixpath.dirname(seen_from)
    return [(titles[name].astext(), posixpath.relpath(f"{name}.html", folder)) for name in docnames]


def register(app: Sphinx) -> None:
    """Register the directive and the pages."""
    app.add_directive("programme-library", LibraryDirective)
    app.connect("html-collect-pages", pages)
