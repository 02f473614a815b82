"""The safe scorer and stock nbgrader, with its default steps and a kernel, give the same points for the same file."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade
from peercourse.quiz.bank import Quiz
from peercourse.quiz.item import Item
from peercourse.quiz.notebook import answer_variable
from peercourse.quiz.types.written import PLACEHOLDER

COPIES = 6
NOTEBOOKS = 3
ODD = st.sampled_from(
    [
        None, True, 0, 1.0, 10**30, "", "A", " a", "z", "ab", [], {}, (), ("a", "b"), {"a"}, [["a"]], [None], [1, "a"],
        ["a", "a"], {1: "a"}, {"1": ["a"]}, {"1": None}, {"9": "a"}, {"1": "a", 2: "b"}, b"a", "é", "a\n", ["a"] * 20,
    ]
)  # fmt: skip
ODD_SOURCES = (
    "",
    " \n",
    "answer",
    "# nothing",
    "{variable} = (",
    "{variable} = nowhere",
    "other = 'a'",
    "raise SystemExit",
)


def answers(item: Item, seed: str) -> st.SearchStrategy[str]:
    """Sources of an answer cell: mostly answers that earn something, some odd ones, some that are none."""
    if item.score is None:
        return st.sampled_from([PLACEHOLDER, "Mine"])
    face, variable = item.face(seed), answer_variable(item.id)
    letters = [choice.label for choice in face.choices] or ["red", "amber", "green"]
    some = st.sampled_from([*letters, "z"])
    shapes: dict[type, st.SearchStrategy[Any]] = {
        str: st.sampled_from(letters),
        list: st.permutations(letters) | st.lists(st.sampled_from(letters), unique=True, min_size=1),
        dict: st.fixed_dictionaries({row.label: some for row in face.rows}),
    }
    likely = shapes[type(face.blank)] | st.just(item.best_answer(seed))
    mixed = some | st.lists(some, max_size=6) | st.dictionaries(st.sampled_from(["1", "2", "9"]), some)
    literal = st.one_of(likely, likely, likely, mixed, ODD).map(lambda value: f"{variable} = {value!r}")
    none = st.sampled_from(ODD_SOURCES).map(lambda text: text.format(variable=variable))
    return st.one_of(literal, literal, literal, literal, none)


def examples(quiz: Quiz) -> list[dict[str, str]]:
    """Answers to one copy of every item, as many times as there are copies to fill."""
    found: list[dict[str, str]] = []
    one_copy = [item for item in quiz.items() if item.id.startswith("n0-")]

    @settings(max_examples=NOTEBOOKS * COPIES, deadline=None, phases=[Phase.generate], database=None)
    @given(st.fixed_dictionaries({item.id: answers(item, quiz.seed) for item in one_copy}))
    def note(sources: dict[str, str]) -> None:
        found.append(sources)

    note()
    return found


def points(database: Path, trainee: str, assignment: str) -> dict[str, float | None]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{database}", "peercourse") as gradebook:
        (notebook,) = gradebook.find_submission(assignment, trainee).notebooks
        return {row.name: row.auto_score for row in notebook.grades}


def stock(root: Path, trainee: str, assignment: str) -> None:
    """nbgrader's Autograde with nothing set but where the course is."""
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root, config.CourseDirectory.course_id = str(root), "peercourse"
    config.CourseDirectory.student_id, config.CourseDirectory.assignment_id = trainee, assignment
    logger = logging.Logger("stock", logging.CRITICAL + 1)
    Autograde(coursedir=CourseDirectory(config=config), config=config, parent=None, log=logger).start()


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory, tools: Any) -> tuple[Quiz, Path, Path]:
    """A bank with many items of every type, released, and the same release in a folder without our settings."""
    folder = tmp_path_factory.mktemp("wide")
    head = tools["BANK"].replace(tools["ITEMS"], "")
    items = "".join(tools["ITEMS"].replace("      - id: ", f"      - id: n{copy}-") for copy in range(COPIES))
    quiz = tools["bank_of"](head + items, folder)
    release_quizzes([quiz], folder / "grading", lambda _: None)
    shutil.copytree(folder / "grading", folder / "stock", ignore=shutil.ignore_patterns("nbgrader_config.py"))
    return quiz, folder / "grading", folder / "stock"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # about how nbgrader uses it
def test_safe_scorer_and_stock_nbgrader_agree_item_by_item(wide: tuple[Quiz, Path, Path]) -> None:
    quiz, grading, other = wide
    folder = GradingFolder(grading)
    (released,) = folder.read().values()
    notebook = json.loads(folder.release(released).read_text(encoding="utf-8"))
    earned: dict[str, set[float | None]] = {}
    # All the examples at once, many to a notebook: a kernel takes a second to start.
    for number, batch in enumerate(batched(examples(quiz), COPIES)):
        trainee = f"nurse-{number}"
        sources = {
            name.replace("n0-", f"n{copy}-"): source.replace("n0_", f"n{copy}_")
            for copy, example in enumerate(batch)
            for name, source in example.items()
        }
        for cell in notebook["cells"]:
            cell["source"] = sources.get(cell["id"], cell["source"])
        raw = json.dumps(notebook)
        # Straight into submitted/, as stock nbgrader gets it: the rebuild is the first of our steps in Autograde too.
        for root in (grading, other):
            path = root / "submitted" / trainee / released.assignment / f"{quiz.id}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(raw, encoding="utf-8")
        assert grade(folder, trainee).failed == []
        stock(other, trainee, released.assignment)
        ours = points(grading / "gradebook.db", trainee, released.assignment)
        theirs = points(other / "gradebook.db", trainee, released.assignment)
        assert len(ours) == 7 * COPIES
        different = [name for name in ours if ours[name] != theirs[name]]
        assert [(ours[name], theirs[name], sources[name.removesuffix("-score")]) for name in different] == []
        for name, value in ours.items():
            earned.setdefault(name.partition("-")[2], set()).add(value)
    assert len(earned) == 7
    assert all(len(values) > 1 for values in earned.values()), "answers to some type earn all the same"


def batched(entries: list[dict[str, str]], size: int) -> list[list[dict[str, str]]]:
    return [entries[start : start + size] for start in range(0, len(entries), size)]
