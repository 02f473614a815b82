"""What is to be removed of people, one step after the other, each of which can be done again without harm.

The order matters where a run is killed. Workbooks come before the code lists that say which rows are whose, and what
was handed in comes last: while it is there, the person is known, and the next run does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from peercourse.grading.files import GradingError, remove_folder, write_file
from peercourse.grading.folder import GradingFolder
from peercourse.grading.people import folders_of_people
from peercourse.marking.model import Export, Marker
from peercourse.privacy import gradebook, records
from peercourse.privacy.names import Names
from peercourse.report.commands import FILE as REPORT


@dataclass(frozen=True)
class Removal:
    """A step.

    Attributes:
        what: in words, as it is shown before.
        do: does it.
        again: what the trainer may run afterwards to have it made anew; empty where nothing is to be made.
    """

    what: str
    do: Callable[[], None]
    again: str = ""


@dataclass(frozen=True)
class SentOut:
    """Rows of a workbook that may lie with a marker."""

    export: Export
    marker: Marker
    codes: tuple[str, ...]


def find_removals(folder: GradingFolder, names: Names) -> list[Removal]:
    """Everything that the grading folder knows of people, in the order in which it is to be removed.

    Args:
        folder: the grading folder, held by its one writer.
        names: whom to remove.

    Raises:
        GradingError: a file in which they may stand is damaged. Nothing was removed then.
    """
    databases = gradebook.databases(folder)
    with_rows = [one for one in databases if any(map(names.is_named, gradebook.students(one)))]
    files = [*_files(folder, names), *_folders(folder, names)]
    if not (with_rows or files or any(gradebook.left_over(one, names) for one in gradebook.sqlite_files(folder.root))):
        return []
    # All gradebooks, also where no row is left: a run that was killed, and every mark that was changed once, leave
    # bytes behind.
    rows = []
    for database in databases:
        what = "rows in" if database in with_rows else "what deleted rows left behind in"
        do = partial(gradebook.remove_students, database, names)
        rows.append(Removal(f"{what} {_shown_database(database, folder)}", do))
    return [*rows, *_left_lying(folder), *files]


def sent_out(folder: GradingFolder, names: Names) -> list[SentOut]:
    """Rows about people in workbooks that were exported, wherever these lie by now."""
    return [
        SentOut(export, marker, tuple(sorted(codes)))
        for export, found in records.exports(folder, names)
        for marker, codes in found.items()
    ]


def _files(folder: GradingFolder, names: Names) -> Iterator[Removal]:
    root = folder.root
    for path, text, number in records.ledgers(folder, names):
        yield Removal(f"{_count(number, 'marked answer')} in {_shown(path, folder)}", partial(write_file, path, text))
    for path, rows, number in records.workbooks(folder, names):
        yield Removal(f"{_count(number, 'row')} in {_shown(path, folder)}", partial(records.clear_rows, path, rows))
    for export, codes in records.exports(folder, names):
        number = sum(map(len, codes.values()))
        yield Removal(
            f"{_count(number, 'row')} in marking/codes/{export.export}.json",
            partial(records.forget_codes, folder, export, codes),
        )
    text, number = records.snapshot(root, names)
    if number:
        yield Removal(
            f"{_count(number, 'entry')} in {records.SNAPSHOT}", partial(write_file, root / records.SNAPSHOT, text)
        )
    for path, text, number in records.tables(root, names):
        yield Removal(f"{_count(number, 'row')} in {_shown(path, folder)}", partial(records.write_back, path, text))
    for path, text, number in records.logs(root, names):
        yield Removal(f"{_count(number, 'line')} in {_shown(path, folder)}", partial(records.write_back, path, text))
    report = root / REPORT
    if report.is_file() and names.stand_in(report.read_text(encoding="utf-8", errors="replace")):
        yield Removal(f"{REPORT}, which names them", report.unlink, again="peercourse report")


def _left_lying(folder: GradingFolder) -> Iterator[Removal]:
    """What a run that was killed has left: no name may stand in it, and yet somebody's words."""
    for name in (".collecting", ".autograding"):
        if any(path.is_file() for path in (folder.root / name).rglob("*")):
            yield Removal(f"{name}/, left by a run that was killed", partial(_remove, folder.root / name))
    for path in sorted(folder.root.rglob(".*.part")):  # before what follows, which uses such names
        if path.is_file() and not path.is_symlink():
            do = partial(path.unlink, missing_ok=True)
            yield Removal(f"{_shown(path, folder)}, left by a run that was killed", do)


def _folders(folder: GradingFolder, names: Names) -> Iterator[Removal]:
    for trainee, path in folders_of_people(folder.root):
        if trainee in names.who:
            yield Removal(f"{_shown(path, folder)}/", partial(_remove, path))


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
        return
    try:
        remove_folder(path)
    except OSError as error:
        raise GradingError(
            f"{error.filename or path} cannot be removed ({error.strerror}); close the programs that use it, then run "
            "the same again"
        ) from None


def _shown(path: Path, folder: GradingFolder) -> str:
    return path.relative_to(folder.root).as_posix()


def _shown_database(database: str, folder: GradingFolder) -> str:
    """A file's name; of a server, that it is one, since an address may hold a password."""
    for path in gradebook.sqlite_files(folder.root):
        if gradebook.address(path) == database:
            return _shown(path, folder)
    return gradebook.shown(database)


def _count(number: int, noun: str) -> str:
    return (
        f"{number} {noun}"
        if number == 1
        else f"{number} {noun.removesuffix('y') + 'ie' if noun.endswith('y') else noun}s"
    )
