"""Cells and sheets of a marking workbook: text that is never a formula, and what a marker may change."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties

from peercourse.marking.model import UNWRITABLE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

A4 = 9
"""The number of the paper size in a workbook."""
LINE, TALLEST = 14.0, 409.0
"""Height of a line in points, and of the tallest row that spreadsheet programs allow."""
FORMULA = ("=", "+", "-", "@")
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Words that spreadsheet programs would read as the number of a letter; the underscore is written by its own number."""


def text_cell(sheet: Worksheet, text: str, style: str) -> Cell:
    """A cell that holds exactly these words. What looks like a formula is text to every spreadsheet program."""
    cell: Cell = WriteOnlyCell(sheet)
    cell.value = ESCAPE.sub("_x005F_", text.translate(UNWRITABLE))
    cell.data_type = "s"
    cell.style = style
    if text.startswith(FORMULA):
        cell.quotePrefix = True
    return cell


def mark_cell(sheet: Worksheet) -> Cell:
    """An empty cell for a marker to fill."""
    cell: Cell = WriteOnlyCell(sheet)
    cell.style = "mark"
    return cell


def new_sheet(book: Workbook, name: str) -> Worksheet:
    """A sheet of which only the cells for marks can be changed."""
    # A book that is written row by row has sheets of another class, with all of a sheet's settings.
    sheet: Worksheet = book.create_sheet(name)
    sheet.protection.sheet = True
    # False means allowed: a marker may widen a column or a row, and nothing gets lost by it.
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)  # as wide as the paper, as long as it gets
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", A4, 0
    return sheet


def row_height(text: str, letters_a_line: int) -> float:
    """Height in points that shows all of a text, up to the tallest row there is."""
    lines = sum(max(math.ceil(len(line) / letters_a_line), 1) for line in text.split("\n"))
    return min(max(lines, 2) * LINE + 4, TALLEST)


def styles() -> Iterator[NamedStyle]:
    """The looks of cells. Colours keep to black on light shades, which any printer and any eye can tell apart."""
    thin = Side(style="thin", color="999999")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    top = Alignment(wrap_text=True, vertical="top")
    for name, bold, shade, locked in (
        ("heading", True, "D9E2E7", True),
        ("locked", False, "F5F5F5", True),
        ("mark", False, "FFFFFF", False),
        ("words", False, None, True),
        ("strong", True, None, True),
    ):
        style = NamedStyle(name=name, font=Font(name="Calibri", size=11, bold=bold), alignment=top)
        style.protection = Protection(locked=locked)
        if shade:
            style.fill, style.border = PatternFill("solid", start_color=shade), box
        yield style
