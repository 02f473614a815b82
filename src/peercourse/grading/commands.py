"""The trainer's commands. Each is a few lines that call one function and say what comes next."""

from __future__ import annotations

import functools
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
    """Add ``--grading``, open that folder, and turn what a person can mend into plain sentences and exit status 1."""

    @click.option(
        "--grading",
        type=click.Path(path_type=Path, file_okay=False),
        help="The grading folder. Default: grading in the course folder.",
    )
    @functools.wraps(command)
    def run(grading: Path | None, db: str | None = None, **options: Any) -> Any:
        from peercourse.quiz.release import ReleaseError

        try:
            root = grading.resolve() if grading else find_root(Path.cwd()) / "grading"
            return command(folder=GradingFolder(root, db), **options)
        except (ContentError, GradingError, ReleaseError) as error:
            click.echo(str(error), err=True)
            sys.exit(1)

    return run


_database = click.option(
    "--db",
    metavar="ADDRESS",
    help="Another gradebook for this run, such as postgresql://… Default: what nbgrader_config.py says.",
)


@click.group()
def quiz() -> None:
    """Graded quizzes."""


@quiz.command()
@_database
@grading_command
def release(folder: GradingFolder) -> None:
    """Make the grading folder, or bring it up to date with the quizzes.

    \b
    Every quiz becomes an nbgrader assignment, and its keys go into the
    gradebook. What is unchanged is skipped. After a corrected key, run
    peercourse grade, which scores again what the correction touches.

    \b
    Examples:
      peercourse quiz release
      peercourse quiz release --grading ../autumn-cohort
    """
    from peercourse.grading.course_folder import release_quizzes
    from peercourse.publish.site import checked_course
    from peercourse.quiz.versions import record_release

    course = checked_course(find_root(Path.cwd()), publish=False)
    report = release_quizzes(course.released, folder.root, click.echo, folder.db_url)
    new = record_release(course.released, course.root / course.institution.quizzes_folder)
    click.echo(f"Released {len(report.written)}, unchanged {len(report.unchanged)}. The keys are in {folder.root}.")
    if new:
        click.echo("What trainees see of a new version is recorded in released.json; commit that file.")
    if report.config_beside:
        click.echo(f"You have edited nbgrader_config.py, so it was left alone. The new one is {report.config_beside}.")
    click.echo("Next, when answers have been handed in: peercourse collect INBOX")


@click.command()
@click.argument("inbox", type=click.Path(path_type=Path))
@click.option("--prefer", multiple=True, metavar="FILE", help="The file that counts where one ID has two, as listed.")
@click.option("--observed", is_flag=True, help="Take in sheets of observed role plays, given to you by the observers.")
@grading_command
def collect(folder: GradingFolder, inbox: Path, prefer: tuple[str, ...], observed: bool) -> None:
    """Take handed-in files in: from a folder, a notebook, or a zip file.

    \b
    Moodle's "download all submissions" is read as it is. The inbox is not
    changed, and a file that is handed in again replaces the earlier one, which
    is kept in grading/earlier.

    \b
    With --observed, sheets of observed role plays are taken in and nothing else;
    without it, everything but those. Of several sheets about one trainee the
    latest counts, and all are kept.

    \b
    Examples:
      peercourse collect ~/Downloads/submissions.zip
      peercourse collect inbox
      peercourse collect observed --observed
      peercourse collect inbox --prefer "Ines_Roth_4711_assignsubmission_file_/m2-active-listening.ipynb"
    """
    from peercourse.grading.collect import collect as take_in
    from peercourse.grading.show import progress, show_collected

    with progress("Reading") as step:
        report = take_in(inbox, folder, prefer, lambda name: step(0, 0, name), observed=observed)
    show_collected(report)
    click.echo("Next: peercourse grade" if report.taken or report.known else "Nothing was taken in.")


@click.command()
@click.option("--trainee", metavar="ID", help="Score this trainee alone.")
@click.option("--again", is_flag=True, help="Score also what was scored already. Marks given by hand are kept.")
@click.option(
    "--engine",
    type=click.Choice(["bulk", "nbgrader"]),
    help="bulk: hundreds in a second. nbgrader: one by one, with all of its settings. Default: bulk, where it can.",
)
@_database
@grading_command
def grade(folder: GradingFolder, trainee: str | None, again: bool, engine: str | None) -> None:
    """Score what was taken in. Nothing that a trainee wrote is run.

    \b
    Examples:
      peercourse grade
      peercourse grade --trainee nurse-17
      peercourse grade --again
      peercourse grade --engine nbgrader
      peercourse grade --db postgresql://trainer@database.example.org/gradebook
    """
    from peercourse.grading.grade import grade as score
    from peercourse.grading.identity import lenient_id
    from peercourse.grading.show import progress, show_graded

    def say(sentence: str) -> None:
        click.echo(sentence, err=True)

    with progress("Scoring") as step:
        report = score(folder, lenient_id(trainee), again=again, engine=engine, step=step, say=say)
    show_graded(report)
    if report.failed:
        sys.exit(1)


@click.command()
@click.option("--browser/--no-browser", default=True, help="Open the browser, or print the address alone.")
@grading_command
def mark(folder: GradingFolder, browser: bool) -> None:
    """Mark written answers in the browser, in nbgrader's formgrader.

    \b
    It runs on this machine alone and needs no network. The marking guide
    stands above each written answer; blank answers have 0 points already.
    Stop it with Ctrl-C.

    \b
    Examples:
      peercourse mark
      peercourse mark --no-browser
    """
    from peercourse.grading.mark import serve_marking

    serve_marking(folder, open_browser=browser, say=click.echo)
    click.echo("\nStopped. All marks are saved. Next: peercourse scores")


@click.command()
@click.option("--items", is_flag=True, help="One row for each item.")
@click.option("--csv", "csv_file", metavar="FILE", type=click.Path(path_type=Path), help="Write CSV; - prints it.")
@_database
@grading_command
def scores(folder: GradingFolder, items: bool, csv_file: Path | None) -> None:
    """Show the scores, or write them as CSV.

    \b
    Examples:
      peercourse scores
      peercourse scores --csv scores.csv
      peercourse scores --items --csv items.csv
    """
    from peercourse.grading.scores import ItemRow, QuizRow, csv_text, item_rows, quiz_rows, table
    from peercourse.terminal import show_table

    lines = table(item_rows(folder), ItemRow) if items else table(quiz_rows(folder), QuizRow)
    if csv_file is None:
        show_table(lines)
        click.echo("As a file: peercourse scores --csv scores.csv")
    elif str(csv_file) == "-":
        click.echo(csv_text(lines), nl=False)
    elif csv_file.is_dir():
        raise GradingError(f"{csv_file} is a folder; give the name of a file, for example {csv_file / 'scores.csv'}")
    else:
        write_file(csv_file, csv_text(lines))
        click.echo(f"Wrote {len(lines) - 1} rows to {csv_file}.")


COMMANDS = (quiz, collect, grade, mark, scores)
"""What the main command adds."""
