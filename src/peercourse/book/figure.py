"""``figure-svg NAME``: a drawing out of ``book/figures``, with its dark variant where there is one."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote
from xml.etree import ElementTree

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec
from sphinx.writers.html5 import HTML5Translator

from peercourse.book.errors import mistake

FOLDER = "book/figures"


class Drawing(nodes.image):
    """An image with its size as attributes, so that the text does not jump, and never with inline style."""


class FigureSvg(SphinxDirective):
    """A figure; ``:alt:`` is required, the body is the caption."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[OptionSpec] = {"alt": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """The figure with one or two drawings, of which the page shows the one that fits its colours."""
        name, alternative = self.arguments[0], self.options.get("alt", "").strip()
        if not alternative:
            raise mistake(self, f"'{name}' has no ':alt:'; say in a sentence what the drawing shows")
        if not (Path(self.env.srcdir) / FOLDER / f"{name}.svg").is_file():
            raise mistake(self, f"there is no {FOLDER}/{name}.svg; correct the name")
        figure = nodes.figure(classes=["drawing"])
        dark = (Path(self.env.srcdir) / FOLDER / f"{name}-dark.svg").is_file()
        figure += self._drawing(name, alternative, "only-light" if dark else "")
        if dark:
            figure += self._drawing(f"{name}-dark", alternative, "only-dark")
        if self.content:
            caption, messages = self.state.inline_text(" ".join(self.content), self.lineno)
            figure += nodes.caption("", "", *caption, *messages)
        return [figure]

    def _drawing(self, name: str, alternative: str, css_class: str) -> Drawing:
        path = f"{FOLDER}/{name}.svg"
        self.env.note_dependency(path)
        width, height = self._size(Path(self.env.srcdir) / path)
        classes = [css_class] if css_class else []
        return Drawing(uri=f"/{path}", alt=alternative, classes=classes, size=(width, height))

    def _size(self, path: Path) -> tuple[str, str]:
        try:
            box = ElementTree.parse(path).getroot().get("viewBox", "").split()  # noqa: S314  (our own file)
            return f"{float(box[2]):.0f}", f"{float(box[3]):.0f}"
        except (ElementTree.ParseError, ValueError, IndexError):
            raise mistake(self, f"{path.name} is no SVG with a viewBox; add viewBox to it") from None


def visit_drawing(translator: HTML5Translator, node: Drawing) -> None:
    """Write the image."""
    builder = translator.builder
    address = posixpath.join(builder.imgpath, quote(builder.images[node["uri"]]))
    width, height = node["size"]
    attributes = {"src": address, "alt": node["alt"], "width": width, "height": height, "loading": "lazy"}
    translator.body.append(translator.emptytag(node, "img", "\n", **attributes))


def depart_drawing(translator: HTML5Translator, node: Drawing) -> None:
    """Nothing to close."""


def register(app: Sphinx) -> None:
    """Register directive and node."""
    app.add_node(Drawing, html=(visit_drawing, depart_drawing))
    app.add_directive("figure-svg", FigureSvg)
