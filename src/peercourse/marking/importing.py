"""Import: marks out of workbooks into the gradebook and the ledger, all of them or none.

What a person gave before is never replaced in silence. The ledger is written between the gradebook's last check and its
commit: a run that is killed there has left the marks in the ledger, and the next one enters them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from peercourse.grading.files import GradingError, write_file
from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.results import present_results
from peercourse.grading.writer import one_writer
from peercourse.marking.agreement import agreements
from peercourse.marking.gradebook_rows import GradebookRows, with_mark
from peercourse.marking.layout import sheet_names
from peercourse.marking.ledger import Key, Ledger, MarkedAnswer, ledger_file, ledger_text, read_ledger
from peercourse.marking.marked_file import MarkedFile
from peercourse.marking.model import Mark, Role, answer_hash
from peercourse.marking.places import read_exports
from peercourse.marking.problems import Problem, WorkbookError
from peercourse.marking.reading import read_marked
from peercourse.marking.report import ImportReport, Remark
from peercourse.marking.settle import settle

Answers = dict[tuple[int, str, str], str]
"""Hash of the present words by version, item and trainee; empty where they are not scored as they stand."""


def import_marks(
    folder: GradingFolder,
    paths: Sequence[Path],
    *,
    replace: bool = False,
    step: Callable[[int, int, str], None] = lambda _done, _all, _name: None,
) -> ImportReport:
    """Take marks in.

    Args:
        folder: the grading folder.
        paths: workbooks that markers sent back.
        replace: whether marks take the place of other ones that were given before.
        step: told how many files of how many are read, and which one is next.

    Raises:
        GradingError: a file cannot be used, the gradebook or the ledger cannot be written, or somebody else writes in
            the folder; then nothing was.
    """
    released, exports = folder.require(), read_exports(folder)
    files = []
    for number, path in enumerate(paths):
        step(number, len(paths), path.name)
        files.append(read_marked(path, exports))
    if problems := [problem for file in files for problem in file.problems] + _differing(files):
        raise WorkbookError(problems)
    if missing := {file.export.assignment for file in files} - released.keys():
        raise GradingError(f"{min(missing)} is not released here any more; run: peercourse quiz release")
    report = ImportReport(
        unmarked={file.path.name: file.unmarked for file in files if file.unmarked},
        forgotten={file.path.name: file.forgotten for file in files if file.forgotten},
    )
    quizzes = sorted({file.export.quiz for file in files})
    # Nobody else may change ledgers or scores between the reading of what is there and the commit.
    with one_writer(folder.root, "peercourse marking import"):
        imports = [_QuizImport(folder, quiz, [file for file in files if file.export.quiz == quiz]) for quiz in quizzes]
        _store(folder, released, imports, replace=replace, report=report)
    return report


def _store(
    folder: GradingFolder,
    released: Mapping[str, Released],
    imports: Sequence[_QuizImport],
    *,
    replace: bool,
    report: ImportReport,
) -> None:
    """Put the marks into ledgers and gradebook, all of them or none."""
    quizzes = {one.quiz for one in imports}
    with open_gradebook(folder.root, folder.db_url) as gradebook:
        rows = GradebookRows(gradebook, [name for name, entry in released.items() if entry.quiz in quizzes])
        for one in imports:
            one.take(rows, replace=replace, report=report)
        texts = {ledger_file(folder, one.quiz): ledger_text(one.quiz, one.ledger.values()) for one in imports}
        with _kept(texts) as keep:
            gradebook.db.flush()  # the gradebook's checks and its lock come before the ledger is written
            keep()
            gradebook.db.commit()


class _QuizImport:
    """The import of one quiz."""

    def __init__(self, folder: GradingFolder, quiz: str, files: Sequence[MarkedFile]) -> None:
        self.quiz, self._files = quiz, files
        self._before = read_ledger(folder, quiz)
        self.ledger: Ledger = dict(self._before)
        self._answers = _present_answers(folder, quiz)

    def take(self, rows: GradebookRows, *, replace: bool, report: ImportReport) -> None:
        """Put marks into the ledger and points into the gradebook's rows; nothing is stored yet."""
        asked: set[Key] = set()
        for role, blank, mark in self._marks():
            if reason := self._gone(blank, rows):
                report.passed_over.append(Remark(blank.trainee, blank.item, reason))
                continue
            entry = self.ledger.get(blank.key, blank)
            present, after = entry.marks.get(role), with_mark(entry, role, mark)
            same = present is not None and present.same_as(mark)
            against = rows.against(self._place(entry), entry if same else after)
            if present is not None and not same:
                against = (
                    f"was given {present.total:g} points before; the file gives {mark.total:g}{_details(present, mark)}"
                )
            if against and not replace:
                report.kept.append(Remark(entry.trainee, entry.item, against))
                continue
            if same:
                report.known += 1
            else:
                self.ledger[entry.key] = after
                report.taken += 1
            asked.add(entry.key)
        self._enter(rows, asked, report)
        self._describe(asked, rows, report)

    def _enter(self, rows: GradebookRows, asked: set[Key], report: ImportReport) -> None:
        """Not only what came in now: a run that was killed before its commit has left marks in the ledger alone."""
        for key, entry in self.ledger.items():
            if not self._gone(entry, rows) and (key in asked or rows.untouched(self._place(entry))):
                report.entered += rows.enter(self._place(entry), self._before.get(key), entry)

    def _describe(self, asked: set[Key], rows: GradebookRows, report: ImportReport) -> None:
        current = [entry for _, entry in sorted(self.ledger.items()) if not self._gone(entry, rows)]
        missing = {entry.key: settle(entry.marks).missing for entry in current}
        report.other_marker += sum(missing[entry.key] == "second" for entry in current)
        report.disputed += [entry for entry in current if missing[entry.key] == "third"]
        report.harmful += [entry for entry in current if entry.harmful and entry.key in asked]
        for version in sorted({file.export.version for file in self._files}):
            if found := agreements(entry for entry in current if entry.version == version):
                report.agreement[f"{self.quiz}-v{version}"] = found

    def _marks(self) -> Iterator[tuple[Role, MarkedAnswer, Mark]]:
        """Every mark of the files with whose it is and with its answer, as if it were the first."""
        for file in self._files:
            for code, mark in file.marks.items():
                row, maximum = file.rows[code], file.export.item(file.rows[code].item).maximum
                blank = MarkedAnswer(
                    trainee=row.trainee, version=file.export.version, item=row.item, answer=row.answer, maximum=maximum
                )
                yield row.role, blank, mark

    def _gone(self, entry: MarkedAnswer, rows: GradebookRows) -> str:
        """Why a mark cannot be entered; empty if it can."""
        present = self._answers.get((entry.version, entry.item, entry.trainee))
        if present is None:
            return "the submission is not there any more"
        if not present or not rows.has(self._place(entry)):
            return "the submission is not scored as it stands; run peercourse grade, and import again"
        if present != entry.answer:
            return "was handed in again with other words since the export; export it anew"
        return ""

    def _place(self, entry: MarkedAnswer) -> tuple[str, str, str]:
        return f"{self.quiz}-v{entry.version}", entry.trainee, entry.item


