"""Reading one sheet of a workbook: every row by its code, every cell checked, and every problem named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from openpyxl.utils import get_column_letter

from peercourse.marking import layout
from peercourse.marking.mark_cells import read_comment, read_harmful, read_points
from peercourse.marking.marked_file import MarkedFile
from peercourse.marking.model import Export, Mark, MarkedItem, answer_hash
from peercourse.marking.problems import Problem, shown

Read = TypeVar("Read")
Cells = tuple[Any, ...]
CODE, ITEM, ANSWER = range(3)
"""Places of the first three cells of a row."""


class SheetReader:
    """Reads the sheet of one item into the file that it belongs to.

    Args:
        file: gets marks and problems.
        name: the sheet.
        item: the item.
        seen: where each code stood first, over all sheets of the file.
        exports: every export of the grading folder, to tell where a strange row comes from.
    """

    def __init__(
        self, file: MarkedFile, name: str, item: MarkedItem, seen: dict[str, str], exports: Mapping[str, Export]
    ) -> None:
        self._file, self._name, self._item, self._seen, self._exports = file, name, item, seen, exports
        self._headings = layout.headings(item)

    def read(self, rows: Iterator[Cells]) -> None:
        """Read all rows, of which the first one holds the headings."""
        if not self._headings_fit(next(rows, ())):
            return  # columns have moved: every cell below would be read as something else
        for number, cells in enumerate(rows, start=layout.FIRST_ROW):
            if any(_filled(cell) for cell in cells):
                self._read_row(number, cells)

    def _headings_fit(self, cells: Cells) -> bool:
        for place, expected in enumerate(self._headings):
            value = cells[place].value if place < len(cells) else None
            if not isinstance(value, str) or answer_hash(value) != answer_hash(expected):
                there = "the heading is missing" if value in (None, "") else f"{shown(value)} stands there"
                self._problem(
                    1,
                    place,
                    f"{there}; columns may not be moved or renamed, so copy the marks into the file as it was exported",
                )
                return False
        return True

    def _read_row(self, number: int, cells: Cells) -> None:
        formulas = [place for place, cell in enumerate(cells) if cell.data_type == "f"]
        for place in formulas:
            self._problem(number, place, "a formula stands there; write its result as a plain number or plain words")
        code = None if formulas else self._code(number, cells[CODE].value)
        if code is None:
            return
        row = self._file.rows[code]
        answer = cells[ANSWER].value
        changed = [ITEM] if cells[ITEM].value != row.item else []
        if not isinstance(answer, str) or answer_hash(answer) != row.answer:
            changed.append(ANSWER)
        for place in changed:
            self._problem(
                number,
                place,
                f"this is not what was exported beside {code}; put it back, or copy the marks into the file as it was "
                "exported",
            )
        if not changed and any(_filled(cell) for cell in cells[layout.FIRST_CRITERION - 1 :]):
            self._read_marks(number, code, cells)

    def _code(self, number: int, value: Any) -> str | None:
        """A row's code, if it is one of this sheet and stands here for the first time."""
        code = value.strip().upper() if isinstance(value, str) else ""
        if not code:
            what = "the code is missing" if value in (None, "") else f"{shown(value)} is no code"
            self._problem(number, CODE, f"{what}; put it back as it was exported, or clear the row")
        elif code in self._file.export.forgotten.get(self._file.marker, ()):
            self._file.forgotten.append(code)
        elif code not in self._file.rows:
            self._problem(number, CODE, f"{shown(code)} {self._stranger(code)}")
        elif self._file.rows[code].item != self._item.id:
            home = layout.sheet_names(self._file.export)[self._file.rows[code].item]
            self._problem(number, CODE, f"{code} belongs on the sheet {home}; move the row back there")
        elif code in self._seen:
            self._problem(number, CODE, f"{code} is there twice (see {self._seen[code]}); delete one of the two")
        else:
            self._seen[code] = f"sheet {self._name}, row {number}"
            return code
        return None

    def _stranger(self, code: str) -> str:
        """What to say about a code that is not of this file."""
        for export in self._exports.values():
            for marker, rows in export.files.items():
                if code in rows:
                    whose = "" if marker == "one" else f", marker {marker}"
                    return f"is a row of another file ({export.assignment}, {export.export}{whose}); move it back there"
        return "is no code of this file; put it back as it was exported, or delete the row"

    def _read_marks(self, number: int, code: str, cells: Cells) -> None:
        before = len(self._file.problems)
        points: dict[str, float] = {}
        for place, criterion in enumerate(self._item.criteria, start=layout.FIRST_CRITERION - 1):
            value = self._checked(number, place, cells, lambda cell: read_points(cell, criterion))  # noqa: B023
            if value is not None:
                points[criterion.id] = value
        harmful = self._checked(number, len(cells) - 2, cells, read_harmful)
        comment = self._checked(number, len(cells) - 1, cells, read_comment)
        if len(self._file.problems) == before:
            self._file.marks[code] = Mark(
                export=self._file.export.export, code=code, points=points, harmful=bool(harmful), comment=comment or ""
            )

    def _checked(self, number: int, place: int, cells: Cells, read: Callable[[Any], Read]) -> Read | None:
        try:
            return read(cells[place])
        except ValueError as error:
            self._problem(number, place, str(error))
            return None

    def _problem(self, row: int, place: int, message: str) -> None:
        column = f"{get_column_letter(place + 1)} ({self._headings[place].split(',', 1)[0]})"
        self._file.problems.append(Problem(self._file.path.name, self._name, row, column, message))


def _filled(cell: Any) -> bool:
    return cell.value is not None and (not isinstance(cell.value, str) or cell.value.strip() != "")
