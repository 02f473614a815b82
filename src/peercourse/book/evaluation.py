"""The measure before and after the course: ``evaluation-forms``, and a page for each occasion and form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.conversation_page import shown
from peercourse.book.conversations import address
from peercourse.book.course import course_in, course_of, env_of
from peercourse.book.errors import mistake
from peercourse.book.practice import FILES, form
from peercourse.book.quiz_page import quiz_page
from peercourse.book.releases import released
from peercourse.quiz.evaluation import FORMS, OCCASIONS, Occasion
from peercourse.words import Words

FOLDER = "book/evaluation"
INDEX = f"{FOLDER}/index"
TITLES: dict[Occasion, str] = {
    "before": "evaluation.before",
    "after": "evaluation.after",
    "follow-up": "evaluation.follow-up",
}


class EvaluationFormsDirective(SphinxDirective):
    """``evaluation-forms``: the way to one's own form, by the trainee ID; without scripts, to all of them."""

    def run(self) -> list[nodes.Node]:
        """A field for the ID, and the occasions with their forms."""
        course = course_in(self.env)
        if course.measure is None:
            raise mistake(self, "needs evaluation/measure.yml beside the graded banks; there is none")
        return [form(_chooser(course.words) + _occasions(self.env.docname, course.words), "evaluation.js")]


def _chooser(words: Words) -> str:
    return (
        '<form class="find-form" method="dialog" data-evaluation hidden><div class="field">'
        f'<label for="evaluation-id">{words.html("evaluation.id")}</label>'
        f'<p class="hint" id="evaluation-hint">{words.html("evaluation.id_hint")}</p>'
        '<input id="evaluation-id" type="text" autocapitalize="none" autocomplete="off" spellcheck="false" '
        'aria-describedby="evaluation-hint" required></div><div class="actions">'
        f'<button type="submit" class="primary">{words.html("evaluation.find")}</button></div>'
        '<p class="kept" role="status"></p></form>\n'
        f'<noscript><p class="notice">{words.html("evaluation.without_script")}</p></noscript>\n'
    )


def _occasions(docname: str, words: Words) -> str:
    rows = "".join(
        f'<li data-occasion="{occasion}"><strong>{words.html(title)}</strong> '
        + " ".join(
            f'<a data-form="{name}" href="{address(f"{FOLDER}/{occasion}-{name}", docname)}">'
            f"{words.html('evaluation.form', name=name.upper())}</a>"
            for name in FORMS
        )
        + "</li>"
        for occasion, title in TITLES.items()
    )
    return f'<ul class="occasions">{rows}</ul>\n'


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each occasion and form, for Sphinx's ``html-collect-pages``; none where the index page is missing."""
    course = course_of(app)
    if INDEX not in env_of(app).all_docs or course.measure is None:
        return
    quizzes, back = course.evaluation, shown(course.measure[0].title)
    for occasion in OCCASIONS:
        for name in FORMS:
            quiz, pagename = quizzes[f"{occasion}-{name}"], f"{FOLDER}/{occasion}-{name}"
            title = f"{course.words(TITLES[occasion])}: {course.words('evaluation.form', name=name.upper())}"
            notebook = released(quiz, Path(app.doctreedir))
            body = quiz_page(quiz, notebook, course.words, f"../../quizzes/{quiz.id}.ipynb")
            context = {
                "title": shown(title),
                "body": f"<h1>{shown(title)}</h1>\n{body}",
                "meta": {"description": title},
                "prev": {"link": address(INDEX, pagename), "title": back},
                "next": None,
                FILES: ("store.js", "delete.js", "quiz.js"),
            }
            yield pagename, context, "page.html"


def register(app: Sphinx) -> None:
    """Register the directive and the pages."""
    app.add_directive("evaluation-forms", EvaluationFormsDirective)
    app.connect("html-collect-pages", pages)
