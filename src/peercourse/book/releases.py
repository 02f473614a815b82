"""Released notebooks for the quiz pages, made once for each state of a bank's public side and key."""

from __future__ import annotations

import hashlib
from pathlib import Path

import nbformat
from sphinx.application import Sphinx

from peercourse.book.course import course_of
from peercourse.quiz.bank import Quiz
from peercourse.quiz.notebook import source_notebook
from peercourse.quiz.release import release_notebooks


def released(quiz: Quiz, cache: Path) -> str:
    """The released notebook as JSON text.

    Args:
        quiz: the bank.
        cache: folder of the build in which releases are kept; never part of the site.
    """
    source = nbformat.writes(source_notebook(quiz))
    kept = cache / "released" / f"{quiz.id}-{hashlib.sha256(source.encode()).hexdigest()[:16]}.ipynb"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(release_notebooks([quiz])[quiz.id], encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def write_releases(app: Sphinx, exception: Exception | None) -> None:
    """Put the released notebooks into the site as ``quizzes/<quiz>.ipynb``, for those who like Jupyter."""
    if exception is not None:
        return
    folder = Path(app.outdir) / "quizzes"
    course = course_of(app)
    for quiz in (*course.current, *([course.sheet] if course.sheet else [])):
        folder.mkdir(exist_ok=True)
        (folder / f"{quiz.id}.ipynb").write_text(released(quiz, Path(app.doctreedir)), encoding="utf-8")
