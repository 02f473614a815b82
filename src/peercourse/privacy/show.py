"""What ``peercourse forget`` says, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peercourse.grading.folder import GradingFolder
from peercourse.privacy.forget import Plan, Proof
from peercourse.privacy.inbox import InboxFiles
from peercourse.terminal import plain

MOST = 40
"""Lines of a list that are shown; a whole cohort has thousands."""


def planned(plan: Plan, folder: GradingFolder) -> Iterator[str]:
    """What would be removed, and what cannot be reached from here."""
    yield f"Of {whom(plan)} this lies in {folder.root}:"
    yield from _list([removal.what for removal in plan.removals])
    if plan.sent_out:
        yield "Workbooks with their answers were exported. Copies that lie with markers cannot be reached from here:"
        yield from _list(
            f"{one.export.assignment}-{one.export.export}, marker {one.marker}: {', '.join(one.codes[:8])}"
            + (" …" if len(one.codes) > 8 else "")
            for one in plan.sent_out
        )
    yield "If the group's numbers are to stay, make the copy that names nobody first: peercourse report --share"
    yield "Where a law asks you to keep a record of training, keep it elsewhere first. A certificate that was given out"
    yield "stays valid. There is no way back."


def proved(proof: Proof, plan: Plan, folder: GradingFolder) -> Iterator[str]:
    """What was searched, what it says, what remains and why, and what comes next."""
    search = proof.search
    books = "the gradebook" if search.databases == 1 else f"{search.databases} gradebooks"
    one = "the ID stands" if len(plan.names.who) == 1 else "the IDs stand"
    searched = f"Searched {search.files} {'file' if search.files == 1 else 'files'} and {books} in {folder.root}"
    if not search.named:
        yield f"{searched}: {one} in none."
    else:
        yield f"{searched}: {one} in these places yet."
    if proof.remaining:
        yield "Not made by this program, or not to be changed by it. Look at each, and delete or mend it by hand:"
        yield from _list(proof.remaining)
    if proof.of_others:
        yield "In the records of other trainees, which are not changed. It may be a coincidence, or they observed a"
        yield "role play: who observed belongs to the record of the person who was observed, and goes with that one:"
        yield from _list(proof.of_others)
    if proof.of_course:
        yield "Also found in the course's own text, which is a coincidence: it was there before anybody handed in:"
        yield from _list(proof.of_course)
    if search.unread:
        yield "Could not be looked into:"
        yield from _list(f"{name}: {why}" for name, why in search.unread)
    for command in dict.fromkeys(removal.again for removal in plan.removals if removal.again):
        yield f"Removed because it named them; make it again with: {command}"
    yield "Outside this folder nothing was touched: inboxes, downloads, backups, sent feedback, workbooks with markers."
    if plan.roster:
        yield "They are not on trainees.csv any more, so peercourse collect would refuse files of theirs."
    else:
        yield "Handed in again, the same files would bring them back: no list of those who were forgotten is kept."


def in_inbox(found: InboxFiles, *, deleted: bool) -> Iterator[str]:
    """What lies in an inbox, and what was done about it."""
    if not (found.theirs or found.in_archives or found.mentioned):
        yield "The inbox holds no file in which the ID stands."
        return
    if found.theirs:
        yield "Deleted from the inbox:" if deleted else "In the inbox, left alone (--delete-from-inbox deletes them):"
        yield from _list(str(path) for path in found.theirs)
    if others := [*dict.fromkeys([*found.in_archives, *found.mentioned])]:
        yield "Also in the inbox, inside zip files or where it may be a coincidence; look at each, and delete by hand:"
        yield from _list(others)


def whom(plan: Plan) -> str:
    """The people, by ID where there are few."""
    people = sorted(plan.names.who)
    return ", ".join(people) if len(people) <= 12 else f"{', '.join(people[:12])} … ({len(people)} in all)"


def _list(lines: Iterator[str] | Sequence[str]) -> Iterator[str]:
    found = list(lines)
    for line in found[:MOST]:
        yield f"- {plain(line)}"
    if len(found) > MOST:
        yield f"… and {len(found) - MOST} more."
