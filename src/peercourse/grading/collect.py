"""Collect: handed-in files from an inbox into the grading folder. Nothing is deleted, and the inbox is not touched."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from peercourse.grading.files import GradingError, remove_folder, short_hash, write_file
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.identity import read_roster
from peercourse.grading.inbox import Refusal, read_inbox
from peercourse.grading.settings import ORIGIN_FILE
from peercourse.grading.submission import Submission, read_submission
from peercourse.grading.writer import one_writer

TIME_FORMAT = "%Y-%m-%d %H:%M:%S UTC"
WORK = ".collecting"
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
    """

    taken: list[Submission] = field(default_factory=list)
    known: list[Submission] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True)
class Accepted:
    """What the grading folder holds of a trainee and quiz."""

    text: str
    origin: str
    time: datetime


def collect(
    inbox: Path,
    folder: GradingFolder,
    prefer: Iterable[str] = (),
    step: Callable[[str], None] = lambda _: None,
) -> CollectReport:
    """Take in what an inbox holds.

    Args:
        inbox: a folder, a notebook or a zip file.
        folder: the grading folder, with released quizzes.
        prefer: files (as the list names them) that count where two origins have files for one trainee ID.
        step: told the name of each file as it is read.

    Returns:
        What was taken in, what was there already, and what was not taken in, with reasons.

    Raises:
        GradingError: there is no such inbox, a preferred file is not in it, nothing was released, or somebody else
            writes in the folder.
    """
    released = folder.require()
    with one_writer(folder.root, "peercourse collect"):
        return _collect(inbox, folder, released, set(prefer), step)


def _collect(
    inbox: Path, folder: GradingFolder, released: dict[str, Released], preferred: set[str], step: Callable[[str], None]
) -> CollectReport:
    notebooks = {name: _read_release(folder.release(entry)) for name, entry in released.items()}
    roster = read_roster(folder.root)
    report = CollectReport()
    groups: dict[tuple[str, str], list[Submission]] = defaultdict(list)
    names, crowded = set(), set()
    for found in read_inbox(inbox, leave_out=folder.root):
        step(found.name)
        names.add(found.name)
        result = found if isinstance(found, Refusal) else read_submission(found, released, notebooks, roster)
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
            _take_in(groups[key], folder, preferred, report)
    report.refused.sort(key=lambda refusal: refusal.name)
    return report


def read_accepted(path: Path) -> Accepted | None:
    """What was taken in earlier; None where there is nothing or where it was put there by hand without a time."""
    try:
        text = path.read_text(encoding="utf-8")
        time = datetime.strptime((path.parent / "timestamp.txt").read_text().strip(), TIME_FORMAT).replace(tzinfo=UTC)
        origin = (path.parent / ORIGIN_FILE).read_bytes().decode("utf-8").removesuffix("\n")
        return Accepted(text, origin, time)
    except (OSError, ValueError):
        return None


def _take_in(group: list[Submission], folder: GradingFolder, preferred: set[str], report: CollectReport) -> None:
    """Decide between the files of one trainee for one quiz, and take one in, or none."""
    path = folder.submitted(group[0].trainee, group[0].released)
    accepted = read_accepted(path)
    chosen = [submission for submission in group if submission.name in preferred]
    by_time = sorted(chosen or group, key=lambda submission: (submission.time, submission.name))
    latest = by_time[-1]
    if len({submission.text for submission in chosen}) > 1:
        raise GradingError(f"--prefer names two files for {latest.trainee}; name one of them")
    if not chosen and _in_doubt(group, accepted):
        report.refused += [Refusal(submission.name, _doubt(submission, group, accepted)) for submission in group]
        return
    if accepted is not None and accepted.text == latest.text:
        report.known.append(latest)
    elif accepted is not None and not chosen and accepted.time > latest.time:
        report.refused.append(Refusal(latest.name, f"{latest.trainee} handed in a later file, which was taken in"))
    else:
        _store(latest, path, folder.root)
        report.taken.append(latest)
    for other in group:
        if other is not latest and other.text != latest.text:
            why = f"{other.trainee} has another file for this quiz that counts: {latest.name}"
            report.refused.append(Refusal(other.name, why))


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


def _store(submission: Submission, path: Path, root: Path) -> None:
    """Put a submission in its place. It is made ready beside and then renamed, as a whole; what was there is kept."""
    ready = root / WORK / submission.trainee / submission.released.assignment
    remove_folder(ready)
    write_file(ready / path.name, submission.text)
    write_file(ready / "timestamp.txt", submission.time.strftime(TIME_FORMAT) + "\n")
    write_file(ready / ORIGIN_FILE, submission.origin + "\n")
    place = path.parent
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        keep = root / "earlier" / submission.trainee / submission.released.assignment / _mark(place)
        keep.parent.mkdir(parents=True, exist_ok=True)
        remove_folder(keep)  # the same bytes, handed in again and replaced again
        place.rename(keep)
    ready.rename(place)
    ready.parent.rmdir()


def _mark(place: Path) -> str:
    """A name for an earlier submission: its time, and a hash of all that it holds."""
    contents = b"".join(file.read_bytes() for file in sorted(place.iterdir()) if file.is_file())
    stamp = place / "timestamp.txt"
    time = stamp.read_text(errors="replace") if stamp.exists() else ""
    digits = "".join(character for character in time if character in "0123456789")[:14]
    return f"{digits or 'undated'}-{short_hash(contents)[:8]}"


def _read_release(path: Path) -> dict[str, object]:
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise GradingError(f"{path} is missing or damaged; run: peercourse quiz release") from None
    return dict(notebook)
