"""Collect: handed-in files from an inbox into the grading folder. Nothing is deleted, and the inbox is not touched."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from peercourse.content.host_rules import AttemptRules
from peercourse.grading.attempt_rules import Fate, HandedIn, fates, read_rules, rules_for
from peercourse.grading.attempts import answers_digest, attempts_of
from peercourse.grading.collect_sheets import take_in_sheets
from peercourse.grading.doubt import MOST_OF_ONE, Accepted, doubt, in_doubt, read_accepted, too_many
from peercourse.grading.files import GradingError, short_hash
from peercourse.grading.folder import GradingFolder
from peercourse.grading.identity import read_roster
from peercourse.grading.inbox import Refusal, read_inbox
from peercourse.grading.observation import OBSERVERS, is_sheet
from peercourse.grading.storing import shelve, store
from peercourse.grading.submission import Submission, Take, read_submission
from peercourse.grading.writer import one_writer


@dataclass
class CollectReport:
    """What a run did.

    Attributes:
        taken: submissions taken in now.
        known: submissions that were there already.
        kept: files that are attempts and were taken in now, but are not what is scored, and why.
        refused: files that were not taken in, and why.
        notes: what else a trainer should know, a sentence each.
    """

    taken: list[Submission] = field(default_factory=list)
    known: list[Submission] = field(default_factory=list)
    kept: list[tuple[Submission, str]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Choices:
    """What decides between files.

    Attributes:
        rules: how many attempts there may be, and which one counts.
        preferred: files that count because the trainer says so.
        allowed: trainees who may hand in once more than the rules allow.
    """

    rules: AttemptRules
    preferred: frozenset[str]
    allowed: frozenset[str]


def collect(
    inbox: Path,
    folder: GradingFolder,
    prefer: Iterable[str] = (),
    step: Callable[[str], None] = lambda _: None,
    *,
    allow: Iterable[str] = (),
    observed: bool = False,
) -> CollectReport:
    """Take in what an inbox holds.

    Args:
        inbox: a folder, a notebook or a zip file.
        folder: the grading folder, with released quizzes.
        prefer: files (as the list names them) that count where two origins have files for one trainee ID.
        step: told the name of each file as it is read.
        allow: trainees who may hand in once more than the rules for attempts allow.
        observed: take in observation sheets, and them alone; else quizzes alone.

    Returns:
        What was taken in, what was there already, and what was not taken in, with reasons.

    Raises:
        GradingError: there is no such inbox, a preferred file is not in it, nothing was released, or somebody else
            writes in the folder.
    """
    released = folder.require()
    with one_writer(folder.root, "peercourse collect"):
        choices = Choices(read_rules(folder.root), frozenset(prefer), frozenset(allow))
        take = Take(
            released=released,
            notebooks={name: _read_release(folder.release(entry)) for name, entry in released.items()},
            roster=read_roster(folder.root),
            observers=read_roster(folder.root, OBSERVERS) if observed else None,
            observed=observed,
        )
        return _collect(inbox, folder, take, choices, step)


def _collect(
    inbox: Path, folder: GradingFolder, take: Take, choices: Choices, step: Callable[[str], None]
) -> CollectReport:
    preferred = choices.preferred
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
            report.refused.append(Refusal(found.name, too_many(found.name, result.trainee)))
    if missing := sorted(preferred - names):
        raise GradingError(f"{missing[0]} is not in {inbox}; write the name as the list of files shows it")
    for key in sorted(groups):
        if key in crowded and not any(submission.name in preferred for submission in groups[key]):
            report.refused += [Refusal(entry.name, too_many(entry.name, entry.trainee)) for entry in groups[key]]
        else:
            take_in = _take_in_sheets if is_sheet(groups[key][0].released) else _take_in
            take_in(groups[key], folder, choices, report)
    report.refused.sort(key=lambda refusal: refusal.name)
    return report


def _take_in_sheets(group: list[Submission], folder: GradingFolder, choices: Choices, report: CollectReport) -> None:
    take_in_sheets(_by_time(group), _chosen(group, choices), folder, report)


def _take_in(group: list[Submission], folder: GradingFolder, choices: Choices, report: CollectReport) -> None:
    """Decide between the files of one trainee for one quiz, and take one in, or none."""
    accepted = read_accepted(folder.submitted(group[0].trainee, group[0].released))
    chosen = _chosen(group, choices)
    if not chosen and in_doubt(group, accepted):
        report.refused += [Refusal(submission.name, doubt(submission, group, accepted)) for submission in group]
    elif chosen:
        _prefer(_by_time(chosen)[-1], group, accepted, folder, report)
    else:
        _take_attempts(_by_time(group), accepted, folder, choices, report)


def _chosen(group: list[Submission], choices: Choices) -> list[Submission]:
    """Files of a trainee that the trainer prefers; no more than one, copies of it apart."""
    chosen = [submission for submission in group if submission.name in choices.preferred]
    if len({submission.text for submission in chosen}) > 1:
        raise GradingError(f"--prefer names two files for {chosen[0].trainee}; name one of them")
    return chosen


def _by_time(group: Iterable[Submission]) -> list[Submission]:
    """Files in the order in which they were handed in."""
    return sorted(group, key=lambda submission: (submission.time, submission.name))


def _prefer(
    latest: Submission, group: list[Submission], accepted: Accepted | None, folder: GradingFolder, report: CollectReport
) -> None:
    """Take in what the trainer has chosen, whatever the rules for attempts say."""
    if accepted is not None and accepted.text == latest.text:
        report.known.append(latest)
    else:
        store(latest, folder)
        report.taken.append(latest)
    others = [other for other in group if other.text != latest.text]
    report.refused += [Refusal(other.name, _counts(latest)) for other in others]


def _take_attempts(
    in_order: list[Submission],
    accepted: Accepted | None,
    folder: GradingFolder,
    choices: Choices,
    report: CollectReport,
) -> None:
    """Go through one person's files in the order of time, each an attempt if its answers are new."""
    files = [entry for before, entry in zip([None, *in_order], in_order, strict=False) if _differs(before, entry)]
    trainee, released = files[0].trainee, files[0].released
    if accepted is not None and all(entry.text == accepted.text for entry in files):
        report.known += files
        return
    attempts = attempts_of(folder, trainee, released)
    present = _handed_in(accepted.text, accepted.time) if accepted is not None else None
    others = {attempt.digest for attempt in attempts if not attempt.present}
    rules = rules_for(choices.rules, released)
    handed_in = [_handed_in(entry.text, entry.time) for entry in files]
    decided = fates(present, others, handed_in, rules, allowed=trainee in choices.allowed)
    taken = next((entry for entry, fate in zip(files, decided, strict=True) if fate is Fate.TAKEN), None)
    for entry, fate in zip(files, decided, strict=True):
        match fate:
            case Fate.TAKEN:
                store(entry, folder)
                report.taken.append(entry)
            case Fate.KEPT:
                shelve(entry, folder)
                report.kept.append((entry, _beside(entry, taken, rules)))
            case Fate.KNOWN:
                report.known.append(entry)
            case Fate.TOO_MANY:
                report.refused.append(Refusal(entry.name, _limit(trainee, rules)))


