"""What commands show in a terminal: tables that fold long cells, and text from outside made harmless."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table


def show_table(lines: Sequence[Sequence[str]]) -> None:
    """A table with its first line as heading; in a window so narrow that words would break, a sentence for each row."""
    heading, *rows = lines
    console = wide_console()
    if console.width < _narrowest(lines):
        for first, *others in rows:
            said = ", ".join(f"{name} {cell}" for name, cell in zip(heading[1:], others, strict=False) if cell)
            console.print(f"{first}: {said}", markup=False)
        return
    table = grid(heading)
    for column, cells in zip(table.columns, zip(*lines, strict=False), strict=False):
        column.no_wrap = not any(" " in cell for cell in cells)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console.print(table)


def _narrowest(lines: Sequence[Sequence[str]]) -> int:
    """The width below which a table has to break words: the longest word of each column, and three between columns."""
    columns = zip(*lines, strict=False)
    return sum(max(len(word) for cell in column for word in cell.split() or [""]) + 3 for column in columns)


def plain(text: str) -> str:
    """Text from outside (file names) without characters that steer a terminal or turn the direction of text."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def grid(heading: Sequence[str]) -> Table:
    """A table that folds long cells rather than cut them."""
    table = Table(box=SIMPLE, pad_edge=False)
    for name in heading:
        table.add_column(name, overflow="fold")
    return table


def wide_console() -> Console:
    """The terminal; where output goes to a file or pipe, wide enough for every table."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=200)
