"""The pages in Chromium: accessible in both schemes, no wider than a phone, silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from accessibility import violations

from peercourse.report.findings import find
from peercourse.report.first import first_looks
from peercourse.report.page import page_html
from peercourse.report.share_page import share_page
from peercourse.report.shared import share
from peercourse.report.trainer_page import trainer_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from peercourse.report.cohort import Cohort

pytestmark = pytest.mark.browser
DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, tools: dict[str, Any], course: Any) -> dict[str, Path]:
    """Both pages of a demo with a quiz of every item type and the measure; so that the banner is there too."""
    demo: Cohort = tools["made_up"](course, 40, {"m1-peer-support", *course.evaluation}, synthetic=True)
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "report": trainer_page(demo, (found := find(demo)), first_looks(demo, found), DAY),
        "share": share_page(share(demo), DAY),
    }
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page_html(page), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_are_clean_and_silent(chromium: Browser, pages: dict[str, Path], scheme: Any, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: asked.append(message.text))
    page = context.new_page()
    for path in pages.values():
        page.goto(path.as_uri())
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.evaluate("getComputedStyle(document.querySelector('.banner')).textAlign") == "center", "style"
    context.close()
    assert asked == [path.as_uri() for path in pages.values()]
