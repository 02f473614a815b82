"""Observation sheets, as collect takes them in: every one is kept, since each is what somebody saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from peercourse.grading.doubt import Accepted, read_accepted
from peercourse.grading.folder import GradingFolder
from peercourse.grading.observation import disagreement, text_of
from peercourse.grading.storing import kept_earlier, shelve, store
from peercourse.grading.submission import Submission

if TYPE_CHECKING:
    from peercourse.grading.collect import CollectReport


def take_in_sheets(
    sheets: Sequence[Submission], chosen: Sequence[Submission], folder: GradingFolder, report: CollectReport
) -> None:
    """Take in every sheet about a trainee; the latest counts.

    A sheet that is known from an earlier run changes nothing any more, unless it is preferred: so what the trainer
    chose stays chosen.

    Args:
        sheets: in the order of time.
        chosen: those that count because the trainer says so.
        folder: the grading folder.
        report: what was done is noted there.
    """
    trainee, released = sheets[0].trainee, sheets[0].released
    accepted = read_accepted(folder.submitted(trainee, released))
    known = {text_of(path) for path in kept_earlier(folder, trainee, released)}
    known |= {accepted.text} if accepted else set()
    for sheet in sheets:
        is_new = sheet.text not in known
        known.add(sheet.text)
        counts = sheet in chosen or (is_new and not chosen and (accepted is None or sheet.time >= accepted.time))
        if counts and (accepted is None or accepted.text != sheet.text):
            store(sheet, folder)
            accepted = Accepted(sheet.text, sheet.origin, sheet.time)
        elif is_new:
            shelve(sheet, folder)
        (report.taken if is_new or counts else report.known).append(sheet)
    if accepted and (note := disagreement(accepted.text, known - {accepted.text}, released)):
        report.notes.append(f"{trainee}: {note}")
