"""The desk of the grading tests, a cohort with written answers, and a marker's hand."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade
from peercourse.grading.gradebook import open_gradebook
from peercourse.marking.export import ExportReport, Wish, export_marking
from peercourse.marking.importing import import_marks
from peercourse.marking.ledger import MarkedAnswer, ledger_file, read_ledger
from peercourse.marking.model import Row
from peercourse.marking.places import read_exports
from peercourse.marking.report import ImportReport

_path = Path(__file__).parents[1] / "grading" / "conftest.py"
_spec = importlib.util.spec_from_file_location("grading_fixtures", _path)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _module  # dataclasses look their module up there
_spec.loader.exec_module(_module)

released_course, desk, tools = _module.released_course, _module.desk, _module.tools

MARKS = {"quill": (2.0, 0.5), "rook": (1.0, 1.0), "sable": (0.0, 0.0), "tarn": (1.5, 2.0)}
SECOND_ITEM = """
      - id: more-words
        type: written
        stem: And then?
        outcome: m2.4
        competence: [COM02]
        criteria:
          - {id: turn, points: 0.75, text: SECOND-CRITERION, earns: [SECOND-EARNS], does_not_earn: [SECOND-MISSES]}
"""


@dataclass
class MarkingDesk:
    """A grading folder with a scored cohort, and somebody who exports, marks and imports."""

    desk: Any

    @property
    def folder(self) -> GradingFolder:
        folder: GradingFolder = self.desk.folder
        return folder

    def hand_in(self, words: Mapping[str, str]) -> None:
        """Hand in, collect and score: words of the written item by trainee."""
        for trainee, text in words.items():
            self.desk.put(f"{trainee}/corridor.ipynb", self.desk.answered(trainee, words=text))
        self.desk.collect()
        assert not grade(self.folder).failed

    def export(self, **wish: Any) -> list[Path]:
        return [path for path, _ in self.export_report(**wish).written]

    def export_report(self, **wish: Any) -> ExportReport:
        return export_marking(self.folder, [self.desk.quiz], Wish(**wish))

    def give(self, *paths: Path, **options: Any) -> ImportReport:
        return import_marks(self.folder, paths, **options)

    def rows(self, path: Path) -> dict[str, Row]:
        """The code list of a workbook."""
        about: dict[Any, Any] = dict(load_workbook(path)["About"].iter_rows(values_only=True))  # type: ignore[arg-type]
        return dict(read_exports(self.folder)[about["export"]].files[about["marker"]])

    def marked(self, path: Path, points: Mapping[str, tuple[float, float]], **more: Any) -> Path:
        """Fill a workbook as a marker does: points of both criteria by trainee."""
        rows = self.rows(path)

        def fill(sheet: Any) -> None:
            for cells in sheet.iter_rows(min_row=2):
                trainee = rows[cells[0].value].trainee
                if trainee in points:
                    cells[3].value, cells[4].value = points[trainee]
                    cells[5].value = "yes" if trainee in more.get("harmful", ()) else None
                    cells[6].value = more.get("comments", {}).get(trainee)

        return edited(path, fill)

    def score(self, trainee: str) -> tuple[float | None, bool, str | None]:
        """Points by hand, whether a marker is waited for, and the comment, from the gradebook."""
        _, points, waiting = self.desk.grades(trainee)["your-words"]
        with open_gradebook(self.folder.root) as gradebook:
            comment = gradebook.find_comment("your-words", "corridor", "corridor-v1", trainee).manual_comment
        return points, waiting, comment

    def entries(self) -> dict[str, MarkedAnswer]:
        """The ledger by trainee."""
        return {entry.trainee: entry for entry in read_ledger(self.folder, "corridor").values()}

    def stored(self) -> tuple[Any, ...]:
        """All that an import may write."""
        ledger = ledger_file(self.folder, "corridor")
        names = sorted(path.name for path in (self.folder.root / "submitted").iterdir())
        return ledger.read_bytes() if ledger.exists() else None, [self.score(name) for name in names]


def edited(path: Path, change: Callable[[Any], None], *, sheet: str = "Mark") -> Path:
    """Change a sheet, as a spreadsheet program would save it."""
    book = load_workbook(path)
    change(book[sheet])
    book.save(path)
    return path


def parts(path: Path) -> dict[str, str]:
    """Every part of a workbook as text."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


@pytest.fixture
def marking(desk: Any) -> MarkingDesk:
    return MarkingDesk(desk)


def marking_desk(quiz: Any, place: Path) -> MarkingDesk:
    """The desk over a folder that holds a grading folder and an inbox."""
    return MarkingDesk(_module.Desk(quiz, GradingFolder(place / "grading"), place / "inbox"))


@pytest.fixture(scope="session")
def scored_cohort(released_course: Any, tmp_path_factory: pytest.TempPathFactory) -> MarkingDesk:
    """Four trainees who wrote something, and one who left it blank; to be copied, not changed."""
    quiz, template = released_course
    place = tmp_path_factory.mktemp("scored")
    shutil.copytree(template, place / "grading")
    (place / "inbox").mkdir()
    desk = marking_desk(quiz, place)
    desk.hand_in(
        {"quill": "You stayed.", "rook": "Was that hard?", "sable": "Shall we sit?", "tarn": "Hm.", "vole": ""}
    )
    return desk


@pytest.fixture(scope="session")
def marked_cohort(scored_cohort: MarkingDesk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder ``marking`` of the same with a workbook that was exported and filled; to be copied, not changed."""
    place = tmp_path_factory.mktemp("marked")
    shutil.copytree(scored_cohort.folder.root.parent, place, dirs_exist_ok=True)
    desk = marking_desk(scored_cohort.desk.quiz, place)
    desk.marked(*desk.export(), MARKS)
    return place / "grading" / "marking"


@pytest.fixture
def cohort(scored_cohort: MarkingDesk, tmp_path: Path) -> MarkingDesk:
    """A copy of the scored cohort."""
    shutil.copytree(scored_cohort.folder.root.parent, tmp_path, dirs_exist_ok=True)
    return marking_desk(scored_cohort.desk.quiz, tmp_path)


@pytest.fixture
def marked(cohort: MarkingDesk, marked_cohort: Path) -> Path:
    """A workbook of the copy, filled with :data:`MARKS`."""
    (path,) = shutil.copytree(marked_cohort, cohort.folder.root / "marking").glob("*.xlsx")
    return Path(path)


@pytest.fixture(scope="session")
def released_two_items(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """A quiz with two written items, one of which gives three quarters of a point; to be copied, not changed."""
    place = tmp_path_factory.mktemp("two-items")
    (place / "inbox").mkdir()
    quiz = _module.bank_of(_module.BANK + SECOND_ITEM, place)
    release_quizzes([quiz], place / "grading", lambda _: None)
    return quiz, place


@pytest.fixture
def two_items(released_two_items: tuple[Any, Path], tmp_path: Path) -> MarkingDesk:
    """A copy of it."""
    quiz, place = released_two_items
    shutil.copytree(place, tmp_path, dirs_exist_ok=True)
    return marking_desk(quiz, tmp_path)


@pytest.fixture(autouse=True)
def _same_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader is set up through the environment; each test leaves it as it was."""
    monkeypatch.setenv("JUPYTER_PATH", "")


@pytest.fixture(scope="session")
def hand() -> Any:
    """What tests need besides fixtures."""

    class Hand:
        edited = staticmethod(edited)
        parts = staticmethod(parts)

    return Hand
