"""Certificates for a cohort: who earned one gets it, once; who did not is told what is missing. Nothing is deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from peercourse.certificate.gate import OBSERVATION, Decision, Needed, Terms, decide
from peercourse.certificate.make import Issuer, is_current, new_certificate, paper_of
from peercourse.certificate.model import Certificate, Kind
from peercourse.certificate.paper import UnshownError
from peercourse.certificate.signing import sign
from peercourse.certificate.store import holders, read_held, read_paper, write_pair
from peercourse.content.course import Course
from peercourse.grading.course_folder import source_hash
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder
from peercourse.grading.identity import read_names, read_roster
from peercourse.grading.result import Result
from peercourse.grading.results import read_results
from peercourse.grading.writer import one_writer


@dataclass
class IssueReport:
    """What a run did.

    Attributes:
        issued: certificates that are new.
        typeset: earlier ones whose paper was made anew, such as after a change of the template.
        unchanged: certificates that were there already.
        refused: those who have not earned one, and what is missing.
        theory: those who have passed the quizzes alone, and what is missing.
        lost: certificates that are still valid and that the results no longer bear out, with what is missing.
        expired: certificates whose last day has passed, where nothing new was earned.
        unshown: trainees whose certificate cannot be typeset, and why.
        others: signed files that were changed, or signed with another key.
    """

    issued: list[Certificate] = field(default_factory=list)
    typeset: list[Certificate] = field(default_factory=list)
    unchanged: list[Certificate] = field(default_factory=list)
    refused: list[Decision] = field(default_factory=list)
    theory: list[Decision] = field(default_factory=list)
    lost: list[tuple[Certificate, Decision]] = field(default_factory=list)
    expired: list[Certificate] = field(default_factory=list)
    unshown: list[tuple[str, str]] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)


def issue(issuer: Issuer, trainee: str | None, step: Callable[[int, int, str], None]) -> IssueReport:
    """Issue what was earned.

    Args:
        issuer: who issues.
        trainee: to this trainee alone; None for all.
        step: told how many of how many are done, and whose turn it is.

    Raises:
        GradingError: nothing was released, the course asks for nothing, nobody of this name is known, or the template
            or a file cannot be used.
    """
    folder = issuer.folder
    folder.require()
    with one_writer(folder.root, "peercourse certificate issue"):
        return _issue(issuer, trainee, step)


def _issue(issuer: Issuer, trainee: str | None, step: Callable[[int, int, str], None]) -> IssueReport:
    folder, report = issuer.folder, IssueReport()
    terms = terms_of(issuer.course, folder)
    roster, names = read_roster(folder.root), read_names(folder.root)
    handed_in = _handed_in(folder, terms)
    people = sorted((roster or frozenset()) | handed_in.keys() | holders(folder.root))
    if trainee is not None and trainee not in people:
        raise GradingError(f"{trainee} has handed in nothing that counts in {folder.root}; see: peercourse scores")
    chosen = [one for one in people if trainee in (None, one)]
    for number, one in enumerate(chosen):
        step(number, len(chosen), one)
        decision = decide(one, handed_in.get(one, []), terms, listed=roster is None or one in roster)
        _issue_one(issuer, decision, names.get(one, ""), report)
    step(len(chosen), len(chosen), "")
    return report


def _handed_in(folder: GradingFolder, terms: Terms) -> dict[str, list[Result]]:
    """What counts for a certificate, by trainee; the measure before and after the course does not."""
    counting = {needed.quiz for needed in terms.quizzes}
    by_trainee: dict[str, list[Result]] = defaultdict(list)
    for result in read_results(folder):
        if result.released.quiz in counting or result.released.kind == OBSERVATION:
            by_trainee[result.trainee].append(result)
    return dict(by_trainee)


def terms_of(course: Course, folder: GradingFolder) -> Terms:
    """What a certificate of this course asks for. The measure before and after has no pass mark and is not in it.

    Raises:
        GradingError: no quiz of the course can be passed.
    """
    quizzes = tuple(
        Needed(quiz.id, quiz.title, quiz.version) for quiz in course.quizzes.values() if quiz.pass_mark is not None
    )
    if not quizzes:
        raise GradingError("the course has no graded quiz with a pass_mark, so there is nothing to certify")
    released = folder.require()
    banks = [bank for bank in (*course.archive, *course.current) if bank.assignment in released]
    stale = {bank.assignment for bank in banks if source_hash(bank) != released[bank.assignment].source}
    return Terms(quizzes, frozenset(stale), course.institution.certificate.older_versions)


def _issue_one(issuer: Issuer, decision: Decision, name: str, report: IssueReport) -> None:
    held = read_held(issuer.folder.root, decision.trainee, issuer.key.public_key())
    report.others += held.others
    best = held.latest("certificate") or held.latest("theory-completed")
    if best is not None and best.valid_until >= issuer.today and _no_longer(best.kind, decision.kind):
        report.lost.append((best, decision))
    elif decision.kind is None:
        report.refused.append(decision)
    if decision.kind is None:
        return
    if decision.kind == "theory-completed":
        report.theory.append(decision)
    latest = held.latest(decision.kind)
    new = new_certificate(issuer, decision, decision.kind, name, latest)
    try:
        if latest is None or issuer.renew or not new.same_achievement(latest):
            write_pair(issuer.folder.root, new, sign(new, issuer.key), paper_of(issuer, new))
            report.issued.append(new)
        else:
            _keep_up(issuer, latest, report)
    except UnshownError as error:
        report.unshown.append((decision.trainee, str(error)))


def _no_longer(held: Kind, earned: Kind | None) -> bool:
    return earned is None or (held == "certificate" and earned != "certificate")


def _keep_up(issuer: Issuer, latest: Certificate, report: IssueReport) -> None:
    """A certificate that is there already: its paper is made anew where it is missing, or the template has changed."""
    if is_current(issuer, latest, read_paper(issuer.folder.root, latest)):
        report.unchanged.append(latest)
    else:
        write_pair(issuer.folder.root, latest, None, paper_of(issuer, latest))
        report.typeset.append(latest)
    if latest.valid_until < issuer.today:
        report.expired.append(latest)
