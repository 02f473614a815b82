"""The trainer's command that lists attempts."""

from __future__ import annotations

from pathlib import Path

import click

from peercourse.grading.command import grading_command, write_csv
from peercourse.grading.folder import GradingFolder


@click.command()
@click.option("--trainee", metavar="ID", help="Of this trainee alone.")
@click.option("--quiz", "quiz_id", metavar="ID", help="At this quiz alone, for example m2-active-listening.")
@click.option("--csv", "csv_file", metavar="FILE", type=click.Path(path_type=Path), help="Write CSV; - prints it.")
@grading_command
def attempts(folder: GradingFolder, trainee: str | None, quiz_id: str | None, csv_file: Path | None) -> None:
    """Show every attempt, which one counts and why, and who may try again.

    \b
    Every file with other answers is an attempt. Earlier ones are scored from
    their files, by the present keys. How many there may be and which one
    counts is said in institution.yml.

    \b
    Examples:
      peercourse attempts
      peercourse attempts --trainee nurse-17
      peercourse attempts --csv attempts.csv
    """
    from peercourse.grading.attempt_list import advice, read_histories, rows
    from peercourse.grading.identity import lenient_id
    from peercourse.grading.scores import csv_text
    from peercourse.terminal import show_table

    histories = read_histories(folder, lenient_id(trainee), quiz_id)
    if not histories:
        click.echo("Nobody has handed in anything like that. Next: peercourse collect INBOX")
        return
    lines = rows(histories)
    if csv_file is not None:
        write_csv(csv_file, csv_text(lines), len(lines) - 1, "attempts.csv")
        return
    show_table(lines)
    for line in advice(histories):
        click.echo(line)
