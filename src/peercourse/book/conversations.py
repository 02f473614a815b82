"""Conversations in the book: a page for each, made from its file, and links to it from other pages.

The pages have no source file of their own, so that adding a conversation is adding one YAML file.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.conversation_page import conversation_page, shown
from peercourse.book.course import course_in, course_of, env_of
from peercourse.book.errors import mistake
from peercourse.book.own_words import note
from peercourse.book.practice import FILES, PRACTICE_STYLE, form
from peercourse.content.course import Course
from peercourse.content.module import PRACTICE, Module
from peercourse.practice.conversation import Conversation

PAGE_FILES = ("store.js", "conversation.js", PRACTICE_STYLE)
ROOM = "book/practice"
"""The page that lists everything that can be practised."""


@dataclass(frozen=True)
class Placed:
    """A conversation with its module and the name of its page."""

    module: Module
    conversation: Conversation

    @property
    def pagename(self) -> str:
        """Name of its page, as Sphinx names pages."""
        return f"modules/{self.module.folder.name}/conversations/{self.conversation.id}"


def conversations_of(course: Course) -> list[Placed]:
    """Every conversation of the course in the order of modules and files."""
    return [Placed(module, found) for module in course.modules for found in module.practice.conversations.values()]


class ConversationDirective(SphinxDirective):
    """``conversation ID``: a link to a conversation, with its setting and how long it takes."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The link as a card."""
        course = course_in(self.env)
        found = [one for one in conversations_of(course) if one.conversation.id == self.arguments[0]]
        if not found:
            known = ", ".join(one.conversation.id for one in conversations_of(course)) or "none so far"
            raise mistake(self, f"'{self.arguments[0]}' is no conversation of a module ({known})")
        return [form(cards(found, self.env.docname, course), PRACTICE_STYLE)]


def cards(found: Iterable[Placed], docname: str, course: Course) -> str:
    """Links to conversations as a list of cards.

    Args:
        found: the conversations.
        docname: the page on which the cards stand.
        course: for the words of the interface.
    """
    return f'<ul class="cards">{"".join(_card(one, docname, course) for one in found)}</ul>'


def _card(one: Placed, docname: str, course: Course) -> str:
    minutes = course.words("conversation.minutes", count=one.conversation.minutes)
    setting = shown(one.conversation.setting)
    return (
        f'<li><a href="{address(one.pagename, docname)}">{shown(one.conversation.title)}</a>'
        f"<p>{course.words.html('conversation.card_facts', setting=setting, minutes=minutes)}</p>"
        f"{note(one.conversation.content_note, course.words)}</li>"
    )


def address(pagename: str, seen_from: str) -> str:
    """Relative address of one page, seen from another."""
    return escape(posixpath.relpath(f"{pagename}.html", posixpath.dirname(seen_from) or "."))


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each conversation, for Sphinx's ``html-collect-pages``."""
    course = course_of(app)
    placed = conversations_of(course)
    written = env_of(app).all_docs
    others = ROOM if ROOM in written else "index"
    for index, one in enumerate(placed):
        following = placed[index + 1 : index + 2]
        context = {
            "title": shown(one.conversation.title),
            "body": conversation_page(one.conversation, one.module, course.words, address(others, one.pagename)),
            "meta": {"description": f"{one.conversation.setting}. {one.conversation.opening}"},
            "prev": _practice_page(one, course) if _practice_of(one) in written else None,
            "next": {
                "link": address(following[0].pagename, one.pagename),
                "title": shown(following[0].conversation.title),
            }
            if following
            else None,
            FILES: PAGE_FILES,
        }
        yield one.pagename, context, "page.html"


def _practice_of(one: Placed) -> str:
    return f"modules/{one.module.folder.name}/{PRACTICE}"


def _practice_page(one: Placed, course: Course) -> dict[str, str]:
    title = course.words("practice.page", module=one.module.settings.title)
    return {"link": address(_practice_of(one), one.pagename), "title": shown(title)}


def register(app: Sphinx) -> None:
    """Register the directive and the pages."""
    app.add_directive("conversation", ConversationDirective)
    app.connect("html-collect-pages", pages)
