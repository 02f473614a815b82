"""A page of Markdown as passages of plain text, each with its line, its kind, and whether it is a counter-example.

The page is parsed as the book parses it, so that what no reader sees (comments, references, ids) is no text here.
A page may show what not to say; an author marks the paragraph, list or table with a comment line directly above it::

    % counter-example
    "You'll be fine," said Magda.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from peercourse.content.counter_examples import is_mark, yaml_texts
from peercourse.content.problems import ContentError
from peercourse.content.yaml_source import parse_yaml

Kind = Literal["prose", "heading", "table", "box"]
"""Running text; a heading or the term of a definition; a cell; what stands in front matter, a figure or a box."""

BOXES = frozenset({"say-avoid", "carry"})
"""Directives whose body is a YAML list."""

FIGURE = "figure-svg"
READ_OPTIONS = frozenset({"alt"})
"""Options of a directive that are read out."""

_BLOCKS: dict[str, Kind] = {"heading_open": "heading", "dt_open": "heading", "table_open": "table"}
_ENDS = frozenset({"heading_close", "dt_close", "table_close"})
_DIRECTIVE = re.compile(r"^\{([a-z-]+)\}")
_OPTION = re.compile(r"^:([a-z-]+):[ \t]*(.*)$")
_SHOWN = re.compile(r"^(.*?)\s*<[^<>]*>$", re.DOTALL)


@dataclass(frozen=True)
class Passage:
    """Text that is read in one go: a paragraph, a heading, a cell, a line of a box.

    Attributes:
        line: line of the file at which it starts.
        text: its words; line breaks are those of the file.
        kind: what it is.
        counter_example: whether it shows what not to say.
    """

    line: int
    text: str
    kind: Kind = "prose"
    counter_example: bool = False

    def line_at(self, place: int) -> int:
        """Line of the file for a place in the text."""
        return self.line + self.text.count("\n", 0, place)


def passages(text: str, first_line: int = 1) -> Iterator[Passage]:
    """Everything on a page that somebody reads, in its order.

    Args:
        text: the Markdown, front matter included.
        first_line: line of the file at which it starts, for Markdown inside a directive.
    """
    below_mark = marked_until = -1  # lines, counted from 0
    kind: Kind = "prose"
    for token in _parser().parse(text):
        start, end = token.map or (-1, -1)
        if token.type == "myst_line_comment" and any(map(is_mark, token.content.split("\n"))):
            below_mark = end
        elif start == below_mark >= 0:
            marked_until, below_mark = max(marked_until, end), -1
        kind = "prose" if token.type in _ENDS else _BLOCKS.get(token.type, kind)
        for found in _of_token(token, kind):
            marked = found.counter_example or start < marked_until
            yield replace(found, line=found.line + first_line, counter_example=marked)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (front_matter_plugin, myst_block_plugin, myst_role_plugin, deflist_plugin, colon_fence_plugin):
        parser.use(plugin)
    return parser


def _of_token(token: Token, kind: Kind) -> Iterator[Passage]:
    """Passages of a token, with lines counted from 0."""
    line = token.map[0] if token.map else 0
    if token.type == "inline":
        text = "".join(map(_shown, token.children or []))
        if text.strip():
            yield Passage(line, text, kind)
    elif token.type == "front_matter":
        yield from _box(token.content, line + 1)
    elif token.type in {"fence", "colon_fence"} and (directive := _DIRECTIVE.match(token.info)):
        yield from _directive(directive[1], token.content, line + 1)


def _shown(part: Token) -> str:
    """What a reader sees of a part of a line: of links their words, of roles the term of the glossary alone."""
    if part.type in {"softbreak", "hardbreak"}:
        return "\n"
    if part.type == "myst_role":
        shown = _SHOWN.match(part.content)
        return shown[1] if shown else part.content if part.meta["name"] == "term" else ""
    return part.content


def _directive(name: str, body: str, line: int) -> Iterator[Passage]:
    """Passages of a directive's body. All but boxes and figures hold Markdown of their own."""
    if name in BOXES:
        yield from _box(body, line)
        return
    lines = body.split("\n")
    options = 0
    while options < len(lines) and (option := _OPTION.match(lines[options])):
        if option[1] in READ_OPTIONS:
            yield Passage(line + options, option[2], "box")
        options += 1
    for found in passages("\n".join(lines[options:]), line + options):
        yield replace(found, kind="box") if name == FIGURE else found


def _box(body: str, line: int) -> Iterator[Passage]:
    """Texts of YAML in a page. What cannot be read is left to the checks that say so."""
    try:
        source = parse_yaml(body, "", first_line=line)
    except ContentError:
        return
    for found in yaml_texts(source, body, line):
        yield Passage(source.line(found.path), found.text, "box", found.counter_example)
