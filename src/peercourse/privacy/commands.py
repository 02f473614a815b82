"""The command that forgets people."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from peercourse.content.course import find_root
from peercourse.grading.command import grading_command
from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder


@click.command()
@click.argument("trainee", required=False)
@click.option("--due", is_flag=True, help="Everybody whose time is over, by retention in institution.yml.")
@click.option("--dry-run", is_flag=True, help="Show what would be removed, and remove nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--inbox", type=click.Path(path_type=Path), metavar="FOLDER", help="Also look there for their files, and list them."
)
@click.option("--delete-from-inbox", is_flag=True, help="Delete their answer files in that folder as well.")
@grading_command
def forget(folder: GradingFolder, trainee: str | None, due: bool, **options: Any) -> None:
    """Remove a person from the grading folder, and show that nothing is left.

    \b
    Answers, scores, marks, comments, feedback, certificates: shown first, and
    removed when you say yes. Then every file and the gradebook are searched for
    the ID. If something still names them, it is listed, and the exit status is
    1. A run that was stopped is simply run again.

    \b
    Examples:
      peercourse forget nurse-17 --dry-run
      peercourse forget nurse-17
      peercourse forget nurse-17 --inbox ~/Downloads/submissions
      peercourse forget --due --dry-run
      peercourse forget --due --yes
    """
    from peercourse.grading.writer import one_writer

    wish = Wish(**options)
    if wish.delete_from_inbox and wish.inbox is None:
        raise GradingError("--delete-from-inbox needs the folder; name it with --inbox FOLDER")
    if not folder.root.is_dir():
        raise GradingError(f"{folder.root} is not there; name the grading folder with --grading")
    with one_writer(folder.root, "peercourse forget"):
        who = _who(folder, trainee, due=due)
        complete = _forget(folder, who, wish) if who else _nobody()
    if not complete:
        sys.exit(1)


@dataclass(frozen=True)
class Wish:
    """How the trainer wants it done, by the options of the command."""

    dry_run: bool
    yes: bool
    inbox: Path | None
    delete_from_inbox: bool


def _nobody() -> bool:
    click.echo("Nobody's time is over. Nothing was removed.")
    return True


def _forget(folder: GradingFolder, who: frozenset[str], wish: Wish) -> bool:
    """Show, ask, remove and search. Says whether nothing is left that somebody has to look at."""
    from peercourse.grading.show import progress
    from peercourse.privacy.forget import carry_out, make_plan, prove
    from peercourse.privacy.inbox import search_inbox
    from peercourse.privacy.show import in_inbox, planned, proved

    with progress("Searching") as step:
        plan = make_plan(folder, who, step)
        outside = search_inbox(wish.inbox, folder.root, plan.names, step) if wish.inbox else None
    click.echo("\n".join(planned(plan, folder)))
    if wish.dry_run or not (wish.yes or click.confirm("Remove all that?")):
        click.echo("Nothing was removed.")
        if outside:
            click.echo("\n".join(in_inbox(outside, deleted=False)))
        return True
    with progress("Removing") as step:
        carry_out(folder, plan.names, step)
    for path in outside.theirs if outside and wish.delete_from_inbox else ():
        path.unlink(missing_ok=True)
    with progress("Searching") as step:
        proof = prove(folder, plan.names, step)
    click.echo("\n".join(proved(proof, plan, folder)))
    if outside:
        click.echo("\n".join(in_inbox(outside, deleted=wish.delete_from_inbox)))
    return proof.complete


def _who(folder: GradingFolder, trainee: str | None, *, due: bool) -> frozenset[str]:
    from peercourse.grading.retention import past_retention, retention_rules
    from peercourse.privacy.forget import known_people, read_id

    if due == (trainee is not None):
        raise GradingError("Name one trainee, or give --due: peercourse forget nurse-17")
    if trainee is not None:
        return frozenset({read_id(trainee)})
    rules = retention_rules(find_root(Path.cwd()))
    if rules.until is None and rules.months is None:
        raise GradingError("institution.yml sets no retention; write retention: {until: 2027-06-30}, with your date")
    today = datetime.now().astimezone().date()
    over = past_retention(folder.root, rules, today)
    return over | known_people(folder) if rules.until is not None and today > rules.until else over


COMMANDS = (forget,)
"""What the main command adds."""
