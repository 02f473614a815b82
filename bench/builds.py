"""How long a build takes, beside plain Jupyter Book on the same course."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from bench.table import Measure, timed
from peercourse.publish.site import build_book, build_site

PLAIN_CONFIG = {
    "title": "The same pages",
    "only_build_toc_files": True,
    "execute": {"execute_notebooks": "off"},
    "exclude_patterns": [".cache", "handbook"],
    "parse": {"myst_enable_extensions": ["deflist", "colon_fence"]},
}


def measure(course: Path, root: Path, runs: int, limits: dict[str, float]) -> list[Measure]:
    """Clean and no-change builds.

    Args:
        course: a copy of the course that can be published.
        root: the course itself, for the no-change build by its script.
        runs: runs a measure.
        limits: the table ``build`` of the limits.
    """
    cache = course / ".cache"

    def clear() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    whole = timed(lambda: build_site(course, course / "_site", publish=True, say=lambda _: None), runs, clear)
    book = timed(lambda: build_book(course, cache, publish=True), runs, clear)
    pages = _pages(cache / "publish" / "_build" / "html")
    plain, plain_again, plain_pages = _plain(course, runs)
    script = [sys.executable, str(root / "scripts" / "build")]
    subprocess.run(script, check=True, capture_output=True)
    again = timed(lambda: subprocess.run(script, check=True, capture_output=True), runs)
    return [
        Measure("clean build: checks, book, handbook", whole, "s", limits["clean_seconds"]),
        Measure(
            "our book over a plain one, a page", (book / pages) / (plain / plain_pages), "×",
            limits["clean_share_of_plain"],
            peer=f"ours {book:.1f} s for {pages} pages, plain jupyter-book build {plain:.1f} s for {plain_pages}",
        ),
        Measure(
            "no-change build", again, "s", limits["no_change_seconds"],
            peer=f"plain jupyter-book build {plain_again:.1f} s",
        ),
    ]  # fmt: skip


def build_plain(course: Path) -> Path:
    """Build the same pages with Jupyter Book's own theme and extensions.

    Returns:
        Folder of the HTML.
    """
    folder = _plain_copy(course)
    _run_plain(folder)
    return folder / "_build" / "html"


def _plain_copy(course: Path) -> Path:
    folder = course.with_name("plain")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(course, folder, ignore=shutil.ignore_patterns(".cache", "_site", "handbook"))
    (folder / "_config.yml").write_text(yaml.safe_dump(PLAIN_CONFIG), encoding="utf-8")
    return folder


def _run_plain(folder: Path) -> None:
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(folder)]
    subprocess.run(command, capture_output=True, check=False)


def _pages(html: Path) -> int:
    """How many pages a build has written. A plain one knows only those that have a source file."""
    return sum(1 for _ in html.rglob("*.html"))


def _plain(course: Path, runs: int) -> tuple[float, float, int]:
    """Seconds of a clean and of a repeated plain build, and its pages."""
    folder = _plain_copy(course)
    clean = timed(lambda: _run_plain(folder), runs, lambda: shutil.rmtree(folder / "_build", ignore_errors=True))
    return clean, timed(lambda: _run_plain(folder), runs), _pages(folder / "_build" / "html")
