"""Lighthouse on a phone: home, the longest lesson, the largest quiz, the largest conversation and search."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.table import Measure

VERSION = "12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROMIUM_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


class LighthouseMissingError(Exception):
    """Lighthouse or a browser cannot be had; the message says which."""


def installed_lighthouse(cache: Path) -> Path:
    """Lighthouse's program, installed by npm into the cache the first time.

    Raises:
        LighthouseMissingError: npm is not there, or could not install it.
    """
    program = cache / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
    if program.exists():
        return program
    if not shutil.which("npm"):
        raise LighthouseMissingError("npm is not installed; Lighthouse needs Node.js 20 or newer with npm")
    command = [
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--prefix",
        str(cache / "lighthouse"),
        f"lighthouse@{VERSION}",
    ]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        raise LighthouseMissingError("npm could not install Lighthouse; check the network and run this again")
    return program


@contextmanager
def served(folder: Path, port: int) -> Iterator[str]:
    """The folder on localhost; gives its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def pages_to_measure(site: Path) -> dict[str, str]:
    """Path of each page by its name in the table: lesson, quiz and conversation are found by size."""
    pages = sorted(site.glob("modules/*/*.html"), key=lambda path: path.stat().st_size)
    quizzes = [path for path in pages if 'id="released-notebook' in path.read_text(encoding="utf-8")]
    lessons = [path for path in pages if path not in quizzes]
    conversations = sorted(site.glob("modules/*/conversations/*.html"), key=lambda path: path.stat().st_size)
    return {
        "home": "",
        "longest lesson": lessons[-1].relative_to(site).as_posix(),
        "largest quiz": quizzes[-1].relative_to(site).as_posix(),
        "largest conversation": conversations[-1].relative_to(site).as_posix(),
        "search": "search.html",
    }


def installed_browser() -> str:
    """Path of Chromium.

    Raises:
        LighthouseMissingError: there is none.
    """
    browser = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    if browser is None:
        raise LighthouseMissingError("no Chromium is installed")
    return browser


def scores_of(program: Path, url: str, report: Path) -> dict[str, float]:
    """Scores 0–100 by category of one run."""
    command = [
        str(program), url, "--quiet", "--output=json", f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROMIUM_FLAGS}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": installed_browser()}
    subprocess.run(command, check=True, env=environment, capture_output=True)
    result = json.loads(report.read_text(encoding="utf-8"))
    return {name: 100 * float(result["categories"][name]["score"] or 0) for name in CATEGORIES}


def measure(site: Path, plain: Path, cache: Path, port: int, runs: int, limits: dict[str, float]) -> list[Measure]:
    """Median scores of each page; beside performance, that of the same page by plain Jupyter Book where it is there.

    Args:
        site: a publishing build.
        plain: the same pages by plain Jupyter Book.
        cache: folder for Lighthouse and its reports.
        port: port on this machine under which the site was built to stand.
        runs: runs a page.
        limits: least score by category.

    Raises:
        LighthouseMissingError: it cannot be run here.
    """
    program = installed_lighthouse(cache)
    pages = pages_to_measure(site)
    measures = []
    with served(site, port) as address, served(plain, 0) as plain_address:
        for name, page in pages.items():
            ours = _medians(program, address + page, cache, runs)
            peer = ""
            if name == "longest lesson":
                beside = _medians(program, plain_address + page, cache, runs)
                peer = f"plain Jupyter Book {beside['performance']:.0f}"
            for category in CATEGORIES:
                label = f"Lighthouse {category}, {name}"
                shown = peer if category == "performance" else ""
                measures.append(Measure(label, ours[category], "of 100", limits[category], at_least=True, peer=shown))
    return measures


def _medians(program: Path, url: str, cache: Path, runs: int) -> dict[str, float]:
    results = [scores_of(program, url, cache / "lighthouse.json") for _ in range(runs)]
    return {category: median(result[category] for result in results) for category in CATEGORIES}
