"""A second language is one more catalogue: its words stand on the pages, and no English word of the interface is left.

The catalogue of this test has every letter in a circle. So whatever letters are left on a page must be the course's own
text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Comment, Doctype

LESSON, CHECKS, QUIZ = (f"modules/01-one/{name}.html" for name in ("first", "second", "quiz"))
PAGES = [LESSON, CHECKS, QUIZ, "index.html", "search.html", "book/evidence.html", "book/people.html"]
READ_ALOUD = ("aria-label", "title", "alt", "placeholder", "content", "data-light", "data-dark")
SKIPPED = "script, meta[name=viewport], meta[name^=color], meta[name^=theme], .sources p:not(.strength), .evidence a"
"""What nobody reads, and references, which are written in the same way everywhere."""
NAMES = {"CC BY", "ipynb"}
CIRCLED = re.compile(r"[ⓐ-ⓩ]+")


def plain(text: str) -> str:
    """Text with one kind of quotation mark and of space."""
    return " ".join(re.sub(r"[“”‘’\"'*_]", "'", text).split())


@pytest.fixture(scope="module")
def own_text(translated_course: Path) -> str:
    """All that the authors of the course wrote."""
    written = []
    for path in sorted(translated_course.rglob("*.*")):
        if path.suffix in {".md", ".bib", ".yaml", ".yml"}:
            text = path.read_text(encoding="utf-8")
            written.append(re.sub(r"^#.*", "", text, flags=re.MULTILINE) if path.suffix == ".yml" else text)
    return plain("\n".join(written))


def english(texts: Iterator[str], own_text: str) -> list[str]:
    """Pieces of text in plain letters that no author of the course wrote."""
    pieces = (piece.strip(" .,:;·()'…–-0123456789/%") for text in texts for piece in CIRCLED.split(plain(text)))
    words = (piece for piece in pieces if re.search(r"[A-Za-z]{2}", piece) and piece not in NAMES)
    return [piece for piece in words if piece not in own_text]


def texts_of(html: str) -> Iterator[str]:
    page = BeautifulSoup(html, "html.parser")
    for element in page.select(SKIPPED):
        element.decompose()
    for text in page.find_all(string=lambda text: not isinstance(text, Comment | Doctype)):
        yield from re.split(r" · |: ", str(text))
    for element in page.find_all(True):
        yield from (str(element[name]) for name in READ_ALOUD if element.get(name))


def test_it_builds_without_a_line_of_code(translated_book) -> None:
    assert translated_book.status == 0, translated_book.said
    assert 'lang="pl"' in translated_book.page(LESSON)


@pytest.mark.parametrize("name", PAGES)
def test_no_english_word_of_the_interface_is_left(translated_book, own_text, name) -> None:
    html = translated_book.page(name)
    assert CIRCLED.search(html)
    assert english(texts_of(html), own_text) == []


@pytest.mark.parametrize("name", [LESSON, CHECKS, QUIZ])
def test_scripts_get_words_in_this_language_alone(translated_book, name) -> None:
    held = json.loads(BeautifulSoup(translated_book.page(name), "html.parser").find(id="words").string)
    assert set(held) == ({"delete", "quiz"} if name == QUIZ else {"reading", "self-check"})
    text = json.dumps([*held.values()], ensure_ascii=False)
    assert CIRCLED.search(text)
    assert not re.search(r"[A-Za-z]", re.sub(r"\{\w+\}|\"\w+\": ", "", text))


def test_numbers_have_the_forms_of_the_language(translated_book) -> None:
    def facts(name: str) -> str:
        return BeautifulSoup(translated_book.page(name), "html.parser").find(class_="lesson-facts").text

    assert facts(LESSON).startswith("9 ⓜⓘⓝⓤⓣⓔⓢ (ⓜⓐⓝⓨ)")
    assert facts(CHECKS).startswith("1 ⓜⓘⓝⓤⓣⓔⓢ (ⓞⓝⓔ)")
    assert "2,5 ⓟⓞⓘⓝⓣⓢ (ⓞⓣⓗⓔⓡ)" in translated_book.page(QUIZ)


def test_notebooks_stay_as_they_are(translated_book) -> None:
    assert not CIRCLED.search((translated_book.folder / "quizzes" / "m1-one.ipynb").read_text(encoding="utf-8"))


@pytest.fixture
def open_page(chromium, translated_book):
    contexts = []

    def open_it(name: str):
        contexts.append(chromium.new_context())
        page = contexts[-1].new_page()
        page.goto((translated_book.folder / name).as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()


def seen(page, part: str) -> list[str]:
    """Texts in a part of a page as they stand after its scripts have run."""
    lines: list[str] = page.locator(part).all_inner_texts()
    return [piece for text in lines for line in text.split("\n") for piece in line.split(": ")]


@pytest.mark.browser
def test_the_quiz_speaks_the_language(open_page, own_text) -> None:
    page = open_page(QUIZ)
    state = page.locator(".quiz-status")
    page.locator("[data-item=reply] input").first.check()
    for place in page.locator("[data-item=sort] select").all()[:2]:
        place.select_option("1")
    assert "1 ⓞⓕ 6 ⓐⓝⓢⓦⓔⓡⓔⓓ" in state.inner_text()
    page.locator("button[type=submit]").click()
    assert page.locator(".report li").count() == 1, "the trainee ID is missing"
    assert english(iter(seen(page, "form.quiz")), own_text) == []
    page.locator("#trainee-id").fill("mara-7")
    page.locator("button[type=submit]").click()
    assert "(ⓜⓐⓝⓨ)" in page.locator(".report h3").inner_text(), "five are open"
    assert page.locator(".report li").first.inner_text().startswith("ⓠⓤⓔⓢⓣⓘⓞⓝ 2")
    with page.expect_download():
        page.locator(".report button").click()
    page.locator("[data-item=own] textarea").fill("…")
    assert english(iter(seen(page, "form.quiz")), own_text) == []


@pytest.mark.browser
def test_self_checks_and_colours_speak_the_language(open_page, own_text) -> None:
    page = open_page(CHECKS)
    for form in page.locator("form.self-check").all():
        form.locator("button[type=submit]").click()
        assert CIRCLED.search(form.locator(".feedback").inner_text()), "nothing is chosen yet"
        for control in form.locator("select").all():
            control.select_option(index=1)
        for control in form.locator("input").all()[:1]:
            control.check()
        form.locator("button[type=submit]").click()
        assert CIRCLED.search(form.locator(".feedback").inner_text())
    assert english(iter(seen(page, "main")), own_text) == []
    page.locator(".theme-switch").click()
    assert page.locator(".theme-switch").text_content() == "ⓒⓞⓛⓞⓤⓡⓢ: ⓛⓘⓖⓗⓣ"
