"""What the trainer's commands show in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from peercourse.grading.collect import CollectReport
from peercourse.grading.grade import GradeReport
from peercourse.terminal import grid, plain, wide_console

Step = Callable[[int, int, str], None]


@contextmanager
def progress(what: str) -> Iterator[Step]:
    """A progress bar that goes away at the end; none where nobody looks at a terminal.

    Args:
        what: the word in front.

    Yields:
        A function to call with how many are done, of how many (0 where that is not known), and a name.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _done, _total, _name: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)

        def step(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total or None, description=f"{what} {escape(plain(name))[:60]}")

        yield step


def show_collected(report: CollectReport) -> None:
    """What was taken in, what was there already, and the list of what was not taken in."""
    console = wide_console()
    if report.taken:
        table = grid(("trainee", "quiz", "version", "handed in", "file"))
        for entry in report.taken:
            quiz, time = entry.released, f"{entry.time.astimezone():%Y-%m-%d %H:%M}"
            table.add_row(entry.trainee, quiz.quiz, str(quiz.version), time, escape(plain(entry.name)))
        console.print("Taken in:")
        console.print(table)
    for entry in [*report.taken, *report.known]:
        for remark in entry.remarks:
            console.print(f"{entry.trainee}, {entry.released.quiz}: {remark}", markup=False, soft_wrap=True)
    if report.kept:
        console.print("Further attempts, kept in grading/earlier:")
    for entry, why in report.kept:
        console.print(f"- {plain(entry.name)}: {plain(why)}", markup=False, soft_wrap=True)
    for note in report.notes:
        console.print(note, markup=False, soft_wrap=True)
    if report.known:
        console.print(f"There already, with the same answers: {len(report.known)}")
    if report.refused:
        console.print("\nNot taken in, and why:")
        for refusal in report.refused:
            console.print(f"- {plain(refusal.name)}: {plain(refusal.why)}", markup=False, soft_wrap=True)
        console.print()


def show_graded(report: GradeReport) -> None:
    """How many were scored, what could not be, and what comes next."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"Scored {len(report.graded)}, up to date {report.current}, not scored {len(report.failed)}.")
    for entry, why in report.failed:
        console.print(f"- {entry.trainee}, {entry.released.assignment}: {plain(why)}", markup=False)
    if report.waiting:
        noun = "submission waits" if report.waiting == 1 else "submissions wait"
        console.print(f"{report.waiting} {noun} for written answers to be marked. Next: peercourse mark")
    else:
        console.print("Next: peercourse scores")
