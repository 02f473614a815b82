"""The page around a report: one file that runs nothing, asks the network for nothing and may be opened anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import Markup

from peercourse.report.blocks import Block, Section, render

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)
"""Nothing but this style sheet: whatever a trainee wrote could neither run nor load."""
SYNTHETIC = "Synthetic: made by a program. None of these trainees exists."


@dataclass(frozen=True)
class Page:
    """A report as a page.

    Attributes:
        title: its heading.
        lead: what stands above the contents.
        sections: with ids, so that the contents lead to them.
        made: the day.
        synthetic: whether the trainees were made by a program.
    """

    title: str
    lead: Sequence[Block]
    sections: Sequence[Section]
    made: date
    synthetic: bool


def page_html(page: Page) -> str:
    """The whole file."""
    banner = Markup('<p class="banner">{}</p>').format(SYNTHETIC) if page.synthetic else Markup("")
    contents = Markup("").join(
        Markup('<li><a href="#{}">{}</a></li>').format(section.id, section.heading) for section in page.sections
    )
    return str(
        Markup(
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="robots" content="noindex">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n'
            '<main>\n{banner}<h1>{title}</h1>\n<p class="made">Made on {made}.</p>\n{lead}\n'
            '<nav aria-label="Contents"><ul>{contents}</ul></nav>\n{sections}\n</main>\n</body>\n</html>\n'
        ).format(
            policy=POLICY,
            title=page.title,
            style=Markup(STYLE),  # noqa: S704  (our own file)
            banner=banner,
            made=f"{page.made.day} {page.made:%B %Y}",
            lead=render(page.lead),
            contents=contents,
            sections=render(page.sections),
        )
    )
