"""The trainer's command that makes feedback."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import click

from peercourse.content.course import find_root, load_course
from peercourse.grading.command import grading_command
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder


@click.command()
@click.option("--quiz", metavar="ID", help="Feedback on this quiz alone, for example m2-active-listening.")
@click.option("--trainee", metavar="ID", help="For this trainee alone.")
@click.option("--site", metavar="URL", help="Where the site stands. Default: site_url in institution.yml.")
@grading_command
def feedback(folder: GradingFolder, quiz: str | None, trainee: str | None, site: str | None) -> None:
    """Make feedback for each trainee: a page and a PDF for each quiz.

    \b
    It goes into grading/feedback, a folder a trainee, and nothing is sent.
    It says what went well, where to go back, and what the markers wrote.
    It holds no key and nothing about anybody else. Run it again after more
    marking: what is unchanged stays as it is.

    \b
    Examples:
      peercourse feedback
      peercourse feedback --trainee nurse-17
      peercourse feedback --quiz m2-active-listening --site https://intranet.example.org/peer
    """
    from peercourse.feedback.run import Wanted, make_feedback
    from peercourse.feedback.show import said
    from peercourse.grading.identity import lenient_id
    from peercourse.grading.show import progress
    from peercourse.grading.writer import one_writer

    course = load_course(find_root(Path.cwd()))
    address = site_address(site if site is not None else course.institution.site_url)
    wanted = Wanted(quiz, lenient_id(trainee), address, datetime.date.today())
    folder.require()
    with one_writer(folder.root, "peercourse feedback"), progress("Writing") as step:
        report = make_feedback(folder, course, wanted, step)
    for line in said(report, folder, linked=bool(address), examples=course.institution.example):
        click.echo(line)


def site_address(given: str) -> str:
    """The site's address.

    Raises:
        GradingError: it is no web address.
    """
    if given and not re.fullmatch(r"https?://[^\s/\"'<>]+(/[^\s\"'<>?#]*)?", given):
        raise GradingError(f"'{given}' is no address of a site; write it as https://intranet.example.org/peer")
    return given


COMMANDS = (feedback,)
"""What the main command adds."""
