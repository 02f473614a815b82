"""Forms in the book: self-checks, slips, prompts, graded quizzes, and the list of what this device keeps.

The directives note on their node which scripts and styles the page needs, so that a page loads nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in, module_of
from peercourse.book.errors import mistake
from peercourse.book.own_words import own_words
from peercourse.book.quiz_page import quiz_page
from peercourse.book.releases import released, write_releases
from peercourse.book.self_check import self_check
from peercourse.book.slip import slip
from peercourse.book.stored_data import stored_data
from peercourse.content.module import PRACTICE, Module
from peercourse.practice.pool import OWN_WORDS, SELF_CHECKS, SLIPS, Pool

FILES = "peercourse-files"
"""Attribute of a node, and key of a page's context: names of the scripts and styles that the page needs."""

PRACTICE_STYLE = "practice.css"

SELF_CHECK_FILES = ("self-check.js",)
SLIP_FILES = (*SELF_CHECK_FILES, PRACTICE_STYLE)
OWN_WORDS_FILES = ("store.js", "own-words.js", PRACTICE_STYLE)

Entry = TypeVar("Entry")


class SelfCheckDirective(SphinxDirective):
    """``self-check ID``: an item of the module's ``practice/self-checks.yml``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The question with its feedback."""
        item = _entry(self, lambda pool: pool.self_checks, SELF_CHECKS)
        return [form(self_check(item, practice_seed(_module(self)), course_in(self.env).words), *SELF_CHECK_FILES)]


class SlipDirective(SphinxDirective):
    """``slip ID``: a pair of replies of the module's ``practice/slips.yml``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The pair as a question with its feedback."""
        pair = _entry(self, lambda pool: pool.slips, SLIPS)
        return [form(slip(pair, course_in(self.env).words), *SLIP_FILES)]


class OwnWordsDirective(SphinxDirective):
    """``say-it-yourself ID``: a prompt of the module's ``practice/say-it-yourself.yml``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The prompt with its worked replies."""
        prompt = _entry(self, lambda pool: pool.own_words, OWN_WORDS)
        return [form(own_words(prompt, course_in(self.env).words), *OWN_WORDS_FILES)]


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
        page = quiz_page(quiz, notebook, course.words, f"{up}quizzes/{quiz.id}.ipynb")
        return [form(page, "store.js", "delete.js", "quiz.js")]


class StoredDataDirective(SphinxDirective):
    """``stored-data``: what the course keeps on this device, with buttons to save and to delete it."""

    def run(self) -> list[nodes.Node]:
        """The place that the script fills."""
        return [form(stored_data(course_in(self.env).words), "store.js", "delete.js", "your-data.js")]


def _module(directive: SphinxDirective) -> Module:
    module = module_of(course_in(directive.env), directive.env.docname)
    if module is None:
        raise mistake(directive, "stands outside a module; use it on a page in modules/")
    return module


def _entry(directive: SphinxDirective, choose: Callable[[Pool], Mapping[str, Entry]], file: str) -> Entry:
    """What a directive names, out of its module's pool."""
    known = choose(_module(directive).practice)
    entry = known.get(directive.arguments[0])
    if entry is None:
        names = ", ".join(sorted(known)) or "none so far"
        raise mistake(directive, f"'{directive.arguments[0]}' is not in {PRACTICE}/{file} of this module ({names})")
    return entry


def practice_seed(module: Module) -> str:
    """Seed of the order of choices in practice."""
    return f"{module.settings.id}/practice"


def form(html: str, *files: str) -> nodes.raw:
    """HTML, and the scripts and styles that its page needs for it."""
    node = nodes.raw("", html, format="html")
    node[FILES] = list(files)
    return node


def files_of(doctree: nodes.document | None) -> set[str]:
    """Names of the scripts and styles that the forms on a page need."""
    if doctree is None:
        return set()
    names: set[str] = set()
    for node in doctree.findall(nodes.raw):
        names.update(node.get(FILES, ()))
    return names


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("self-check", SelfCheckDirective)
    app.add_directive("slip", SlipDirective)
    app.add_directive("say-it-yourself", OwnWordsDirective)
    app.add_directive("graded-quiz", GradedQuizDirective)
    app.add_directive("stored-data", StoredDataDirective)
    app.connect("build-finished", write_releases)
