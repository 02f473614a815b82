"""What a trainer must know before feedback is sent, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from peercourse.feedback.folders import FEEDBACK
from peercourse.feedback.run import FeedbackReport
from peercourse.grading.folder import GradingFolder


def said(report: FeedbackReport, folder: GradingFolder, *, linked: bool, examples: bool) -> Iterator[str]:
    """What a run did, what to look at, and what comes next.

    Args:
        report: of the run.
        folder: the grading folder.
        linked: whether pages of the course are links.
        examples: whether the contacts are still the examples.
    """
    yield f"Made {len(report.made)}, unchanged {report.unchanged}, removed {len(report.removed)}."
    yield from _exceptions(report)
    if not report.all:
        yield "There is nothing to send."
        return
    yield from _before_sending(report)
    if examples:
        yield "The contacts in institution.yml are examples, and the pages say so. Write your own before you send any."
    if not linked:
        yield "Pages of the course are named without links. For links, give --site, or site_url in institution.yml."
    first = "mark what waits and run this again; then " if _waiting(report) else ""
    yield f"Next: {first}send each folder in {folder.root / FEEDBACK} to its trainee. Nothing is sent by itself."


def _exceptions(report: FeedbackReport) -> Iterator[str]:
    """What was not made, taken away or left alone, and why."""
    for name in report.removed:
        yield f"- {name}: removed, since there is no scored result any more"
    for path in report.changed_by_hand:
        yield f"- {path}: changed by hand, so it was left alone; for a new one, move it away and run this again"
    for path in report.others:
        yield f"- {path}: was not made here; look at it before you send the folder"
    for name in report.without_bank:
        yield f"- {name}: the course has no bank as it was released; archive the old, or run: peercourse quiz release"
    if report.unscored:
        noun = _counted(report.unscored, "submission is", "submissions are")
        yield f"{noun} not scored as they stand. Run: peercourse grade"
    if report.evaluation:
        noun = _counted(report.evaluation, "file belongs", "files belong")
        yield f"{noun} to the evaluation of the course, on which there is no feedback."
    if report.sheets:
        noun = _counted(report.sheets, "file is a sheet of an observed role play", "files are sheets of role plays")
        yield f"{noun}, on which the observer has spoken; there is no page for it."


def _before_sending(report: FeedbackReport) -> Iterator[str]:
    talks: dict[str, list[str]] = {}
    for one in report.all:
        if one.harmful or one.noted:
            talks.setdefault(one.trainee, []).append(one.quiz)
    if talks:
        yield "Talk first, then send, since something was chosen or written that could hurt:"
        yield from (f"- {trainee} ({', '.join(talks[trainee])})" for trainee in sorted(talks))
    commented = sum(bool(one.comments or any(answer.comment for answer in one.written)) for one in report.all)
    if commented:
        noun = _counted(commented, "page shows", "pages show")
        yield f"{noun} comments by markers. Read them before you send."
    if waiting := _waiting(report):
        noun = _counted(waiting, "page says", "pages say")
        yield f"{noun} that answers wait to be marked. After peercourse mark, run this again."


def _waiting(report: FeedbackReport) -> int:
    return sum(one.score is None for one in report.all)


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
