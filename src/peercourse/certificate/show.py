"""What a trainer must know after certificates were issued, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from peercourse.certificate.gate import Decision
from peercourse.certificate.issue import IssueReport
from peercourse.certificate.keys import FOLDER, KeyPlaces
from peercourse.certificate.model import Certificate
from peercourse.grading.folder import GradingFolder
from peercourse.terminal import plain


def said(report: IssueReport, folder: GradingFolder, places: KeyPlaces) -> Iterator[str]:
    """What a run did, what to look at, and what comes next.

    Args:
        report: of the run.
        folder: the grading folder.
        places: where the keys lie.
    """
    full = [one for one in report.issued if one.kind == "certificate"]
    theory = [one for one in report.issued if one.kind != "certificate"]
    yield f"Certificates: {len(full)} new. Theory completed: {len(theory)} new. Unchanged: {len(report.unchanged)}."
    yield from (f"- {one.trainee}: {_named(one)} {one.number}, valid until {one.valid_until}" for one in report.issued)
    if report.typeset:
        yield f"Typeset anew, with the same number, since the template or a word has changed: {_ids(report.typeset)}"
    yield from _attention(report)
    yield from _missing("Theory alone. For a certificate there is missing:", report.theory)
    yield from _missing("Not yet:", report.refused)
    everything = [*report.issued, *report.typeset, *report.unchanged]
    if not everything:
        yield "There is nothing to hand out."
        return
    if any(one.standing == "specimen" for one in everything):
        yield "institution.yml still is the example, so each of them says SPECIMEN and certifies nothing."
    if any(one.standing == "synthetic" for one in everything):
        yield "The trainees are made up, so each of them says SYNTHETIC and certifies nothing."
    yield f"Next: give each trainee the PDF and the .json file in {folder.root / FOLDER}. Nothing is sent by itself."
    yield f"Anybody checks one with: peercourse certificate verify FILE --key {places.public}"


def _attention(report: IssueReport) -> Iterator[str]:
    for one, decision in report.lost:
        why = "; ".join(f"{piece.title}: {piece.why}" for piece in decision.missing)
        yield (
            f"LOOK: {one.trainee} holds {_named(one)} {one.number}, and the results no longer bear it out ({why}). "
            "It was not deleted, and a check still finds it genuine until its last day. Talk to them."
        )
    for one in report.expired:
        yield (
            f"- {one.trainee}: {_named(one)} {one.number} has expired on {one.valid_until}. After they were watched "
            f"again: peercourse certificate issue --trainee {one.trainee} --renew"
        )
    for trainee, why in report.unshown:
        yield f"- {trainee}: not issued: {plain(why)}"
    for path in report.others:
        yield f"- {path}: changed since it was signed, or signed with another key; it was left alone and does not count"


def _missing(heading: str, decisions: Sequence[Decision]) -> Iterator[str]:
    if decisions:
        yield heading
    yield from (f"- {decision.trainee}: {'; '.join(_pieces(decision))}" for decision in decisions)


def _pieces(decision: Decision) -> Iterator[str]:
    """What is missing, with one reason for all pieces that share it."""
    titles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for piece in decision.missing:
        titles[piece.why, piece.then].append(piece.title)
    for (why, then), named in titles.items():
        yield f"{why}: {', '.join(named)} ({then})"


def _named(certificate: Certificate) -> str:
    return "certificate" if certificate.kind == "certificate" else "theory completed"


def _ids(certificates: Sequence[Certificate]) -> str:
    return ", ".join(one.trainee for one in certificates)
