"""The observation sheet as a page: ``observation-sheet``. It reads and prints in full without scripts.

``web/quiz.js`` keeps and saves it as it does a quiz, and ``web/observe.js`` says how it stands by the rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from peercourse.book.course import course_in
from peercourse.book.errors import mistake
from peercourse.book.practice import form
from peercourse.book.quiz_page import DATA_BLOCK, ID_PATTERN, data_block
from peercourse.book.releases import released
from peercourse.practice.role_play import Card
from peercourse.quiz.item import Item
from peercourse.quiz.markup import LONGEST_NOTE, option_tags, text_of
from peercourse.quiz.sheet import CARD, NOTE, OBSERVED_ON, OBSERVER, Sheet
from peercourse.words import Words

STYLE = "observe.css"
FILES = ("store.js", "delete.js", "quiz.js", "observe.js", STYLE)
OTHER_CARD = "another"
TRAINEE = "trainee-id"


class ObservationSheetDirective(SphinxDirective):
    """``observation-sheet``: the form that an observer fills in, which holds the released notebook as data."""

    def run(self) -> list[nodes.Node]:
        """The form."""
        course = course_in(self.env)
        if course.role_play is None or course.sheet is None:
            raise mistake(self, "needs quizzes/role-play/ with rubric.yml and cards.yml; there is none")
        notebook = released(course.sheet, Path(self.env.doctreedir))
        return [form(observation_sheet(course.sheet, course.role_play.cards, notebook, course.words), *FILES)]


def observation_sheet(sheet: Sheet, cards: Iterable[Card], release: str, words: Words) -> str:
    """The sheet as HTML without inline script or style.

    Args:
        sheet: the behaviours and the rule.
        cards: the cards that can be chosen.
        release: the released notebook as JSON text.
        words: the words of the interface.
    """
    rule = sheet.rule
    passed = words.html("role_play.passed", count=rule.not_shown, full=rule.full)
    behaviours = "\n".join(_behaviour(item, sheet, number, words) for number, item in enumerate(sheet.items(), start=1))
    return (
        f'<p class="quiz-facts">{passed}</p>\n<p class="screen">{words.html("observe.privacy")}</p>\n'
        f'<noscript><p class="notice">{words.html("observe.no_scripts")}</p></noscript>\n'
        f'<form class="quiz sheet" method="dialog" autocomplete="off" novalidate data-quiz="{escape(sheet.id)}" '
        f'data-version="{sheet.version}" data-title="{escape(sheet.title)}" '
        f'data-not-shown="{rule.not_shown}" data-full="{rule.full}">\n'
        f"{_about(cards, words)}\n{behaviours}\n{_end(words)}\n</form>\n"
        f'<script type="application/json" id="{DATA_BLOCK}">{data_block(release)}</script>\n'
    )


def _about(cards: Iterable[Card], words: Words) -> str:
    titles = [*((card.id, card.title) for card in cards), (OTHER_CARD, words("observe.other_card"))]
    day = f'<input id="{OBSERVED_ON}" name="{OBSERVED_ON}" type="date" required>'
    card = f'<select id="{CARD}" name="{CARD}" required>{option_tags(titles)}</select>'
    return (
        '<div class="about">'
        + _person("", TRAINEE, words("observe.trainee_id"), words("quiz.trainee_id_hint"))
        + _person(f' data-item="{OBSERVER}"', OBSERVER, words("observe.observer_id"), words("observe.observer_id_hint"))
        + _field(OBSERVED_ON, words("observe.day"), day)
        + _field(CARD, words("observe.card"), card)
        + "</div>"
    )


def _person(item: str, name: str, label: str, hint: str) -> str:
    """A field for an ID, with room for what is wrong with it. The script has a way of its own with the trainee's."""
    return (
        f'<div class="field"{item}><label for="{name}" class="number">{text_of(label)}</label>'
        f'<p class="hint" id="{name}-hint">{text_of(hint)}</p><p class="error" id="{name}-error" hidden></p>'
        f'<div data-shape="one"><input id="{name}" name="{name}" type="text" autocapitalize="none" autocomplete="off" '
        f'spellcheck="false" pattern="{ID_PATTERN}" required aria-describedby="{name}-hint {name}-error"></div></div>'
    )


def _field(name: str, label: str, control: str) -> str:
    return (
        f'<div class="field" data-item="{name}"><label for="{name}" class="number">{text_of(label)}</label>'
        f'<div data-shape="one">{control}</div></div>'
    )


def _behaviour(item: Item, sheet: Sheet, number: int, words: Words) -> str:
    face = item.face(sheet.seed)
    name = escape(face.id)
    return (
        f'<fieldset class="item" id="q-{name}" data-item="{name}"><legend><span class="number">'
        f"{number}. {text_of(face.stem)}</span></legend>{type(item).form(face, words)}</fieldset>"
    )


def _end(words: Words) -> str:
    room = words.html("items.room", count=LONGEST_NOTE)
    return f"""\
<div class="item note" data-item="{NOTE}"><label class="own-words" for="{NOTE}">{words.html("observe.note")}</label>
<p class="hint screen" id="{NOTE}-room">{room} {words.html("observe.note_hint")}</p>
<div data-shape="text" data-optional="1"><textarea id="{NOTE}" name="{NOTE}" rows="4" maxlength="{LONGEST_NOTE}" \
aria-describedby="{NOTE}-room"></textarea></div></div>
<p class="sign">{words.html("observe.signature")}</p>
<section class="hand-in screen" aria-labelledby="hand-in" data-needs-script hidden><h2 id="hand-in">\
{words.html("observe.hand_in")}</h2>
<div class="actions"><button type="submit" class="primary">{words.html("observe.save")}\
</button> <button type="button" data-do="delete">{words.html("observe.delete")}</button></div>
<div class="report" tabindex="-1" hidden></div></section>
<div class="quiz-status" data-needs-script hidden><div class="quiz-alert" role="alert" tabindex="-1"></div>\
<p class="so-far" role="status"></p><p><span class="progress"></span> <span class="saved"></span></p></div>"""


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("observation-sheet", ObservationSheetDirective)
