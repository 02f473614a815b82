"""The desk of the grading tests with marking and feedback, and a search that shares nothing with the program's own."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.util
import io
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from peercourse.content.course import load_course
from peercourse.feedback.run import Wanted, make_feedback
from peercourse.grading.folder import GradingFolder
from peercourse.grading.gradebook import open_gradebook

ROOT = Path(__file__).resolve().parents[2]


def borrowed(package: str, file: str = "conftest") -> Any:
    """A module of another package's tests."""
    path = Path(__file__).parents[1] / package / f"{file}.py"
    spec = importlib.util.spec_from_file_location(f"{package}_{file}_for_privacy", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


_marking = borrowed("marking")
released_course, _same_environment = _marking.released_course, _marking._same_environment
zipped = _marking._module.zipped

WORDS = {
    "quill-7": "The heron stood in the rain & I stood with her.",
    "rook-1": "Was that hard for you?",
    "sable-2": "Shall we sit down?",
    "tarn-3": "Hm.",
    "quill": "Hm.",  # another person, whose ID begins alike
}
COMMENTS = {"quill-7": "A marvellous heron, keep it.", "rook-1": "Plain and good.", "tarn-3": "More of it."}
GONE, SECRETS = "quill-7", ("quill-7", "heron")


@pytest.fixture(scope="session")
def through_everything(released_course: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Five people through everything: marked twice, imported, fed back, reported on. To be copied, not changed."""
    quiz, template = released_course
    place = tmp_path_factory.mktemp("privacy")
    root = place / "grading"
    shutil.copytree(template, root)
    (place / "inbox").mkdir()
    marking = _marking.MarkingDesk(_marking._module.Desk(quiz, GradingFolder(root), place / "inbox"))
    (root / "trainees.csv").write_bytes(b"id,ward\r\n" + "".join(f"{one},3\r\n" for one in WORDS).encode())
    marking.hand_in(WORDS)
    files = marking.export(double=1)
    points = dict.fromkeys(WORDS, (2.0, 1.0))
    for path in files:
        marking.marked(path, points, comments=COMMENTS, harmful=["rook-1"])
    assert marking.give(*files).taken == 10
    course = dataclasses.replace(load_course(ROOT), quizzes={quiz.id: quiz})
    wanted = Wanted(None, None, "", datetime.date(2026, 11, 23))
    assert len(make_feedback(marking.folder, course, wanted, lambda _done, _all, _name: None).made) == len(WORDS)
    (root / "report.html").write_text("<p>quill-7 and rook-1</p>", encoding="utf-8")
    return marking


@pytest.fixture
def cohort(through_everything: Any, tmp_path: Path) -> Any:
    """A copy of the cohort, with its inbox."""
    first = through_everything.desk
    shutil.copytree(first.folder.root, tmp_path / "grading")
    shutil.copytree(first.inbox, tmp_path / "inbox")
    return _marking.MarkingDesk(
        _marking._module.Desk(first.quiz, GradingFolder(tmp_path / "grading"), tmp_path / "inbox")
    )


def spoken(data: bytes) -> Iterator[bytes]:
    """Everything in a file's bytes: as they are, and out of zip files and PDFs."""
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from spoken(archive.read(name))
    if data[:4] == b"%PDF":
        yield "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).encode()


def places_of(root: Path, words: tuple[str, ...]) -> list[str]:
    """Files of a folder whose name or bytes hold one of the words, at whatever place in them."""
    found = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        texts = [name.encode(), *(spoken(path.read_bytes()) if path.is_file() else ())]
        if any(word.encode() in text.lower() for word in words for text in texts):
            found.append(name)
    return found


def all_rows(folder: Any) -> set[str]:
    """Every row of the gradebook."""
    from sqlalchemy import MetaData

    with open_gradebook(folder.root, folder.db_url) as gradebook, gradebook.engine.connect() as connection:
        metadata = MetaData()
        metadata.reflect(connection)
        return {
            f"{name}: {tuple(row)}"
            for name, table in metadata.tables.items()
            for row in connection.execute(table.select())
        }


@pytest.fixture(scope="session")
def eye() -> Any:
    """What tests need besides fixtures."""
    names = {
        "killed": staticmethod(borrowed("grading", "test_killed").killed),
        "words": WORDS,
        "gone": GONE,
        "secrets": SECRETS,
        "comments": COMMENTS,
    }
    return type("Eye", (), {**names, "places_of": staticmethod(places_of), "all_rows": staticmethod(all_rows)})
