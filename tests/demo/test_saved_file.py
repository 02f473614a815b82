"""A made-up file is, byte for byte, what the quiz page saves when somebody gives these answers in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from peercourse.book.assets import script_words
from peercourse.book.quiz_page import quiz_page
from peercourse.content.course import load_course
from peercourse.demo.answers import answer_quiz
from peercourse.demo.cohort import cohort, course_of
from peercourse.demo.marker import DemoSettings
from peercourse.demo.saved_file import read_release, saved_file
from peercourse.quiz.item import Literals
from peercourse.quiz.release import release_notebooks

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "peercourse" / "web"
SCRIPTS = ("words.js", "store.js", "delete.js", "quiz.js")


def give(item: Any, answer: Literals) -> None:
    """Answer an item with the page's own controls."""
    if isinstance(answer, str) and item.locator("textarea").count():
        item.locator("textarea").fill(answer)
    elif item.locator("[data-shape=sequence]").count():
        for place, letter in enumerate(answer, start=1):
            item.locator(f'select[data-row="{letter}"]').select_option(str(place))
    elif isinstance(answer, dict):
        for row, choice in answer.items():
            if item.locator("select").count():
                item.locator(f'select[data-row="{row}"]').select_option(choice)
            else:
                item.locator(f'input[data-row="{row}"][value="{choice}"]').check()
    else:
        for value in [answer] if isinstance(answer, str) else answer:
            item.locator(f'input[value="{value}"]').check()


@pytest.mark.browser
@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_page_saves_the_same_bytes(chromium: Any, tmp_path: Path, number: int) -> None:
    course, settings = load_course(ROOT), DemoSettings(3, 1)
    person = cohort(settings)[number]
    quiz = course_of(person, course.current)[number]  # the questionnaire, and two modules
    (release,) = release_notebooks([quiz]).values()
    answers = answer_quiz(person, quiz, settings)
    for name in SCRIPTS:
        (tmp_path / name).write_bytes((WEB / name).read_bytes())
    words = script_words(set(SCRIPTS), course.words)
    tags = "".join(f'<script defer src="{name}"></script>' for name in SCRIPTS)
    html = f'<!doctype html><html lang="en"><meta charset="utf-8">{tags}{quiz_page(quiz, release, course.words)}'
    data = f'<script type="application/json" id="words">{words}</script>'
    (tmp_path / "quiz.html").write_text(html + data, encoding="utf-8")

    page = chromium.new_page()
    page.goto((tmp_path / "quiz.html").as_uri())
    for name, answer in answers.items():
        give(page.locator(f'[data-item="{name}"]'), answer)
    page.locator("#trainee-id").fill(person.id)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers as a file").click()
        if len(answers) < len(list(quiz.items())):
            page.get_by_role("button", name="Save the file anyway").click()
    assert download.value.suggested_filename == f"{quiz.id}.ipynb"
    saved = download.value.path().read_text(encoding="utf-8")
    page.close()
    assert saved == saved_file(read_release(release), person.id, answers)
