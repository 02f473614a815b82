"""``standards-map``: what serves each competence and each area of the consensus; gaps are said in words."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.conversations import address
from peercourse.book.course import course_in, docname_of
from peercourse.content.course import Course
from peercourse.content.standards import Standard, coverage, read_standards


class StandardsMapDirective(SphinxDirective):
    """``standards-map``: a list by section; lessons as links, practice and graded items as numbers."""

    def run(self) -> list[nodes.Node]:
        """Competences, then the areas of the consensus."""
        course = course_in(self.env)
        standards = read_standards(course.root)
        rescue, consensus = standards.rescue_supporter_competences, standards.peer_support_consensus
        blocks = [self._block(section.name, section.competences, course, counted=True) for section in rescue.sections]
        heading = course.words("standards.consensus")
        blocks.append(self._block(heading, consensus.areas, course, counted=False))
        sources = "".join(f"<p>{escape(one.source)}</p>" for one in (rescue, consensus))
        return [nodes.raw("", f'<div class="standards">{"".join(blocks)}{sources}</div>\n', format="html")]

    def _block(self, title: str, standards: tuple[Standard, ...], course: Course, *, counted: bool) -> str:
        rows = "".join(self._row(standard, course, counted=counted) for standard in standards)
        return f"<h2>{escape(title)}</h2><ul>{rows}</ul>"

    def _row(self, standard: Standard, course: Course, *, counted: bool) -> str:
        words, found = course.words, coverage(course, standard.id)
        links = ", ".join(
            f'<a href="{address(docname_of(page.path, course), self.env.docname)}">{escape(page.title)}</a>'
            for _, page in found.lessons
        )
        lines = [links or words.html("standards.no_lesson")]
        if counted:
            lines.append(words.html("standards.practice", count=found.practice))
            lines.append(words.html("standards.graded", count=found.graded))
        core = f" · {words.html('standards.core')}" if standard.core else ""
        name = f"{escape(standard.id)} {escape(standard.name)}"
        return f"<li><strong>{name}</strong>{core}{''.join(f'<p>{line}</p>' for line in lines)}</li>"


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("standards-map", StandardsMapDirective)
