"""Where the pages of the programme library are, and whether the book has them."""

from __future__ import annotations

from sphinx.environment import BuildEnvironment

from peercourse.book.course import course_in

LIBRARY = "book/programmes/index"
"""The overview. A book without it has no pages of programmes, and no links to them."""


def page_of(key: str) -> str:
    """Name of an entry's page, as Sphinx names pages."""
    return f"book/programmes/{key}"


def programme_address(key: str, seen_from: str, env: BuildEnvironment) -> str:
    """Address of the page of an entry; empty for what is no programme, or has no page.

    Args:
        key: id of something that is cited.
        seen_from: the page on which the link stands.
        env: the build's environment.
    """
    programme = course_in(env).programmes.get(key)
    if programme is None or programme.confirm_before_publication or LIBRARY not in env.found_docs:
        return ""
    return env.app.builder.get_relative_uri(seen_from, page_of(key))
