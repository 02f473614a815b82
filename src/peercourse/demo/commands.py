"""``peercourse demo``: a made-up cohort to try everything on."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peercourse.content.course import find_root
from peercourse.content.problems import ContentError
from peercourse.grading.files import GradingError

if TYPE_CHECKING:
    from peercourse.demo.make import DemoReport
    from peercourse.demo.marker import DemoSettings

FEWEST, MOST = 3, 999
"""Below, nothing is to be seen in a table; above, IDs such as demo-001 have no room."""


@click.command()
@click.option("--trainees", type=click.IntRange(FEWEST, MOST), default=60, show_default=True, help="How many people.")
@click.option("--seed", default=1, show_default=True, help="Another number makes up other people.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("demo-cohort"),
    show_default=True,
    help="A new folder for it.",
)
@click.option("--marked", is_flag=True, help="Also mark the written answers, to see results at once.")
def demo(trainees: int, seed: int, folder: Path, marked: bool) -> None:
    """Make up a cohort to try everything on. Nobody in it exists.

    \b
    A new folder gets handed-in files, a list of trainees, and a grading folder
    of its own in which all is released, taken in and scored, by the same steps
    as for real answers. Your own grading folder is not touched. The same
    numbers make the same people.

    \b
    Examples:
      peercourse demo
      peercourse demo --trainees 12 --folder ../try-it
      peercourse demo --seed 2 --marked --folder another-demo
    """
    from peercourse.demo.marker import DemoSettings
    from peercourse.quiz.release import ReleaseError

    try:
        _demo(DemoSettings(trainees, seed, marked), folder)
    except (ContentError, GradingError, ReleaseError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _demo(settings: DemoSettings, folder: Path) -> None:
    from peercourse.demo.make import make_demo
    from peercourse.demo.place import is_there
    from peercourse.grading.show import progress
    from peercourse.publish.site import checked_course

    root = find_root(Path.cwd())
    if is_there(folder, settings, root / "grading"):
        click.echo(f"{folder} holds this demo already. Nothing was changed.")
    else:
        course = checked_course(root, publish=False)
        quizzes, cards = course.current, course.role_play.cards if course.role_play else ()
        report = make_demo(quizzes, folder, settings, progress, course.sheet, [card.id for card in cards])
        people, files = settings.trainees, len(report.files.all)
        click.echo(f"Made {folder}: {people} made-up trainees, {len(quizzes)} quizzes, {files} files.")
        show_made(report)
    show_next(folder, settings)


def show_made(report: DemoReport) -> None:
    """What became of the files."""
    again = ", one of them in place of an earlier file" if report.files.later else ""
    click.echo(f"Taken in {report.taken}{again}; scored {report.scored}, not scored {len(report.failed)}.")
    for name, why in report.refused:
        click.echo(f"Not taken in: {name}: {why}. It is there to show how that looks.")
    for name, why in report.failed:
        click.echo(f"Not scored: {name}: {why}")
    if report.sheets:
        click.echo(f"Sheets of observed role plays: {report.sheets}, of which taken in: {report.observed}.")
    if report.marked:
        click.echo(f"Written answers marked, by a program: {report.marked}.")


def show_next(folder: Path, settings: DemoSettings) -> None:
    """What to try."""
    from peercourse.demo.place import GRADING
    from peercourse.demo.readme import README

    grading = shlex.quote(str(folder / GRADING))
    click.echo(f"Nobody in it exists, and no score in it says anything; {folder / README} explains it.")
    click.echo(f"Next: peercourse scores --grading {grading}")
    if not settings.marked:
        click.echo(f"Then: peercourse mark --grading {grading}")
