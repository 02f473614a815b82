"""The formgrader in a real browser: what a trainee wrote stays words, the guide is there, marks are kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from children import Served, served

from peercourse.grading.grade import grade
from peercourse.grading.results import read_results

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEERCOURSE = Path(sys.executable).with_name("peercourse")
NBGRADER = Path(sys.executable).with_name("nbgrader")
SET = "window.canary=1"
PAYLOADS = [
    f"<script>{SET}</script>",
    f"<img src=x onerror='{SET}'>",
    f"<svg onload='{SET}'></svg>",
    f"<details open ontoggle='{SET}'>x</details>",
    f"<iframe srcdoc='<script>parent.{SET}</script>'></iframe>",
    f"</pre><script>{SET}</script>",
    f"</textarea></title></style><script>{SET}</script>",
    f"&#60;script&#62;{SET}&#60;/script&#62;",
    f"[press](javascript:{SET})",
    f"<a href='javascript:{SET}'>press</a>",
    "<form action='https://example.org/steal'><input type=submit></form>",
    "<style>body {display: none}</style><link rel=stylesheet href=https://example.org/x.css>",
    "![x](https://example.org/pixel.png) <img src=https://example.org/pixel.png>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    f"$\\href{{javascript:{SET}}}{{x}}$ $$\\frac{{1}}{{2}}$$ \\(x\\)",
    "# Heading\n\n```\ncode\n```\n\n- list\n\n| a | b |\n|---|---|\n| c | d |",
    "{{ cell.source }} {% raw %}",
    "[//]: # (x)\n\n<!-- x\n\n-->",
    "A long line that goes on and on, " * 12,
]
WORDS = "\n\n".join(PAYLOADS).strip()


@pytest.fixture
def graded(desk: Any) -> Any:
    """A desk with a hostile answer, a kind one and a blank one, all graded."""
    desk.put("a.ipynb", desk.answered("nurse-17", words=WORDS))
    desk.put("b.ipynb", desk.answered("nurse-18"))
    desk.collect()
    assert grade(desk.folder).failed == []
    return desk


@pytest.fixture
def server(graded: Any) -> Iterator[Served]:
    """``peercourse mark`` on that desk."""
    with marking_pages(graded) as started:
        yield started


def marking_pages(desk: Any) -> AbstractContextManager[Served]:
    """``peercourse mark`` on a desk's grading folder."""
    return served([str(PEERCOURSE), "mark", "--no-browser", "--grading", str(desk.folder.root)])


class Visit:
    """A page that notes every foreign request, error and dialogue."""

    def __init__(self, chromium: Any, own: str) -> None:
        self.complaints: list[str] = []
        self.page = chromium.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("request", lambda request: self._request(request.url, own))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    def _request(self, url: str, own: str) -> None:
        if not url.startswith((own, "data:")):
            self.complaints.append(f"foreign request: {url}")


def test_marking_in_the_formgrader(graded: Any, server: Served, chromium: Any, tools: Any) -> None:
    visit = Visit(chromium, server.address)
    page = visit.page
    page.goto(f"{server.address}/formgrader/gradebook?token={server.token}")
    page.get_by_role("link", name="corridor-v1").click()
    page.get_by_role("link", name="corridor", exact=True).click()
    page.locator("#main-table a").first.wait_for()
    table = page.locator("#main-table").inner_text()
    assert "Submission #1" in table
    assert "Submission #2" in table
    links = [str(link.get_attribute("href")) for link in page.locator("#main-table a").all()]
    hostile = next(link for link in links if "nurse-17" in page.request.get(server.address + link).text())
    page.goto(server.address + hostile)
    page.wait_for_load_state("networkidle")
    answer = page.locator("pre.tex2jax_ignore")
    assert answer.inner_text() == WORDS
    assert answer.locator("*").count() == 0
    assert answer.evaluate("box => box.scrollWidth <= box.clientWidth"), "a long line must wrap to be read"
    assert page.get_by_text("MARK SCHEME").count() == 0, "nbgrader's marks must not show"
    for element in ("form", "iframe", "details", "meta[http-equiv]", "a[href^='javascript']", "img", "svg"):
        assert page.locator(f"#notebook-container {element}").count() == 0
    assert page.evaluate("window.canary") is None
    guide = page.get_by_text("GUIDE-CRITERION").first
    assert guide.bounding_box()["y"] < answer.bounding_box()["y"]

    score = page.locator(f"input.score[id='{tools['WRITTEN']}']")
    saved(page, score, "3", "/api/grade/")
    assert page.evaluate("window.canary") is None
    assert visit.complaints == []
    page.close()

    assert "Stopped. All marks are saved. Next: peercourse scores" in server.stop()
    assert graded.grades("nurse-17")[tools["WRITTEN"]] == (None, 3, False)
    assert graded.grades("nurse-18")[tools["WRITTEN"]] == (0, None, False)


