"""A Typst template and its data as a PDF: with the fonts that Typst brings, so that it is the same everywhere."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).resolve().parent


def typeset(template: str, data: dict[str, Any], *, accessible: bool = False) -> bytes:
    """Fill a template.

    Args:
        template: name of a ``.typ`` file in this folder, which reads its data with ``json(bytes(sys.inputs.data))``.
        data: what it shows; plain values. Texts are data in Typst too: nothing in them is read as its markup.
        accessible: hold the PDF to PDF/UA-1 (ISO 14289-1), or refuse.

    Raises:
        TypstError: it cannot be held to that.

    Returns:
        A tagged PDF. With ``SOURCE_DATE_EPOCH`` set, the same data give the same bytes.
    """
    import typst

    day = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), datetime.UTC)
    return bytes(
        typst.compile(
            TEMPLATES / template,
            root=TEMPLATES,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"] if accessible else [],
            sys_inputs={"data": json.dumps(data)},
            timestamp=day,
        )
    )
