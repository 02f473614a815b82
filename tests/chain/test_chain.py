"""The whole chain, as a trainer types it: from a cohort's files to scores, feedback and reports, on both databases.

Each step is a function that runs its command, asserts what it says and leaves, and returns nothing. Each is run twice;
the second time must change nothing. A new step is one more function in ``STORY``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from peercourse.cli import main
from peercourse.content.course import Course, load_course
from peercourse.quiz.notebook import answer_variable

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("chain")]

ROOT = Path(__file__).resolve().parents[2]
COURSE = ("institution.yml", "_toc.yml", "_config.yml", "index.md", "modules", "book", "quizzes", "evidence")
TRAINEES = 8
ABLE, BEST = "demo-002", "(best)"
ASIDE = {"gradebook.db", ".writer.lock"}
"""Files that may differ: the database is compared by its rows."""


@dataclass
class Chain:
    """A grading folder, its gradebook, and what was done so far.

    Attributes:
        demo: the folder of the made-up cohort.
        grading: the grading folder.
        database: the gradebook's address where it is not the folder's own.
        marks: quiz, item and points that were typed into workbooks, by code.
    """

    demo: Path
    grading: Path
    database: str | None = None
    marks: dict[str, tuple[str, str, float]] = field(default_factory=dict)

    def run(self, *words: str) -> str:
        """Run a command and return all that it says, on one line."""
        database = ["--db", self.database] if self.database else []
        done = CliRunner().invoke(main, [*words, "--grading", str(self.grading), *database])
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    def table(self, *words: str) -> list[dict[str, str]]:
        """Scores as rows of a CSV file."""
        path = self.grading / "scores.csv"
        self.run("scores", *words, "--csv", str(path))
        text = path.read_text(encoding="utf-8")
        path.unlink()
        return list(csv.DictReader(io.StringIO(text)))

    def state(self) -> tuple[dict[str, str], list[str]]:
        """Every file of the folder and every row of the gradebook."""
        from sqlalchemy import MetaData, create_engine, select

        files = {
            path.relative_to(self.grading).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.grading.rglob("*")
            if path.is_file() and path.name not in ASIDE
        }
        engine, tables = create_engine(self.database or f"sqlite:///{self.grading / 'gradebook.db'}"), MetaData()
        with engine.connect() as connection:
            tables.reflect(connection)
            rows = [
                f"{table.name}: {row}" for table in tables.sorted_tables for row in connection.execute(select(table))
            ]
        engine.dispose()
        return files, sorted(rows)

    def sheets(self) -> list[Path]:
        """Sheets of observed role plays that count."""
        return list((self.grading / "submitted").glob("*/*/observation.ipynb"))

    def handed_in(self) -> dict[str, set[str]]:
        """Who has handed each graded quiz in, by the inbox alone; the file with a mistyped ID does not count."""
        found: dict[str, set[str]] = {}
        for path in (self.demo / "inbox").glob("*/m*.ipynb"):
            if '"trainee_id = \\"' + path.parent.name in path.read_text(encoding="utf-8").replace("'", '\\"'):
                found.setdefault(path.stem, set()).add(path.parent.name)
        return found


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's course in a folder of its own, since a release notes its fingerprints there."""
    folder = tmp_path_factory.mktemp("course")
    for name in COURSE:
        copy: Callable[..., object] = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(autouse=True)
def _in_the_course(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course)
    monkeypatch.setenv("JUPYTER_PATH", "")


