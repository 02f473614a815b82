"""Marks by criterion, kept beside the gradebook: ``marks/<quiz>.json`` in the grading folder.

The gradebook holds one number for an item. Criteria, both markers' views and harmful replies are kept here, for
reports and for the agreement between markers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from peercourse.content.model import ContentModel, Identifier
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder
from peercourse.marking.model import Mark, Role


class MarkedAnswer(ContentModel):
    """All marks of one answer. An answer that was handed in again with other words is another answer.

    Attributes:
        answer: hash of its words.
        maximum: points of the item.
    """

    trainee: str
    version: int
    item: Identifier
    answer: str
    maximum: float
    marks: Mapping[Role, Mark] = Field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What tells answers apart."""
        return self.version, self.item, self.trainee, self.answer

    @property
    def harmful(self) -> bool:
        """Whether any marker noted a reply that could hurt."""
        return any(mark.harmful for mark in self.marks.values())


Key = tuple[int, str, str, str]
Ledger = dict[Key, MarkedAnswer]


class _File(ContentModel):
    """The file as a whole."""

    quiz: str
    answers: tuple[MarkedAnswer, ...]


def ledger_file(folder: GradingFolder, quiz: str) -> Path:
    """Where a quiz's marks are kept, in all its versions."""
    return folder.root / "marks" / f"{quiz}.json"


def read_ledger(folder: GradingFolder, quiz: str) -> Ledger:
    """All marks of a quiz; empty where nothing was imported yet.

    Raises:
        GradingError: the file is damaged.
    """
    path = ledger_file(folder, quiz)
    if not path.exists():
        return {}
    try:
        return {entry.key: entry for entry in _File.model_validate_json(path.read_bytes()).answers}
    except (OSError, ValidationError):
        raise GradingError(
            f"{path} cannot be read; take it back from a backup, or move it away and import again"
        ) from None


def ledger_text(quiz: str, entries: Iterable[MarkedAnswer]) -> str:
    """The file's content; the same marks give the same bytes."""
    ordered = tuple(sorted(entries, key=lambda entry: entry.key))
    return _File(quiz=quiz, answers=ordered).model_dump_json(indent=1) + "\n"
