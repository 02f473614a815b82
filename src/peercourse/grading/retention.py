"""The retention date of ``institution.yml``: whose time is over, and the line that says so."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from pathlib import Path

from peercourse.content.course import find_root
from peercourse.content.host_rules import RetentionRules
from peercourse.content.institution import FILE, read_institution
from peercourse.content.problems import ContentError
from peercourse.demo.marker import is_synthetic
from peercourse.grading.people import folders_of_people, last_handed_in


def retention_rules(course: Path) -> RetentionRules:
    """What the institution has set.

    Args:
        course: the course folder.

    Raises:
        ContentError: ``institution.yml`` cannot be used.
    """
    return read_institution(course)[0].retention


def past_retention(root: Path, rules: RetentionRules, today: date) -> frozenset[str]:
    """Trainees with files in the grading folder whose time is over.

    Args:
        root: the grading folder.
        rules: what the institution has set.
        today: the day.
    """
    if rules.until is not None:
        return frozenset(trainee for trainee, _ in folders_of_people(root)) if today > rules.until else frozenset()
    if rules.months is None:
        return frozenset()
    days = {
        trainee: last_handed_in(path)
        for trainee, path in folders_of_people(root)
        if path.parent.name == "submitted" and not path.is_symlink()
    }
    return frozenset(name for name, day in days.items() if day and today > months_later(day, rules.months))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one where it has fewer days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def reminder(root: Path, rules: RetentionRules, today: date) -> str:
    """One line where somebody's time is over; empty where nobody's is."""
    number = len(past_retention(root, rules, today))
    if not number:
        return ""
    whose = "1 trainee's data still lie" if number == 1 else f"{number} trainees' data still lie"
    when = (
        f"The retention date, {rules.until}, has passed"
        if rules.until
        else f"The retention time, {rules.months} months after the last hand-in, is over"
    )
    return f"{when}: {whose} in {root}. See whose with: peercourse forget --due --dry-run"


def reminder_here(root: Path) -> str:
    """The reminder by the ``institution.yml`` of the course folder that the trainer is in; empty where there is none.

    A file that cannot be used is not reported here: grading needs nothing of it, and ``peercourse check`` says what to
    mend.
    """
    if not root.is_dir() or is_synthetic(root):
        return ""
    try:
        course = find_root(Path.cwd())
        if not re.search(r"^retention:", (course / FILE).read_text(encoding="utf-8"), re.MULTILINE):
            return ""
        return reminder(root, retention_rules(course), datetime.now().astimezone().date())
    except (ContentError, OSError, ValueError):
        return ""
