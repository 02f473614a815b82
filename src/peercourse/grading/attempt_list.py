"""The list of attempts: when, how many points, which one counts and why; and who may try again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from peercourse.content.host_rules import AttemptRules
from peercourse.grading.attempt_rules import read_rules, rules_for
from peercourse.grading.attempts import Attempt, attempts_of
from peercourse.grading.counting import EarlierAttempts, best_of
from peercourse.grading.folder import GradingFolder
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.result import Result
from peercourse.grading.results import present_results
from peercourse.grading.scores import NOT_SCORED, WAITING

HEADING = ("trainee", "quiz", "version", "attempt", "handed in", "score", "maximum", "passed", "counts", "why")
NEVER_MARKED = "replaced before it was marked"


@dataclass(frozen=True)
class Tried:
    """An attempt with its result; None where its file cannot be read."""

    attempt: Attempt
    result: Result | None

    @property
    def score(self) -> float | None:
        """Points that count; None where it is not marked or not scored."""
        return self.result.score if self.result else None


@dataclass(frozen=True)
class History:
    """All attempts of a trainee at a quiz, the first one first.

    Attributes:
        counting: the one that counts.
    """

    tried: tuple[Tried, ...]
    counting: Tried
    rules: AttemptRules

    @property
    def left(self) -> int | None:
        """How many attempts are left; None where there is no limit."""
        return max(self.rules.most - len(self.tried), 0) if self.rules.most else None

    @property
    def present(self) -> Tried:
        """The attempt that the gradebook is about."""
        return next(one for one in self.tried if one.attempt.present)

    @property
    def failed(self) -> tuple[float, float] | None:
        """The points that count and those that pass; None unless the first fall short and no attempt is undecided."""
        result = self.counting.result
        if result is None or result.score is None or result.released.pass_mark is None or result.passed:
            return None
        return None if self.present.score is None else (result.score, result.released.pass_mark * result.maximum)


def read_histories(folder: GradingFolder, trainee: str | None = None, quiz: str | None = None) -> list[History]:
    """Every trainee's attempts, by quiz and trainee.

    Args:
        folder: the grading folder.
        trainee: of this trainee alone.
        quiz: at this quiz alone, in all its versions.

    Raises:
        GradingError: nothing was released, or a file in the grading folder is damaged.
    """
    rules = read_rules(folder.root)
    results = [result for result in present_results(folder, quiz) if trainee in (None, result.trainee)]
    with open_gradebook(folder.root, folder.db_url) as gradebook:
        earlier = EarlierAttempts(folder, gradebook)
        return [found for result in results if (found := _history(folder, result, earlier, rules)) is not None]


def rows(histories: Sequence[History]) -> list[tuple[str, ...]]:
    """The list, with its heading first."""
    return [HEADING, *(row for history in histories for row in _rows(history))]


def advice(histories: Sequence[History]) -> Iterator[str]:
    """Who did not pass, and may try again or may not, in sentences."""
    failed = [(history, points) for history in histories if (points := history.failed) is not None]
    for heading, chosen in (
        ("May try again:", [pair for pair in failed if pair[0].left != 0]),
        ("Did not pass, and have no attempt left:", [pair for pair in failed if pair[0].left == 0]),
    ):
        if chosen:
            yield heading
            yield from (_advice(*pair) for pair in chosen)
    if failed:
        yield "Feedback says where to go back: peercourse feedback --trainee ID"
        yield "Talk first. Then they practise, and wait a day."


def _history(folder: GradingFolder, present: Result, earlier: EarlierAttempts, rules: AttemptRules) -> History | None:
    own = rules_for(rules, present.released)
    attempts = attempts_of(folder, present.trainee, present.released)
    tried = tuple(Tried(one, present if one.present else earlier.result(one)) for one in attempts)
    if not any(one.attempt.present for one in tried):
        return None  # a file that somebody put there by hand and that is no notebook
    best = (
        best_of(present, (one.result for one in tried if one.result is not None)) if own.counts == "best" else present
    )
    return History(tried, next(one for one in tried if one.result is best), own)


def _rows(history: History) -> Iterator[tuple[str, ...]]:
    for number, one in enumerate(history.tried, start=1):
        released, time = one.attempt.released, one.attempt.time
        passed = one.result.passed if one.result else None
        yield (
            one.attempt.trainee, released.quiz, str(released.version), str(number),
            f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if time else "",
            "" if one.score is None else f"{round(one.score, 2):g}", f"{sum(item.points for item in released.items):g}",
            "" if passed is None else "yes" if passed else "no",
            "yes" if one is history.counting else "no", _why(one, number, history),
        )  # fmt: skip


def _why(one: Tried, number: int, history: History) -> str:
    """Why an attempt counts, or why not."""
    if history.rules.counts == "best":
        why = _why_best(one, history)
    elif one is not history.counting:
        why = "the first one counts" if history.rules.counts == "first" else "a later one counts"
    elif len(history.tried) == 1:
        why = "the only one"
    elif number == (1 if history.rules.counts == "first" else len(history.tried)):
        why = "the first one" if history.rules.counts == "first" else "the last one"
    else:
        why = "handed in again, chosen with --prefer, or taken in under another rule"
    state = _state(one)
    return f"{why}; {state}" if state and state != why else why


def _why_best(one: Tried, history: History) -> str:
    if one is history.counting:
        return "the only one" if len(history.tried) == 1 else "the best so far"
    return _state(one) or "another has as many points or more"


def _state(one: Tried) -> str:
    """What its score still lacks."""
    if one.score is not None:
        return ""
    if not one.attempt.present:
        return NEVER_MARKED
    return WAITING if one.result is not None and one.result.scored else NOT_SCORED


def _advice(history: History, points: tuple[float, float]) -> str:
    attempt, (score, needed) = history.present.attempt, points
    text = f"- {attempt.trainee}, {attempt.released.quiz}: {round(score, 2):g} points, {round(needed, 3):g} pass"
    match history.left:
        case None:
            return text
        case 0:
            return f"{text}; to grant one more: peercourse collect INBOX --allow {attempt.trainee}"
        case left:
            return f"{text}; {left} {'attempt' if left == 1 else 'attempts'} left"
