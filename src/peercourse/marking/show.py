"""What the marking commands show in the terminal."""

from __future__ import annotations

from rich.console import Console

from peercourse.marking.agreement import ENOUGH, IN_ALL, PER_ITEM, SOURCE, Agreement
from peercourse.marking.export import ExportReport
from peercourse.marking.report import ImportReport, Remark
from peercourse.terminal import plain, show_table

MOST_CODES = 12


def show_exported(report: ExportReport, *, third: bool) -> None:
    """Which files were written, what is not in them, and what comes next."""
    say = _console().print
    for path, answers in report.written:
        say(f"{_count(answers, 'answer')} in {plain(str(path))}", markup=False)
    for path in report.there:
        say(f"There already with the same answers, and left alone: {plain(str(path))}", markup=False)
    if report.out_before:
        say(
            f"{_count(report.out_before, 'answer')} of these {_is(report.out_before)} also in an earlier file that was "
            "not imported. Whoever marks that one would do it twice."
        )
    if report.with_markers:
        say(f"Left out: {_count(report.with_markers, 'answer')} that a second or third marker is to mark as well.")
    if report.unscored:
        say(f"Left out: {_count(report.unscored, 'submission')} not scored yet; run: peercourse grade")
    if report.written or report.there:
        say("The code list stays here in the grading folder; send the workbooks alone.")
        say("Next, when they are marked: peercourse marking import FILE")
    elif third:
        say("There is no answer on which two markers differ.")
    elif report.with_markers:
        say("Nothing else waits. Next: peercourse marking import FILE, or peercourse marking export --third")
    else:
        say("No written answer waits for a marker. Next: peercourse scores")


def show_imported(report: ImportReport) -> None:
    """What was taken in, what was not and why, how far markers agree, and what comes next."""
    say = _console().print
    say(f"Marks taken in {report.taken}, there already {report.known}. Points entered for {report.entered}.")
    for file, codes in report.unmarked.items():
        listed = ", ".join(codes[:MOST_CODES]) + (" …" if len(codes) > MOST_CODES else "")
        say(f"{plain(file)}: {_count(len(codes), 'row')} not marked yet, or not there: {listed}", markup=False)
    for file, codes in report.forgotten.items():
        say(
            f"{plain(file)}: {_count(len(codes), 'row')} about somebody who was removed from the grading folder since, "
            f"not taken in: {', '.join(codes[:MOST_CODES])}{' …' if len(codes) > MOST_CODES else ''}. Delete the file, "
            "and ask the marker to delete theirs.",
            markup=False,
        )
    _remarks("Not taken in:", report.passed_over)
    _remarks("Kept as it was, since it was marked before (--replace takes the file's marks instead):", report.kept)
    for assignment, found in report.agreement.items():
        say(f"\nAgreement of two markers, {assignment}:")
        _show_agreement(found)
    if report.harmful:
        say("\nA harmful reply was noted. Talk with them, alone, before they support anybody:")
        for entry in sorted(report.harmful, key=lambda one: (one.trainee, one.item)):
            say(f"- {entry.trainee}, {entry.item}", markup=False)
    if report.disputed:
        say("\nTwo markers differ by more than half a point; unmarked until a third has marked:")
        for entry in report.disputed:
            first, second = entry.marks["first"], entry.marks["second"]
            say(
                f"- {entry.item}: {first.code} has {first.total:g}, {second.code} has {second.total:g} "
                f"of {entry.maximum:g}"
            )
    if report.other_marker:
        say(f"\n{_count(report.other_marker, 'answer')} {_wait(report.other_marker)} for the other marker's file.")
    say(_next(report))


def _next(report: ImportReport) -> str:
    if report.disputed:
        return "Next: peercourse marking export --third"
    if report.other_marker or report.unmarked:
        return "Next, with the rest: peercourse marking import FILE"
    return "Next: peercourse scores"


def _show_agreement(found: list[Agreement]) -> None:
    lines = [["item", "answers", "within half a point", "weighted kappa", "95 % interval"]]
    for one in found:
        kappa, interval = ("-", "-") if one.kappa is None else (f"{one.kappa:.2f}", f"{one.low:.2f} to {one.high:.2f}")
        lines.append([one.name or "in all", str(one.answers), f"{100 * one.within:.0f} %", kappa, interval])
    show_table(lines)
    say = _console().print
    say(
        f"Others have reached {PER_ITEM[0]:g} to {PER_ITEM[1]:g} for an item and {IN_ALL:g} in all, with empathy items "
        f"in people's own words ({SOURCE})."
    )
    if short := [one.name for one in found if one.name and one.falls_short]:
        say(f"Below that: {', '.join(short)}. Read the guide of these together, and mend it where it leaves doubt.")
    if any(one.answers < ENOUGH for one in found):
        say(f"With fewer than {ENOUGH} answers the figure says little; look at the interval.")
    if any(one.kappa is None for one in found):
        say("Where both gave every answer the same points, there is no kappa.")


def _remarks(heading: str, remarks: list[Remark]) -> None:
    if remarks:
        say = _console().print
        say(f"\n{heading}")
        for remark in remarks:
            say(f"- {remark.trainee}, {remark.item}: {remark.words}", markup=False)


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _wait(number: int) -> str:
    return "waits" if number == 1 else "wait"
