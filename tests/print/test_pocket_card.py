"""The pocket card holds a module's lines to carry and the host's contacts, on one page, whatever the words are."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest

from peercourse.content.course import Course, load_course
from peercourse.content.module import Lesson, Module
from peercourse.print.pocket_card import card_data, carried, pocket_card
from peercourse.print.typeset import typeset

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def read(pdf: bytes) -> tuple[str, int]:
    """All words of a PDF on one line, and its number of pages."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split()), len(pages)


def modules_with_lessons(course: Course) -> list[Module]:
    return [module for module in course.modules if module.lessons]


def test_every_line_to_carry_of_every_lesson_is_on_one_page(course: Course) -> None:
    for module in modules_with_lessons(course):
        text, pages = read(pocket_card(module, course.institution, course.words))
        assert pages == 1, module.settings.title
        for lesson in module.lessons:
            assert len(carried(lesson)) == 3, f"{lesson.path.name}: three lines to carry in a pocket"
            for line in carried(lesson):
                assert line in text


def test_contacts_are_the_hosts_and_say_that_they_are_examples(course: Course) -> None:
    module = modules_with_lessons(course)[0]
    text, _ = read(pocket_card(module, course.institution, course.words))
    for contact in course.institution.contacts.by_name().values():
        assert contact.label in text
    assert "these contacts are examples" in text
    real = course.institution.model_copy(update={"example": False})
    assert "examples" not in read(pocket_card(module, real, course.words))[0]


def test_what_an_author_writes_is_shown_and_never_run(tmp_path: Path, course: Course) -> None:
    path = tmp_path / "lesson.md"
    path.write_text(
        '# A\n\n:::{carry}\n- "#import \\"x\\"; $1 + 1$"\n- "Say *it* with {term}`care`"\n:::\n', encoding="utf-8"
    )
    module = modules_with_lessons(course)[0]
    lesson = Lesson(path, "Title with #panic()", module.lessons[0].header, 1)
    card = Module(module.folder, module.settings, (lesson,), (), module.practice, module.source)
    text, _ = read(pocket_card(card, course.institution, course.words))
    assert '#import "x"; $1 + 1$' in text
    assert "Title with #panic()" in text
    assert "Say it with care" in text


def test_the_same_words_give_the_same_bytes(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    data: dict[str, Any] = card_data(modules_with_lessons(course)[0], course.institution, course.words)
    assert typeset("pocket-card.typ", data) == typeset("pocket-card.typ", data)


def test_the_site_links_to_the_card_of_each_module(site: Path, course: Course) -> None:
    for module in modules_with_lessons(course):
        page = (site / "modules" / module.folder.name / "index.html").read_text(encoding="utf-8")
        (address,) = re.findall(r'href="([^"]+\.pdf)"', page)
        card = site / "modules" / module.folder.name / address
        assert card.resolve().read_bytes().startswith(b"%PDF-")
