"""The desk of the grading tests, a sheet for an observed role play, and an institution that issues certificates."""

from __future__ import annotations

import dataclasses
import datetime
import importlib.util
import io
import shutil
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from peercourse.certificate.issue import IssueReport, issue
from peercourse.certificate.keys import key_places, make_pair, public_pem, read_pair, read_private
from peercourse.certificate.make import Issuer
from peercourse.certificate.model import Certificate, Completed
from peercourse.certificate.signing import check
from peercourse.certificate.wording import statement
from peercourse.content.course import Course, load_course
from peercourse.content.host_rules import CertificateRules
from peercourse.grading.collect import collect
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.files import write_bytes
from peercourse.grading.grade import grade
from peercourse.practice.role_play import read_role_play
from peercourse.quiz.bank import Quiz
from peercourse.words import read_words

_path = Path(__file__).parents[1] / "grading" / "conftest.py"
_spec = importlib.util.spec_from_file_location("grading_fixtures", _path)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _module  # dataclasses look their module up there
_spec.loader.exec_module(_module)

released_course, tools, _same_environment = _module.released_course, _module.tools, _module._same_environment

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 26)


@pytest.fixture(scope="session")
def course() -> Course:
    """The course of the repository."""
    return load_course(ROOT)


@pytest.fixture(scope="session")
def watched_course(
    released_course: tuple[Quiz, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Quiz, Quiz, Path]:
    """The bank, the sheet, and a grading folder with both; to be copied, not changed."""
    quiz, template = released_course
    place = tmp_path_factory.mktemp("watched")
    shutil.copytree(template, place / "grading")
    role_play = read_role_play(ROOT)
    assert role_play is not None
    sheet = role_play.rubric.sheet()
    release_quizzes([sheet], place / "grading", lambda _: None)
    return quiz, sheet, place / "grading"


@pytest.fixture
def office(watched_course: tuple[Quiz, Quiz, Path], course: Course, tmp_path: Path) -> Office:
    """A grading folder, and whoever issues certificates from it."""
    return office_in(tmp_path, watched_course, course)


@pytest.fixture(scope="session")
def three_handed_in(
    watched_course: tuple[Quiz, Quiz, Path], course: Course, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Quiz, Quiz, Path]:
    """The same, once three have handed in; to be copied, not changed."""
    office = office_in(tmp_path_factory.mktemp("three"), watched_course, course)
    office.handed_in("amal")
    office.watched("amal")
    office.handed_in("bela")
    office.handed_in("cleo", marked=None)
    office.watched("cleo")
    return office.desk.quiz, office.sheet, office.desk.folder.root


@pytest.fixture
def three(three_handed_in: tuple[Quiz, Quiz, Path], course: Course, tmp_path: Path) -> Office:
    """Amal has passed everything, Bela the quiz alone, and Cleo's answer waits for a marker."""
    return office_in(tmp_path, three_handed_in, course)


def office_in(place: Path, template: tuple[Quiz, Quiz, Path], course: Course) -> Office:
    """An office with a copy of a grading folder and an empty inbox."""
    quiz, sheet, grading = template
    shutil.copytree(grading, place / "grading")
    (place / "inbox").mkdir()
    (place / "course").mkdir()
    desk = _module.Desk(quiz, _module.GradingFolder(place / "grading"), place / "inbox")
    institution = course.institution.model_copy(
        update={"name": "St Bridget's Hospital", "example": False, "certificate": CertificateRules()}
    )
    changed = {"root": place / "course", "institution": institution, "quizzes": {quiz.id: quiz}, "archive": ()}
    return Office(desk, sheet, dataclasses.replace(course, **changed))


@dataclasses.dataclass
class Office:
    """A grading folder whose trainees get certificates."""

    desk: Any
    sheet: Quiz
    course: Course

    def __post_init__(self) -> None:
        self.places = key_places(self.desk.folder.root, self.course.root, synthetic=False)
        if not self.places.private.exists():
            make_pair(self.places)
        write_bytes(self.places.public, public_pem(read_private(self.places.private).public_key()))

    def handed_in(
        self, trainee: str, *, words: str = "You stayed.", marked: float | None = 4, best: bool = True
    ) -> None:
        """Hand in the quiz; with ``marked=None`` it waits for a marker, and with ``best=False`` it is all blank."""
        answers = None if best else {}
        self.desk.put(f"{trainee}/corridor.ipynb", self.desk.answered(trainee, answers, words if best else ""))
        self.desk.collect()
        grade(self.desk.folder)
        if best and marked is not None:
            self.desk.marked(trainee, marked)

    def watched(self, trainee: str, *, passed: bool = True) -> None:
        """Take in the sheet of an observed role play."""
        desk = dataclasses.replace(self.desk, quiz=self.sheet, inbox=self.desk.inbox.parent / "observed")
        levels = {item.id: "full" if passed else "not-shown" for item in self.sheet.items()}
        lines = {"observer-id": "an-observer", "observed-on": "2026-11-20", "card": "third-visit"}
        desk.put(f"{trainee}.ipynb", desk.answered(trainee, levels | lines))
        collect(desk.inbox, desk.folder, observed=True)
        grade(desk.folder)

    def institution(self, **fields: Any) -> None:
        """Change the institution's settings."""
        self.course = dataclasses.replace(self.course, institution=self.course.institution.model_copy(update=fields))

    def issuer(self, *, today: datetime.date = TODAY, renew: bool = False) -> Issuer:
        return Issuer(self.desk.folder, self.course, read_pair(self.places), today, renew)

    def issue(self, trainee: str | None = None, **options: Any) -> IssueReport:
        return issue(self.issuer(**options), trainee, lambda _done, _all, _name: None)

    def files(self, trainee: str) -> dict[str, bytes]:
        """All files of a trainee by name."""
        place = self.desk.folder.root / "certificates" / trainee
        return {path.name: path.read_bytes() for path in sorted(place.glob("*"))}

    def signed(self, trainee: str) -> list[Certificate]:
        """Every certificate of a trainee whose signature is right."""
        key = read_pair(self.places).public_key()
        found = [check(data, key, TODAY).certificate for name, data in self.files(trainee).items() if "json" in name]
        return [one for one in found if one is not None]


def certificate_of(**fields: Any) -> Certificate:
    """A certificate to sign or to typeset; other fields than usual by name."""
    words, kind = read_words("en"), fields.get("kind", "certificate")
    usual = {
        "version": 1, "kind": kind, "standing": "real", "number": "7KQ2-M9XT-44HV-RRC8", "replaces": "",
        "language": "en", "institution": "St Bridget's Hospital", "course": "Peer support course",
        "course_version": "", "hours": "", "trainee": "nurse-17", "name": "Ines Roth",
        "completed": (Completed(kind="quiz", title="Active listening", version=1),),
        "statement": statement(kind, "", words), "signatories": (), "issued": TODAY,
        "valid_until": datetime.date(2027, 11, 26),
    }  # fmt: skip
    return Certificate(**{**usual, **fields})


def words_of_pdf(pdf: bytes) -> str:
    """What a PDF shows, on one line."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture(scope="session")
def key() -> Ed25519PrivateKey:
    """A private key."""
    return Ed25519PrivateKey.generate()


@pytest.fixture(scope="session")
def helpers() -> Any:
    """What tests need besides fixtures."""
    names = (certificate_of, words_of_pdf)
    return type("Helpers", (), {name.__name__: staticmethod(name) for name in names})
