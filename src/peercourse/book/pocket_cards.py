"""``pocket-card``: a link to the module's pocket card, and the cards themselves as PDF files in the site."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in, course_of, module_of
from peercourse.book.errors import mistake
from peercourse.content.module import Module
from peercourse.print.pocket_card import pocket_card

FOLDER = "pocket-cards"


class PocketCardDirective(SphinxDirective):
    """``pocket-card``: a sentence with the link to the card of the module in which it stands."""

    def run(self) -> list[nodes.Node]:
        """The sentence."""
        course = course_in(self.env)
        module = module_of(course, self.env.docname)
        if module is None or not module.lessons:
            raise mistake(self, "stands outside a module with lessons; use it on a page of one")
        up = "../" * self.env.docname.count("/")
        link = f'<a href="{up}{address(module)}">{course.words.html("card.link", module=module.settings.title)}</a>'
        return [nodes.raw("", f"<p>{link} {escape(course.words('card.about'))}</p>\n", format="html")]


def address(module: Module) -> str:
    """Where a module's card lies in the site."""
    return f"{FOLDER}/{module.folder.name}.pdf"


def write_cards(app: Sphinx, exception: Exception | None) -> None:
    """Put the cards into the finished site."""
    if exception is not None:
        return
    course = course_of(app)
    for module in course.modules:
        if module.lessons:
            path = Path(app.outdir) / address(module)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(pocket_card(module, course.institution, course.words))


def register(app: Sphinx) -> None:
    """Register the directive and the files."""
    app.add_directive("pocket-card", PocketCardDirective)
    app.connect("build-finished", write_cards)
