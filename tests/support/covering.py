"""A few pages that between them hold every kind of element that the course has."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

Kind = tuple[tuple[str, str], ...]
"""An element inside another, each as its tag and its classes: what the style sheets go by."""
WITHOUT_END = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Kinds(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: set[Kind] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, dict(attrs).get("class") or "")
        self.found.add((*self.open[-1:], element))
        if tag not in WITHOUT_END:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass


def kinds_of(page: Path) -> set[Kind]:
    """Kinds of the elements of an HTML file."""
    parser = _Kinds()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser.found


def covering(site: Path, paths: Iterable[str]) -> list[str]:
    """Those of the pages that hold every kind of element: each time the one with most that is not yet there.

    Args:
        site: folder of the site.
        paths: the pages, by their paths in it.
    """
    kinds = {path: kinds_of(site / path) for path in paths}
    left, chosen = set().union(*kinds.values()), []
    while left:
        best = max(kinds, key=lambda path: len(kinds[path] & left))
        chosen.append(best)
        left -= kinds[best]
    return chosen
