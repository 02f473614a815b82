"""What a page is made of, and the one place where it becomes HTML: every text is escaped here, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

Cell = str | Markup
"""A text, or a small drawing of :mod:`peercourse.report.plots`."""

LONG = 32
"""Characters of a text from which its column is kept wide."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``kind`` is ``note`` or ``warning`` where it stands out."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A drawing, what it shows in words, and the table behind it."""

    drawing: Markup
    caption: str
    table: Table


@dataclass(frozen=True)
class Fold:
    """Something that is opened to be read."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; sections may hold sections."""

    heading: str
    blocks: tuple[Block, ...]
    id: str = ""


Block = Paragraph | Bullets | Table | Figure | Fold | Section


def render(blocks: Iterable[Block], level: int = 2) -> Markup:
    """Blocks as HTML.

    Args:
        blocks: in order.
        level: of the headings of sections, from 2 to 6.
    """
    return Markup("\n").join(_render(block, level) for block in blocks)


def _render(block: Block, level: int) -> Markup:
    match block:
        case Paragraph(text, ""):
            return Markup("<p>{}</p>").format(text)
        case Paragraph(text, kind):
            return Markup('<p class="{}">{}</p>').format(kind, text)
        case Bullets(items):
            return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(one) for one in items))
        case Table():
            return _table(block)
        case Figure(drawing, caption, table):
            fold = Fold(f"The numbers: {table.caption}", (table,))
            return Markup("<figure>{}<figcaption>{}</figcaption></figure>{}").format(
                drawing, caption, _render(fold, level)
            )
        case Fold(summary, blocks):
            return Markup("<details><summary>{}</summary>{}</details>").format(summary, render(blocks, level))
        case Section(heading, blocks, name):
            mark = Markup(' id="{}"').format(name) if name else Markup("")
            return Markup("<section{}><h{}>{}</h{}>{}</section>").format(
                mark, level, heading, level, render(blocks, level + 1)
            )


def _table(table: Table) -> Markup:
    """In a box of its own that scrolls sideways where the screen is narrow, by keyboard too."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in table.head)
    rows = Markup("\n").join(
        Markup('<tr><th scope="row"{}>{}</th>{}</tr>').format(
            _width(row[0]),
            row[0],
            Markup("").join(Markup("<td{}>{}</td>").format(_width(cell), cell) for cell in row[1:]),
        )
        for row in table.rows
    )
    return Markup(
        '<div class="wide" role="group" tabindex="0" aria-label="{}"><table><caption>{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(table.caption, table.caption, head, rows)


def _width(cell: Cell) -> Markup:
    """A mark for long texts, whose column is kept wide enough, and for IDs and numbers, which are not broken."""
    if isinstance(cell, Markup):
        return Markup("")
    if len(cell) > LONG:
        return Markup(' class="long"')
    return Markup(' class="whole"') if " " not in cell or not cell[0].isalpha() else Markup("")
