"""What commands show in a terminal: tables that fold long cells, and text from outside made harmless."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table


def show_table(lines: Sequence[Sequence[str]]) -> None:
    """A table with its first line as heading."""
    table = grid(lines[0])
    for line in lines[1:]:
        table.add_row(*(escape(cell) for cell in line))
    wide_console().print(table)


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
