"""Build the site: check, Jupyter Book, handbook, and one folder in which both stand.

The new site is put together beside the old one and swapped in at the end, so that a build that stops leaves the old
site as it was.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from peercourse.content.checks import check_course
from peercourse.content.course import Course, load_course
from peercourse.content.institution import missing_for_publication
from peercourse.content.outcome_coverage import ungraded_outcomes
from peercourse.content.problems import ContentError, Problem
from peercourse.content.standards import core_gaps
from peercourse.quiz.versions import changes_within_version, read_record

PUBLISH_VARIABLE = "PEERCOURSE_PUBLISH"
"""Set to 1 for the book's extension when the site is for real: no preview banner, canonical addresses."""

REPRODUCIBLE_DATE = "1767225600"
"""SOURCE_DATE_EPOCH where the caller sets none: the same sources give the same bytes on any day."""

LEFT_OUT = ("_sources", ".buildinfo", ".doctrees", "objects.inv", "genindex.html")
MARK = ".built-by-peercourse"
"""A file that tells a site from a folder in which somebody keeps other things."""

Say = Callable[[str], None]


class BuildError(Exception):
    """A build stopped. The message is for the person who started it."""


def checked_course(root: Path, *, publish: bool) -> Course:
    """Load the course and stop at anything that must not go out.

    Args:
        root: the course folder.
        publish: whether real contacts and a sign-off are required.

    Raises:
        ContentError: with every problem found.
    """
    course = load_course(root)
    stop_at_problems(course, publish=publish)
    return course


def stop_at_problems(course: Course, *, publish: bool) -> None:
    """Stop at anything in a loaded course that must not go out.

    Args:
        course: the course.
        publish: whether real contacts, a sign-off and a whole course are required.

    Raises:
        ContentError: with every problem found.
    """
    problems = check_course(course)
    problems += released_problems(course)
    if publish:
        today = datetime.date.today()
        problems += missing_for_publication(course.institution, course.institution_source, today)
        problems += core_gaps(course)
        problems += ungraded_outcomes(course)
    if problems:
        raise ContentError(problems)


def released_problems(course: Course) -> list[Problem]:
    """Released banks whose public side has changed within their version."""
    folder = course.root / course.institution.quizzes_folder
    names = {quiz.assignment: course.quiz_sources[quiz.id].name for quiz in course.quizzes.values()}
    if course.measure:
        names |= {quiz.assignment: course.measure[1].name for quiz in course.evaluation.values()}
    if course.role_play and course.sheet:
        names[course.sheet.assignment] = course.role_play.rubric_source.name
    return changes_within_version(course.released, read_record(folder), names)


def build_site(root: Path, out: Path, *, publish: bool = False, say: Say = print) -> Path:
    """Build course and handbook into one folder.

    Args:
        root: the course folder.
        out: the folder of the site; replaced as a whole when the build has succeeded.
        publish: insist on real contacts and leave the preview banner away.
        say: told about each step in a sentence.

    Returns:
        Path of the site.

    Raises:
        ContentError: something that people wrote must be mended.
        BuildError: a tool stopped; the message names the log.
    """
    _must_be_ours(out)
    say("1/4  Checking what was written")
    checked_course(root, publish=publish)
    cache = root / ".cache"
    say("2/4  Building the book")
    book = build_book(root, cache, publish=publish)
    say("3/4  Building the handbook")
    handbook = _build_handbook(root, cache)
    say("4/4  Putting the site together")
    return _assemble(book, handbook, out)


def _environment(*, publish: bool) -> dict[str, str]:
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", REPRODUCIBLE_DATE),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",
        PUBLISH_VARIABLE: "1" if publish else "0",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    }


def build_book(root: Path, cache: Path, *, publish: bool) -> Path:
    """Build the book alone, every warning an error.

    Args:
        root: the course folder.
        cache: folder for the build and its log.
        publish: whether it is for real.

    Returns:
        Folder of the book's HTML.

    Raises:
        BuildError: Jupyter Book stopped.
    """
    cache.mkdir(parents=True, exist_ok=True)
    kind = "publish" if publish else "preview"
    output = cache / kind
    shutil.rmtree(output, ignore_errors=True)
    program = str(Path(sys.executable).with_name("jupyter-book"))
    command = [program, "build", str(root), "--path-output", str(output)]
    _run([*command, "--warningiserror", "--nitpick", "--keep-going"], root, cache / "book.log", publish=publish)
    return output / "_build" / "html"


def _build_handbook(root: Path, cache: Path) -> Path:
    output = cache / "handbook"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--quiet"]
    config = root / "handbook" / "mkdocs.yml"
    _run([*command, "--config-file", str(config), "--site-dir", str(output)], root, cache / "handbook.log")
    return output


def _run(command: list[str], root: Path, log: Path, *, publish: bool = False) -> None:
    environment = _environment(publish=publish)
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False)
    output = result.stdout + result.stderr
    log.write_text(output, encoding="utf-8")
    if result.returncode:
        raise BuildError("\n".join([*_complaints(output, root), f"The build stopped. Everything it said is in {log}."]))


def _complaints(output: str, root: Path) -> list[str]:
    """The lines of a tool's output that name something to mend."""
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in output.splitlines()]
    found = [line for line in lines if re.search(r"\b(WARNING|ERROR|CRITICAL)\b|Error:|error:", line)]
    return list(dict.fromkeys(line.replace(f"{root}{os.sep}", "") for line in found))[:30]


def _must_be_ours(out: Path) -> None:
    """A build replaces the whole folder, so it must be new, empty, or a site that a build has made."""
    if out.is_dir() and not any(out.iterdir()):
        return
    if out.exists() and not (out / MARK).is_file():
        raise BuildError(f"{out} holds something else than a site that was built here; give --out another folder")


def _assemble(book: Path, handbook: Path, out: Path) -> Path:
    fresh, old = out.with_name(out.name + ".new"), out.with_name(out.name + ".old")
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(book, fresh, ignore=shutil.ignore_patterns(*LEFT_OUT))
    shutil.copytree(handbook, fresh / "handbook", ignore=shutil.ignore_patterns("*.gz", "404.html"))
    (fresh / MARK).write_text("Built by peercourse. The next build replaces this folder.\n", encoding="utf-8")
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    return out
