"""Mistakes of authors, reported by Sphinx with file and line.

``scripts/build`` runs Sphinx with ``-W --keep-going``: every mistake is shown, and any one of them fails the build.
"""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import DirectiveError
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from peercourse.content.problems import ContentError

_logger = logging.getLogger(__name__)


def report(message: str, location: str | tuple[str, int] | nodes.Node | None) -> None:
    """Report a mistake that fails the build, and go on.

    Args:
        message: what is wrong and what to write instead.
        location: where, as Sphinx takes it.
    """
    _logger.error(message, location=location)


def report_content(error: ContentError) -> None:
    """Report every problem of a content error at its own place."""
    for problem in error.problems:
        text = f"{problem.field}: {problem.message}" if problem.field else problem.message
        report(text, f"{problem.file}:{problem.line}")


def mistake(directive: SphinxDirective, message: str) -> DirectiveError:
    """An error of a directive, to be raised; Sphinx shows it with file and line."""
    return directive.error(f"{directive.name}: {message}")


def report_strays(app: Sphinx, doctree: nodes.document) -> None:  # noqa: ARG001  (Sphinx passes both)
    """Report blocks that were meant as directives: of ``:::carry`` the parser makes a plain box, and says nothing."""
    for box in doctree.findall(nodes.container):
        if box.get("is_div"):
            _report_stray(" ".join(box["classes"]), box)
    for block in doctree.findall(nodes.literal_block):
        if str(block.get("language", "")).startswith("{"):
            _report_stray(block["language"], block)


def _report_stray(name: str, node: nodes.Element) -> None:
    report(f"'{name}' is no directive; write its name alone in the brackets, as in ':::{{carry}}'", node)


def register(app: Sphinx) -> None:
    """Register the event."""
    app.connect("doctree-read", report_strays)
