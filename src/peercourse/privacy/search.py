"""The proof: every file of a folder and every row of its gradebooks is searched for the IDs of people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from peercourse.feedback.folders import PAGE, PDF, made_of
from peercourse.grading.folder import GradingFolder
from peercourse.privacy import gradebook
from peercourse.privacy.contents import LARGEST, UnreadableError, texts_of
from peercourse.privacy.names import Names
from peercourse.privacy.walk import below


@dataclass
class Search:
    """What a search found.

    Attributes:
        files: how many were looked into.
        databases: how many gradebooks were.
        named: files and tables in which an ID stands; by its name, a file or folder counts as well.
        unread: files that could not be looked into, and why.
    """

    files: int = 0
    databases: int = 0
    named: list[str] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)


Step = Callable[[int, int, str], None]


def search_grading(folder: GradingFolder, names: Names, step: Step) -> Search:
    """Search a grading folder.

    Args:
        folder: the grading folder.
        names: what to look for.
        step: told how many files are done, and which one is next.

    Raises:
        GradingError: a gradebook cannot be read.
    """
    found = search_files(folder.root, names, step)
    for database in gradebook.databases(folder):
        found.databases += 1
        shown = gradebook.shown(database)
        found.named += [f"{shown}, table {table}" for table in gradebook.rows_naming(database, names)]
    for path in gradebook.sqlite_files(folder.root):
        if gradebook.left_over(path, names):
            found.named.append(f"{path.name}, in parts that no row uses")
    return found


def search_files(root: Path, names: Names, step: Step) -> Search:
    """Search every file below a folder, by name and content. Links are not followed.

    Args:
        root: the folder.
        names: what to look for.
        step: told how many files are done, and which one is next.
    """
    found = Search()
    databases = set(gradebook.sqlite_files(root))

    def unopened(path: Path, error: OSError) -> None:
        found.unread.append((path.relative_to(root).as_posix(), f"it cannot be opened ({error.strerror})"))

    for path in below(root, unopened):
        shown = path.relative_to(root).as_posix()
        if names.stand_in(path.name):
            found.named.append(shown)
        if path.is_symlink():
            if names.stand_in(str(path.readlink())):
                found.named.append(shown)
        elif path.is_file():
            step(found.files, 0, shown)
            found.files += 1
            if path in databases or shown in found.named or _same_as_page(path):
                continue
            try:
                if _holds(path, names):
                    found.named.append(shown)
            except UnreadableError as error:
                found.unread.append((shown, str(error)))
            except OSError as error:
                found.unread.append((shown, f"it cannot be read ({error.strerror})"))
    return found


def _holds(path: Path, names: Names) -> bool:
    if path.stat().st_size > LARGEST:
        raise UnreadableError(f"it has more than {LARGEST // 1_000_000} MB")
    return any(names.stand_in(text) for text in texts_of(path.read_bytes()))


def _same_as_page(path: Path) -> bool:
    """Whether a PDF was made of the words of the page beside it, which is searched; a PDF takes far longer."""
    if path.suffix != PDF:
        return False
    source = made_of(path)
    return source is not None and source == made_of(path.with_suffix(PAGE))