@pytest.fixture(scope="module")
def demo(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up cohort."""
    folder = tmp_path_factory.mktemp("demo") / "cohort"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course)
        done = CliRunner().invoke(main, ["demo", "--trainees", str(TRAINEES), "--folder", str(folder)])
    assert f"{TRAINEES} made-up trainees" in done.output, done.output
    somebody_passes_everything(load_course(course), folder)
    return folder


def somebody_passes_everything(course: Course, demo: Path) -> None:
    """Let one of the cohort answer as well as can be, and be watched once more, so that there is a certificate."""
    for quiz in (one for one in course.released if one.pass_mark is not None or one.kind == "observation"):
        release = demo / "grading" / "release" / quiz.assignment / f"{quiz.id}.ipynb"
        notebook = json.loads(release.read_text(encoding="utf-8"))
        best = {item.id: item.best_answer(quiz.seed) for item in quiz.items() if item.type != "written"}
        best |= {"observer-id": "an-observer", "observed-on": "2026-08-01", "card": "third-visit"}
        written = {item.id for item in quiz.items() if item.type == "written"}
        for cell in notebook["cells"]:
            if cell["id"] == "trainee-id":
                cell["source"] = f"trainee_id = {ABLE!r}"
            elif cell["id"] in written:
                cell["source"] = f"{BEST} You said it. What was it like? Take your time."
            elif cell["id"] in best and cell["metadata"].get("nbgrader", {}).get("solution"):
                cell["source"] = f"{answer_variable(cell['id'])} = {best[cell['id']]!r}"
        path = demo / ("observed" if quiz.kind == "observation" else "inbox") / ABLE / f"{quiz.id}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")


def release(chain: Chain) -> None:
    said = chain.run("quiz", "release")
    new, same = map(int, re.search(r"Released (\d+), unchanged (\d+)\.", said).groups())  # type: ignore[union-attr]
    assert new + same == len(json.loads((chain.grading / "quizzes.json").read_text(encoding="utf-8")))


def collect(chain: Chain) -> None:
    said = chain.run("collect", str(chain.demo / "inbox"))
    assert "is not in trainees.csv" in said
    names = {quiz: len(trainees) for quiz, trainees in chain.handed_in().items()}
    assert names == dict(Counter(path.stem for path in (chain.grading / "submitted").glob("*/*/m*.ipynb")))


def observe(chain: Chain) -> None:
    said = chain.run("collect", str(chain.demo / "observed"), "--observed")
    assert "Next: peercourse grade" in said
    assert {path.parents[1].name for path in chain.sheets()} == {
        re.search(r"trainee_id = \\*[\"']([\w-]+)", path.read_text(encoding="utf-8"))[1]  # type: ignore[index]
        for path in (chain.demo / "observed").rglob("*.ipynb")
    }


def grade(chain: Chain) -> None:
    said = chain.run("grade")
    assert "not scored 0." in said
    assert len(list((chain.grading / "autograded").rglob("*.ipynb"))) == len(
        list((chain.grading / "submitted").rglob("*.ipynb"))
    )


def export(chain: Chain) -> None:
    said = chain.run("marking", "export")
    assert "Next, when they are marked: peercourse marking import FILE" in said
    assert len(list((chain.grading / "marking").glob("*.xlsx"))) == 6


def mark(chain: Chain) -> None:
    """Points by the words of the answer and the criterion alone, so that they are the same on every database."""
    for path in sorted((chain.grading / "marking").glob("*.xlsx")):
        book: Any = load_workbook(path)
        quiz = dict(book["About"].iter_rows(values_only=True))["quiz"]
        for sheet in [sheet for sheet in book if sheet.title.startswith("Mark")]:
            first, *rows = sheet.iter_rows()
            criteria = [(place, cell.value) for place, cell in enumerate(first) if "up to " in str(cell.value)]
            for row in rows:
                code, item, answer = (cell.value for cell in row[:3])
                for place, heading in criteria:
                    most = float(re.search(r"up to ([\d.]+) point", heading)[1])  # type: ignore[index]
                    earns = BEST in answer or zlib.crc32(f"{answer}{heading}".encode()) % 2
                    row[place].value = most if earns else 0
                chain.marks[code] = (quiz, item, sum(row[place].value for place, _ in criteria))
        if not all(row[3].value == saved[3].value for row, saved in both(book, path)):
            book.save(path)
    assert len(chain.marks) > 50


def both(book: Any, path: Path) -> list[tuple[Any, Any]]:
    """Rows of a workbook in hand beside those of the file."""
    saved: Any = load_workbook(path)
    names = [sheet.title for sheet in book if sheet.title.startswith("Mark")]
    return [pair for name in names for pair in zip(book[name].iter_rows(), saved[name].iter_rows(), strict=True)]


def import_(chain: Chain) -> None:
    said = chain.run("marking", "import", *map(str, sorted((chain.grading / "marking").glob("*.xlsx"))))
    taken, known = map(int, re.search(r"Marks taken in (\d+), there already (\d+)\.", said).groups())  # type: ignore[union-attr]
    assert taken + known == len(chain.marks)
    assert "Next: peercourse scores" in said


def scores(chain: Chain) -> None:
    rows = chain.table()
    trainees = {quiz: {row["trainee"] for row in rows if row["quiz"] == quiz} for quiz in chain.handed_in()}
    assert trainees == chain.handed_in()
    observed = [row for row in rows if row["quiz"] == "observation"]
    assert len(observed) == len(chain.sheets())
    assert {row["passed"] for row in observed} == {"yes", "no"}
    rows = [row for row in rows if row not in observed]
    assert all(row["score"] for row in rows), "nothing waits any more"
    graded = [row for row in rows if row["quiz"].startswith("m")]
    assert {row["passed"] for row in graded} == {"yes", "no"}
    items = chain.table("--items")
    for row in rows:
        own = [
            float(item["score"]) for item in items if (item["trainee"], item["quiz"]) == (row["trainee"], row["quiz"])
        ]
        assert sum(own) == pytest.approx(float(row["score"]), abs=0.01)
    written = Counter(
        (item["quiz"], item["item"], float(item["score"])) for item in items if item["marked"] == "by hand"
    )
    assert written == Counter(chain.marks.values())


def feedback(chain: Chain) -> None:
    said = chain.run("feedback")
    assert "wait to be marked" not in said
    for ending in (".html", ".pdf"):
        pages: dict[str, set[str]] = {}
        for path in (chain.grading / "feedback").rglob(f"*{ending}"):
            pages.setdefault(path.stem.removeprefix("feedback-"), set()).add(path.relative_to(chain.grading).parts[1])
        assert pages == chain.handed_in()


def report(chain: Chain) -> None:
    said = chain.run("report")
    assert "Somebody is missing" in said
    page = (chain.grading / "report.html").read_text(encoding="utf-8")
    table = page[page.index("Who is missing") :]
    everybody = {path.name for path in (chain.demo / "inbox").iterdir()}
    assert len(everybody) == TRAINEES
    for quiz, trainees in chain.handed_in().items():
        row = re.search(rf">{quiz}<.*?</tr>", table, re.DOTALL)[0]  # type: ignore[index]
        assert set(re.findall(r"demo-\d+", row)) == everybody - trainees


def share(chain: Chain) -> None:
    said = chain.run("report", "--share")
    assert "It names nobody" in said
    page = (chain.grading / "report-to-share.html").read_text(encoding="utf-8")
    assert "demo-0" not in page
    assert str(TRAINEES) in page


def certify(chain: Chain) -> None:
    """Who has a certificate is what the table of scores says, and a file checks out against the public key."""
    chain.run("certificate", "key")
    said = chain.run("certificate", "issue")
    assert "SYNTHETIC" in said.upper()
    passed: dict[str, set[str]] = {}
    for row in chain.table():
        passed.setdefault(row["trainee"], set()).update([row["quiz"]] if row["passed"] == "yes" else [])
    quizzes = set(chain.handed_in())
    issued: dict[str, str] = {}
    for path in (chain.grading / "certificates").glob("*/*.json"):
        issued[path.parent.name] = json.loads(path.read_text(encoding="utf-8"))["certificate"]["kind"]
        assert path.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
        key = next(chain.grading.rglob("certificate-key.pem"))
        checked = CliRunner().invoke(main, ["certificate", "verify", str(path), "--key", str(key)])
        assert checked.exit_code == 4, checked.output  # genuine, and about a made-up trainee
    assert issued == {
        trainee: "certificate" if "observation" in own else "theory-completed"
        for trainee, own in passed.items()
        if own >= quizzes
    }
    assert issued[ABLE] == "certificate"


STORY = (release, collect, observe, grade, export, mark, import_, scores, feedback, report, share, certify)


def tell(chain: Chain, story: Sequence[Callable[[Chain], None]] = STORY) -> dict[str, Any]:
    """Go through all steps, each of them twice; gives what must not depend on the database."""
    for step in story:
        step(chain)
        before = chain.state()
        step(chain)
        after = chain.state()
        assert after == before, f"{step.__name__} changed something when it was run again"
    pages = {path: chain.grading / path for path in ("report.html", "report-to-share.html")}
    return {
        "scores": chain.table(),
        "items": chain.table("--items"),
        "feedback": {name: text for name, text in chain.state()[0].items() if name.startswith("feedback/")},
        **{name: path.read_text(encoding="utf-8") for name, path in pages.items()},
    }


@pytest.fixture(scope="module")
def on_sqlite(course: Path, demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What comes out on SQLite, in the demo's own grading folder as it was before anything was handed in."""
    from peercourse.grading.gradebook import open_gradebook

    grading = tmp_path_factory.mktemp("sqlite") / "grading"
    shutil.copytree(demo / "grading", grading)
    with open_gradebook(grading) as gradebook:
        for student in gradebook.students:
            gradebook.remove_student(student.id)
    for name in ("submitted", "autograded", "earlier"):
        shutil.rmtree(grading / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course)
        return tell(Chain(demo, grading), STORY[1:])  # peercourse demo has released already


def test_the_whole_chain_on_sqlite(on_sqlite: dict[str, Any]) -> None:
    assert len(on_sqlite["scores"]) > 50
    assert len(on_sqlite["feedback"]) == 2 * sum(row["quiz"].startswith("m") for row in on_sqlite["scores"])


def test_the_whole_chain_on_postgresql_gives_the_same(
    demo: Path, on_sqlite: dict[str, Any], database: str, tmp_path: Path
) -> None:
    grading = tmp_path / "grading"
    grading.mkdir()
    for name in ("trainees.csv", "synthetic.json"):
        shutil.copy(demo / "grading" / name, grading)
    chain = Chain(demo, grading, database)
    assert tell(chain) == on_sqlite
    assert not (grading / "gradebook.db").exists(), "nothing was written anywhere else"

    settings = grading / "nbgrader_config.py"
    settings.write_text(f"{settings.read_text()}\nc.CourseDirectory.db_url = '{database}'\n")
    assert Chain(demo, grading).table("--items") == on_sqlite["items"]
