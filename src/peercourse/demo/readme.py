"""The file that says, to whoever opens the folder, that nobody in it exists."""

from __future__ import annotations

import shlex

from peercourse.demo.handing_in import INBOX, LATER, Files
from peercourse.demo.marker import MARKER, DemoSettings
from peercourse.demo.observed import OBSERVED
from peercourse.demo.place import GRADING

README = "README.txt"
TEXT = """\
ALL OF THIS IS MADE UP
======================

A program made this folder: peercourse demo, with {trainees} trainees and seed {seed}. No
trainee in it exists. Nobody gave these answers. The scores say nothing about
the course, and nothing about people. Do not show them as results.

It is here to try everything on: scoring, marking, reports. Do with it what you
like. When you have done, delete it.

Keep it away from trainees all the same. The folder {grading}/ holds the real
answer keys, and the written answers are put together out of the real marking
guides.


What is here
------------

{inbox}/         what the trainees "handed in": a folder for each of them, and in it
               a file for each quiz, as the quiz page saves it
{later}/   what somebody handed in again later
{observed}/      sheets of observed role plays, as observers save them: a folder for each
               observer. {taken}
trainees.csv   the list of IDs; {grading}/ has a copy
{grading}/       the quizzes released, the files taken in and scored, as these do it:
               peercourse quiz release, collect and grade
{marker} says to programs that all is made up. Leave it where it is


What is not as it should be, on purpose
---------------------------------------

- Some trainees stop on the way, some miss a quiz, and fewer come back for the
  last one. Some leave answers open.
- A few choose replies that could hurt, or write them.
- Every written answer begins with "(made up)". {marks}
{odd_files}

Next, in a terminal in the folder that holds this one
-----------------------------------------------------

peercourse scores --grading {quoted}/{grading}
peercourse mark --grading {quoted}/{grading}
peercourse collect {quoted}/{inbox} --grading {quoted}/{grading}
    which takes nothing in a second time, and names what is left out and why
peercourse collect {quoted}/{observed} --grading {quoted}/{grading} --observed
    which takes in what observers saw; then peercourse grade and scores
"""
MARKED = """A program marked them, by
  the examples in the marking guides. No marks of people look like that."""
WRONG = """\
- {file} is not taken in.
  The ID in it was typed without its hyphen and is in nobody's list. Correct the
  ID in that file as the handbook says (Taking files in), and collect again.
"""
AGAIN = """\
- {person} handed {quiz} in twice. The later file counts;
  the earlier one is kept in {grading}/earlier/.
"""


def readme_text(name: str, files: Files, settings: DemoSettings) -> str:
    """What README.txt says.

    Args:
        name: the demo's folder, without those above it.
        files: what is handed in.
        settings: the demo's.
    """
    odd = [WRONG.format(file=files.wrong.path.as_posix())] if files.wrong else []
    if files.later:
        odd.append(AGAIN.format(person=files.later.person.id, quiz=files.later.quiz.id, grading=GRADING))
    return TEXT.format(
        trainees=settings.trainees,
        seed=settings.seed,
        inbox=INBOX,
        later=LATER,
        grading=GRADING,
        marker=MARKER,
        observed=OBSERVED,
        taken="They are taken in already" if settings.marked else "They are not taken in yet; see the last command",
        marks=MARKED if settings.marked else "Nobody has marked them yet.",
        quoted=shlex.quote(name),
        odd_files="".join(odd),
    )
