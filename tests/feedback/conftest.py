"""The desk of the grading tests with the course around its bank, and results on the course's own banks."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.util
import io
import re
import sys
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pypdf
import pytest

from peercourse.content.course import Course, load_course
from peercourse.feedback.make import FromMarkers, feedback_of
from peercourse.feedback.run import FeedbackReport, Wanted, make_feedback
from peercourse.feedback.wording import wording
from peercourse.grading.folder import Released, released_items
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.result import ItemResult, Result
from peercourse.quiz.bank import Quiz
from peercourse.quiz.item import Literals

_path = Path(__file__).parents[1] / "grading" / "conftest.py"
_spec = importlib.util.spec_from_file_location("grading_fixtures", _path)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _module  # dataclasses look their module up there
_spec.loader.exec_module(_module)

released_course, desk, tools, _same_environment = (
    _module.released_course, _module.desk, _module.tools, _module._same_environment,
)  # fmt: skip

ROOT = Path(__file__).resolve().parents[2]
SITE = "https://intranet.example.org/peer"


@pytest.fixture(scope="session")
def course() -> Course:
    """The course of the repository."""
    return load_course(ROOT)


@pytest.fixture
def office(desk: Any, course: Course) -> Office:
    """The desk, and whoever makes feedback at it."""
    return Office(desk, dataclasses.replace(course, quizzes={desk.quiz.id: desk.quiz}))


@dataclasses.dataclass
class Office:
    """A grading folder whose trainees get feedback."""

    desk: Any
    course: Course

    def handed_in(self, trainee: str, answers: Mapping[str, Any] | None = None, words: str = "") -> None:
        self.desk.put(f"{trainee}/corridor.ipynb", self.desk.answered(trainee, answers, words))
        self.desk.collect()

    def commented(self, trainee: str, text: str, *, cell: str = "your-words") -> None:
        """Write a comment, as the formgrader stores it."""
        quiz = self.desk.quiz
        with open_gradebook(self.desk.folder.root) as gradebook:
            comment = gradebook.find_comment(cell, quiz.id, quiz.assignment, trainee)
            comment.manual_comment = text
            gradebook.db.commit()

    def make(self, *, quiz: str | None = None, trainee: str | None = None, site: str = SITE) -> FeedbackReport:
        wanted = Wanted(quiz, trainee, site, datetime.date(2026, 11, 23))
        return make_feedback(self.desk.folder, self.course, wanted, lambda _done, _all, _name: None)

    def file(self, trainee: str, ending: str = ".html") -> Path:
        folder = self.desk.folder.root / "feedback" / trainee / self.desk.quiz.assignment
        return Path(folder / f"feedback-corridor{ending}")

    def page(self, trainee: str) -> str:
        return self.file(trainee).read_text(encoding="utf-8")


def result_of(
    quiz: Quiz, answers: Mapping[str, Literals], written: float | None = 0.5, words: str = "I am here."
) -> Result:
    """A result on a bank, scored by its keys.

    Args:
        quiz: the bank.
        answers: answers by item; where there is none, the item is blank.
        written: share of the points that a marker gives; None while one is waited for.
        words: the answer to all written items.
    """
    released = Released(
        quiz.id, quiz.version, quiz.title, quiz.assignment, quiz.pass_mark, released_items(quiz), "", ""
    )
    items = []
    for item, entry in zip(quiz.items(), released.items, strict=True):
        if item.type == "written":
            by_hand = None if written is None else written * entry.points
            items.append(ItemResult(entry, words, None, by_hand, written is None))
        else:
            answer = answers.get(item.id, item.face(quiz.seed).blank)
            assert type(item).score is not None
            items.append(ItemResult(entry, answer, type(item).score(answer, item.key(quiz.seed)), None, False))
    handed_in = datetime.datetime(2026, 3, 4, 10, 20)
    return Result("nurse-17", released, handed_in, tuple(items), 0.0, True)


def data_of(
    result: Result, quiz: Quiz, course: Course, *, rationales: bool = False, site: str = SITE
) -> dict[str, Any]:
    """All that feedback on a result says."""
    feedback = feedback_of(result, quiz, course, FromMarkers(), site, rationales=rationales)
    return wording(feedback, course.institution, course.words)


def words_of_page(html: bytes | str) -> str:
    """What a page shows, on one line."""
    text = html.decode("utf-8") if isinstance(html, bytes) else html
    body = re.sub(r"<(style|title)>.*?</\1>|<!--.*?-->", " ", text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def words_of_pdf(pdf: bytes) -> str:
    """What a PDF shows, on one line."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture(scope="session")
def helpers() -> Any:
    """What tests need besides fixtures."""
    names = (result_of, data_of, words_of_page, words_of_pdf)
    return type("Helpers", (), {name.__name__: staticmethod(name) for name in names})
