"""The command that writes the report."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from peercourse.content.course import find_root, load_course
from peercourse.grading.command import grading_command
from peercourse.grading.files import GradingError, write_file
from peercourse.grading.folder import GradingFolder

FILE, SHARED_FILE = "report.html", "report-to-share.html"
FIRST = 3
"""Things that the terminal names."""


@click.command()
@click.option("--quiz", metavar="ID", help="This quiz alone.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Where to write it.")
@click.option("--share", "shared", is_flag=True, help="The copy for the institution: names nobody, shows no key.")
@grading_command
def report(folder: GradingFolder, quiz: str | None, out: Path | None, shared: bool) -> None:
    """Write a report on the cohort: one HTML file to open in a browser.

    \b
    Who is in and who is missing, replies that could hurt, scores, items to
    read again, outcomes, role plays that were observed, change from before to
    after the course, and how far two markers agree. It is
    written to report.html in the grading folder, names trainees and shows
    keys. With --share it is report-to-share.html: about the group alone, and
    numbers below five are left out.

    \b
    Examples:
      peercourse report
      peercourse report --quiz m2-active-listening
      peercourse report --share --out ~/Desktop/spring-group.html
    """
    from peercourse.report.cohort import read_cohort
    from peercourse.report.findings import find
    from peercourse.report.first import first_looks
    from peercourse.report.page import page_html
    from peercourse.report.share_page import share_page
    from peercourse.report.shared import share
    from peercourse.report.trainer_page import trainer_page

    cohort = read_cohort(folder, load_course(find_root(Path.cwd())), quiz)
    today = datetime.now(UTC).astimezone().date()
    findings = find(cohort)
    looks = first_looks(cohort, findings)
    page = share_page(share(cohort), today) if shared else trainer_page(cohort, findings, looks, today)
    path = out or folder.root / (SHARED_FILE if shared else FILE)
    try:
        write_file(path, page_html(page))
    except OSError as error:
        raise GradingError(f"{path} cannot be written ({error.strerror}); name another file with --out") from None
    click.echo(f"The report is in {path}. Open it in a browser.")
    if shared:
        click.echo("It names nobody. Read it before you give it away.")
    else:
        for number, sentence in enumerate(looks[:FIRST], start=1):
            click.echo(f"  {number}. {sentence}")
        click.echo("It names trainees and shows keys. Next: talk to whom it names, then peercourse report --share")
        click.echo("for the copy that you may hand on.")


COMMANDS = (report,)
"""What the main command adds."""
