"""Forgetting people: who is known, what is removed, and what a search finds afterwards."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from peercourse.grading.files import GradingError
from peercourse.grading.folder import GradingFolder
from peercourse.grading.identity import IdentityError, read_roster, trainee_id
from peercourse.grading.people import PLACES, folders_of_people
from peercourse.marking.ledger import read_ledger
from peercourse.marking.places import read_exports
from peercourse.privacy import gradebook
from peercourse.privacy.names import Names
from peercourse.privacy.removals import Removal, SentOut, find_removals, sent_out
from peercourse.privacy.search import Search, Step, search_grading
from peercourse.terminal import plain

MOST_PLACES = 20
OF_THE_COURSE = ("source/", "release/", "quizzes.json", "nbgrader_config")
"""What a release puts into the folder: the course's own text."""


@dataclass(frozen=True)
class Plan:
    """What forgetting people would do.

    Attributes:
        names: the people.
        removals: steps in their order.
        sent_out: rows of workbooks that may lie with markers.
        roster: whether there is a list of those who may hand in.
    """

    names: Names
    removals: tuple[Removal, ...]
    sent_out: tuple[SentOut, ...]
    roster: bool


@dataclass
class Proof:
    """What a search found after the removal.

    Attributes:
        search: all of it.
        remaining: places that somebody has to look at.
        of_others: places in other trainees' records, which are not changed.
        of_course: places in the course's own text.
    """

    search: Search
    remaining: list[str] = field(default_factory=list)
    of_others: list[str] = field(default_factory=list)
    of_course: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether nothing is left that could be about the people."""
        return not self.remaining and not self.search.unread


def read_id(given: str) -> str:
    """An ID that a trainer typed, as it counts.

    Raises:
        GradingError: it can be nobody's.
    """
    try:
        return trainee_id(given)
    except IdentityError as error:
        raise GradingError(f"The trainee ID {error}; write one ID, as in: peercourse forget nurse-17") from None


def known_people(folder: GradingFolder) -> frozenset[str]:
    """Every trainee of whom the grading folder knows, from wherever it does.

    Raises:
        GradingError: a file or the gradebook cannot be read.
    """
    found = {trainee for trainee, _ in folders_of_people(folder.root)}
    found |= read_roster(folder.root) or set()
    for database in gradebook.databases(folder):
        found |= _ids(gradebook.students(database))
    for path in (folder.root / "marks").glob("*.json"):
        found |= {entry.trainee for entry in read_ledger(folder, path.stem).values()}
    for export in read_exports(folder).values():
        found |= {row.trainee for rows in export.files.values() for row in rows.values()}
    return frozenset(found)


def make_plan(folder: GradingFolder, who: frozenset[str], step: Step) -> Plan:
    """Look up what is to be removed. Nothing is changed.

    Args:
        folder: the grading folder, held by its one writer.
        who: IDs as they count.
        step: told of the search where nothing else is found of somebody.

    Raises:
        GradingError: nobody of that ID is known here, or a file in which they may stand is damaged.
    """
    people = known_people(folder)
    names = names_of(folder, who, people)
    removals = tuple(find_removals(folder, names))
    if not removals:
        raise GradingError(_unknown(folder, names, people, search_grading(folder, names, step).named))
    roster = read_roster(folder.root) is not None
    return Plan(names, removals, tuple(sent_out(folder, names)), roster)


def names_of(folder: GradingFolder, who: frozenset[str], people: Iterable[str]) -> Names:
    """What to look for, and the words that may hold it and mean something else."""
    released = folder.read().values()
    others = {*people, *(entry.assignment for entry in released), *(entry.quiz for entry in released)}
    return Names(who, frozenset(others - who))


def carry_out(folder: GradingFolder, names: Names, step: Step) -> None:
    """Remove everything of people, looked up anew: while the question stood there, somebody may have changed a file.

    Args:
        folder: the grading folder, held by its one writer.
        names: the people.
        step: told how many steps of how many are done, and which one is next.

    Raises:
        GradingError: something cannot be removed; the same again does the rest.
    """
    removals = find_removals(folder, names)
    for number, removal in enumerate(removals):
        step(number, len(removals), removal.what)
        try:
            removal.do()
        except OSError as error:
            raise GradingError(
                f"Stopped at {removal.what} ({error.strerror}); mend that, then run the same again"
            ) from error


def prove(folder: GradingFolder, names: Names, step: Step) -> Proof:
    """Search everything, and sort what is found by what can be done about it."""
    proof = Proof(search_grading(folder, names, step))
    for place in proof.search.named:
        if place.startswith(OF_THE_COURSE) or place.rpartition(", table ")[2] in gradebook.OF_THE_COURSE:
            proof.of_course.append(place)
        elif place.count("/") > 1 and place.split("/")[0] in PLACES:
            proof.of_others.append(place)
        else:
            proof.remaining.append(place)
    return proof


def _unknown(folder: GradingFolder, names: Names, people: Iterable[str], found: Sequence[str]) -> str:
    who = ", ".join(sorted(names.who))
    near = difflib.get_close_matches(min(names.who), sorted(people), n=3, cutoff=0.6)
    lines = [f"{who} has no record in {folder.root}. Nothing was removed."]
    if near:
        lines.append(f"Near to it: {', '.join(near)}.")
    if found:
        lines.append("It stands in these places, which may be a coincidence; look at each:")
        lines += [f"- {plain(place)}" for place in found[:MOST_PLACES]]
    return "\n".join(lines)


def _ids(raw: Iterable[str]) -> set[str]:
    found = set()
    for text in raw:
        try:
            found.add(trainee_id(text))
        except IdentityError:
            continue  # a name that no command of this program takes in
    return found
