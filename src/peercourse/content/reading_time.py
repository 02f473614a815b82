"""The minutes that authors write above pages and conversations, held against the words that are read there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from peercourse.content.module import QUIZ_PAGE, Lesson, Module
from peercourse.content.practice_checks import placed
from peercourse.content.problems import Problem, relative_name
from peercourse.practice.minutes import (
    WORDS_A_MINUTE,
    conversation_minutes,
    own_words_minutes,
    self_check_minutes,
    slip_minutes,
)
from peercourse.practice.pool import conversation_file
from peercourse.words import Words

if TYPE_CHECKING:
    from peercourse.content.course import Course

TOLERANCE = 2.0
"""Minutes between what an author says and what the words take."""

OF_PRACTICE = 0.25
"""The same as a share of a page of practice, which few do from top to bottom, or of a conversation, which bends."""


def reading_time_problems(course: Course) -> Iterator[Problem]:
    """Pages and conversations whose minutes are not what their words take.

    A quiz page is left out: how long thinking takes is its author's judgement.
    """
    for module in course.modules:
        for page in (*module.lessons, *module.pages):
            taken = page_minutes(page, module, course.words)
            share = 0.0 if page in module.lessons else OF_PRACTICE
            message = _message(page.header.minutes, taken, share)
            if message and page.stem != QUIZ_PAGE:
                yield Problem(relative_name(page.path, course.root), 2, "minutes", message)
        for conversation in module.practice.conversations.values():
            message = _message(conversation.minutes, conversation_minutes(conversation), OF_PRACTICE)
            if message:
                yield module.practice.sources[conversation_file(conversation.id)].problem(("minutes",), message)


def page_minutes(page: Lesson, module: Module, words: Words) -> float:
    """Minutes of a page and of the exercises that stand on it; conversations count apart, each as one of its own."""
    pool = module.practice
    minutes = page.words / WORDS_A_MINUTE
    minutes += sum(self_check_minutes(pool.self_checks[name], words) for name in _on(page, "self-check", module))
    minutes += sum(slip_minutes(pool.slips[name]) for name in _on(page, "slip", module))
    minutes += sum(own_words_minutes(pool.own_words[name]) for name in _on(page, "say-it-yourself", module))
    return minutes


def _on(page: Lesson, directive: str, module: Module) -> list[str]:
    pool = module.practice
    known = {*pool.self_checks, *pool.slips, *pool.own_words}
    return [name for name, _ in placed(page, directive) if name in known]


def _message(said: int, taken: float, share: float) -> str:
    if abs(taken - said) <= max(TOLERANCE, taken * share):
        return ""
    return (
        f"is {said}, but its words and its practice take about {taken:.0f}, at {WORDS_A_MINUTE} words a minute; "
        f"write {taken:.0f}"
    )
