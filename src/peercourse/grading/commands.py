"""The trainer's commands. Each is a few lines that call one function and say what comes next."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from peercourse.content.course import find_root
from peercourse.grading.command import grading_command, write_csv
from peercourse.grading.folder import GradingFolder


@click.group()
def quiz() -> None:
    """Graded quizzes."""


@quiz.command()
@grading_command
def release(folder: GradingFolder) -> None:
    """Make the grading folder, or bring it up to date with the quizzes.

    \b
    Every quiz becomes an nbgrader assignment, and its keys go into the
    gradebook. What is unchanged is skipped. After a corrected key, run
    peercourse grade --preview to see what it would change, and peercourse
    grade to score again what the correction touches. The rules for attempts
    in institution.yml are copied into the folder too.

    \b
    Examples:
      peercourse quiz release
      peercourse quiz release --grading ../autumn-cohort
    """
    from peercourse.grading.attempt_rules import write_rules
    from peercourse.grading.course_folder import release_quizzes
    from peercourse.publish.site import checked_course
    from peercourse.quiz.versions import record_release

    course = checked_course(find_root(Path.cwd()), publish=False)
    before = folder.read()
    report = release_quizzes(course.released, folder.root, click.echo, folder.db_url)
    if write_rules(folder.root, course.institution.attempts):
        rules = course.institution.attempts
        click.echo(f"Attempts: {rules.most or 'as many as people like'}; the {rules.counts} one counts.")
    new = record_release(course.released, course.root / course.institution.quizzes_folder)
    click.echo(f"Released {len(report.written)}, unchanged {len(report.unchanged)}. The keys are in {folder.root}.")
    if new:
        click.echo("What trainees see of a new version is recorded in released.json; commit that file.")
    if report.config_beside:
        click.echo(f"You have edited nbgrader_config.py, so it was left alone. The new one is {report.config_beside}.")
    if before.keys() & set(report.written):
        click.echo("What a corrected key would change in the scores: peercourse grade --preview")
    click.echo("Next, when answers have been handed in: peercourse collect INBOX")


@click.command()
@click.argument("inbox", type=click.Path(path_type=Path))
@click.option("--prefer", multiple=True, metavar="FILE", help="The file that counts where one ID has two, as listed.")
@click.option("--allow", multiple=True, metavar="ID", help="This trainee may hand in once more than the rules allow.")
@click.option("--observed", is_flag=True, help="Take in sheets of observed role plays, given to you by the observers.")
@grading_command
def collect(
    folder: GradingFolder, inbox: Path, prefer: tuple[str, ...], allow: tuple[str, ...], observed: bool
) -> None:
    """Take handed-in files in: from a folder, a notebook, or a zip file.

    \b
    Moodle's "download all submissions" is read as it is. The inbox is not
    changed. A file with other answers is a further attempt; which one counts
    is said in institution.yml, and the others are kept in grading/earlier. The
    same answers again are no attempt.

    \b
    With --observed, sheets of observed role plays are taken in and nothing else;
    without it, everything but those. Of several sheets about one trainee the
    latest counts, and all are kept.

    \b
    Examples:
      peercourse collect ~/Downloads/submissions.zip
      peercourse collect inbox
      peercourse collect inbox --allow nurse-17
      peercourse collect observed --observed
      peercourse collect inbox --prefer "Ines_Roth_4711_assignsubmission_file_/m2-active-listening.ipynb"
    """
    from peercourse.grading.collect import collect as take_in
    from peercourse.grading.identity import lenient_id
    from peercourse.grading.show import progress, show_collected

    allowed = [lenient_id(one) or "" for one in allow]
    with progress("Reading") as step:
        report = take_in(inbox, folder, prefer, lambda name: step(0, 0, name), allow=allowed, observed=observed)
    show_collected(report)
    click.echo("Next: peercourse grade" if report.taken or report.known or report.kept else "Nothing was taken in.")


@click.command()
@click.option("--trainee", metavar="ID", help="Score this trainee alone.")
@click.option("--again", is_flag=True, help="Score also what was scored already. Marks given by hand are kept.")
@click.option(
    "--engine",
    type=click.Choice(["bulk", "nbgrader"]),
    help="bulk: hundreds in a second. nbgrader: one by one, with all of its settings. Default: bulk, where it can.",
)
@click.option("--preview", is_flag=True, help="Show what corrected keys would change, and change nothing.")
@grading_command
def grade(folder: GradingFolder, trainee: str | None, again: bool, engine: str | None, preview: bool) -> None:
    """Score what was taken in. Nothing that a trainee wrote is run.

    \b
    Where a corrected key changes results, a list of them is written into
    grading/changes.

    \b
    Examples:
      peercourse grade
      peercourse grade --preview
      peercourse grade --trainee nurse-17
      peercourse grade --again
      peercourse grade --engine nbgrader
      peercourse grade --db postgresql://trainer@database.example.org/gradebook
    """
    from peercourse.grading.grade import grade as score
    from peercourse.grading.identity import lenient_id
    from peercourse.grading.preview import preview as compare
    from peercourse.grading.show import progress, show_graded
    from peercourse.grading.show_changes import show_changes, show_preview

    if preview:
        with progress("Comparing") as step:
            changes = compare(folder, lenient_id(trainee), step)
        show_preview(changes)
        return

    def say(sentence: str) -> None:
        click.echo(sentence, err=True)

    with progress("Scoring") as step:
        report = score(folder, lenient_id(trainee), again=again, engine=engine, step=step, say=say)
    show_changes(report.changes, folder)
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
      peercourse mark --db postgresql://trainer@database.example.org/gradebook
    """
    from peercourse.grading.mark import serve_marking

    serve_marking(folder, open_browser=browser, say=click.echo)
    click.echo("\nStopped. All marks are saved. Next: peercourse scores")


@click.command()
@click.option("--items", is_flag=True, help="One row for each item.")
@click.option("--changes", is_flag=True, help="Show what corrected keys have changed instead.")
@click.option("--csv", "csv_file", metavar="FILE", type=click.Path(path_type=Path), help="Write CSV; - prints it.")
@grading_command
def scores(folder: GradingFolder, items: bool, changes: bool, csv_file: Path | None) -> None:
    """Show the scores, or write them as CSV.

    \b
    With --items there is a row for each item, and the number that was chosen
    in a rating. Scores need the grading folder alone. Which reply could hurt
    is known to the course alone: peercourse report names them.

    \b
    Examples:
      peercourse scores
      peercourse scores --csv scores.csv
      peercourse scores --items --csv items.csv
      peercourse scores --changes
    """
    if changes:
        from peercourse.grading.show_changes import show_lists

        show_lists(folder)
        return
    from peercourse.grading.scores import ItemRow, QuizRow, csv_text, item_rows, quiz_rows, table
    from peercourse.terminal import show_table

    lines = table(item_rows(folder), ItemRow) if items else table(quiz_rows(folder), QuizRow)
    if csv_file is None:
        show_table(lines)
        what = "scores --items --csv items.csv" if items else "scores --csv scores.csv"
        click.echo(f"As a file: peercourse {what}. Next, when all is marked: peercourse feedback")
    else:
        write_csv(csv_file, csv_text(lines), len(lines) - 1, "scores.csv")


COMMANDS = (quiz, collect, grade, mark, scores)
"""What the main command adds."""
