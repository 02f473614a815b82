"""Who is in and who is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from peercourse.grading.result import Result
from peercourse.report.blocks import Block, Fold, Paragraph, Section, Table
from peercourse.report.cohort import Cohort
from peercourse.report.wording import count, percent

MOST_SHOWN = 40
"""Trainees up to whom the table stands open."""


def who_section(cohort: Cohort) -> Section:
    """A row for each quiz, and one for each trainee."""
    quizzes = list(dict.fromkeys(entry.quiz for entry in cohort.graded_quizzes))
    latest = latest_results(cohort)
    people = cohort.trainees
    per_quiz = Table(
        "What was handed in",
        ("quiz", "handed in", "of", "passed", "not passed", "waits for marking", "not scored yet", "missing"),
        tuple(_quiz_row(quiz, [latest[quiz].get(trainee) for trainee in people]) for quiz in quizzes),
    )
    per_trainee = Table(
        "Trainee by trainee",
        ("trainee", *quizzes),
        tuple((trainee, *(_status(latest[quiz].get(trainee)) for quiz in quizzes)) for trainee in people),
    )
    blocks: list[Block] = [Paragraph(_about(cohort)), per_quiz]
    if any(len(found) < len(people) for found in latest.values()):
        missing = Table(
            "Who is missing", ("quiz", "IDs"), tuple(_missing_row(cohort, quiz, latest[quiz]) for quiz in quizzes)
        )
        blocks.append(missing if len(people) <= MOST_SHOWN else Fold("Who is missing, by ID", (missing,)))
    fold = Fold(f"Trainee by trainee ({count(len(people), 'row')})", (per_trainee,))
    blocks.append(per_trainee if len(people) <= MOST_SHOWN else fold)
    return Section("Who is in and who is missing", tuple(blocks), "who")


def latest_results(cohort: Cohort) -> dict[str, dict[str, Result]]:
    """By quiz and trainee, the submission of the latest version; quizzes that nobody handed in are there, empty."""
    found: dict[str, dict[str, Result]] = defaultdict(dict)
    for entry in cohort.graded_quizzes:
        found[entry.quiz] = {}
    for result in sorted(cohort.graded, key=lambda result: result.released.version):
        found[result.released.quiz][result.trainee] = result
    return found


def missing_from(cohort: Cohort, found: Mapping[str, Result]) -> list[str]:
    """Trainees who have not handed in a quiz of which these submissions are there, by trainee."""
    return [trainee for trainee in cohort.trainees if trainee not in found]


def _about(cohort: Cohort) -> str:
    if cohort.roster is None:
        return (
            f"{count(len(cohort.trainees), 'trainee')} handed something in. There is no list of those who take part "
            "(trainees.csv in the grading folder), so whoever has handed in nothing at all cannot be named here."
        )
    others = [trainee for trainee in cohort.trainees if trainee not in cohort.roster]
    text = f"{count(len(cohort.roster), 'trainee')} on the list (trainees.csv)."
    if others:
        text += f" Not on it, but taken in earlier: {', '.join(others)}."
    return text


def _quiz_row(quiz: str, results: list[Result | None]) -> tuple[str, ...]:
    there = [result for result in results if result is not None]
    unscored = sum(not result.scored for result in there)
    waiting = sum(result.scored and result.score is None for result in there)
    passed = sum(result.passed is True for result in there)
    failed = sum(result.passed is False for result in there)
    numbers = (len(there), len(results), passed, failed, waiting, unscored, len(results) - len(there))
    return (quiz, *map(str, numbers))


def _missing_row(cohort: Cohort, quiz: str, found: Mapping[str, Result]) -> tuple[str, str]:
    return quiz, ", ".join(missing_from(cohort, found)) or "nobody"


def _status(result: Result | None) -> str:
    if result is None:
        return "missing"
    if not result.scored:
        return "not scored yet"
    if result.score is None:
        return "waits for marking"
    word = {True: ", passed", False: ", not passed", None: ""}[result.passed]
    return percent(result.score / result.maximum) + word
