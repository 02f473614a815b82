"""Lighthouse on a phone: home, the longest lesson, the largest quiz and search of a publishing build."""

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
    """Path of each page by its name in the table: the longest lesson and the largest quiz are found by size."""
    pages = sorted(site.glob("modules/*/*.html"), key=lambda path: path.stat().st_size)
    quizzes = [path for path in pages if 'id="released-notebook' in path.read_text(encoding="utf-8")]
    lessons = [path for path in pages if path not in quizzes]
    return {
        "home": "",
        "longest lesson": lessons[-1].relative_to(site).as_posix(),
        "largest quiz": quizzes[-1].relative_to(site).as_posix(),
        "search": "search.html",
    }


def scores_of(program: Path, url: str, report: Path) -> dict[str, float]:
    """Scores 0–100 by category of one run."""
    browser = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    if browser is None:
        raise LighthouseMissingError("no Chromium is installed")
    command = [
        str(program), url, "--quiet", "--output=json", f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROMIUM_FLAGS}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": browser}
    subprocess.run(command, check=True, env=environment, capture_output=True)
    result = json.loads(report.read_text(encoding="utf-8"))
    return {name: 100 * float(result["categories"][name]["score"] or 0) for name in CATEGORIES}


def measure(site: Path, cache: Path, port: int, runs: int, limits: dict[str, float]) -> list[Measure]:
    """Median scores of each page.

    Raises:
        LighthouseMissingError: it cannot be run here.
    """
    program = installed_lighthouse(cache)
    measures = []
    with served(site, port) as address:
        for name, page in pages_to_measure(site).items():
            results = [scores_of(program, address + page, cache / "lighthouse.json") for _ in range(runs)]
            for category in CATEGORIES:
                value = median(result[category] for result in results)
                label = f"Lighthouse {category}, {name}"
                measures.append(Measure(label, value, "of 100", limits[category], at_least=True))
    return measures
