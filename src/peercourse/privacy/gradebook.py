"""A person's rows in gradebooks: nbgrader's SQLite file, copies of it, or any database that SQLAlchemy reaches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder
from peercourse.grading.gradebook import folder_config
from peercourse.privacy.names import Names
from peercourse.privacy.walk import below

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SQLITE = b"SQLite format 3\x00"
BESIDE = ("-wal", "-journal", "-shm")
"""What SQLite may leave beside a database."""
OF_THE_COURSE = frozenset(
    ["assignment", "notebook", "base_cell", "grade_cells", "solution_cells", "task_cells", "source_cell", "course"]
)
"""Tables that hold the quizzes, with nothing of trainees."""
ROWS_AT_A_TIME = 2000


@contextmanager
def opened(database: str) -> Iterator[Engine]:
    """A database by its address.

    Raises:
        GradingError: it cannot be reached or changed.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.pool import NullPool

    try:
        engine = create_engine(database, poolclass=NullPool)
        yield engine
    except (SQLAlchemyError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise GradingError(
            f"{shown(database)} cannot be used ({reason}). Close other programs that use the gradebook (peercourse "
            "mark, a viewer of databases), see that the disk is not full, then run the same again"
        ) from error


def databases(folder: GradingFolder) -> list[str]:
    """Addresses of every gradebook of a folder: the one that its settings name, another for this run, and copies.

    Raises:
        GradingError: the settings cannot be read.
    """
    from nbgrader.coursedir import CourseDirectory

    named = {CourseDirectory(config=folder_config(folder.root, url)).db_url for url in (None, folder.db_url)}
    files = {address(path) for path in sqlite_files(folder.root)}
    return sorted(files | {found for url in named if (found := _reachable(url))})


def address(path: Path) -> str:
    """The address of an SQLite file; the same for every way to it."""
    return f"sqlite:///{path.resolve()}"


def sqlite_files(root: Path) -> Iterator[Path]:
    """The gradebook and its copies: nbgrader keeps them beside it, a trainer perhaps in a folder of their own."""
    for path in sorted(below(root)):
        may_be = path.parent == root or ".db" in path.name or ".sqlite" in path.name
        if may_be and path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(SQLITE)) == SQLITE:
                    yield path


def students(database: str) -> list[str]:
    """Everybody whom a gradebook knows, as it spells the ID."""
    with opened(database) as engine, engine.connect() as connection:
        tables = _tables(connection)
        if "student" not in tables:
            return []
        from sqlalchemy import select

        return list(connection.scalars(select(tables["student"].c.id)))


def remove_students(database: str, names: Names) -> None:
    """Remove people with all rows about them, in one transaction, and let no byte of these rows remain in the file.

    A database server keeps what it needs to restore itself for some time; that is for whoever runs it to delete.
    """
    from sqlalchemy import delete, select

    with opened(database) as engine, engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        tables = _tables(connection)
        if "student" in tables:
            known = [one for one in connection.scalars(select(tables["student"].c.id)) if names.is_named(one)]
            for start in range(0, len(known), 500):  # a statement takes a limited number of values
                _delete(connection, tables, known[start : start + 500], delete, select)
        connection.commit()
    _compact(database)


def _compact(database: str) -> None:
    """Write a database anew without what was deleted, now or earlier."""
    with opened(database) as engine:
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("VACUUM")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            elif engine.dialect.name == "postgresql":
                for table in ("grade", "comment", "submitted_notebook", "submitted_assignment", "student"):
                    connection.exec_driver_sql(f"VACUUM {table}")


def rows_naming(database: str, names: Names) -> Iterator[str]:
    """Tables with a text in which one of the names stands."""
    from sqlalchemy import String, select

    with opened(database) as engine, engine.connect() as connection:
        for name, table in sorted(_tables(connection).items()):
            texts = [
                column
                for column in table.c
                if isinstance(column.type, String) and (column.name in _said(name) or not column.name.endswith("id"))
            ]
            if not texts:
                continue
            rows = connection.execution_options(yield_per=ROWS_AT_A_TIME).execute(select(*texts))
            if any(names.stand_in(value) for row in rows for value in row if isinstance(value, str)):
                yield name


def left_over(path: Path, names: Names) -> bool:
    """Whether an SQLite file, or what lies beside it, holds one of the IDs in bytes that no row explains."""
    parts = (path, *(path.with_name(path.name + ending) for ending in BESIDE))
    content = b"\n".join(part.read_bytes() for part in parts if part.is_file()).lower()
    found = {name for name in names.who if name.encode() in content}
    if not found:
        return False
    with opened(address(path)) as engine, engine.connect() as connection:
        for name, table in _tables(connection).items():
            found -= {one for one in found if one in name}
            for row in connection.execute(table.select()):
                found -= {one for one in found if any(one in str(value).lower() for value in row)}
    return bool(found)


def _said(table: str) -> tuple[str, ...]:
    """Columns called something with id whose text is an ID of a person; others hold random signs."""
    return {"student": ("id", "lms_user_id"), "submitted_assignment": ("student_id",)}.get(table, ())


def _tables(connection: Connection) -> dict[str, Any]:
    from sqlalchemy import MetaData

    metadata = MetaData()
    metadata.reflect(connection)
    return dict(metadata.tables)


def _delete(connection: Connection, tables: dict[str, Any], known: list[str], delete: Any, select: Any) -> None:
    student, submission, notebook = tables["student"], tables["submitted_assignment"], tables["submitted_notebook"]
    theirs = submission.c.student_id.in_(known)
    notebooks = select(notebook.c.id).where(notebook.c.assignment_id.in_(select(submission.c.id).where(theirs)))
    for table in (tables["grade"], tables["comment"]):
        connection.execute(delete(table).where(table.c.notebook_id.in_(notebooks)))
    connection.execute(delete(notebook).where(notebook.c.assignment_id.in_(select(submission.c.id).where(theirs))))
    connection.execute(delete(submission).where(theirs))
    connection.execute(delete(student).where(student.c.id.in_(known)))


def shown(database: str) -> str:
    """A database's address without its password."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(database).render_as_string()
    except ArgumentError:
        return "The address of the gradebook"


def _reachable(url: str) -> str:
    """A database's address, in one form for a file; empty for a file that is not there, since opening it makes it."""
    from sqlalchemy.engine import make_url

    if not url.startswith("sqlite"):
        return url
    path = Path(make_url(url).database or "")
    return address(path) if path.is_file() else ""