def test_a_cohort_is_marked_from_one_submission_to_the_next(desk: Any, chromium: Any, tools: Any) -> None:
    points = {"nurse-00": 0.0, "nurse-01": 0.5, "nurse-02": 2.0, "nurse-03": 3.5}
    for trainee, earned in points.items():
        desk.put(f"{trainee}.ipynb", desk.answered(trainee, words=f"Worth {earned}"))
    desk.put("blank.ipynb", desk.answered("porter-01"))
    desk.collect()
    assert grade(desk.folder).waiting == len(points)
    with marking_pages(desk) as server:
        visit = Visit(chromium, server.address)
        page = visit.page
        page.goto(f"{server.address}/formgrader/gradebook?token={server.token}")
        for name in ("corridor-v1", "corridor", "Submission #1"):
            page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url("**/submissions/**")
        seen = 0
        while "/submissions/" in page.url:
            page.wait_for_load_state("networkidle")
            seen += 1
            words = page.locator("pre.tex2jax_ignore")
            if words.count() and words.inner_text().startswith("Worth"):
                earned = words.inner_text().removeprefix("Worth ")
                saved(page, page.locator(f"input.score[id='{tools['WRITTEN']}']"), earned, "/api/grade/")
                saved(page, page.locator("textarea.comment").last, f"This is {earned}", "/api/comment/")
            page.locator("li.next a").click()
        assert visit.complaints == []
        page.close()
        server.stop()
    assert seen == len(points) + 1
    assert {trainee: desk.grades(trainee)[tools["WRITTEN"]] for trainee in points} == {
        trainee: (None, earned, False) for trainee, earned in points.items()
    }
    results = {result.trainee: result for result in read_results(desk.folder)}
    assert {trainee: results[trainee].score for trainee in points} == {
        trainee: tools["AUTOMATIC"] + earned for trainee, earned in points.items()
    }
    assert results["porter-01"].score == tools["AUTOMATIC"]
    assert (done := grade(desk.folder)).graded == []
    assert done.waiting == 0


def saved(page: Any, box: Any, text: str, address: str) -> None:
    """Type into a box and leave it, as a trainer does; wait until it is kept."""
    with page.expect_response(lambda response: address in response.url and response.request.method == "PUT"):
        box.fill(text)
        box.blur()


def test_the_server_lets_nobody_in_and_runs_nothing(server: Served, chromium: Any) -> None:
    address, token = server.address, server.token
    request = chromium.new_context().request
    assert request.get(f"{address}/formgrader/gradebook", max_redirects=0).status in (302, 403)
    assert request.get(f"{address}/formgrader/api/assignments", max_redirects=0).status in (302, 403)
    known = {"Authorization": f"token {token}"}
    answer = request.get(f"{address}/formgrader/gradebook", headers=known)
    assert answer.status == 200
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert request.post(f"{address}/api/kernels", headers=known, data={"name": "python3"}).status == 403
    session = {"path": "x.ipynb", "type": "notebook", "name": "", "kernel": {"name": "python3"}}
    assert request.post(f"{address}/api/sessions", headers=known, data=session).status >= 400
    assert request.post(f"{address}/api/terminals", headers=known).status >= 400


def test_feedback_pages_show_words_as_words(graded: Any, chromium: Any) -> None:
    arguments = [str(NBGRADER), "generate_feedback", "corridor-v1"]
    done = subprocess.run(arguments, cwd=graded.folder.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    path = graded.folder.root / "feedback" / "nurse-17" / "corridor-v1" / "corridor.html"
    visit = Visit(chromium, "file://")
    visit.page.goto(path.as_uri())
    visit.page.wait_for_load_state("networkidle")
    assert visit.page.locator("pre.tex2jax_ignore").inner_text() == WORDS
    assert visit.page.evaluate("window.canary") is None
    assert visit.complaints == []
    assert not list(path.parent.glob("origin.txt"))


def test_the_canary_sings_where_words_are_not_made_safe(chromium: Any) -> None:
    page = chromium.new_page()
    for payload in PAYLOADS[:6]:
        page.set_content("<p>fresh</p>")
        page.evaluate("delete window.canary")
        page.set_content(payload)
        page.wait_for_function("window.canary === 1", timeout=5_000)
    page.close()
