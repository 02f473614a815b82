"""The programme library in the book: a page for each entry of ``evidence/programmes.yaml``, found by the search.

The pages have no source file of their own, so that adding a programme is adding one entry.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from peercourse.book.conversation_page import shown
from peercourse.book.course import course_of, env_of
from peercourse.book.facts import cited_in_book
from peercourse.book.library import LIBRARY_STYLE, LibraryDirective, in_order
from peercourse.book.practice import FILES
from peercourse.book.programme_links import LIBRARY, page_of
from peercourse.book.programme_page import INDEX, programme_page, searchable
from peercourse.book.programme_text import typeset
from peercourse.content.programmes import Programme


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each entry, for Sphinx's ``html-collect-pages``."""
    course, programmes = course_of(app), _with_pages(app)
    for place, programme in enumerate(programmes):
        following = programmes[place + 1 : place + 2]
        context = {
            "title": _title(programme),
            "body": app.builder.render_partial(_text(programme, app))["fragment"],  # type: ignore[attr-defined]
            "meta": {"description": f"{programme.name}. {programme.reference}"},
            "prev": {"link": INDEX, "title": course.words("programmes.library")},
            "next": {"link": f"{following[0].key}.html", "title": _title(following[0])} if following else None,
            FILES: (LIBRARY_STYLE,),
        }
        yield page_of(programme.key), context, "page.html"


def add_to_search(app: Sphinx, exception: Exception | None) -> None:
    """Put the pages into the index of the search, and write it again.

    Sphinx takes every page without a source file out of the index as it writes it. So this comes after that.
    """
    builder = app.builder
    if exception is not None or not isinstance(builder, StandaloneHTMLBuilder) or builder.indexer is None:
        return
    programmes = _with_pages(app)
    for programme in programmes:
        title = _title(programme)
        builder.index_page(page_of(programme.key), searchable(_text(programme, app), title), title)
    if programmes:
        with Path(builder.outdir, builder.searchindex_filename).open("w", encoding="utf-8") as file:
            builder.indexer.dump(file, builder.indexer_format)


def _with_pages(app: Sphinx) -> list[Programme]:
    """Entries that have a page, in the order of the overview; none in a book that has no overview."""
    return in_order(course_of(app)) if LIBRARY in env_of(app).found_docs else []


def _text(programme: Programme, app: Sphinx) -> nodes.section:
    env = env_of(app)
    folder = posixpath.dirname(LIBRARY)
    citing = cited_in_book(env).get(programme.key, [])
    links = [(env.titles[name].astext(), posixpath.relpath(f"{name}.html", folder)) for name in citing]
    return programme_page(programme, course_of(app), links)


def _title(programme: Programme) -> str:
    """The name as HTML, which is how templates and search show titles."""
    return shown(typeset(programme.name))


def register(app: Sphinx) -> None:
    """Register the directive, the pages, and their place in the search."""
    app.add_directive("programme-library", LibraryDirective)
    app.connect("html-collect-pages", pages)
    app.connect("build-finished", add_to_search)
