"""All that a report is made of: results, those who take part, and what the course says about its items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from peercourse.content.course import Course
from peercourse.demo.marker import is_synthetic
from peercourse.grading.course_folder import source_hash
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.identity import read_roster
from peercourse.grading.observation import is_sheet
from peercourse.grading.observed import ObservedPlay, read_observed
from peercourse.grading.result import Result
from peercourse.grading.results import read_results
from peercourse.marking.ledger import MarkedAnswer
from peercourse.marking.present import Place, present_marks
from peercourse.quiz.bank import Quiz
from peercourse.quiz.evaluation import FORMS, MODULE, OCCASIONS

MEASURE = frozenset(f"{occasion}-{form}" for occasion in OCCASIONS for form in FORMS)
"""Quizzes of the measure by their names alone: it is about nobody even where the course has lost its questions."""


@dataclass(frozen=True)
class Cohort:
    """What was handed in, and what is needed to read it.

    Attributes:
        results: every submission.
        released: quizzes of the grading folder by assignment.
        banks: banks by assignment, as far as the course has them.
        roster: IDs of those who take part; None where there is no list.
        outcomes: text of every outcome by its id.
        modules: title of every module by its id, such as ``m2``.
        slips: kinds of slips in words.
        corrected: assignments whose bank was changed after it was released.
        synthetic: whether the trainees were made by a program.
        marks: what markers gave for written answers as they stand, by assignment, trainee and item.
        observed: what observers saw in role plays: for each trainee the sheet that counts.
    """

    results: tuple[Result, ...]
    released: Mapping[str, Released]
    banks: Mapping[str, Quiz]
    roster: frozenset[str] | None = None
    outcomes: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    slips: Mapping[str, str] = field(default_factory=dict)
    corrected: frozenset[str] = frozenset()
    synthetic: bool = False
    marks: Mapping[Place, MarkedAnswer] = field(default_factory=dict)
    observed: tuple[ObservedPlay, ...] = ()

    def is_evaluation(self, assignment: str) -> bool:
        """Whether a quiz belongs to the measure before and after, and so is about nobody."""
        bank = self.banks.get(assignment)
        return bank.module == MODULE if bank else self.released[assignment].quiz in MEASURE

    @property
    def graded(self) -> tuple[Result, ...]:
        """Submissions of quizzes that count for somebody."""
        return tuple(result for result in self.results if self._is_graded(result.released))

    @property
    def evaluation(self) -> tuple[Result, ...]:
        """Submissions of the measure before and after, as far as the course has its questions."""
        return tuple(result for result in self._measure if result.released.assignment in self.banks)

    @property
    def unread(self) -> int:
        """Submissions of a measure whose questions the course does not have, such as an older version."""
        return len(self._measure) - len(self.evaluation)

    @property
    def _measure(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if self.is_evaluation(result.released.assignment))

    @property
    def graded_quizzes(self) -> tuple[Released, ...]:
        """Quizzes that count for somebody, by quiz and version."""
        found = [entry for entry in self.released.values() if self._is_graded(entry)]
        return tuple(sorted(found, key=lambda entry: (entry.quiz, entry.version)))

    @property
    def trainees(self) -> tuple[str, ...]:
        """Those on the list, those who handed in a quiz that counts and those who were observed, in order."""
        known = {result.trainee for result in (*self.graded, *(one.result for one in self.observed))}
        return tuple(sorted((self.roster or frozenset()) | known))

    def _is_graded(self, released: Released) -> bool:
        return not is_sheet(released) and not self.is_evaluation(released.assignment)

    def by_assignment(self) -> Iterator[tuple[Released, list[Result]]]:
        """Every quiz that counts and was handed in by somebody, with its submissions."""
        rows = sorted(self.graded, key=lambda result: (result.released.quiz, result.released.version, result.trainee))
        for _, group in groupby(rows, key=lambda result: result.released.assignment):
            results = list(group)
            yield results[0].released, results


def read_cohort(folder: GradingFolder, course: Course, quiz: str | None = None) -> Cohort:
    """Read a grading folder.

    Args:
        folder: the grading folder.
        course: the course that its quizzes come from.
        quiz: this quiz alone.

    Raises:
        GradingError: nothing was released or handed in, there is no such quiz, or a file cannot be read.
    """
    released = folder.require()
    if quiz is not None and all(entry.quiz != quiz for entry in released.values()):
        known = ", ".join(sorted({entry.quiz for entry in released.values()}))
        raise GradingError(f"{folder.root} holds no quiz '{quiz}'; choose one of these: {known}")
    released = {name: entry for name, entry in released.items() if quiz in (None, entry.quiz)}
    results = read_results(folder, quiz)
    if not results:
        what = f"of {quiz} " if quiz else ""
        raise GradingError(f"{folder.root} holds no answers {what}yet; first run: peercourse collect INBOX")
    banks = {bank.assignment: bank for bank in (*course.archive, *course.current) if bank.assignment in released}
    return Cohort(
        results=tuple(results),
        released=released,
        banks=banks,
        roster=read_roster(folder.root),
        outcomes={outcome.id: outcome.text for module in course.modules for outcome in module.settings.outcomes},
        modules={
            outcome.id.partition(".")[0]: module.settings.title
            for module in course.modules
            for outcome in module.settings.outcomes
        },
        slips={name: str(entry) for name, entry in course.words.section("slips").items()},
        corrected=frozenset(name for name, bank in banks.items() if source_hash(bank) != released[name].source),
        synthetic=is_synthetic(folder.root),
        marks=present_marks(folder, results),
        observed=read_observed(folder, results),
    )
