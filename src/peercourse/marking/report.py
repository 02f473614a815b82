"""What an import did, for the terminal."""

from __future__ import annotations

from dataclasses import dataclass, field

from peercourse.marking.agreement import Agreement
from peercourse.marking.ledger import MarkedAnswer


@dataclass(frozen=True)
class Remark:
    """Something about one answer that the trainer should know."""

    trainee: str
    item: str
    words: str


@dataclass
class ImportReport:
    """What a run did.

    Attributes:
        taken: how many marks are new or were replaced.
        known: how many were there already.
        entered: how many answers got their points in the gradebook.
        unmarked: codes without marks, by file.
        forgotten: codes about people who were removed since the export, by file.
        kept: marks that were not taken because another one is there.
        passed_over: marks for answers that are not there any more as they were exported.
        other_marker: how many answers wait for the other marker's file.
        disputed: answers on which two markers differ.
        harmful: answers in which a marker noted a harmful reply.
        agreement: of two markers, by quiz and version.
    """

    taken: int = 0
    known: int = 0
    entered: int = 0
    unmarked: dict[str, list[str]] = field(default_factory=dict)
    forgotten: dict[str, list[str]] = field(default_factory=dict)
    kept: list[Remark] = field(default_factory=list)
    passed_over: list[Remark] = field(default_factory=list)
    other_marker: int = 0
    disputed: list[MarkedAnswer] = field(default_factory=list)
    harmful: list[MarkedAnswer] = field(default_factory=list)
    agreement: dict[str, list[Agreement]] = field(default_factory=dict)
