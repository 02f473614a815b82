"""The two sheets to read: the guide out of the bank, and how to mark, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from peercourse.marking import layout
from peercourse.marking.model import Export
from peercourse.quiz.bank import Quiz, Scenario
from peercourse.quiz.types.written import Written
from peercourse.quiz.wording import points_in_words

Line = tuple[str, str]
"""A label and what it is about; a line without a label is a heading."""


def guide_lines(bank: Quiz, export: Export) -> list[Line]:
    """Case, question, criteria with examples, and harmful replies of every item in the workbook.

    Args:
        bank: the quiz.
        export: which items are in the workbook.
    """
    names = layout.sheet_names(export)
    lines: list[Line] = [("", f"{bank.title}: marking guide. Do not pass it on to trainees.")]
    for scenario in bank.scenarios:
        for item in scenario.items:
            if isinstance(item, Written) and item.id in names:
                lines += [("", ""), ("", f"{names[item.id]}: {item.id}"), *_item_lines(scenario, item)]
    return lines


def _item_lines(scenario: Scenario, item: Written) -> Iterator[Line]:
    yield "Where", scenario.setting
    yield "Case", scenario.story.strip()
    yield "Question", item.stem.strip()
    for criterion in item.criteria:
        yield f"{criterion.id}, {points_in_words(criterion.points)}", criterion.text
        for example in criterion.earns:
            yield "   earns", example
        for example in criterion.does_not_earn:
            yield "   does not earn", example
    for example in item.harmful:
        yield "Harmful", example


def how_to_lines(export: Export) -> list[Line]:
    """What a marker needs to know, as numbered sentences.

    Args:
        export: the workbook's answers.
    """
    sheets = " and ".join(f"“{name}”" for name in layout.sheet_names(export).values())
    steps = (
        f"Read the guide for a question first, then mark that question in one go. The answers are on {sheets}.",
        "Each row is one answer. The code in front stands for a person whom you need not know.",
        "Choose points for each criterion, 0 too. A cell that is left empty means: not marked yet. Give half a point "
        "only where the guide says so.",
        "Choose “yes” under “Harmful?” if the answer holds a reply that could hurt. Give the points that it earns "
        "otherwise.",
        "Under “Comment”, choose a sentence or write your own. The trainee may read it. Start with a letter, and leave "
        "out the signs < and [.",
        "Leave a row empty if you cannot decide, and ask whoever sent you this file.",
        "Only the white cells can be changed. Do not add, copy or rename rows, columns or sheets; do not write "
        "formulas.",
        "A very long answer may be cut off in its cell. Click on it, and the bar at the top shows all of it.",
        "If an answer makes you worry about its writer, ring the trainer today and give the code. Do not wait until "
        "you have marked the rest.",
        "Save the file as what it is, an Excel workbook (.xlsx), and send it back to the trainer alone. It holds what "
        "trainees wrote.",
    )
    return [("", "How to mark"), *((f"{number}.", step) for number, step in enumerate(steps, start=1))]
