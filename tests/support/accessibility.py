"""What axe-core finds on a page that is open in a browser, and whether the page scrolls sideways."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that look at colours: the only ones that a dark scheme can break, and the slow ones."""

ALL: dict[str, Any] = {"runOnly": TAGS}
ONLY_COLOURS: dict[str, Any] = {"runOnly": COLOURS}
ALL_BUT_COLOURS: dict[str, Any] = {"runOnly": TAGS, "rules": {name: {"enabled": False} for name in COLOURS}}

RUN = """async (options) => {
  const {violations} = await axe.run({...options, resultTypes: ["violations"]});
  return violations.flatMap(({id, help, nodes}) =>
    nodes.slice(0, 3).map(({html}) => `${id}: ${help}: ${html.slice(0, 200)}`));
}"""


def violations(page: Page, rules: dict[str, Any] = ALL) -> list[str]:
    """What rules of axe-core find: the rule, what it asks for, and the first elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(RUN, rules))


def violations_in_both_schemes(page: Page, rules: dict[str, Any] = ALL) -> list[str]:
    """What rules find in the light scheme, and those about colours in the dark one; the page is left light."""
    page.emulate_media(color_scheme="dark")
    dark = violations(page, ONLY_COLOURS)
    page.emulate_media(color_scheme="light")
    return [*violations(page, rules), *(f"in the dark: {found}" for found in dark)]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
