"""What the commands on a grading folder share: its options, errors as sentences, and tables as files."""

from __future__ import annotations

import functools
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from peercourse.content.course import find_root
from peercourse.content.problems import ContentError
from peercourse.grading.files import GradingError, write_file
from peercourse.grading.folder import GradingFolder


def grading_command(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--grading`` and ``--db``, open that folder, and turn what a person can mend into sentences and status 1.

    Commands name the one that comes next as it is typed in the course folder. Whoever gave ``--grading`` is told to
    add it there too, in one line on standard error, so that nothing is done to another group's answers by mistake.
    """

    @click.option(
        "--grading",
        type=click.Path(path_type=Path, file_okay=False),
        help="The grading folder. Default: grading in the course folder.",
    )
    @click.option(
        "--db",
        metavar="ADDRESS",
        help="Another gradebook for this run, such as postgresql://… Default: what nbgrader_config.py says.",
    )
    @functools.wraps(command)
    def run(grading: Path | None, db: str | None, **options: Any) -> Any:
        from peercourse.grading.retention import reminder_here
        from peercourse.quiz.release import ReleaseError

        try:
            root = grading.resolve() if grading else find_root(Path.cwd()) / "grading"
            if line := reminder_here(root):
                click.echo(line, err=True)
            done = command(folder=GradingFolder(root, db), **options)
        except (ContentError, GradingError, ReleaseError) as error:
            from peercourse.terminal import plain

            lines = str(error).split("\n")
            click.echo("\n".join(map(plain, lines)), err=True)  # names of files in them are somebody else's
            sys.exit(1)
        if str(options.get("csv_file")) != "-":
            _remind_of_folder(grading)
        return done

    return run


def _remind_of_folder(grading: Path | None) -> None:
    if grading is not None:
        click.echo(f"(For the same folder, add to the next command: --grading {shlex.quote(str(grading))})", err=True)


def write_csv(file: Path, text: str, rows: int, example: str) -> None:
    """Print CSV, or write it.

    Args:
        file: ``-`` for the terminal.
        text: the CSV.
        rows: how many there are, without the heading.
        example: a file name for whoever named a folder.

    Raises:
        GradingError: it is a folder.
    """
    if str(file) == "-":
        click.echo(text, nl=False)
    elif file.is_dir():
        raise GradingError(f"{file} is a folder; give the name of a file, for example {file / example}")
    else:
        write_file(file, text)
        click.echo(f"Wrote {rows} rows to {file}.")
