"""What ``peercourse check --report`` tells: where each outcome is served, what looks give away, how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from peercourse.content.course import Course
from peercourse.content.giveaway_checks import shown_pool
from peercourse.content.graded import graded_items
from peercourse.content.module import Module
from peercourse.content.outcome_coverage import outcome_coverage
from peercourse.content.problems import relative_name
from peercourse.quiz.giveaways import Finding, Shown, finding, findings, longest_is_best, middling

Rows = list[list[str]]
"""A table; its first row is the heading."""


def report(course: Course) -> list[tuple[str, Rows]]:
    """Tables with a sentence above each, in the order in which they are read."""
    pool = shown_pool(list(graded_items(course)))
    return [
        ("Every outcome: the line that teaches it, what practises it, what asks for it", outcome_rows(course)),
        (
            "Single-answer items: share of the points that somebody earns who goes by looks, against pointing blindly",
            giveaway_rows(pool),
        ),
        ("Banks: in how many items the best option is the longest", longest_rows(pool)),
        ("Minutes", minute_rows(course)),
    ]


def outcome_rows(course: Course) -> Rows:
    """An outcome a row; a dash where nothing is asked for or there."""
    rows = [["outcome", "taught in", "practice", "graded"]]
    for covered in outcome_coverage(course):
        taught = f"{relative_name(covered.page.path, course.root)}:{covered.line}" if covered.page else "–"
        rows.append([covered.outcome.id, taught, str(covered.practice or "–"), str(covered.graded or "–")])
    return rows


def giveaway_rows(pool: Sequence[Shown]) -> Rows:
    """A strategy a row, with its interval; the last one is shown and not judged."""
    rows = [["always", "items", "earns", "chance", "gain", "95 % interval", ""]]
    rows += [_finding_row(found, "too much" if found.too_much else "") for found in findings(pool)]
    watched = [finding("one of middle length", middling, pool)] if pool else []
    return rows + [_finding_row(found, "not judged") for found in watched]


def longest_rows(pool: Sequence[Shown]) -> Rows:
    """A bank a row."""
    banks = longest_is_best(pool).items()
    rows = [[bank, str(len(items)), f"{fmean(items.values()):.0%}"] for bank, items in banks]
    return [["bank", "items", "best is the longest"], *rows]


def minute_rows(course: Course) -> Rows:
    """A module a row, and all of them together."""
    rows = [_minutes(module) for module in course.modules]
    total = [sum(column) for column in zip(*rows, strict=True)]
    names = [*(module.settings.title for module in course.modules), "All"]
    heading = ["module", "lessons", "reading them", "its other pages", "conversations", "in all"]
    return [heading, *([name, *map(str, row)] for name, row in zip(names, [*rows, total], strict=True))]


def _finding_row(found: Finding, verdict: str) -> list[str]:
    low, high = found.interval
    shares = [f"{found.score:.0%}", f"{found.chance:.0%}"]
    points = [f"{found.gain * 100:+.1f}", f"{low * 100:+.0f} to {high * 100:+.0f}"]
    return [found.strategy, str(len(found.gains)), *shares, *points, verdict]


def _minutes(module: Module) -> list[int]:
    reading = sum(lesson.header.minutes for lesson in module.lessons)
    pages = sum(page.header.minutes for page in module.pages)
    talking = sum(conversation.minutes for conversation in module.practice.conversations.values())
    return [len(module.lessons), reading, pages, talking, reading + pages + talking]
