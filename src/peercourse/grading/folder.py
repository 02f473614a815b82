"""The grading folder: an nbgrader course folder, and a record of what was released into it.

The record (``quizzes.json``) makes the folder self-contained: collecting, grading and scores need nothing else of the
course, so they work even while somebody is editing it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from peercourse.grading.files import GradingError, write_file
from peercourse.quiz.bank import Quiz
from peercourse.quiz.types.observed import PassRule

RECORD = "quizzes.json"


@dataclass(frozen=True)
class ReleasedItem:
    """An item as scores name it.

    Attributes:
        cell: ``grade_id`` of the cell that carries its points.
    """

    id: str
    type: str
    cell: str
    points: float


@dataclass(frozen=True)
class Released:
    """A quiz that was released into the folder.

    Attributes:
        source: hash of the source notebook, keys included; tells whether a release is up to date.
        release: hash of the released notebook.
        kind: ``quiz``, or ``observation`` for the sheet of an observed role play.
        rule: from when a sheet is passed; None for quizzes.
    """

    quiz: str
    version: int
    title: str
    assignment: str
    pass_mark: float | None
    items: tuple[ReleasedItem, ...]
    source: str
    release: str
    kind: str = "quiz"
    rule: PassRule | None = None


def released_items(quiz: Quiz) -> tuple[ReleasedItem, ...]:
    """A quiz's items with the cells that carry their points."""
    return tuple(
        ReleasedItem(item.id, item.type, item.id if item.score is None else f"{item.id}-score", float(item.maximum))
        for item in quiz.items()
    )


@dataclass(frozen=True)
class GradingFolder:
    """Places in the folder.

    Attributes:
        root: the folder.
        db_url: another gradebook than its settings name, for this run.
    """

    root: Path
    db_url: str | None = None

    def release(self, released: Released) -> Path:
        """A released notebook."""
        return self.root / "release" / released.assignment / f"{released.quiz}.ipynb"

    def submitted(self, trainee: str, released: Released) -> Path:
        """A trainee's submission as it was taken in."""
        return self.root / "submitted" / trainee / released.assignment / f"{released.quiz}.ipynb"

    def autograded(self, trainee: str, released: Released) -> Path:
        """A trainee's submission as it was scored."""
        return self.root / "autograded" / trainee / released.assignment / f"{released.quiz}.ipynb"

    @property
    def database(self) -> Path:
        """The gradebook where the trainer has not chosen another."""
        return self.root / "gradebook.db"

    def read(self) -> dict[str, Released]:
        """What was released, by assignment; empty where nothing was.

        Raises:
            GradingError: the record is damaged.
        """
        path = self.root / RECORD
        if not path.exists():
            return {}
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            return {name: _released(entry) for name, entry in record.items()}
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise GradingError(
                f"{path} is damaged ({error}); delete that file and run: peercourse quiz release"
            ) from None

    def require(self) -> dict[str, Released]:
        """What was released, by assignment.

        Raises:
            GradingError: nothing was released yet, or the record is damaged.
        """
        released = self.read()
        if not released:
            raise GradingError(f"{self.root} holds no released quiz yet; first run: peercourse quiz release")
        return released

    def write(self, released: Mapping[str, Released]) -> None:
        """Write the record."""
        entries = {name: asdict(released[name]) for name in sorted(released)}
        text = json.dumps(entries, indent=1, ensure_ascii=False, default=lambda rule: rule.model_dump())
        write_file(self.root / RECORD, text + "\n")


def _released(entry: Mapping[str, object]) -> Released:
    fields = dict(entry)
    items, rule = fields.pop("items"), fields.pop("rule", None)
    if not isinstance(items, list):
        raise TypeError("items is no list")
    return Released(
        items=tuple(ReleasedItem(**item) for item in items),
        rule=None if rule is None else PassRule.model_validate(rule),
        **fields,  # type: ignore[arg-type]
    )
