"""Writing a marking workbook, row by row, so that memory does not grow with the cohort."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation

from peercourse.marking import layout
from peercourse.marking.cells import mark_cell, new_sheet, row_height, styles, text_cell
from peercourse.marking.guide import Line, guide_lines, how_to_lines
from peercourse.marking.model import Export, MarkedCriterion, MarkedItem, Marker
from peercourse.quiz.bank import Quiz

if TYPE_CHECKING:
    from openpyxl.cell import Cell

WIDTHS = {layout.CODE: 10.0, layout.ITEM: 14.0, layout.ANSWER: 78.0, layout.HARMFUL: 10.0, layout.COMMENT: 46.0}
CRITERION_WIDTH = 22.0
LETTERS_A_LINE, LETTERS_IN_HEADING = 78, 19
LONGEST_PROMPT = 255
POINTS_FROM = 3
"""The first column with points on the hidden sheet of lists; before it stand "yes" and the comments."""


def write_workbook(path: Path, export: Export, marker: Marker, bank: Quiz, answers: Mapping[str, str]) -> None:
    """Write a marker's workbook under a temporary name beside it, then rename it.

    Args:
        path: the file; its folder is made where missing.
        export: codes and criteria.
        marker: whose workbook it is.
        bank: where the guide comes from.
        answers: words by code.
    """
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = f"Marking: {bank.title}", "peercourse"
    for style in styles():
        book.add_named_style(style)
    names, columns = layout.sheet_names(export), _point_columns(export)
    for item in export.items:
        codes = [code for code, row in export.files[marker].items() if row.item == item.id]
        _mark_sheet(book, names[item.id], item, {code: answers[code] for code in codes}, columns)
    _text_sheet(book, layout.GUIDE, guide_lines(bank, export), 24.0)
    _text_sheet(book, layout.HOW_TO, how_to_lines(export), 6.0)
    _lists_sheet(book, columns)
    _about_sheet(book, export, marker)
    book.security = WorkbookProtection(lockStructure=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{path.name}.part"
    book.save(temporary)
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)


def _mark_sheet(
    book: Workbook, name: str, item: MarkedItem, answers: Mapping[str, str], columns: Mapping[float, str]
) -> None:
    sheet, headings, last = new_sheet(book, name), layout.headings(item), len(answers) + 1
    for number, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(heading, CRITERION_WIDTH)
    sheet.freeze_panes = "C2"
    rules = [_points_rule(criterion, columns[criterion.points]) for criterion in item.criteria]
    for column, rule in enumerate([*rules, _harmful_rule(), _comment_rule()], start=layout.FIRST_CRITERION):
        letter = get_column_letter(column)
        rule.add(f"{letter}{layout.FIRST_ROW}:{letter}{last}")
        sheet.data_validations.append(rule)
    sheet.row_dimensions[1].height = max(row_height(heading, LETTERS_IN_HEADING) for heading in headings)
    sheet.append([text_cell(sheet, heading, "heading") for heading in headings])
    for row, (code, words) in enumerate(answers.items(), start=layout.FIRST_ROW):
        sheet.row_dimensions[row].height = row_height(words, LETTERS_A_LINE)
        locked = [text_cell(sheet, text, "locked") for text in (code, item.id, words)]
        sheet.append([*locked, *(mark_cell(sheet) for _ in headings[len(locked) :])])


def _points_rule(criterion: MarkedCriterion, letter: str) -> DataValidation:
    points = layout.allowed_points(criterion)
    text = " ".join(criterion.text.split())
    # A range of numbers and no list in the rule itself: such a list is text, and where decimals have commas,
    # choosing 0.5 out of it can become a date.
    return DataValidation(
        type="list", formula1=f"{layout.LISTS}!${letter}$1:${letter}${len(points)}", allow_blank=True,
        showErrorMessage=True, showInputMessage=True, errorTitle="Points", promptTitle=criterion.id[:32],
        error=f"Choose {layout.points_in_a_row(points)}.",
        prompt=text if len(text) <= LONGEST_PROMPT else text[: LONGEST_PROMPT - 2] + " …",
    )  # fmt: skip


def _harmful_rule() -> DataValidation:
    return DataValidation(
        type="list", formula1=f"{layout.LISTS}!$A$1:$A$1", allow_blank=True, showErrorMessage=True,
        showInputMessage=True, errorTitle=layout.HARMFUL, error=f"Choose {layout.YES}, or leave it empty.",
        promptTitle=layout.HARMFUL, prompt="Choose yes if the answer holds a reply that could hurt.",
    )  # fmt: skip


def _comment_rule() -> DataValidation:
    return DataValidation(
        type="list", formula1=f"{layout.LISTS}!$B$1:$B${len(layout.COMMENTS)}", allow_blank=True,
        showErrorMessage=False, showInputMessage=True, promptTitle=layout.COMMENT,
        prompt="Choose one, or write your own words. The trainee may read it.",
    )  # fmt: skip


def _text_sheet(book: Workbook, name: str, lines: list[Line], width: float) -> None:
    sheet = new_sheet(book, name)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = width, 110.0
    for number, (label, words) in enumerate(lines, start=1):
        sheet.row_dimensions[number].height = row_height(words, 120)
        sheet.append([text_cell(sheet, label, "strong"), text_cell(sheet, words, "words" if label else "strong")])


def _point_columns(export: Export) -> dict[float, str]:
    """The column of the hidden sheet that holds what may be given, by a criterion's points."""
    most = sorted({criterion.points for item in export.items for criterion in item.criteria})
    return {points: get_column_letter(POINTS_FROM + place) for place, points in enumerate(most)}


def _lists_sheet(book: Workbook, columns: Mapping[float, str]) -> None:
    """What the drop-downs offer: yes, comments, and points up to each maximum in a column of its own."""
    sheet = new_sheet(book, layout.LISTS)
    sheet.sheet_state = "hidden"
    points = [layout.points_up_to(most) for most in columns]
    for number in range(max(len(layout.COMMENTS), *map(len, points))):
        row: list[Cell | float | None] = [
            text_cell(sheet, layout.YES, "locked") if number == 0 else None,
            text_cell(sheet, layout.COMMENTS[number], "locked") if number < len(layout.COMMENTS) else None,
        ]
        sheet.append([*row, *(column[number] if number < len(column) else None for column in points)])


def _about_sheet(book: Workbook, export: Export, marker: Marker) -> None:
    sheet = new_sheet(book, layout.ABOUT)
    sheet.sheet_state = "veryHidden"
    for name, value in layout.about(export, marker).items():
        sheet.append([text_cell(sheet, name, "locked"), text_cell(sheet, value, "locked")])
