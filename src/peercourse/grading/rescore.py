"""Points of a file by the present keys, computed beside the gradebook: nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder, Released

if TYPE_CHECKING:
    from peercourse.grading.bulk_score import Scorer


def open_scorer(gradebook: Any, folder: GradingFolder, released: Released) -> Scorer:
    """A quiz with the keys that the gradebook has now.

    Raises:
        GradingError: the release is missing, damaged or foreign.
    """
    from peercourse.grading.bulk_notebook import make_form
    from peercourse.grading.bulk_score import Scorer
    from peercourse.grading.rows import find_cells
    from peercourse.grading.scorer import ScoringError

    try:
        with gradebook.engine.connect() as connection:
            cells = find_cells(connection, released)
        return Scorer(make_form(folder, released, cells))
    except ScoringError as error:
        raise GradingError(str(error)) from error


def points_of(scorer: Scorer, path: Path) -> dict[str, float | None] | None:
    """Points that a submission earns, by cell; None where a person has to give them.

    Returns:
        None instead where the file cannot be read.
    """
    from peercourse.grading.attempts import answers_in

    try:
        return scorer.points(answers_in(path.read_bytes()))
    except (OSError, ValueError):
        return None
