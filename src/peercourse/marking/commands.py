"""The commands for marking in a spreadsheet. Each calls one function and says what comes next."""

from __future__ import annotations

from pathlib import Path

import click

from peercourse.content.course import find_root, load_course
from peercourse.grading.command import grading_command
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder


@click.group()
def marking() -> None:
    """Mark written answers in a spreadsheet."""


@marking.command()
@click.option("--quiz", metavar="ID", help="This quiz alone. Default: every quiz with answers to mark.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Default: marking/ in the grading folder.")
@click.option(
    "--double",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SHARE",
    help="Share of answers, 0 to 1, that a second marker gets too, in a file of their own.",
)
@click.option("--third", is_flag=True, help="Only answers on which two markers differ, for a third one.")
@click.option("--seed", type=int, default=1, metavar="N", help="Another number draws other codes and another sample.")
@grading_command
def export(folder: GradingFolder, quiz: str | None, out: Path | None, double: float, third: bool, seed: int) -> None:
    """Write a workbook for each quiz with the answers that wait.

    \b
    Codes stand for the trainees; who is who stays in the grading folder.
    Blank answers are not in it, they have 0 points already. A workbook that
    is there already is left alone, since it may hold marks.

    \b
    Examples:
      peercourse marking export
      peercourse marking export --quiz m2-active-listening --out to-mark.xlsx
      peercourse marking export --double 0.2
      peercourse marking export --third
    """
    from peercourse.grading.show import progress
    from peercourse.grading.writer import one_writer
    from peercourse.marking.export import Wish, export_marking
    from peercourse.marking.show import show_exported

    if third and double:
        raise GradingError("--third and --double do not go together; a third marker's answers go to nobody else")
    course = load_course(find_root(Path.cwd()))
    folder.require()
    with one_writer(folder.root, "peercourse marking export"), progress("Writing") as step:
        banks = [*course.archive, *course.current]
        report = export_marking(folder, banks, Wish(quiz, out, double, third, seed), step)
    show_exported(report, third=third)


@marking.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--replace", is_flag=True, help="Take the files' marks where other ones were given before.")
@grading_command
def import_(folder: GradingFolder, files: tuple[Path, ...], replace: bool) -> None:
    """Take marks out of workbooks into the gradebook.

    \b
    Every cell is checked first. If one of them is wrong, it is named, and
    nothing is taken in. Rows that are not marked yet may come later, in the
    same file.

    \b
    Examples:
      peercourse marking import to-mark.xlsx
      peercourse marking import to-mark-A.xlsx to-mark-B.xlsx
      peercourse marking import --replace to-mark.xlsx
    """
    from peercourse.grading.show import progress
    from peercourse.marking.importing import import_marks
    from peercourse.marking.show import show_imported

    folder.require()
    with progress("Reading") as step:
        report = import_marks(folder, files, replace=replace, step=step)
    show_imported(report)


COMMANDS = (marking,)
"""What the main command adds."""
