"""The home page says truthfully how long the course takes."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from peercourse.book.contents import practice_minutes, quiz_minutes
from peercourse.content.course import load_course
from peercourse.content.reading_time import page_minutes
from peercourse.practice.minutes import conversation_minutes

ROOT = Path(__file__).resolve().parents[2]


def test_the_home_page_says_the_hours_that_the_parts_add_up_to(site: Path) -> None:
    course = load_course(ROOT)
    said = re.search(
        r"About (\d+) hours of reading and practice[.] The quizzes take about (\d+) hours more",
        (site / "index.html").read_text(encoding="utf-8"),
    )
    assert said is not None
    assert abs(int(said[1]) * 60 - practice_minutes(course)) <= 30
    assert abs(int(said[2]) * 60 - quiz_minutes(course)) <= 30


def test_reading_and_practice_take_seven_to_ten_hours_by_their_words() -> None:
    course = load_course(ROOT)
    taken = 0.0
    for module in course.modules:
        pages = [page for page in (*module.lessons, *module.pages) if page.stem != "quiz"]
        taken += sum(page_minutes(page, module, course.words) for page in pages)
        taken += sum(conversation_minutes(one) for one in module.practice.conversations.values())
    assert 7 * 60 <= taken <= 10 * 60
    assert abs(taken - practice_minutes(course)) <= 30


def test_a_conversation_less_takes_its_minutes_away() -> None:
    course = load_course(ROOT)
    first, *others = course.modules
    (name, conversation), *rest = first.practice.conversations.items()
    fewer = dataclasses.replace(first, practice=dataclasses.replace(first.practice, conversations=dict(rest)))
    shorter = dataclasses.replace(course, modules=(fewer, *others))
    assert practice_minutes(course) - practice_minutes(shorter) == conversation.minutes, name
