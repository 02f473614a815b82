"""HTML that Sphinx and Furo write, mended for assistive technology and made shorter."""

from __future__ import annotations

import re
from functools import cache

TOGGLE = re.compile(r'<input [^>]*class="toctree-checkbox"[^>]*/?><label [^>]*>.*?</label>', re.DOTALL)
CLOSED = re.compile(r'<li class="toctree-l1 has-children">(<a [^>]*>[^<]*</a>)<ul>.*?</ul>\s*</li>', re.DOTALL)
"""A part of the tree with pages below it, none of which is shown: it stands closed, they are one link further."""

REPLACEMENTS = (
    # Captions are labels of lists; as headings without a level they confuse the outline of the page.
    ('<p class="caption" role="heading">', '<p class="caption">'),
    ('<a class="current reference internal" href="#">', '<a href="#" aria-current="page">'),
    (' class="reference internal"', ""),
    ('<ul class="current">', "<ul>"),
    ('<span class="caption-text">', ""),
    ("</span></p>", "</p>"),
)


@cache
def mended(tree: str) -> str:
    """The tree with plain lists, closed apart from where one is, and ``aria-current`` on the page that is shown.

    Args:
        tree: HTML as Furo makes it.
    """
    tree = CLOSED.sub(r"<li>\1</li>", TOGGLE.sub("", tree))
    tree = re.sub(r'<li class="toctree-l\d(?: has-children)?(?: current)?(?: has-children)?">', "<li>", tree)
    tree = re.sub(r'<li class="toctree-l\d[^"]*current-page[^"]*">', '<li class="current-page">', tree)
    for old, new in REPLACEMENTS:
        tree = tree.replace(old, new)
    return tree


def leaner(body: str) -> str:
    """A page's text without the classes that Sphinx writes for themes in general and that this book does not style.

    Args:
        body: HTML of the page's text.
    """
    for unused in ("reference internal", "reference external", "simple", "arabic simple"):
        body = body.replace(f' class="{unused}"', "")
    body = re.sub(r'<span class="(?:(?:xref )?std std-(?:term|doc|ref)|doc)">(.*?)</span>', r"\1", body)
    # A table that is wider than a phone scrolls in its box, and the keyboard must reach that.
    body = body.replace('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper')
    return body.replace(' docutils container"', '"').replace("arabic sources", "sources")
