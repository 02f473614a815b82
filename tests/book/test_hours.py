"""The home page says truthfully how long the course takes."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from peercourse.book.contents import course_minutes
from peercourse.content.course import load_course

ROOT = Path(__file__).resolve().parents[2]


def test_the_home_page_says_the_hours_that_the_parts_add_up_to(site: Path) -> None:
    minutes = course_minutes(load_course(ROOT))
    said = re.search(r"About (\d+) hours in all", (site / "index.html").read_text(encoding="utf-8"))
    assert said is not None
    assert abs(int(said[1]) * 60 - minutes) <= 30


def test_a_conversation_less_takes_its_minutes_away() -> None:
    course = load_course(ROOT)
    first, *others = course.modules
    (name, conversation), *rest = first.practice.conversations.items()
    fewer = dataclasses.replace(first, practice=dataclasses.replace(first.practice, conversations=dict(rest)))
    shorter = dataclasses.replace(course, modules=(fewer, *others))
    assert course_minutes(course) - course_minutes(shorter) == conversation.minutes, name
