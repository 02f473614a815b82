"""Item analysis of a quiz: which items to look at and why, the figures of all, and what was chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from peercourse.grading.result import Result
from peercourse.quiz.item import Item
from peercourse.report.blocks import Block, Bullets, Fold, Paragraph, Section, Table
from peercourse.report.choices import BLANK, Choices, Count
from peercourse.report.few import FEWEST, TOO_FEW
from peercourse.report.findings import QuizFindings
from peercourse.report.items import NOT_MEASURED, Analysis, ItemFigures
from peercourse.report.looks import looks
from peercourse.report.wording import count, decimal, percent


def items_section(found: QuizFindings) -> Section:
    """The analysis of one quiz in one version."""
    analysis, items, choices = found.analysis, found.items, found.choices
    return Section(
        "Its items",
        (
            *_look_at(analysis, choices),
            _alpha(analysis),
            _figures(analysis, items),
            Fold(
                "What was chosen, item by item, with the key", tuple(_chosen(analysis, items, choices, found.results))
            ),
        ),
    )


def _look_at(analysis: Analysis, choices: Mapping[str, Choices | None]) -> list[Block]:
    reasons = [
        f"{figures.item.id}: {' '.join(why)}"
        for figures in analysis.items
        if (why := looks(figures, choices.get(figures.item.id)))
    ]
    if not reasons:
        enough = any(figures.number >= FEWEST for figures in analysis.items)
        text = "No item stands out." if enough else f"Which items to look at: {TOO_FEW} (fewer than {FEWEST})."
        return [Paragraph(text)]
    hint = "to look at. These are hints to read an item again, with a colleague, and no more."
    return [Paragraph(f"{count(len(reasons), 'item')} {hint}"), Bullets(tuple(reasons))]


def _alpha(analysis: Analysis) -> Paragraph:
    found = analysis.alpha
    if found is None:
        why = f"{TOO_FEW} (fewer than {FEWEST})" if analysis.complete < FEWEST else "all have the same score"
        return Paragraph(f"How the items go together (coefficient alpha): {why}; n = {analysis.complete}.")
    return Paragraph(
        f"How the items go together: coefficient alpha {decimal(found.value)}, 95 % interval {decimal(found.low)} to "
        f"{decimal(found.high)} (Feldt), n = {analysis.complete}. The nearer to 1, the more alike the scores would "
        "come out with other items of this kind. A quiz that asks for many different things may be low and still be "
        "good; below 0.7, do not let a single point decide about anybody."
    )


def _figures(analysis: Analysis, items: Mapping[str, Item]) -> Table:
    rows = tuple(_row(figures, items.get(figures.item.id), analysis.complete) for figures in analysis.items)
    head = ("item", "mean share", "item–rest correlation", "n", "kind", "outcome", "question")
    return Table("The items in figures", head, rows)


def _row(figures: ItemFigures, item: Item | None, complete: int) -> tuple[str, ...]:
    kind = figures.item.type
    if kind == NOT_MEASURED:
        share = rest = "no right answer"
    else:
        share = percent(figures.difficulty)
        flat = figures.item_rest is None and complete >= FEWEST
        rest = "all alike" if flat else decimal(figures.item_rest)
    stem, outcome = (item.stem, item.outcome) if item else ("", "")
    return figures.item.id, share, rest, str(figures.number), kind, outcome, stem


def _chosen(
    analysis: Analysis, items: Mapping[str, Item], choices: Mapping[str, Choices | None], results: Sequence[Result]
) -> list[Block]:
    blocks: list[Block] = []
    for place, figures in enumerate(analysis.items):
        found, item = choices.get(figures.item.id), items.get(figures.item.id)
        lead: tuple[Block, ...] = (Paragraph(item.stem),) if item else ()
        if found is None:
            table = _points_table(figures, [result.items[place].score for result in results if result.scored])
        elif any(count.row is not None for count in found.counts):
            table = _grid(figures, found)
        else:
            table = _options(figures, found)
        blocks.append(Section(figures.item.id, (*lead, table)))
    return blocks


def _options(figures: ItemFigures, found: Choices) -> Table:
    head = ("option", "text", "key", f"chosen (n = {found.number})", f"in the upper half (n = {found.upper})")
    rows = [
        (one.choice.label, one.choice.text, _mark(one), str(one.number), str(one.upper) if found.upper else TOO_FEW)
        for one in found.counts
    ]
    return Table(f"{figures.item.id}: options", head, (*rows, (BLANK, "", "", str(found.blank), "")))


def _grid(figures: ItemFigures, found: Choices) -> Table:
    """Rows against choices; the key in each row has a word beside its number."""
    labels = list(dict.fromkeys(one.choice.label for one in found.counts))
    texts = {one.choice.label: one.choice.text for one in found.counts}
    by_row: dict[str, list[Count]] = {}
    for one in found.counts:
        by_row.setdefault(f"{one.row.label}. {one.row.text}" if one.row else "", []).append(one)
    rows = tuple(
        (name, *(f"{one.number} (key)" if one.right else str(one.number) for one in counts))
        for name, counts in by_row.items()
    )
    head = tuple(f"{label}: {texts[label]}" if texts[label] else label for label in labels)
    caption = f"{figures.item.id}: who gave which line what (n = {found.number}, {BLANK}: {found.blank})"
    return Table(caption, ("line", *head), rows)


def _points_table(figures: ItemFigures, scores: Sequence[float | None]) -> Table:
    counts = Counter(score for score in scores if score is not None)
    rows = [(f"{points:g}", str(number)) for points, number in sorted(counts.items())]
    waiting = sum(score is None for score in scores)
    if waiting:
        rows.append(("waits for marking", str(waiting)))
    return Table(f"{figures.item.id}: points (of {figures.item.points:g})", ("points", "trainees"), tuple(rows))


def _mark(one: Count) -> str:
    if one.right:
        return "key"
    return "could hurt" if one.harm else ""
