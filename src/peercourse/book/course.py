"""The loaded course inside a Sphinx build: read once, and watched so that a change reaches every page it concerns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from peercourse.content.course import Course, load_course
from peercourse.content.evidence import Reference
from peercourse.content.module import Lesson, Module
from peercourse.content.problems import ContentError
from peercourse.practice.role_play import FOLDER as ROLE_PLAY

_PACKAGE = Path(__file__).resolve().parent.parent
_READ = {".py", ".html", ".css", ".js", ".yml"}
_courses: WeakKeyDictionary[Sphinx, Course] = WeakKeyDictionary()


class CourseError(SphinxError):
    """The course's own files cannot be used; the message holds every problem with its place."""

    category = "Content error"


def read_course(app: Sphinx, config: Config) -> None:
    """Load the course before the build starts, and note what its pages depend on besides their own text.

    A change in ``config.peercourse_inputs`` makes Sphinx read every page again. That is coarse and always right: a
    contact, a fact or an item may stand on any page.

    Raises:
        CourseError: something that people wrote cannot be used.
    """
    try:
        _courses[app] = load_course(Path(app.srcdir))
    except ContentError as error:
        raise CourseError(f"the course cannot be built:\n{error}") from None
    config.peercourse_inputs = _digest(Path(app.srcdir), _courses[app])


def course_of(app: Sphinx) -> Course:
    """The course of a build."""
    return _courses[app]


def course_in(env: BuildEnvironment) -> Course:
    """The course of the build that an environment belongs to."""
    return course_of(env.app)


def env_of(app: Sphinx) -> BuildEnvironment:
    """The build's environment, which is there as soon as pages are read.

    Raises:
        CourseError: it is asked for too early, a mistake in this package.
    """
    if app.env is None:
        raise CourseError("the build has no environment yet")
    return app.env


def source_in(course: Course, fact_id: str) -> Reference:
    """The reference of a fact whose id the ``fact`` role has let pass.

    Raises:
        CourseError: it has none.
    """
    source = course.source_of(fact_id)
    if source is None:
        raise CourseError(f"'{fact_id}' has no entry in book/references.bib")
    return source


def docname_of(path: Path, course: Course) -> str:
    """Sphinx's name of a page: its path from the course folder, without the ending."""
    return path.relative_to(course.root).with_suffix("").as_posix()


def page_in_module(course: Course, docname: str) -> tuple[Module, Lesson] | None:
    """The module and the lesson (or other page of the module) behind a page; None for every other page."""
    for module in course.modules:
        for page in (*module.lessons, *module.pages):
            if docname_of(page.path, course) == docname:
                return module, page
    return None


def module_of(course: Course, docname: str) -> Module | None:
    """The module in whose folder a page stands; None for every other page."""
    found = page_in_module(course, docname)
    return found[0] if found else None


def _digest(root: Path, course: Course) -> str:
    digest = hashlib.sha256()
    for path in sorted(_inputs(root, course)):
        digest.update(path.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _inputs(root: Path, course: Course) -> Iterator[Path]:
    yield root / "institution.yml"
    yield from (root / "evidence").glob("*.yaml")
    yield from (root / "book").glob("*.bib")
    yield from (root / "modules").rglob("*.yml")
    yield from (root / course.institution.quizzes_folder).rglob("*.yml")
    yield from (root / ROLE_PLAY).glob("*.yml")
    for folder in ("book", "web", "quiz", "content", "practice", "words"):
        yield from (path for path in (_PACKAGE / folder).rglob("*") if path.suffix in _READ)
