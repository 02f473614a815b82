"""From a file's bytes to a submission that may be taken in, or to the reason why not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from peercourse.grading.folder import Released
from peercourse.grading.identity import IdentityError, trainee_id
from peercourse.grading.inbox import Candidate, Refusal
from peercourse.grading.observation import is_sheet, observed_at, read_observation, sheet_problem
from peercourse.grading.rebuild import RebuiltSubmission, rebuild

SHEET_AMONG_QUIZZES = (
    "it is the sheet of an observed role play, which comes from the observer and not from a trainee; put those that "
    "observers gave you into a folder of their own and run: peercourse collect FOLDER --observed"
)
QUIZ_AMONG_SHEETS = "it answers a quiz, and --observed takes in observation sheets alone; collect it without --observed"


@dataclass(frozen=True)
class Submission:
    """A file that can be taken in.

    Attributes:
        trainee: the ID as it counts.
        released: the quiz and version that it answers.
        text: the rebuilt notebook.
        remarks: what a trainer should know, a sentence each.
        name: where it lies in the inbox.
        origin: whose upload it is.
        time: when it was handed in; of an observation sheet, when the role play was.
    """

    trainee: str
    released: Released
    text: str
    remarks: tuple[str, ...]
    name: str
    origin: str
    time: datetime


@dataclass(frozen=True)
class Take:
    """What may be taken in.

    Attributes:
        released: what was released, by assignment.
        notebooks: the released notebooks, by assignment.
        roster: IDs of those who take part; None lets everybody in.
        observers: IDs of those who may observe; None lets everybody.
        observed: whether the files are observation sheets from observers; else they are quizzes from trainees.
    """

    released: Mapping[str, Released]
    notebooks: Mapping[str, Any]
    roster: frozenset[str] | None
    observers: frozenset[str] | None = None
    observed: bool = False


def read_submission(candidate: Candidate, take: Take) -> Submission | Refusal:
    """Read a file as a submission.

    Args:
        candidate: the file.
        take: what may be taken in.
    """

    def refuse(why: str) -> Refusal:
        return Refusal(candidate.name, why)

    try:
        data = json.loads(candidate.data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return refuse("it is no notebook: it cannot be read as JSON")
    if not (isinstance(data, dict) and isinstance(data.get("cells"), list)):
        return refuse("it is no notebook: it has no cells")
    quiz = _find_quiz(data, take.released)
    if isinstance(quiz, str):
        return refuse(quiz)
    if is_sheet(quiz) != take.observed:
        return refuse(QUIZ_AMONG_SHEETS if take.observed else SHEET_AMONG_QUIZZES)
    rebuilt = rebuild(take.notebooks[quiz.assignment], data)
    try:
        trainee = trainee_id(rebuilt.trainee)
    except IdentityError as error:
        return refuse(f"the trainee ID {error}; correct it in the file's first answer, or ask for a new file")
    if take.roster is not None and trainee not in take.roster:
        return refuse(f"the trainee ID {trainee} is not in trainees.csv")
    found = Submission(trainee, quiz, rebuilt.text, rebuilt.remarks, candidate.name, candidate.origin, candidate.time)
    return _as_sheet(found, rebuilt, take) if take.observed else found


def _as_sheet(submission: Submission, rebuilt: RebuiltSubmission, take: Take) -> Submission | Refusal:
    """An observation sheet, with the time of its role play; or why it is not taken in."""
    observation = read_observation(rebuilt.notebook, submission.released)
    if why := sheet_problem(observation, submission.trainee, take.observers):
        return Refusal(submission.name, why)
    return replace(submission, time=observed_at(observation, submission.time))


def _find_quiz(data: Mapping[str, Any], released: Mapping[str, Released]) -> Released | str:
    """The quiz that a file answers, or why there is none."""
    match data.get("metadata"):
        case {"peercourse": {"quiz": str(quiz), "version": int(version)}} if not isinstance(version, bool):
            pass
        case _:
            return "it does not say which quiz it answers; ask for the file that the quiz page saves"
    for entry in released.values():
        if (entry.quiz, entry.version) == (quiz, version):
            return entry
    versions = sorted(entry.version for entry in released.values() if entry.quiz == quiz)
    if versions:
        listed = " and ".join(str(known) for known in versions)
        return f"it answers a version of {quiz} that was not released here (released: {listed})"
    return "it answers a quiz that was not released here; run: peercourse quiz release"
