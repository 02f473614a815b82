"""What the terminal shows of changes by corrected keys."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence

import click

from peercourse.grading.changes import HEADING, QuizChanges, lists, rows
from peercourse.grading.folder import GradingFolder
from peercourse.terminal import plain, show_table

NAMED = 5


def show_changes(changes: Sequence[QuizChanges], folder: GradingFolder) -> None:
    """What corrected keys have changed, where the lists lie, and whose feedback was made of the old points."""
    from peercourse.feedback.folders import FeedbackFolder

    for one in changes:
        for line in summary(one, "changed"):
            click.echo(line)
        if one.path is None:
            continue
        click.echo(f"The list: {one.path}. To see all lists: peercourse scores --changes")
        quiz, assignment = one.released.quiz, one.released.assignment
        places = [FeedbackFolder(folder.root, each.after.trainee, assignment, quiz) for each in one.rescored]
        if old := [place.trainee for place in places if place.path.is_dir()]:
            click.echo(
                f"Feedback made of the old points: {_named(old)}. Make it again: peercourse feedback --quiz {quiz}"
            )


def show_preview(changes: Sequence[QuizChanges]) -> None:
    """What corrected keys would change."""
    if not changes:
        click.echo("No key was corrected since the submissions were scored, so nothing would change.")
        return
    lines = [row for one in changes for row in rows(one)]
    if lines:
        show_table([HEADING, *lines])
    for one in changes:
        for line in summary(one, "would change"):
            click.echo(line)
    click.echo("Nothing was changed. To score again: peercourse grade. If the correction is wrong, mend the bank and")
    click.echo("run peercourse quiz release again.")


def show_lists(folder: GradingFolder) -> None:
    """Every list that was written."""
    found = lists(folder)
    for path in found:
        click.echo(path.name)
        with path.open(encoding="utf-8", newline="") as file:
            show_table([[plain(cell) for cell in line] for line in csv.reader(file)] or [HEADING])
    click.echo(f"The lists are in {found[0].parent}." if found else "No corrected key has changed a result.")


def summary(changes: QuizChanges, verb: str) -> Iterator[str]:
    """A correction in short: which items' scores, up or down, and who passes now or no longer does.

    Args:
        changes: of a quiz.
        verb: ``changed`` or ``would change``.
    """
    name = f"{changes.released.quiz}, version {changes.released.version}"
    if not changes.rescored:
        yield f"{name}: the corrected key {verb} no score of {changes.scored_again}."
        return
    touched: dict[str, Counter[str]] = {}
    for one in changes.rescored:
        for before, after in one.items:
            touched.setdefault(after.item.id, Counter())[_direction(before.score, after.score)] += 1
    for item, counts in touched.items():
        number = counts.total()
        how = ", ".join(f"{counts[word]} {word}" for word in ("higher", "lower", "to be marked") if counts[word])
        yield f"{name}: the key of {item} {verb} {number} {'score' if number == 1 else 'scores'} ({how})."
    passing = sum(one.after.passed is True and one.before.passed is not True for one in changes.rescored)
    failing = sum(one.before.passed is True and one.after.passed is False for one in changes.rescored)
    waiting = sum(one.after.score is None for one in changes.rescored)
    if changes.released.pass_mark is not None:
        now, would = ("", "would ") if verb.startswith("would") else ("now ", "")
        unknown = f" Not known yet of {waiting}, where answers wait for marking." if waiting else ""
        yield f"{name}: {passing} {would}{now}pass, {failing} {would}no longer pass.{unknown}"


def _direction(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return "to be marked"
    return "higher" if after > before else "lower"


def _named(trainees: Sequence[str]) -> str:
    more = len(trainees) - NAMED
    return ", ".join(trainees[:NAMED]) + (f" and {more} more" if more > 0 else "")
