"""The graded quiz as a page: it reads in full without scripts, and ``web/quiz.js`` makes it a form that keeps answers.

Everything about an item is drawn from its :class:`~peercourse.quiz.item.Face`, so no key can come onto the page.
Answers leave the page as the released notebook with the answer cells filled; that notebook lies in the page as data.
"""

from __future__ import annotations

import json
import re
from html import escape

from peercourse.quiz.bank import Quiz, Scenario
from peercourse.quiz.item import Item
from peercourse.quiz.markup import words
from peercourse.quiz.wording import points_in_words

DATA_BLOCK = "released-notebook"
"""Id of the data block that holds the released notebook."""

ID_PATTERN = (
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)(?!-)(?!.*[\u115f\u1160])"
    r"(?:[\p{Script=Latin}0-9\-]{3,32}|(?!.*\p{Script=Latin})[\p{L}0-9\-]{3,32})(?<!-)"
)
"""What the page takes as a trainee ID in lower case; :func:`peercourse.grading.identity.trainee_id` takes the same."""


def quiz_page(quiz: Quiz, release: str, notebook_url: str = "") -> str:
    """The body of a graded quiz's page, below its title.

    Args:
        quiz: the bank; only its public side is used.
        release: the released notebook as JSON text.
        notebook_url: where the released notebook can be downloaded, seen from the page; by default in ``quizzes/``
            two folders up.

    Returns:
        HTML without inline script or style.
    """
    url = escape(notebook_url or f"../../quizzes/{quiz.id}.ipynb")
    numbers = {item.id: number for number, item in enumerate(quiz.items(), start=1)}
    scenarios = "\n".join(_scenario(scenario, quiz.seed, numbers) for scenario in quiz.scenarios)
    return (
        f"{_introduction(quiz, len(numbers), url)}\n"
        f'<form class="quiz" method="dialog" autocomplete="off" novalidate data-quiz="{escape(quiz.id)}" '
        f'data-version="{quiz.version}" data-title="{escape(quiz.title)}">\n'
        f"{scenarios}\n{_HAND_IN}\n{_STATUS}\n</form>\n"
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
    return "".join(f"<p>{words(part)}</p>" for part in re.split(r"\n\s*\n", text.strip()))


def _introduction(quiz: Quiz, items: int, url: str) -> str:
    return (
        f'<p class="quiz-facts">About {quiz.minutes} minutes. {items} questions, {points_in_words(quiz.maximum)}. '
        f"Passed from {quiz.pass_mark:.0%}. Version {quiz.version}.</p>\n"
        "<p>Your answers stay on this device until you hand in the file that you save at the end. "
        "This page sends nothing.</p>\n"
        '<noscript><p class="notice">Answering on this page needs JavaScript, which is off in this browser. '
        "You can read everything here; to answer, take one of the two other ways.</p></noscript>\n"
        f'<p class="other-ways">Two other ways to answer: <a href="{url}" download>download the notebook</a> and '
        "answer in Jupyter, or print this page and write on the sheet.</p>"
    )


def _scenario(scenario: Scenario, seed: str, numbers: dict[str, int]) -> str:
    people = "".join(f"<li><b>{words(name)}</b>: {words(who)}</li>" for name, who in scenario.people.items())
    items = "\n".join(_item(item, seed, numbers[item.id]) for item in scenario.items)
    anchor = f"scenario-{escape(scenario.id)}"
    return (
        f'<section class="scenario" aria-labelledby="{anchor}"><h2 id="{anchor}">{words(scenario.setting)}</h2>'
        f'<ul class="people">{people}</ul><div class="story">{paragraphs(scenario.story)}</div>\n{items}</section>'
    )


def _item(item: Item, seed: str, number: int) -> str:
    face = item.face(seed)
    name = escape(face.id)
    return (
        f'<fieldset class="item" id="q-{name}" data-item="{name}" data-number="{number}">'
        f'<legend><span class="number">Question {number}</span> {words(face.stem)}</legend>'
        f'<p class="points">{points_in_words(face.points)}</p>{type(item).form(face)}</fieldset>'
    )


# The form's method is "dialog" so that Enter without scripts sends nothing anywhere, not even into the address.
_HAND_IN = f"""\
<section class="hand-in" aria-labelledby="quiz-hand-in"><h2 id="quiz-hand-in">Hand in</h2>
<div class="field"><label for="trainee-id">Your trainee ID</label>
<p class="hint" id="trainee-id-hint">3 to 32 letters, digits or hyphens, as your trainer gave it to you.</p>
<p class="error" id="trainee-id-error" hidden></p>
<input id="trainee-id" name="trainee-id" type="text" inputmode="text" autocapitalize="none" autocomplete="off" \
spellcheck="false" pattern="{ID_PATTERN}" aria-describedby="trainee-id-hint trainee-id-error"></div>
<div class="actions" data-needs-script hidden>\
<button type="submit" class="primary">Save my answers as a file</button> \
<button type="button" data-do="delete">Delete my answers from this device</button></div>
<div class="report" tabindex="-1" hidden></div></section>"""

_STATUS = """\
<div class="quiz-status" data-needs-script hidden><div class="quiz-alert" role="alert" tabindex="-1"></div>\
<p><span class="progress" role="status"></span> <span class="saved"></span></p></div>"""
