"""A workbook that came back: its marks, what is still unmarked, and what must be mended first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from peercourse.marking.model import Export, Mark, Marker, Row
from peercourse.marking.problems import Problem


@dataclass
class MarkedFile:
    """What a workbook holds.

    Attributes:
        marks: by code.
        problems: what must be mended first.
        forgotten: codes of rows about people who were removed from the grading folder since the export.
    """

    path: Path
    export: Export
    marker: Marker
    marks: dict[str, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    @property
    def rows(self) -> Mapping[str, Row]:
        """Who is behind each code."""
        return self.export.files[self.marker]

    @property
    def unmarked(self) -> list[str]:
        """Codes of rows without marks, or which are not there any more."""
        return [code for code in self.rows if code not in self.marks]
