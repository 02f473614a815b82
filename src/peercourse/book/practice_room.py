"""Everything that can be practised, and how far one has come: ``practice-room`` and ``my-progress``."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.conversation_page import shown
from peercourse.book.conversations import address, cards, conversations_of
from peercourse.book.course import course_in, docname_of
from peercourse.book.practice import PRACTICE_STYLE, form
from peercourse.content.course import Course
from peercourse.content.module import PRACTICE, Module
from peercourse.quiz.bank import Quiz


class PracticeRoomDirective(SphinxDirective):
    """``practice-room``: conversations of every module, and the way to its other practice."""

    def run(self) -> list[nodes.Node]:
        """A section a module."""
        course = course_in(self.env)
        modules = (module for module in course.modules if module.practice.conversations)
        return [form("".join(self._module(module, course) for module in modules), PRACTICE_STYLE)]

    def _module(self, module: Module, course: Course) -> str:
        found = [one for one in conversations_of(course) if one.module is module]
        return (
            f"<section><h2>{shown(module.settings.title)}</h2>{cards(found, self.env.docname, course)}"
            f"{self._more(module, course)}</section>\n"
        )

    def _more(self, module: Module, course: Course) -> str:
        """What else there is; without slips and prompts nothing."""
        pool = module.practice
        if not (pool.slips and pool.own_words):
            return ""
        slips = course.words("practice.slips", count=len(pool.slips))
        prompts = course.words("practice.prompts", count=len(pool.own_words))
        link = address(f"modules/{module.folder.name}/{PRACTICE}", self.env.docname)
        return f'<p><a href="{link}">{course.words.html("practice.more", slips=slips, prompts=prompts)}</a></p>'


class MyProgressDirective(SphinxDirective):
    """``my-progress``: every page of the course; ``web/progress.js`` marks what was read and tried."""

    def run(self) -> list[nodes.Node]:
        """The list, a block a module."""
        course = course_in(self.env)
        blocks = "".join(self._module(module, course) for module in course.modules)
        missing = course.words.html("progress.without_script")
        html = f'<noscript><p class="notice">{missing}</p></noscript>\n<div data-progress>{blocks}</div>\n'
        return [form(html, "store.js", "progress.js", PRACTICE_STYLE)]

    def _module(self, module: Module, course: Course) -> str:
        quiz = course.quizzes.get(module.settings.quiz or "")
        quiz_page = f"modules/{module.folder.name}/quiz"
        rows = "".join(
            f"<li {_mark(pagename, quiz if pagename == quiz_page else None)}>"
            f'<a href="{address(pagename, self.env.docname)}">{shown(title)}</a></li>'
            for pagename, title in pages_of(module, course)
        )
        return f'<section><h2>{shown(module.settings.title)}</h2><ul class="pages">{rows}</ul></section>\n'


def _mark(pagename: str, quiz: Quiz | None) -> str:
    """By what the script finds what is kept: a page by its name, a quiz by its id and version."""
    return f'data-quiz-kept="{quiz.id}/{quiz.version}"' if quiz else f'data-page="{pagename}.html"'


def pages_of(module: Module, course: Course) -> Iterator[tuple[str, str]]:
    """Names and titles of a module's pages in the order in which one goes through them."""
    own = {page.stem: page for page in module.pages}
    others = [page for page in module.pages if page.stem not in {"index", PRACTICE, "quiz"}]
    first = [*filter(None, [own.get("index")]), *module.lessons, *others, *filter(None, [own.get(PRACTICE)])]
    yield from ((docname_of(page.path, course), page.title) for page in first)
    yield from ((one.pagename, one.conversation.title) for one in conversations_of(course) if one.module is module)
    if "quiz" in own:
        yield docname_of(own["quiz"].path, course), own["quiz"].title


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("practice-room", PracticeRoomDirective)
    app.add_directive("my-progress", MyProgressDirective)
