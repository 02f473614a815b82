"""How a marking workbook is laid out: sheets, columns, headings, and what may stand in a cell."""

from __future__ import annotations

from peercourse.marking.model import Export, MarkedCriterion, MarkedItem, Marker
from peercourse.quiz.wording import points_in_words

FORMAT = 1
"""Goes up when the columns change, so that an older file is refused instead of misread."""
GUIDE, HOW_TO, LISTS, ABOUT = "Guide", "How to", "Lists", "About"
FIRST_ROW = 2
"""The first row below the headings."""
FIRST_CRITERION = 4
"""The first column for marks; before it stand code, item and answer."""
STEP = 0.5
CODE, ITEM, ANSWER, HARMFUL, COMMENT = "Code", "Item", "Answer", "Harmful?", "Comment"
YES = "yes"
LONGEST_HEADING = 110
LONGEST_COMMENT = 1000

COMMENTS = (
    "You gave back what was said in your own words. Keep that.",
    "You named the feeling and left it open to be put right. Keep that.",
    "Say back what you heard first, and ask after that.",
    "Leave out advice here. What did they ask for?",
    "A reassurance closes the subject. Try to stay with what they said.",
    "This is about you. Give the turn back to them.",
    "Say plainly what you cannot keep to yourself, and why.",
    "Name who can help, and go with them or stay until somebody comes.",
    "Read the lesson on this again, and say your answer aloud once.",
    "Let us talk about this one.",
)
"""The comment bank: what markers write most. Anything else may be typed instead."""


def sheet_names(export: Export) -> dict[str, str]:
    """The name of each item's sheet, by item. Criteria differ from item to item, so each has a sheet of its own."""
    if len(export.items) == 1:
        return {export.items[0].id: "Mark"}
    return {item.id: f"Mark {number}" for number, item in enumerate(export.items, start=1)}


def headings(item: MarkedItem) -> list[str]:
    """The first row of an item's sheet."""
    return [CODE, ITEM, ANSWER, *(_heading(criterion) for criterion in item.criteria), HARMFUL, COMMENT]


def allowed_points(criterion: MarkedCriterion) -> list[float]:
    """What may be given for a criterion."""
    return points_up_to(criterion.points)


def points_up_to(most: float) -> list[float]:
    """Halves from 0, and the most itself. The guide says where half is meant; the bank has no field for it."""
    halves = [STEP * number for number in range(int(most / STEP) + 1)]
    return halves if most in halves else [*halves, most]


def about(export: Export, marker: Marker) -> dict[str, str]:
    """What the hidden sheet says of a workbook."""
    return {
        "format": str(FORMAT), "quiz": export.quiz, "version": str(export.version), "export": export.export,
        "marker": marker, "checksum": export.checksum(marker),
    }  # fmt: skip


def points_in_a_row(points: list[float]) -> str:
    """For example "0, 0.5 or 1"."""
    *others, last = [f"{value:g}" for value in points]
    return f"{', '.join(others)} or {last}"


def _heading(criterion: MarkedCriterion) -> str:
    text = " ".join(criterion.text.split())
    short = text if len(text) <= LONGEST_HEADING else text[:LONGEST_HEADING].rsplit(" ", 1)[0] + " …"
    return f"{criterion.id}, up to {points_in_words(criterion.points)}\n{short}"
