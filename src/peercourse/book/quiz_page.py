"""The graded quiz as a page: it reads in full without scripts, and ``web/quiz.js`` makes it a form that keeps answers.

Everything about an item is drawn from its :class:`~peercourse.quiz.item.Face`, so no key can come onto the page.
Answers leave the page as the released notebook with the answer cells filled; that notebook lies in the page as data.
"""

from __future__ import annotations

import json
import re
from html import escape

from markupsafe import Markup

from peercourse.quiz.bank import Quiz, Scenario
from peercourse.quiz.item import Item
from peercourse.quiz.markup import text_of
from peercourse.words import Words

DATA_BLOCK = "released-notebook"
"""Id of the data block that holds the released notebook."""

ID_PATTERN = (
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)(?!-)(?!.*[\u115f\u1160])"
    r"(?:[\p{Script=Latin}0-9\-]{3,32}|(?!.*\p{Script=Latin})[\p{L}0-9\-]{3,32})(?<!-)"
)
"""What the page takes as a trainee ID in lower case; :func:`peercourse.grading.identity.trainee_id` takes the same."""


def quiz_page(quiz: Quiz, release: str, words: Words, notebook_url: str = "") -> str:
    """The body of a graded quiz's page, below its title.

    Args:
        quiz: the bank; only its public side is used.
        release: the released notebook as JSON text.
        words: the words of the interface.
        notebook_url: where the released notebook can be downloaded, seen from the page; by default in ``quizzes/``
            two folders up.

    Returns:
        HTML without inline script or style.
    """
    url = escape(notebook_url or f"../../quizzes/{quiz.id}.ipynb")
    numbers = {item.id: number for number, item in enumerate(quiz.items(), start=1)}
    scenarios = "\n".join(_scenario(scenario, quiz, numbers, words) for scenario in quiz.scenarios)
    # The form's method is "dialog" so that Enter without scripts sends nothing anywhere, not even into the address.
    return (
        f"{_introduction(quiz, len(numbers), url, words)}\n"
        f'<form class="quiz" method="dialog" autocomplete="off" novalidate data-quiz="{escape(quiz.id)}" '
        f'data-version="{quiz.version}" data-title="{escape(quiz.title)}">\n'
        f"{scenarios}\n{_hand_in(words)}\n{_STATUS}\n</form>\n"
        f'<script type="application/json" id="{DATA_BLOCK}">{data_block(release)}</script>\n'
    )


def data_block(release: str) -> str:
    """JSON text that may stand inside a ``script`` element: short, and without anything that could end the element.

    Raises:
        json.JSONDecodeError: the text is not JSON.
    """
    short = json.dumps(json.loads(release), ensure_ascii=False, separators=(",", ":"))
    return short.replace("<", "\\u003c")


def paragraphs(text: str) -> str:
    """Plain text as paragraphs; a blank line parts them."""
    return "".join(f"<p>{text_of(part)}</p>" for part in re.split(r"\n\s*\n", text.strip()))


def _introduction(quiz: Quiz, items: int, url: str, words: Words) -> str:
    facts = _facts(quiz, items, words)
    link = Markup(f'<a href="{url}" download>{words.html("quiz.download")}</a>')  # noqa: S704  (both are escaped)
    return (
        f'<p class="quiz-facts">{facts}</p>\n<p>{words.html("quiz.privacy")}</p>\n'
        f'<noscript><p class="notice">{words.html("quiz.no_scripts")}</p></noscript>\n'
        f'<p class="other-ways">{words.html("quiz.other_ways", link=link)}</p>'
    )


def _facts(quiz: Quiz, items: int, words: Words) -> Markup:
    """What the quiz asks for and counts for, in a line."""
    about, questions = words("quiz.about", count=quiz.minutes), words("quiz.questions", count=items)
    if quiz.pass_mark is None:
        return words.html("quiz.facts_evaluation", about=about, questions=questions, version=quiz.version)
    return words.html(
        "quiz.facts",
        about=about,
        questions=questions,
        points=words("quiz.points", count=quiz.maximum),
        share=words.percent(quiz.pass_mark),
        version=quiz.version,
    )


def _scenario(scenario: Scenario, quiz: Quiz, numbers: dict[str, int], words: Words) -> str:
    people = "".join(f"<li><b>{text_of(name)}</b>: {text_of(who)}</li>" for name, who in scenario.people.items())
    items = "\n".join(_item(item, quiz, numbers[item.id], words) for item in scenario.items)
    anchor = f"scenario-{escape(scenario.id)}"
    return (
        f'<section class="scenario" aria-labelledby="{anchor}"><h2 id="{anchor}">{text_of(scenario.setting)}</h2>'
        f'<ul class="people">{people}</ul><div class="story">{paragraphs(scenario.story)}</div>\n{items}</section>'
    )


def _item(item: Item, quiz: Quiz, number: int, words: Words) -> str:
    face = item.face(quiz.seed)
    name = escape(face.id)
    points = "" if quiz.pass_mark is None else words.html("quiz.points", count=face.points)
    return (
        f'<fieldset class="item" id="q-{name}" data-item="{name}">'
        f'<legend><span class="number">{words.html("quiz.question", number=number)}</span> '
        f"{text_of(face.stem)}</legend>"
        f'<p class="points">{points}</p>{type(item).form(face, words)}</fieldset>'
    )


def _hand_in(words: Words) -> str:
    return f"""\
<section class="hand-in" aria-labelledby="quiz-hand-in"><h2 id="quiz-hand-in">{words.html("quiz.hand_in")}</h2>
<div class="field"><label for="trainee-id">{words.html("quiz.trainee_id")}</label>
<p class="hint" id="trainee-id-hint">{words.html("quiz.trainee_id_hint")}</p>
<p class="error" id="trainee-id-error" hidden></p>
<input id="trainee-id" name="trainee-id" type="text" inputmode="text" autocapitalize="none" autocomplete="off" \
spellcheck="false" pattern="{ID_PATTERN}" aria-describedby="trainee-id-hint trainee-id-error"></div>
<div class="actions" data-needs-script hidden>\
<button type="submit" class="primary">{words.html("quiz.save")}</button> \
<button type="button" data-do="delete">{words.html("quiz.delete")}</button></div>
<div class="report" tabindex="-1" hidden></div></section>"""


_STATUS = """\
<div class="quiz-status" data-needs-script hidden><div class="quiz-alert" role="alert" tabindex="-1"></div>\
<p><span class="progress" role="status"></span> <span class="saved"></span></p></div>"""
