"""What all tests share: a preview build of the course made once a run, a server that serves it, and Chromium."""

from __future__ import annotations

import functools
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["databases"]
"""In tests/support."""

ROOT = Path(__file__).resolve().parents[1]
POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NO_BROWSER = (
    "no Chromium: none of chromium, chromium-browser and google-chrome is installed, nor Playwright's own "
    "(get it with: playwright install chromium)"
)


@cache
def chromium_program() -> str | None:
    """Path of Chromium: the system's first, then Playwright's own; None where neither is there."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def pytest_configure() -> None:
    """Let tests stop programs as Ctrl-C does, also where the shell runs them in the background and ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The one rule about browser tests: without Chromium they are skipped by name, and fail where CI=true."""
    if item.get_closest_marker("browser") is None or chromium_program() is not None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(NO_BROWSER, pytrace=False)
    pytest.skip(NO_BROWSER)


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Hold a lock file, so that of several test processes one builds and the others wait."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    import fcntl

    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A preview build of the course. PEERCOURSE_SITE names a site that is already built, to save the wait."""
    if given := os.environ.get("PEERCOURSE_SITE"):
        return Path(given).resolve()
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    out, failure = shared / "site", shared / "site-failed.txt"
    with held(shared / "site.lock"):
        if failure.exists():
            pytest.fail(failure.read_text(encoding="utf-8"), pytrace=False)
        if not out.exists():
            _build(out, failure)
    return out


def _build(out: Path, failure: Path) -> None:
    from peercourse.publish.site import build_site

    try:
        build_site(ROOT, out, publish=False)
    except Exception as error:
        failure.write_text(f"the course cannot be built: {error}", encoding="utf-8")
        raise


class PolicyHandler(SimpleHTTPRequestHandler):
    """Serves files under the policy that the course must live with."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        if not self.path.startswith("/handbook/"):
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A server for a folder on a free port; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(PolicyHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def http_site(site: Path) -> Iterator[str]:
    """Address of the built site, served under the course's policy."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, started once a test process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        yield browser
        browser.close()
