"""Release: quizzes into the grading folder, keys into its gradebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat

from peercourse.grading.files import GradingError, short_hash, write_file
from peercourse.grading.folder import GradingFolder, Released, released_items
from peercourse.grading.gradebook import folder_config, has_assignment
from peercourse.grading.writer import one_writer
from peercourse.quiz.bank import Quiz
from peercourse.quiz.notebook import source_notebook
from peercourse.quiz.release import generate
from peercourse.quiz.sheet import Sheet
from peercourse.quiz.types.observed import PassRule

CONFIG = "nbgrader_config.py"
CONFIG_BESIDE = "nbgrader_config.new.py"
FIRST_LINE = "# Written by `peercourse quiz release`, checksum "
BODY = """
from pathlib import Path

from peercourse.grading.settings import course_settings

c = get_config()
c.merge(course_settings(Path(__file__).parent))

# What the line above sets: course_id "peercourse"; the course folder is the one that this file is in; submissions are
# rebuilt from the release first (Autograde.sanitize_preprocessors) and scored without a kernel
# (Autograde.autograde_preprocessors); feedback shows neither keys nor marking guides (GenerateFeedback.preprocessors);
# no page loads anything from another server. Your own settings go below; once you have edited this file, it is yours
# and is not overwritten.
"""


@dataclass(frozen=True)
class ReleaseReport:
    """What a release did.

    Attributes:
        written: assignments that were released, anew or for the first time.
        unchanged: assignments that were up to date.
        config_beside: the new settings file, where the trainer's own was left as it is.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    config_beside: Path | None


def release_quizzes(
    quizzes: Iterable[Quiz], root: Path, say: Callable[[str], None] = print, db_url: str | None = None
) -> ReleaseReport:
    """Release quizzes into a grading folder. What is unchanged is skipped; a changed key goes into the gradebook.

    Args:
        quizzes: current and archived banks.
        root: the grading folder; made where missing.
        say: told of each release in a sentence.
        db_url: another gradebook than the folder's settings name.

    Raises:
        GradingError: the folder cannot be used, or somebody else writes in it.
        ReleaseError: nbgrader refuses a quiz.
    """
    root = root.resolve()
    if set("[]*?") & set(str(root)):
        raise GradingError(f"{root} has one of the characters [ ] * ? in its path, which nbgrader cannot read; rename")
    root.mkdir(parents=True, exist_ok=True)
    with one_writer(root, "peercourse quiz release"):
        return _release(quizzes, GradingFolder(root, db_url), say)


def _release(quizzes: Iterable[Quiz], folder: GradingFolder, say: Callable[[str], None]) -> ReleaseReport:
    beside = write_config(folder.root)
    record = folder.read()
    written, unchanged = [], []
    for quiz in quizzes:
        if _up_to_date(quiz, folder, record):
            unchanged.append(quiz.assignment)
            continue
        say(f"Releasing {quiz.assignment} …")
        generate(quiz, folder.root, gradebook=True, config=folder_config(folder.root, folder.db_url))
        # The record comes last: a run that is killed before this line releases the quiz again.
        record[quiz.assignment] = _entry(quiz, folder)
        folder.write(record)
        written.append(quiz.assignment)
    return ReleaseReport(tuple(written), tuple(unchanged), beside)


def write_config(root: Path) -> Path | None:
    """Write ``nbgrader_config.py``, unless the trainer has edited it: then the new one is written beside it.

    Returns:
        The file beside, where there is one.
    """
    path, text = root / CONFIG, _config_text(BODY)
    if not path.exists() or _is_ours(path.read_text(encoding="utf-8")):
        write_file(path, text)
        return None
    write_file(root / CONFIG_BESIDE, text)
    return root / CONFIG_BESIDE


def _config_text(body: str) -> str:
    return f"{FIRST_LINE}{short_hash(body)}\n{body}"


def _is_ours(text: str) -> bool:
    """Whether a settings file is as some version of this program wrote it, by the checksum in its first line."""
    first, _, body = text.partition("\n")
    return first == f"{FIRST_LINE}{short_hash(body)}"


def source_hash(quiz: Quiz) -> str:
    """Hash of a bank's source notebook, keys included, as a release notes it."""
    return short_hash(str(nbformat.writes(source_notebook(quiz))))


def _up_to_date(quiz: Quiz, folder: GradingFolder, record: dict[str, Released]) -> bool:
    released = record.get(quiz.assignment)
    if released is None:
        return False
    path = folder.release(released)
    as_recorded = path.is_file() and short_hash(path.read_bytes()) == released.release
    same = (released.source, released.title, released.pass_mark, released.items, released.kind, released.rule) == (
        source_hash(quiz), quiz.title, quiz.pass_mark, released_items(quiz), quiz.kind, _rule(quiz),
    )  # fmt: skip
    return as_recorded and same and has_assignment(folder.root, quiz.assignment, quiz.id, folder.db_url)


def _rule(quiz: Quiz) -> PassRule | None:
    return quiz.rule if isinstance(quiz, Sheet) else None


def _entry(quiz: Quiz, folder: GradingFolder) -> Released:
    without_hash = Released(
        quiz=quiz.id, version=quiz.version, title=quiz.title, assignment=quiz.assignment, pass_mark=quiz.pass_mark,
        items=released_items(quiz), source=source_hash(quiz), release="", kind=quiz.kind, rule=_rule(quiz),
    )  # fmt: skip
    release = short_hash(folder.release(without_hash).read_bytes())
    return Released(**{**without_hash.__dict__, "release": release})
