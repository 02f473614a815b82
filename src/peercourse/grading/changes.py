"""What corrected keys change in people's results: compared by item, never with the key itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from peercourse.grading.files import write_file
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.grade import Submitted
from peercourse.grading.result import ItemResult, Result
from peercourse.grading.scores import WAITING, csv_text
from peercourse.grading.settled import Mark

CHANGES = "changes"
HEADING = (
    "trainee", "quiz", "version", "item", "points before", "points after", "maximum", "total before", "total after",
    "of", "passed before", "passed after",
)  # fmt: skip


@dataclass(frozen=True)
class Rescored:
    """A trainee's result before and after a key was corrected."""

    before: Result
    after: Result

    @property
    def items(self) -> list[tuple[ItemResult, ItemResult]]:
        """The items whose points are others now, as they were and as they are."""
        pairs = zip(self.before.items, self.after.items, strict=True)
        return [(before, after) for before, after in pairs if before.score != after.score]


@dataclass(frozen=True)
class QuizChanges:
    """What a correction did to a quiz.

    Attributes:
        scored_again: how many submissions were compared.
        rescored: those whose points are others now.
        path: the list; None where there is none.
    """

    released: Released
    scored_again: int
    rescored: tuple[Rescored, ...]
    path: Path | None = None


def compared(
    entry: Submitted, before: Mapping[str, Mark], after: Mapping[str, Mark], penalty: float
) -> Rescored | None:
    """Compare a submission's rows.

    An item whose automatic points are as they were was not touched by a correction: if somebody has marked it
    meanwhile, that is no change.

    Args:
        entry: the submission.
        before: its points by cell.
        after: the same, by the corrected keys.
        penalty: points taken off for lateness.

    Returns:
        None where nothing changed.
    """
    same = {cell: mark for cell, mark in after.items() if cell in before and before[cell].automatic == mark.automatic}
    found = Rescored(_result(entry, {**before, **same}, penalty), _result(entry, after, penalty))
    return found if found.items else None


def changes_of(released: Released, scored_again: int, found: Iterable[Rescored | None]) -> QuizChanges:
    """What was found, by trainee."""
    rescored = sorted((one for one in found if one is not None), key=lambda one: one.after.trainee)
    return QuizChanges(released, scored_again, tuple(rescored))


def write_list(folder: GradingFolder, changes: QuizChanges, time: str) -> QuizChanges:
    """Write what changed as CSV, a row for each trainee and item; nothing where nothing changed.

    Args:
        folder: the grading folder.
        changes: of a quiz.
        time: when the comparison began; the same comparison gives the same file.
    """
    if not changes.rescored:
        return changes
    text = csv_text([HEADING, *rows(changes)])
    name = f"{time}-{changes.released.assignment}"
    path, number = folder.root / CHANGES / f"{name}.csv", 1
    while path.exists() and path.read_bytes() != text.encode("utf-8"):
        number += 1
        path = path.with_name(f"{name}-{number}.csv")
    write_file(path, text)
    return replace(changes, path=path)


def lists(folder: GradingFolder) -> list[Path]:
    """Every list of changes that was written, the oldest first."""
    return sorted((folder.root / CHANGES).glob("*.csv"))


def rows(changes: QuizChanges) -> Iterator[Sequence[str]]:
    """The list's rows."""
    for one in changes.rescored:
        released, before, after = changes.released, one.before, one.after
        for old, new in one.items:
            yield (
                after.trainee, released.quiz, str(released.version), new.item.id, _points(old.score),
                _points(new.score), _points(new.item.points), _points(before.score), _points(after.score),
                _points(after.maximum), _passed(before), _passed(after),
            )  # fmt: skip


def _result(entry: Submitted, points: Mapping[str, Mark], penalty: float) -> Result:
    nothing = Mark(None, None, waiting=False)
    marks = [(item, points.get(item.cell, nothing)) for item in entry.released.items]
    items = tuple(ItemResult(item, "", mark.automatic, mark.by_hand, mark.waiting, mark.extra) for item, mark in marks)
    return Result(entry.trainee, entry.released, None, items, penalty, scored=True)


def _points(points: float | None) -> str:
    return WAITING if points is None else f"{round(points, 2):g}"


def _passed(result: Result) -> str:
    if result.released.pass_mark is None:
        return ""
    return {True: "yes", False: "no", None: WAITING}[result.passed]
