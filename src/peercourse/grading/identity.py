"""Trainee IDs: what may be one, and the list of those who take part.

An ID becomes a folder name, a database key, a cell of a spreadsheet and text on pages, so it is letters, digits and
hyphens and nothing else. Two spellings of one ID are one ID.
"""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

from peercourse.grading.files import GradingError

SHORTEST, LONGEST = 3, 32
ROSTER = "trainees.csv"
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(10))]
)
"""Names that Windows does not allow for a folder."""
UNSEEN = "\u115f\u1160"
"""Letters that show as nothing (in normal form): with them two IDs would look the same."""


class IdentityError(Exception):
    """A text is no trainee ID. The message goes on from "the trainee ID"."""


def trainee_id(raw: str) -> str:
    """The ID as it counts: NFKC, case-folded, 3 to 32 letters, digits and hyphens.

    Args:
        raw: as somebody wrote it; white space around it does not matter.

    Raises:
        IdentityError: it is no ID; the message says why.
    """
    if not raw.strip():
        raise IdentityError("is missing")
    if len(raw) > 10 * LONGEST:  # before anything that takes time with length
        raise IdentityError(f"is longer than {LONGEST} characters")
    # Folding may undo the normal form and the other way round, hence twice.
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", raw.strip()).casefold())
    if not all(_allowed(character) for character in name):
        raise IdentityError("may hold letters, digits and hyphens alone")
    if not SHORTEST <= len(name) <= LONGEST:
        raise IdentityError(f"must have {SHORTEST} to {LONGEST} characters, and has {len(name)}")
    if name.startswith("-") or name.endswith("-"):
        raise IdentityError("may not begin or end with a hyphen")
    if name in RESERVED:
        raise IdentityError("is a name that Windows keeps for itself")
    scripts = {_script(character) for character in name if character.isalpha()}
    if len(scripts) > 1:
        raise IdentityError("mixes letters of several alphabets, some of which look alike")
    return name


def lenient_id(raw: str | None) -> str | None:
    """An ID that a trainer typed to choose one, as it counts; as typed where it is none, so that nothing is found."""
    try:
        return None if raw is None else trainee_id(raw)
    except IdentityError:
        return raw


def read_roster(grading: Path, name: str = ROSTER) -> frozenset[str] | None:
    """IDs of those who take part, from the column ``id`` of ``trainees.csv``, or of another list.

    Args:
        grading: the grading folder.
        name: the file.

    Returns:
        The IDs; None where there is no such file, and everybody may hand in.

    Raises:
        GradingError: the file cannot be used.
    """
    path = grading / name
    if not path.exists():
        return None
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            if "id" not in (table.fieldnames or []):
                raise GradingError(f"{path} has no column 'id'; write 'id' in its first line, then an ID a line")
            rows = [(table.line_num, row["id"] or "") for row in table]
    except (UnicodeDecodeError, csv.Error) as error:
        raise GradingError(f"{path} cannot be read ({error}); save it as CSV in UTF-8") from None
    ids = set()
    for line, raw in rows:
        if not raw.strip():
            continue
        try:
            ids.add(trainee_id(raw))
        except IdentityError as error:
            raise GradingError(f"{path}:{line}: the trainee ID {error}") from None
    return frozenset(ids)


def _allowed(character: str) -> bool:
    """Letters (of scripts without joining marks) that can be seen, decimal digits 0 to 9, and the hyphen."""
    if character in UNSEEN:
        return False
    return character == "-" or character in "0123456789" or (character.isalpha() and character.isprintable())


def _script(letter: str) -> str:
    """The alphabet of a letter by the first word of its Unicode name, for example LATIN."""
    return unicodedata.name(letter, "?").split(" ")[0]
