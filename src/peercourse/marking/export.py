"""Export: which written answers go to which marker, under which codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.result import Result
from peercourse.grading.results import WRITTEN, present_results
from peercourse.marking.codes import Draw, folder_draw
from peercourse.marking.ledger import Ledger, read_ledger
from peercourse.marking.model import Export, MarkedCriterion, MarkedItem, Marker, Role, Row, answer_hash
from peercourse.marking.opening import exported_as
from peercourse.marking.places import ending, read_exports, workbook_file, write_export
from peercourse.marking.settle import settle
from peercourse.marking.workbook import write_workbook
from peercourse.quiz.bank import Quiz
from peercourse.quiz.types.written import Written


@dataclass(frozen=True)
class Wish:
    """What a trainer asks for.

    Attributes:
        quiz: this quiz alone; None for all.
        out: the file; None for the grading folder.
        double: share of answers that a second marker gets too, from 0 to 1.
        third: only answers on which two markers differ.
        seed: another number draws other codes, another order and another sample.
    """

    quiz: str | None = None
    out: Path | None = None
    double: float = 0.0
    third: bool = False
    seed: int = 1


@dataclass
class ExportReport:
    """What a run did.

    Attributes:
        written: workbooks with the number of their answers.
        there: workbooks that were there already and were left alone.
        unscored: submissions that must be scored first.
        with_markers: answers left out because another marker's file is waited for.
        out_before: answers that are also in an earlier file that was not imported.
    """

    written: list[tuple[Path, int]] = field(default_factory=list)
    there: list[Path] = field(default_factory=list)
    unscored: int = 0
    with_markers: int = 0
    out_before: int = 0


@dataclass(frozen=True)
class Answer:
    """A written answer that waits for a marker."""

    trainee: str
    item: str
    words: str

    @property
    def name(self) -> str:
        """What tells it apart in a draw."""
        return f"{self.item}\n{self.trainee}\n{answer_hash(self.words)}"


Step = Callable[[int, int, str], None]


def export_marking(
    folder: GradingFolder, banks: Iterable[Quiz], wish: Wish, step: Step = lambda _done, _all, _name: None
) -> ExportReport:
    """Write the workbooks.

    Args:
        folder: the grading folder.
        banks: current and archived banks.
        wish: what the trainer asks for.
        step: told how many workbooks of how many are done, and which one is next.

    Raises:
        GradingError: a quiz is not known, a bank is missing, or a file would be overwritten.
    """
    results = _results(folder, wish.quiz)
    report = ExportReport(unscored=sum(not result.scored for result in results))
    by_assignment: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_assignment[result.released.assignment].append(result)
    found, draw, known = {bank.assignment: bank for bank in banks}, folder_draw(folder, wish.seed), read_exports(folder)
    tasks = []
    for assignment, group in by_assignment.items():
        answers = _answers(group, read_ledger(folder, group[0].released.quiz), third=wish.third, report=report)
        if answers:
            bank = _bank(found, group[0].released)
            tasks.append((make_export(bank, answers, wish, draw), bank, {one.name: one.words for one in answers}))
            report.out_before += _in_earlier(answers, assignment, known.values(), tasks[-1][0])
    if wish.out is not None and len(tasks) > 1:
        listed = ", ".join(sorted({bank.id for _, bank, _ in tasks}))
        raise GradingError(f"--out names one file, and several quizzes wait ({listed}); say which one with --quiz")
    files = [(export, marker, bank, words) for export, bank, words in tasks for marker in export.files]
    for number, (export, marker, bank, words) in enumerate(files):
        path = _path(folder, export, marker, wish.out)
        step(number, len(files), path.name)
        _write(folder, path, export, marker, (bank, words), report)
    step(len(files), len(files), "")
    return report


def make_export(bank: Quiz, answers: Sequence[Answer], wish: Wish, draw: Draw) -> Export:
    """Codes, orders and the sample for a quiz.

    Args:
        bank: where criteria come from.
        answers: what waits.
        wish: how many markers.
        draw: codes and orders.
    """
    wanted = {answer.item for answer in answers}
    items = tuple(_marked(item) for item in bank.items() if isinstance(item, Written) and item.id in wanted)
    twice: frozenset[str] = frozenset()
    for item in items:
        twice |= draw.sample([answer.name for answer in answers if answer.item == item.id], wish.double)
    about = [bank.assignment, wish.third, wish.double, sorted(answer.name for answer in answers), items]
    export = f"{draw.number('export', repr(about)):064x}"[:8]
    markers: list[tuple[Marker, Sequence[Answer]]] = [("third" if wish.third else "one", answers)]
    if wish.double:
        markers = [("A", answers), ("B", [answer for answer in answers if answer.name in twice])]
    taken: set[str] = set()
    files = {}
    for marker, theirs in markers:
        by_name = {answer.name: answer for answer in theirs}
        rows = {}
        for item in items:
            names = [answer.name for answer in theirs if answer.item == item.id]
            for name in draw.order(names, f"order {export} {marker}"):
                answer, code = by_name[name], draw.code(taken, export, marker, name)
                taken.add(code)
                role = _role(marker, both=name in twice)
                rows[code] = Row(trainee=answer.trainee, item=answer.item, answer=answer_hash(answer.words), role=role)
        files[marker] = rows
    return Export(
        export=export, assignment=bank.assignment, quiz=bank.id, version=bank.version, items=items, files=files
    )


def _role(marker: Marker, *, both: bool) -> Role:
    if marker == "third":
        return "third"
    if marker == "B":
        return "second"
    return "first" if both else "one"


def _results(folder: GradingFolder, quiz: str | None) -> list[Result]:
    known = sorted({released.quiz for released in folder.require().values()})
    if quiz is not None and quiz not in known:
        raise GradingError(f"No quiz {quiz} was released here; released are: {', '.join(known)}")
    return present_results(folder, quiz)


def _answers(results: Sequence[Result], ledger: Ledger, *, third: bool, report: ExportReport) -> list[Answer]:
    """Answers of one quiz and version that wait; of those that two mark, only what the wish is about."""
    found = []
    for result in results:
        for one in result.items:
            if one.item.type != WRITTEN or not one.answer or not one.waiting or not result.scored:
                continue
            words = str(one.answer)
            entry = ledger.get((result.released.version, one.item.id, result.trainee, answer_hash(words)))
            missing = settle(entry.marks).missing if entry else "one"
            if (missing == "third") if third else (missing not in ("second", "third")):
                found.append(Answer(result.trainee, one.item.id, words))
            elif not third:
                report.with_markers += 1
    return found


def _bank(banks: dict[str, Quiz], released: Released) -> Quiz:
    bank = banks.get(released.assignment)
    if bank is None:
        raise GradingError(
            f"The course has no bank of {released.assignment}, so that its criteria are not known; put it into "
            f"quizzes/archive/{released.assignment}.yml"
        )
    items = {item.id: float(item.maximum) for item in bank.items()}
    changed = [item.id for item in released.items if items.get(item.id) != item.points]
    if changed:
        raise GradingError(
            f"The bank of {released.assignment} gives other points for {changed[0]} than what was released; take the "
            "change back, or give the bank a new version and run: peercourse quiz release"
        )
    return bank


def _marked(item: Written) -> MarkedItem:
    return MarkedItem(
        id=item.id,
        criteria=tuple(MarkedCriterion(id=one.id, points=one.points, text=one.text) for one in item.criteria),
    )


def _in_earlier(answers: Sequence[Answer], assignment: str, exports: Iterable[Export], new: Export) -> int:
    """How many answers are out in another file as well; marks for them would be given twice."""
    out = {
        (row.trainee, row.item, row.answer)
        for export in exports
        if export.assignment == assignment and export.export != new.export
        for rows in export.files.values()
        for row in rows.values()
        if row.role == "one"
    }
    return sum((answer.trainee, answer.item, answer_hash(answer.words)) in out for answer in answers)


def _path(folder: GradingFolder, export: Export, marker: Marker, out: Path | None) -> Path:
    if out is None:
        return workbook_file(folder, export, marker)
    if out.suffix.lower() != ".xlsx":
        raise GradingError(f"{out} must end in .xlsx, since a spreadsheet program opens it; write {out.stem}.xlsx")
    return out if marker in ("one", "third") else out.with_name(f"{out.stem}{ending(marker)}{out.suffix}")


def _write(
    folder: GradingFolder,
    path: Path,
    export: Export,
    marker: Marker,
    content: tuple[Quiz, dict[str, str]],
    report: ExportReport,
) -> None:
    """Write one workbook, unless it is there: it may hold marks."""
    if path.exists():
        if exported_as(path) != (export.export, marker):
            raise GradingError(f"{path} is there already and is another file; it was left alone. Give another --out")
        report.there.append(path)
        return
    bank, words = content
    answers = {f"{row.item}\n{row.trainee}\n{row.answer}": code for code, row in export.files[marker].items()}
    write_export(folder, export)  # before the workbook: one without its code list could not be imported
    write_workbook(path, export, marker, bank, {answers[name]: text for name, text in words.items() if name in answers})
    report.written.append((path, len(answers)))
