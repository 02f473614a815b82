"""``course-contents``: every module with its lessons and their minutes, for the home page."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in, docname_of
from peercourse.content.course import Course
from peercourse.content.module import PRACTICE, QUIZ_PAGE, Lesson, Module


class CourseContents(SphinxDirective):
    """The modules in order. A new lesson or module shows up here by itself."""

    def run(self) -> list[nodes.Node]:
        """A block a module."""
        course = course_in(self.env)
        go_on = nodes.raw("", '<p class="go-on" data-continue hidden></p>', format="html")
        lessons_first = sorted(course.modules, key=lambda module: not module.lessons)
        hours = nodes.paragraph("", _hours(course))
        return [go_on, hours, *(self._module(module, course) for module in lessons_first)]

    def _module(self, module: Module, course: Course) -> nodes.container:
        pages = (*module.lessons, *_further_pages(module))
        about = course.words("home.about", count=sum(page.header.minutes for page in pages))
        block = nodes.container(classes=["module-contents"])
        block += nodes.paragraph("", "", nodes.strong("", module.settings.title), classes=["module-title"])
        block += nodes.paragraph("", f"{module.settings.summary} {about}")
        if not (module.lessons or module.settings.quiz):
            block += nodes.paragraph("", course.words("practice.to_come"))
        entries = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
        for page in pages:
            minutes = nodes.inline("", course.words("home.minutes", count=page.header.minutes), classes=["minutes"])
            link = page_link(docname_of(page.path, course), page.title)
            entries += nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(" "), minutes))
        block += entries
        return block


def practice_minutes(course: Course) -> int:
    """Minutes of reading and practice in the modules: every page but the quizzes, and each conversation once.

    They are counted words (:mod:`peercourse.content.reading_time`), to within what authors may round.
    """
    pages = [page for module in course.modules for page in (*module.lessons, *module.pages) if page.stem != QUIZ_PAGE]
    found = [conversation for module in course.modules for conversation in module.practice.conversations.values()]
    return sum(page.header.minutes for page in pages) + sum(conversation.minutes for conversation in found)


def quiz_minutes(course: Course) -> int:
    """Minutes of the graded quizzes, as their authors judge them."""
    return sum(page.header.minutes for module in course.modules for page in module.pages if page.stem == QUIZ_PAGE)


def _hours(course: Course) -> str:
    practice, quizzes = practice_minutes(course), quiz_minutes(course)
    said = course.words("home.hours", count=round(practice / 60))
    return f"{said} {course.words('home.quiz_hours', count=round(quizzes / 60))}" if quizzes else said


def page_link(docname: str, words: str) -> addnodes.pending_xref:
    """A link to a page of the book; a page that is missing from ``_toc.yml`` is reported."""
    link = addnodes.pending_xref("", refdomain="std", reftype="doc", refexplicit=True, refwarn=True)
    link["reftarget"] = f"/{docname}"
    link += nodes.inline("", words)
    return link


def _further_pages(module: Module) -> list[Lesson]:
    """The pages for practice and for the quiz, in this order."""
    return [page for name in (PRACTICE, QUIZ_PAGE) for page in module.pages if page.stem == name]


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("course-contents", CourseContents)