def _details(present: Mark, mark: Mark) -> str:
    """What differs where the points in all do not."""
    if present.total != mark.total:
        return ""
    if present.points != mark.points:
        return ", otherwise divided between the criteria"
    return ", with another comment" if present.harmful == mark.harmful else ", and “Harmful?” is answered otherwise"


def _present_answers(folder: GradingFolder, quiz: str) -> Answers:
    return {
        (result.released.version, one.item.id, result.trainee): answer_hash(str(one.answer)) if result.scored else ""
        for result in present_results(folder, quiz)
        for one in result.items
    }


def _differing(files: Sequence[MarkedFile]) -> list[Problem]:
    """Two copies of one marker's file with different marks: nobody but the trainer knows which one counts."""
    first: dict[tuple[str, int, Role, str, str], tuple[str, Mark]] = {}
    problems = []
    for file in files:
        names = sheet_names(file.export)
        for code, mark in file.marks.items():
            row = file.rows[code]
            key = (file.export.quiz, file.export.version, row.role, row.item, row.trainee)
            other, earlier = first.setdefault(key, (str(file.path), mark))
            if not earlier.same_as(mark):
                message = f"{code} is marked otherwise than in {other}; import one of the two files"
                problems.append(Problem(file.path.name, names[row.item], 0, "", message))
    return problems


@contextmanager
def _kept(texts: dict[Path, str]) -> Iterator[Any]:
    """Gives a function that writes files, and takes back what it wrote if anything after that fails."""
    before = {path: path.read_text(encoding="utf-8") if path.exists() else None for path in texts}
    written: list[Path] = []

    def keep() -> None:
        for path, text in texts.items():
            if before[path] != text:
                write_file(path, text)
                written.append(path)

    try:
        yield keep
    except Exception as error:  # SQLAlchemy raises many kinds; a full disk is an OSError
        for path in written:
            old = before[path]
            with suppress(OSError):  # where even this fails, the next import enters what the ledger has
                path.unlink() if old is None else write_file(path, old)
        reason = str(error).splitlines()[0]
        raise GradingError(
            f"The marks could not be stored ({reason}); nothing was imported. Close the marking pages (peercourse "
            "mark) and other programs that use the grading folder, see that the disk is not full, and import again"
        ) from error
