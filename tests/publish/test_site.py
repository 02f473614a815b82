"""The build: what comes out, what stops it, and that a stopped build leaves the old site alone."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from small_course import BARE_HANDBOOK, PAGES, TRUE_TIME, write_course

from peercourse.cli import main
from peercourse.content.problems import ContentError
from peercourse.publish import site as site_module
from peercourse.publish.site import BuildError, build_site
from peercourse.quiz.versions import record_release

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("book", "modules", "quizzes", "evidence", "handbook", "index.md", "institution.yml", "_toc.yml", "_config.yml")


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    root.mkdir()
    for part in PARTS:
        copy: Callable[..., object] = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, root / part)
    return root


def silent(_: str) -> None:
    """Say nothing."""


def test_the_site_holds_course_handbook_and_released_notebook(site: Path) -> None:
    for page in (
        "index.html",
        "search.html",
        "handbook/index.html",
        "book/before-you-use.html",
        "book/your-data.html",
        "book/glossary.html",
        "book/evidence.html",
        "book/references.html",
        "modules/02-active-listening/quiz.html",
        "quizzes/m2-active-listening.ipynb",
    ):
        assert (site / page).is_file(), page
    lessons = [path.stem for path in (ROOT / "modules/02-active-listening").glob("*.md")]
    assert {path.stem for path in (site / "modules/02-active-listening").glob("*.html")} == set(lessons)
    assert "Amina" in (site / "modules/02-active-listening/opening.html").read_text(encoding="utf-8")


def test_nothing_of_the_workshop_is_published(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    for part in ("_sources", ".buildinfo", "quizzes/m2-active-listening.yml", "evidence", "institution.yml"):
        assert not any(name == part or name.startswith(f"{part}/") for name in names), part
    for path in site.rglob("*.html"):
        assert str(ROOT) not in path.read_text(encoding="utf-8"), path


@pytest.mark.slow
def test_a_build_that_stops_leaves_the_old_site_and_a_removed_page_goes(tmp_path: Path) -> None:
    root = write_course(tmp_path / "course", {**PAGES, **TRUE_TIME, **BARE_HANDBOOK})
    out = root / "_site"
    build_site(root, out, say=silent)
    page = out / "modules/01-one/second.html"
    before = files_of(out)
    assert {"index.html", "handbook/index.html", "modules/01-one/second.html"} <= set(before)
    lesson = root / "modules/01-one/second.md"
    good = lesson.read_text(encoding="utf-8")

    lesson.write_text(good + "\nSee [the missing page](no-such-page.md).\n", encoding="utf-8")
    with pytest.raises(BuildError) as stopped:
        build_site(root, out, say=silent)
    assert "second.md" in str(stopped.value)
    assert "no-such-page" in str(stopped.value)
    assert files_of(out) == before

    lesson.unlink()
    with pytest.raises((BuildError, ContentError)) as named:
        build_site(root, out, say=silent)
    assert "second" in str(named.value)
    assert files_of(out) == before

    for name, old in (("_toc.yml", "      - file: modules/01-one/second\n"), ("modules/01-one/module.yml", ", second")):
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, ""), encoding="utf-8")
    build_site(root, out, say=silent)
    assert (out / "index.html").exists()
    assert not page.exists()


def files_of(folder: Path) -> dict[str, bytes]:
    """All that a folder holds."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_publishing_build_insists_on_real_contacts(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course_copy)
    result = CliRunner().invoke(main, ["build", "--publish"])
    assert result.exit_code == 1
    assert "contacts.crisis_line" in result.output
    assert "institution.yml:" in result.output
    assert "to mend" in result.output
    assert not (course_copy / "_site").exists()


def test_public_text_changed_within_a_released_version_stops_the_build(course_copy: Path) -> None:
    course = site_module.checked_course(course_copy, publish=False)
    record_release(course.quizzes.values(), course_copy / "quizzes")
    bank = course_copy / "quizzes" / "m2-active-listening.yml"
    text = bank.read_text(encoding="utf-8")
    bank.write_text(text.replace("What do you say?", "What will you say?", 1), encoding="utf-8")
    with pytest.raises(ContentError, match="was released, and what trainees see has changed since"):
        site_module.checked_course(course_copy, publish=False)


def test_the_check_command_counts_what_there_is(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course_copy)
    banks = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (course_copy / "quizzes").glob("*.yml")]
    items = sum(len(scenario["items"]) for bank in banks for scenario in bank["scenarios"])
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0, result.output
    assert f" {items} graded items" in result.output


def test_serving_on_a_taken_port_says_which_to_take(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course_copy)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(main, ["serve", "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 1
    assert "take another one: scripts/serve --port" in result.output


def test_a_folder_that_is_no_site_is_never_replaced(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course_copy)
    before = sorted(course_copy.rglob("*"))
    for out in (".", "..", "book"):
        result = CliRunner().invoke(main, ["build", "--out", out])
        assert result.exit_code == 1
        assert "give --out another folder" in result.output
    assert sorted(course_copy.rglob("*")) == before
