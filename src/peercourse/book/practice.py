"""Forms in the book: self-checks, graded quizzes, and the list of what this device keeps.

The directives note on their node which scripts the page needs, so that a page loads nothing else.
"""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in, module_of
from peercourse.book.errors import mistake
from peercourse.book.quiz_page import quiz_page
from peercourse.book.releases import released, write_releases
from peercourse.book.self_check import self_check
from peercourse.book.stored_data import stored_data

SCRIPTS = "peercourse-scripts"
"""Attribute of a node: names of the scripts that its page needs."""


class SelfCheckDirective(SphinxDirective):
    """``self-check ID``: an item of the module's ``practice/self-checks.yml``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The question with its feedback."""
        module = module_of(course_in(self.env), self.env.docname)
        if module is None:
            raise mistake(self, "stands outside a module; use it on a page in modules/")
        item = module.self_checks.get(self.arguments[0])
        if item is None:
            known = ", ".join(sorted(module.self_checks)) or "none so far"
            raise mistake(self, f"'{self.arguments[0]}' is not in practice/self-checks.yml of this module ({known})")
        return [form(self_check(item, f"{module.settings.id}/practice"), "self-check.js")]


class GradedQuizDirective(SphinxDirective):
    """``graded-quiz ID``: the page form of a bank in ``quizzes/``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The form, which holds the released notebook as data."""
        course = course_in(self.env)
        quiz = course.quizzes.get(self.arguments[0])
        if quiz is None:
            known = ", ".join(sorted(course.quizzes)) or "none so far"
            raise mistake(self, f"'{self.arguments[0]}' is no graded bank ({known})")
        up = "../" * self.env.docname.count("/")
        notebook = released(quiz, Path(self.env.doctreedir))
        return [form(quiz_page(quiz, notebook, f"{up}quizzes/{quiz.id}.ipynb"), "store.js", "quiz.js")]


class StoredDataDirective(SphinxDirective):
    """``stored-data``: what the course keeps on this device, with buttons to save and to delete it."""

    def run(self) -> list[nodes.Node]:
        """The place that the script fills."""
        return [form(stored_data(), "store.js", "your-data.js")]


def form(html: str, *scripts: str) -> nodes.raw:
    """HTML of a form, and the scripts that its page needs."""
    node = nodes.raw("", html, format="html")
    node[SCRIPTS] = list(scripts)
    return node


def scripts_of(doctree: nodes.document | None) -> set[str]:
    """Names of the scripts that the forms on a page need."""
    if doctree is None:
        return set()
    names: set[str] = set()
    for node in doctree.findall(nodes.raw):
        names.update(node.get(SCRIPTS, ()))
    return names


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("self-check", SelfCheckDirective)
    app.add_directive("graded-quiz", GradedQuizDirective)
    app.add_directive("stored-data", StoredDataDirective)
    app.connect("build-finished", write_releases)
