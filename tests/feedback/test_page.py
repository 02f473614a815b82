"""The page in a browser, and what somebody wrote in page and PDF: shown, never run."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from accessibility import violations
from playwright.sync_api import Browser

from peercourse.content.course import Course
from peercourse.feedback.make import FromMarkers, feedback_of
from peercourse.feedback.render import page, pdf
from peercourse.feedback.wording import wording

HOSTILE = (
    '</blockquote><script>document.title="run"</script><img src="https://evil.example/x" onerror="alert(1)">'
    '<style>body{display:none}</style><link rel=stylesheet href="//evil.example"> {{ 7*7 }} {% raw %} &lt;b&gt; '
    '#panic("x") #import "x"; $1 + 1$ *bold* _it_ `raw` @ref <label> [x](javascript:alert(1)) \\u{202e}turned'
)


def data(course: Course, helpers: Any, text: str, *, worst: bool = False, marked: float | None = 0.5) -> dict[str, Any]:
    """Feedback in which everything that can stand there does."""
    quiz = course.quizzes["m2-active-listening"]
    answers = {
        item.id: [choice.label for choice in item.face(quiz.seed).choices] if worst and item.type == "several"
        else item.best_answer(quiz.seed)
        for item in quiz.items()
    }  # fmt: skip
    result = helpers.result_of(quiz, answers, marked, words=text)
    comments = {item.id: text for item in quiz.items()}
    site = "https://intranet.example.org/peer"
    late, markers = dataclasses.replace(result, penalty=0.5), FromMarkers(comments, {"your-words"})
    feedback = feedback_of(late, quiz, course, markers, site, rationales=worst)
    return wording(feedback, course.institution, course.words)


def test_what_somebody_wrote_is_shown_and_is_no_markup(course: Course, helpers: Any) -> None:
    plain = "You stayed."
    for text in (HOSTILE, "-->\n<!-- x", "a\u202eb\x00c\ud800d"):
        hostile, harmless = page(data(course, helpers, text)).decode(), page(data(course, helpers, plain)).decode()
        assert re.findall(r"<[a-z!/][^>]*>", hostile) == re.findall(r"<[a-z!/][^>]*>", harmless)
    shown = helpers.words_of_page(page(data(course, helpers, HOSTILE)))
    assert " ".join(HOSTILE.split()) in shown
    printed = helpers.words_of_pdf(pdf(data(course, helpers, HOSTILE)))
    assert '#panic("x") #import "x"; $1 + 1$ *bold* _it_ `raw` @ref <label>' in printed


def test_page_and_pdf_say_the_same(course: Course, helpers: Any) -> None:
    whole = data(course, helpers, "I am here, and I have time.", worst=True)
    shown, printed = helpers.words_of_page(page(whole)), helpers.words_of_pdf(pdf(whole))

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, part in value.items():
                yield from () if name in {"how", "address", "language", "urgent"} else texts(part)
        elif isinstance(value, list):
            for part in value:
                yield from texts(part)
        elif isinstance(value, str):
            yield " ".join(value.split())

    for text in texts(whole):
        assert text in shown, text
        assert text.replace(" ", "") in printed.replace(" ", ""), text


def test_the_pdf_is_tagged_and_by_pdf_ua_and_says_title_and_language(course: Course, helpers: Any) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(data(course, helpers, "I am here.", worst=True))))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Feedback: Active listening"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_a_sign_that_no_font_has_does_not_stop_the_pdf(course: Course, helpers: Any) -> None:
    assert "and then" in helpers.words_of_pdf(
        pdf(data(course, helpers, "\N{GRINNING FACE} and then \N{HANGUL SYLLABLE GA}"))
    )


def test_a_word_without_an_end_stays_on_the_paper(course: Course, helpers: Any) -> None:
    (widest,) = {
        len(line)
        for sheet in pypdf.PdfReader(io.BytesIO(pdf(data(course, helpers, "W" * 400)))).pages
        for line in sheet.extract_text().splitlines()
        if line.startswith("WWW")
    }
    assert widest == 40


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_stands_alone_and_fits_a_phone(
    course: Course, helpers: Any, chromium: Browser, tmp_path: Path, scheme: Any
) -> None:
    problems: list[str] = []
    context = chromium.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    context.on("console", lambda message: problems.append(f"console: {message.text}"))
    context.on("request", lambda request: problems.append(request.url) if "file://" not in request.url else None)
    opened = context.new_page()
    for name, text in (("kind", "I am here.\n\nI have time."), ("hostile", HOSTILE), ("long", "W" * 4000)):
        path = tmp_path / f"{name}.html"
        path.write_bytes(page(data(course, helpers, text, worst=True, marked=None if name == "long" else 0.5)))
        opened.goto(path.as_uri())
        assert opened.title() == "Feedback: Active listening"
        # axe brings its script past the page's policy; the page itself may run none.
        problems += [f"{name}: {found}" for found in violations(opened)]
        for size in ("100%", "200%"):
            opened.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            if opened.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                problems.append(f"{name}: scrolls sideways at {size}")
    context.close()
    assert problems == []
