"""Collect: handed-in files from an inbox into the grading folder. Nothing is deleted, and the inbox is not touched."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder
from peercourse.grading.identity import read_roster
from peercourse.grading.inbox import Refusal, read_inbox
from peercourse.grading.observation import OBSERVERS, disagreement, is_sheet
from peercourse.grading.submission import Submission, Take, read_submission
from peercourse.grading.taken import Accepted, kept_earlier, read_accepted, store, store_earlier
from peercourse.grading.writer import one_writer

MOST_OF_ONE = 50
"""Files of one trainee for one quiz in a run. Nobody has as many; beyond it none of them is compared with the rest."""
NAMED = 3
HARMLESS = re.compile(r"[\w .,/()@+&'’~-]+")
"""Names that stand in double quotes in any shell and are still nothing but names."""


@dataclass
class CollectReport:
    """What a run did.

    Attributes:
        taken: submissions taken in now.
        known: submissions that were there already.
        refused: files that were not taken in, and why.
        notes: what else a trainer should know, a sentence each.
    """

    taken: list[Submission] = field(default_factory=list)
    known: list[Submission] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def collect(
    inbox: Path,
    folder: GradingFolder,
    prefer: Iterable[str] = (),
    step: Callable[[str], None] = lambda _: None,
    *,
    observed: bool = False,
) -> CollectReport:
    """Take in what an inbox holds.

    Args:
        inbox: a folder, a notebook or a zip file.
        folder: the grading folder, with released quizzes.
        prefer: files (as the list names them) that count where two origins have files for one trainee ID.
        step: told the name of each file as it is read.
        observed: take in observation sheets, and them alone; else quizzes alone.

    Returns:
        What was taken in, what was there already, and what was not taken in, with reasons.

    Raises:
        GradingError: there is no such inbox, a preferred file is not in it, nothing was released, or somebody else
            writes in the folder.
    """
    released = folder.require()
    with one_writer(folder.root, "peercourse collect"):
        take = Take(
            released=released,
            notebooks={name: _read_release(folder.release(entry)) for name, entry in released.items()},
            roster=read_roster(folder.root),
            observers=read_roster(folder.root, OBSERVERS) if observed else None,
            observed=observed,
        )
        return _collect(inbox, folder, take, set(prefer), step)


def _collect(
    inbox: Path, folder: GradingFolder, take: Take, preferred: set[str], step: Callable[[str], None]
) -> CollectReport:
    report = CollectReport()
    groups: dict[tuple[str, str], list[Submission]] = defaultdict(list)
    names, crowded = set(), set()
    for found in read_inbox(inbox, leave_out=folder.root):
        step(found.name)
        names.add(found.name)
        result = found if isinstance(found, Refusal) else read_submission(found, take)
        if isinstance(result, Refusal):
            report.refused.append(result)
        elif len(group := groups[result.trainee, result.released.assignment]) < MOST_OF_ONE or found.name in preferred:
            group.append(result)
        else:
            crowded.add((result.trainee, result.released.assignment))
            report.refused.append(Refusal(found.name, _too_many(found.name, result.trainee)))
    if missing := sorted(preferred - names):
        raise GradingError(f"{missing[0]} is not in {inbox}; write the name as the list of files shows it")
    for key in sorted(groups):
        if key in crowded and not any(submission.name in preferred for submission in groups[key]):
            report.refused += [Refusal(entry.name, _too_many(entry.name, entry.trainee)) for entry in groups[key]]
        else:
            take_in = _take_in_sheets if is_sheet(groups[key][0].released) else _take_in
            take_in(groups[key], folder, preferred, report)
    report.refused.sort(key=lambda refusal: refusal.name)
    return report


def _take_in(group: list[Submission], folder: GradingFolder, preferred: set[str], report: CollectReport) -> None:
    """Decide between the files of one trainee for one quiz, and take one in, or none."""
    accepted = read_accepted(folder.submitted(group[0].trainee, group[0].released))
    chosen = _chosen(group, preferred)
    latest = _by_time(chosen or group)[-1]
    if not chosen and _in_doubt(group, accepted):
        report.refused += [Refusal(submission.name, _doubt(submission, group, accepted)) for submission in group]
        return
    if accepted is not None and accepted.text == latest.text:
        report.known.append(latest)
    elif accepted is not None and not chosen and accepted.time > latest.time:
        report.refused.append(Refusal(latest.name, f"{latest.trainee} handed in a later file, which was taken in"))
    else:
        store(latest, folder)
        report.taken.append(latest)
    for other in group:
        if other is not latest and other.text != latest.text:
            why = f"{other.trainee} has another file for this quiz that counts: {latest.name}"
            report.refused.append(Refusal(other.name, why))


def _take_in_sheets(group: list[Submission], folder: GradingFolder, preferred: set[str], report: CollectReport) -> None:
    """Take in every sheet about a trainee. The latest counts; the others are kept, since each is what somebody saw.

    A sheet that is known from an earlier run changes nothing any more, unless it is preferred: so what the trainer
    chose stays chosen.
    """
    trainee, released = group[0].trainee, group[0].released
    accepted = read_accepted(folder.submitted(trainee, released))
    chosen = _chosen(group, preferred)
    known = {path.read_text(encoding="utf-8") for path in kept_earlier(folder, trainee, released)}
    known |= {accepted.text} if accepted else set()
    for sheet in _by_time(group):
        is_new = sheet.text not in known
        known.add(sheet.text)
        counts = sheet in chosen or (is_new and not chosen and (accepted is None or sheet.time >= accepted.time))
        if counts and (accepted is None or accepted.text != sheet.text):
            store(sheet, folder)
            accepted = Accepted(sheet.text, sheet.origin, sheet.time)
        elif is_new:
            store_earlier(sheet, folder)
        (report.taken if is_new or counts else report.known).append(sheet)
    if accepted and (note := disagreement(accepted.text, known - {accepted.text}, released)):
        report.notes.append(f"{trainee}: {note}")


def _chosen(group: list[Submission], preferred: set[str]) -> list[Submission]:
    """Files of a trainee that the trainer prefers; no more than one, copies of it apart."""
    chosen = [submission for submission in group if submission.name in preferred]
    if len({submission.text for submission in chosen}) > 1:
        raise GradingError(f"--prefer names two files for {chosen[0].trainee}; name one of them")
    return chosen


def _by_time(group: list[Submission]) -> list[Submission]:
    return sorted(group, key=lambda submission: (submission.time, submission.name))


def _in_doubt(group: list[Submission], accepted: Accepted | None) -> bool:
    """Whether files of one ID differ and come from different people's uploads."""
    uploads = {(submission.origin, submission.text) for submission in group}
    if accepted is not None:
        uploads.add((accepted.origin, accepted.text))
    return len({origin for origin, _ in uploads}) > 1 and len({text for _, text in uploads}) > 1


def _doubt(submission: Submission, group: list[Submission], accepted: Accepted | None) -> str:
    others = sorted({other.name for other in group if other.text != submission.text})
    if accepted is not None and accepted.text != submission.text:
        others.insert(0, f"the one taken in earlier from {accepted.origin}")
    if not others:
        others = sorted(other.name for other in group if other is not submission)
    listed = ", ".join(others[:NAMED]) + (f" and {len(others) - NAMED} more" if len(others) > NAMED else "")
    return f"{submission.trainee} has different files from different uploads (see {listed}); {_choose(submission.name)}"


def _too_many(name: str, trainee: str) -> str:
    return f"{trainee} has more than {MOST_OF_ONE} files for this quiz; {_choose(name)}"


def _choose(name: str) -> str:
    """What the trainer types. A trainee chose the name, so one that a shell would read as a command is not offered."""
    if HARMLESS.fullmatch(name):
        return f'say which one counts with --prefer "{name}"'
    return "its name holds signs that a command line may obey, so if it is the one that counts, rename it first"


def _read_release(path: Path) -> dict[str, object]:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise GradingError(f"{path} is missing or damaged; run: peercourse quiz release") from None
    return dict(notebook)
