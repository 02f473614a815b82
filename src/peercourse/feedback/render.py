"""The page and the PDF out of the same data. What somebody wrote is escaped, or data that is not read as markup."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from peercourse.grading.files import short_hash
from peercourse.print.typeset import TEMPLATES, typeset

FOLDER = Path(__file__).resolve().parent
PDF_TEMPLATE = "feedback.typ"


def page(data: dict[str, Any]) -> bytes:
    """The page: one file that holds all it needs.

    Args:
        data: what :func:`~peercourse.feedback.wording.wording` gives.
    """
    return _page().render(**data, style=_style()).encode("utf-8")


def pdf(data: dict[str, Any]) -> bytes:
    """The PDF, tagged, and by PDF/UA wherever its fonts have all signs.

    Args:
        data: what :func:`~peercourse.feedback.wording.wording` gives.
    """
    from typst import TypstError

    try:
        return typeset(PDF_TEMPLATE, data, accessible=True)
    except TypstError:
        # A sign that no font has, such as an emoji in somebody's answer. PDF/UA refuses it; it shows as an empty box.
        return typeset(PDF_TEMPLATE, data)


def made_of(data: dict[str, Any]) -> str:
    """Hash of all that page and PDF are made of: while it is the same, they need not be made again."""
    return short_hash(json.dumps(data, sort_keys=True) + _program())


@cache
def _page() -> Template:
    loader = FileSystemLoader(FOLDER)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.get_template("page.html")


@cache
def _style() -> Markup:
    # Our own file, into which nothing from outside comes.
    return Markup((FOLDER / "page.css").read_text(encoding="utf-8"))  # noqa: S704


@cache
def _program() -> str:
    files = [FOLDER / "page.html", FOLDER / "page.css", TEMPLATES / PDF_TEMPLATE, TEMPLATES / "typeset.py"]
    return version("typst") + "".join(path.read_text(encoding="utf-8") for path in files)
