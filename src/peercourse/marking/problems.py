"""What is wrong with a workbook, cell by cell, in sentences that name the cell and say what to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peercourse.grading.files import GradingError
from peercourse.terminal import plain

MOST_SHOWN = 40


@dataclass(frozen=True)
class Problem:
    """Something to mend.

    Attributes:
        row: 0 where it is about a sheet as a whole.
        column: its letter and heading; empty where it is about a row.
    """

    file: str
    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, sheet {self.sheet}{row}{column}: {self.message}"


class WorkbookError(GradingError):
    """Workbooks that cannot be taken in as they are; nothing of them was."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        lines = [str(problem) for problem in problems[:MOST_SHOWN]]
        if len(problems) > MOST_SHOWN:
            lines.append(f"… and {len(problems) - MOST_SHOWN} more.")
        number = f"{len(problems)} {'cell or row' if len(problems) == 1 else 'cells or rows'} to mend."
        super().__init__("\n".join([*lines, "", f"{number} Nothing was imported. Mend the file and import it again."]))
        self.problems = tuple(problems)


def shown(value: Any) -> str:
    """What stands in a cell, short, for a message."""
    text = plain(f"{value:g}" if isinstance(value, float) else str(value))
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"
