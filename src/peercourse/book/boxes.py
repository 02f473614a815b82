"""Boxes that a lesson is made of: what to say and what to avoid, and the lines to carry."""

from __future__ import annotations

from typing import TypeVar

from docutils import nodes
from pydantic import Field
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in
from peercourse.book.errors import mistake
from peercourse.content.model import ContentModel, Text
from peercourse.content.problems import ContentError
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import parse_yaml

Rows = TypeVar("Rows")


class Pair(ContentModel):
    """A thing to say, one to avoid, and why."""

    say: Text
    avoid: Text
    why: Text = Field(min_length=3)


class SayAvoid(SphinxDirective):
    """``say-avoid``: a YAML list of ``say``, ``avoid`` and ``why``."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The pairs as a list that reads in order and stands side by side where there is room."""
        pairs = read_rows(self, tuple[Pair, ...])
        words = course_in(self.env).words
        rows = nodes.bullet_list(classes=["say-avoid"])
        for pair in pairs:
            row = nodes.list_item()
            row += self._line("say", words("lesson.say"), pair.say)
            row += self._line("avoid", words("lesson.avoid"), pair.avoid)
            row += self._line("why", words("lesson.why"), pair.why)
            rows += row
        return [rows]

    def _line(self, css_class: str, label: str, text: str) -> nodes.paragraph:
        tag = nodes.strong("", label, classes=["tag"])
        line = f"“{text}”" if css_class != "why" else text
        return nodes.paragraph("", "", tag, nodes.Text(" "), *inline(self, line), classes=[css_class])


class Carry(SphinxDirective):
    """``carry``: a YAML list of the lines to carry in a pocket."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The lines as a card."""
        lines = read_rows(self, tuple[Text, ...])
        items = (nodes.list_item("", nodes.paragraph("", "", *inline(self, line))) for line in lines)
        return [nodes.bullet_list("", *items, classes=["carry"])]


def read_rows(directive: SphinxDirective, model: type[Rows]) -> Rows:
    """The YAML list in a directive's body.

    Raises:
        DirectiveError: it is empty, not YAML or not as the directive needs it; the message names line and field.
    """
    if not any(line.strip() for line in directive.content):
        raise mistake(directive, "is empty; write a YAML list in it")
    name, line = directive.get_source_info()
    try:
        source = parse_yaml("\n".join(directive.content), name, first_line=line + 1)
        return read_model(source, model)
    except ContentError as error:
        found = (f"line {problem.line}: {problem.field or 'body'} {problem.message}" for problem in error.problems)
        raise mistake(directive, "; ".join(found)) from None


def inline(directive: SphinxDirective, text: str) -> list[nodes.Node]:
    """Text with the markup that a line of Markdown may hold."""
    parsed, messages = directive.state.inline_text(text, directive.lineno)
    return [*parsed, *messages]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("say-avoid", SayAvoid)
    app.add_directive("carry", Carry)
