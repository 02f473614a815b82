"""The PDF of a certificate. A sign that no font can show stops it: a name never turns into empty boxes in silence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from peercourse.content.institution import FILE, Institution
from peercourse.grading.files import GradingError, short_hash
from peercourse.print.typeset import TEMPLATES, typeset

DEFAULT = "certificate.typ"
"""Name of the template, in the program and beside ``institution.yml``."""
_NO_GLYPH = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)


class UnshownError(Exception):
    """A text has a sign that no font here can show. The message is one sentence."""


def template_of(institution: Institution, root: Path) -> Path:
    """The template that counts: the institution's own where it is there, else the one of this program.

    Args:
        institution: its settings.
        root: the folder of its settings.

    Raises:
        GradingError: the settings name one that is not there.
    """
    own = root / institution.certificate.template
    if own.is_file():
        return own
    if institution.certificate.template != DEFAULT:
        raise GradingError(
            f"{FILE}: certificate.template: {institution.certificate.template} is not there; put the file beside "
            f"{FILE}, or leave the field out"
        )
    return TEMPLATES / DEFAULT


def paper(data: dict[str, Any], template: Path) -> bytes:
    """The PDF, tagged and held to PDF/UA-1, with a last line that says of what it was made.

    Args:
        data: what :func:`~peercourse.certificate.wording.wording` gives.
        template: the Typst file.

    Raises:
        UnshownError: no font has a sign of it.
        GradingError: the template has a mistake.
    """
    from typst import TypstError

    ours = template.parent == TEMPLATES
    try:
        try:
            pdf = typeset(template, data, accessible=True, system_fonts=not ours)
        except TypstError as error:
            if not ours or not _NO_GLYPH.search(str(error)):
                raise
            pdf = typeset(template, data, accessible=True, system_fonts=True)
    except TypstError as error:
        if sign := _NO_GLYPH.search(str(error)):
            raise UnshownError(
                f"no font on this machine shows '{sign[1]}'; install one that does (such as Noto), or write the name "
                "in other letters"
            ) from None
        hints = "".join(f"; {hint}" for hint in getattr(error, "hints", ()))
        raise GradingError(f"{template} does not give an accessible PDF: {error}{hints}") from None
    return pdf + _last_line(data, template)


def is_made_of(content: bytes, data: dict[str, Any], template: Path) -> bool:
    """Whether a PDF is of these data and this template."""
    return content.endswith(_last_line(data, template))


def _last_line(data: dict[str, Any], template: Path) -> bytes:
    """A comment after the end of a PDF."""
    made_of = short_hash(json.dumps(data, sort_keys=True) + template.read_text(encoding="utf-8"))
    return f"\n%peercourse certificate, made of {made_of}\n".encode()
