"""What every page carries around its text: description, navigation, help box, banner, sign-off."""

from __future__ import annotations

import os
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from peercourse.book.course import course_of, page_in_module
from peercourse.book.host import contact_list, sign_off
from peercourse.book.navigation import leaner, mended
from peercourse.content.course import Course

PUBLISH_VARIABLE = "PEERCOURSE_PUBLISH"
LONGEST_DESCRIPTION = 155  # characters; search engines cut off what is longer


def add_furniture(
    app: Sphinx,
    pagename: str,
    templatename: str,  # noqa: ARG001  (Sphinx passes five)
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the templates what they show around the text."""
    course = course_of(app)
    institution = course.institution
    context["description"] = describe(pagename, context.get("meta") or {}, doctree, course)
    context["navigation"] = Markup(mended(context.get("furo_navigation_tree", "")))  # noqa: S704  (Sphinx's own HTML)
    if "body" in context:
        context["body"] = leaner(context["body"])
    context["institution"] = institution
    context["contacts"] = Markup(contact_list(institution, course.words))  # noqa: S704  (escaped there)
    context["sign_off"] = sign_off(institution, course.words)
    context["words"] = course.words.html
    context["page_language"] = "en-GB" if institution.language == "en" else institution.language
    context["canonical"] = canonical_address(institution.site_url, pagename)


def describe(pagename: str, meta: dict[str, Any], doctree: nodes.document | None, course: Course) -> str:
    """A sentence or two for search engines: the page's own description, else its first paragraph."""
    found = page_in_module(course, pagename)
    own = (found[1].header.description if found else None) or meta.get("description")
    if own:
        return shortened(str(own))
    if doctree is None:  # the search page
        return course.words("search.description")
    return shortened(_first_words(doctree))


def shortened(text: str) -> str:
    """Text on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_DESCRIPTION:
        return line
    return line[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _first_words(doctree: nodes.document) -> str:
    words = ""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section) and not paragraph["classes"]:
            words = f"{words} {paragraph.astext()}".strip()
            if len(words) > 80:
                break
    title = next(doctree.findall(nodes.title), None)
    return words or (title.astext() if title is not None else "")


def canonical_address(site_url: str, pagename: str) -> str:
    """Address of a page on the published site; empty in a preview."""
    if os.environ.get(PUBLISH_VARIABLE) != "1" or not site_url:
        return ""
    return f"{site_url.rstrip('/')}/{'' if pagename == 'index' else f'{pagename}.html'}"


def register(app: Sphinx) -> None:
    """Register the event, after Furo has added its own."""
    app.connect("html-page-context", add_furniture, priority=800)