def _differs(before: Submission | None, entry: Submission) -> bool:
    return before is None or before.text != entry.text


def _handed_in(text: str, time: datetime) -> HandedIn:
    """Times are kept to the second, so they are compared to the second.

    What somebody has damaged since it was taken in has no answers. It differs from every file then, and gives way to
    the one that it was.
    """
    try:
        digest = answers_digest(text)
    except ValueError:
        digest = short_hash(text)
    return HandedIn(digest, time.replace(microsecond=0))


def _counts(latest: Submission) -> str:
    return f"{latest.trainee} has another file for this quiz that counts: {latest.name}"


def _beside(entry: Submission, taken: Submission | None, rules: AttemptRules) -> str:
    if taken is not None:
        return _counts(taken)
    if rules.counts == "first":
        return f"{entry.trainee} handed in before, and the first attempt counts"
    return f"{entry.trainee} handed in a later file, which was taken in"


def _limit(trainee: str, rules: AttemptRules) -> str:
    noun = "attempt" if rules.most == 1 else "attempts"
    return (
        f"{trainee} has used up the {rules.most} {noun} that institution.yml allows; the file stays in the inbox, "
        f"and for one attempt more, collect again with --allow {trainee}"
    )


def _read_release(path: Path) -> dict[str, object]:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise GradingError(f"{path} is missing or damaged; run: peercourse quiz release") from None
    return dict(notebook)
