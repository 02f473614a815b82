"""The commands. Each is a few lines that call one function; slow imports happen only where they are needed."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from peercourse import __version__
from peercourse.content.course import Course, find_root, load_course
from peercourse.content.problems import ContentError


def plain_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn the errors that a person can mend into plain sentences and exit status 1."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        from peercourse.publish.site import BuildError

        try:
            return command(*arguments, **options)
        except ContentError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            number = len(error.problems)
            click.echo(f"\n{number} {'thing' if number == 1 else 'things'} to mend. Nothing was built.", err=True)
        except BuildError as error:
            click.echo(str(error), err=True)
        sys.exit(1)

    return run


class InOrderOfWork(click.Group):
    """A group whose help says by itself, in the order of the work, what its commands do; click's list is by letter."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Leave click's own list out."""


@click.group(cls=InOrderOfWork, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="peercourse")
def main() -> None:
    """Build the peer support course, and take its quizzes from release to scores.

    \b
    peercourse check              find mistakes in what people wrote
    peercourse build              publish the site to _site/ (a preview)
    peercourse serve              show it on this machine while you write
    peercourse quiz release       make the grading folder
    peercourse collect INBOX      take handed-in files in
    peercourse grade              score them
    peercourse mark               mark written answers in the browser
    peercourse marking export     or in a spreadsheet, and then: marking import
    peercourse scores             see the results
    peercourse attempts           see who has tried how often, and may again
    peercourse feedback           make each trainee's feedback
    peercourse report             a report on the cohort, to read in a browser
    peercourse certificate key    once: the keys that sign certificates
    peercourse certificate issue  certificates for those who have earned one
    peercourse certificate verify check one
    peercourse forget TRAINEE     remove a person from the grading folder
    peercourse demo               try all of it on made-up trainees

    \b
    Each explains itself: peercourse collect --help
    """


@main.command()
@click.option("--publish", is_flag=True, help="Insist on real contacts and a sign-off; no preview banner.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the site. Default: _site in the course folder.")
@plain_errors
def build(publish: bool, out: Path | None) -> None:
    """Check everything and build the site.

    \b
    Examples:
      peercourse build
      peercourse build --publish --out public
    """
    from peercourse.publish.site import build_site

    root = find_root(Path.cwd())
    site = build_site(root, (out or root / "_site").resolve(), publish=publish, say=click.echo)
    click.echo(f"\nThe site is in {site}.")
    if publish:
        click.echo("Copy that folder to your web server as it is; the handbook's page on hosting says how.")
    else:
        click.echo("It is a preview: see it with scripts/serve. For the real one, fill in institution.yml and run")
        click.echo("scripts/build --publish.")


@main.command()
@click.option("--publish", is_flag=True, help="Also what a publishing build needs (contacts, sign-off).")
@click.option(
    "--graphs", type=click.Path(path_type=Path), help="Folder of the pictures. Default: .cache/conversations."
)
@click.option("--report", is_flag=True, help="Also tables: outcomes, what looks give away, minutes.")
@plain_errors
def check(publish: bool, graphs: Path | None, report: bool) -> None:
    """Check what people wrote without building; names file, line and what to do. Draws each conversation's graph.

    \b
    Examples:
      peercourse check
      peercourse check --publish
      peercourse check --report
      peercourse check --graphs pictures
    """
    from peercourse.practice.drawing import draw_all
    from peercourse.publish.site import stop_at_problems

    root = find_root(Path.cwd())
    course = load_course(root)
    if report:
        _show_report(course)
    stop_at_problems(course, publish=publish)
    items = sum(len(list(quiz.items())) for quiz in course.quizzes.values())
    lessons = sum(len(module.lessons) for module in course.modules)
    checks = sum(len(module.practice.self_checks) for module in course.modules)
    conversations = [found for module in course.modules for found in module.practice.conversations.values()]
    folder = graphs or root / ".cache" / "conversations"
    draw_all(conversations, folder)
    counted = f"{lessons} lessons, {checks} self-checks, {len(conversations)} conversations, {items} graded items"
    click.echo(f"All is well: {counted}.")
    click.echo(f"The graphs of the conversations are drawn in {folder}; open one in a browser.")


def _show_report(course: Course) -> None:
    from peercourse.content.check_report import report
    from peercourse.terminal import show_table

    for heading, rows in report(course):
        click.echo(heading)
        show_table(rows)


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port on this machine.")
@plain_errors
def serve(port: int) -> None:
    """Build the site, show it on localhost, and build again whenever something is saved.

    \b
    Example:
      peercourse serve --port 8080
    """
    from peercourse.publish.serve import serve_site

    serve_site(find_root(Path.cwd()), port, click.echo)


def _add_grading_commands() -> None:
    from peercourse.certificate.commands import COMMANDS as CERTIFICATE
    from peercourse.demo.commands import demo
    from peercourse.feedback.commands import COMMANDS as FEEDBACK
    from peercourse.grading.attempt_command import attempts
    from peercourse.grading.commands import COMMANDS as GRADING
    from peercourse.marking.commands import COMMANDS as MARKING
    from peercourse.privacy.commands import COMMANDS as PRIVACY
    from peercourse.report.commands import COMMANDS as REPORT

    for command in (*GRADING, *MARKING, *FEEDBACK, *REPORT, *CERTIFICATE, *PRIVACY, attempts, demo):
        main.add_command(command)


_add_grading_commands()
