"""A Typst template and its data as a PDF: by default with the fonts that Typst brings, to be the same everywhere."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).resolve().parent


def typeset(
    template: str | Path, data: dict[str, Any], *, accessible: bool = False, system_fonts: bool = False
) -> bytes:
    """Fill a template.

    Args:
        template: name of a ``.typ`` file in this folder, or the path of one elsewhere. It reads its data with
            ``json(bytes(sys.inputs.data))`` and can open files of its own folder.
        data: what it shows; plain values. Texts are data in Typst too: nothing in them is read as its markup.
        accessible: hold the PDF to PDF/UA-1 (ISO 14289-1), or refuse. A sign that no font has is refused too.
        system_fonts: take also the fonts of this machine, which others may not have.

    Raises:
        TypstError: it cannot be held to that.

    Returns:
        A tagged PDF. With ``SOURCE_DATE_EPOCH`` set, the same data give the same bytes.
    """
    import typst

    path = TEMPLATES / template
    day = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), datetime.UTC)
    return bytes(
        typst.compile(
            path,
            root=path.parent,
            ignore_system_fonts=not system_fonts,
            format="pdf",
            pdf_standards=["ua-1"] if accessible else [],
            sys_inputs={"data": json.dumps(data)},
            timestamp=day,
        )
    )
