"""What an export is: who is behind each code, which criteria count, and who of several markers a mark is from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from peercourse.content.model import ContentModel, Identifier
from peercourse.grading.files import short_hash

Role = Literal["one", "first", "second", "third"]
"""Whose mark it is: the only marker's, one of two who mark the same answer, or the third's where these differ."""

Marker = Literal["one", "A", "B", "third"]
"""Whose file it is. Marker A gets every answer, and is ``first`` only for those that marker B gets too."""

UNWRITABLE = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})
"""XML has no place for these two, so that a workbook holds the sign for an unknown letter instead."""


class MarkedCriterion(ContentModel):
    """A criterion as it stood in the bank at the time of the export."""

    id: Identifier
    points: float = Field(gt=0, le=20)
    text: str


class MarkedItem(ContentModel):
    """A written item: one sheet of a workbook."""

    id: Identifier
    criteria: tuple[MarkedCriterion, ...] = Field(min_length=1)

    @property
    def maximum(self) -> float:
        """Sum of the criteria's points."""
        return sum(criterion.points for criterion in self.criteria)


class Row(ContentModel):
    """Whose answer a code stands for.

    Attributes:
        answer: :func:`answer_hash` of the words that were exported.
    """

    trainee: str
    item: Identifier
    answer: str
    role: Role


class Export(ContentModel):
    """A set of workbooks that belong together, and their code list. It stays in the grading folder.

    Attributes:
        export: its id; the same answers, criteria and seed give the same one.
        files: for each marker, the rows by code in the order of the workbook.
        forgotten: for each marker, codes of rows about people who were removed since.
        checksums: of the workbooks as they were written, where rows were removed since.
    """

    export: str = Field(pattern=r"^[0-9a-f]{8}$")
    assignment: str
    quiz: str
    version: int
    items: tuple[MarkedItem, ...]
    files: Mapping[Marker, Mapping[str, Row]]
    forgotten: Mapping[Marker, tuple[str, ...]] = Field(default_factory=dict)
    checksums: Mapping[Marker, str] = Field(default_factory=dict)

    def item(self, name: str) -> MarkedItem:
        """An item by its id."""
        return next(item for item in self.items if item.id == name)

    def checksum(self, marker: Marker) -> str:
        """A hash of the structure of one workbook: items, criteria, codes and the answers beside them."""
        if marker in self.checksums:
            return self.checksums[marker]
        rows = [(code, row.item, row.answer) for code, row in self.files[marker].items()]
        return short_hash(repr((self.export, marker, [item.model_dump() for item in self.items], rows)))

    def without(self, codes: Mapping[Marker, frozenset[str]]) -> Export:
        """The same export with rows taken out. Workbooks that were sent out before are still known as its own."""
        return self.model_copy(
            update={
                "files": {
                    marker: {code: row for code, row in rows.items() if code not in codes.get(marker, ())}
                    for marker, rows in self.files.items()
                },
                "forgotten": {
                    marker: tuple(sorted({*self.forgotten.get(marker, ()), *codes.get(marker, ())}))
                    for marker in self.files
                },
                "checksums": {marker: self.checksum(marker) for marker in self.files},
            }
        )


class Mark(ContentModel):
    """What one marker gave for one answer.

    Attributes:
        export: the export whose file it came in.
        code: the row in that file.
        points: by criterion.
        harmful: whether the marker noted a reply that could hurt.
    """

    export: str
    code: str
    points: Mapping[Identifier, float]
    harmful: bool = False
    comment: str = ""

    @property
    def total(self) -> float:
        """Points in all."""
        return sum(self.points.values())

    def same_as(self, other: Mark) -> bool:
        """Whether a marker gave the same; from which file it came does not matter."""
        return (self.points, self.harmful, self.comment) == (other.points, other.harmful, other.comment)


def answer_hash(words: str) -> str:
    """A hash of an answer that stays the same when a spreadsheet program has opened and saved it.

    Such programs write line ends and some letters as ``_x000D_`` and the like, and drop white space at the end.
    """
    text = words.translate(UNWRITABLE).replace("_x000D_", "").replace("x005F_", "").replace("\r", "")
    return short_hash("\n".join(line.rstrip() for line in text.splitlines()).strip())
