"""Checks of what the look of an option gives away, over all single-answer items that are handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from peercourse.content.course import Course
from peercourse.content.graded import Graded, graded_items
from peercourse.content.problems import Problem
from peercourse.quiz.bank import Quiz
from peercourse.quiz.giveaways import (
    MOST_GAIN,
    MOST_LONGEST,
    Finding,
    Shown,
    as_shown,
    findings,
    longest_is_best,
    too_often_longest,
)
from peercourse.quiz.types.single import Single

ORDERS_TRIED = 20
"""Numbers of ``shuffle`` among which the check looks for one to propose."""

MEND = {
    "the longest": "shorten the best option here, or let another one say more",
    "the shortest": "let the best option here say more, or shorten another one",
    "the most hedged": "take a 'perhaps', 'might' or 'if you like' out of the best option here, or give one to another",
}


def giveaway_problems(course: Course) -> Iterator[Problem]:
    """Everything that lets somebody score who does not read, with its place."""
    items = list(graded_items(course))
    places = {(graded.bank, graded.item.id): graded for graded in items}
    pool = shown_pool(items)
    for found in findings(pool):
        if found.too_much:
            first, *_ = found.most()
            advice = MEND.get(found.strategy) or _another_order(course, pool, found)
            yield places[first].problem(f"{in_words(found)}; {_named(found)}; {advice}")
    for bank, share in longest_is_best(pool).items():
        if too_often_longest(share):
            named = [item for item, longest in share.items() if longest]
            message = (
                f"the best option is the longest in {fmean(share.values()):.0%} of the items of {bank} "
                f"({', '.join(named)}), where {MOST_LONGEST:.0%} is the most; {MEND['the longest']}"
            )
            yield places[bank, named[0]].problem(message)


def shown_pool(items: Sequence[Graded]) -> list[Shown]:
    """All single-answer items in every order in which trainees see them."""
    return [
        as_shown(graded.item, graded.bank, seed)
        for graded in items
        if isinstance(graded.item, Single)
        for seed in graded.seeds
    ]


def in_words(found: Finding) -> str:
    """What a strategy earns, with its interval in points of a hundred."""
    low, high = found.interval
    return (
        f"somebody who always takes {found.strategy} earns {found.score:.0%} of the points, by pointing blindly "
        f"{found.chance:.0%}: {found.gain * 100:+.1f} points (95 % interval {low * 100:+.0f} to {high * 100:+.0f}, "
        f"{len(found.gains)} items), and {MOST_GAIN * 100:+.0f} is the most"
    )


def _named(found: Finding) -> str:
    return "most of it comes from " + ", ".join(f"{item} ({bank})" for bank, item in found.most())


def _another_order(course: Course, pool: Sequence[Shown], found: Finding) -> str:
    """What to write so that the places of the best options are spread more evenly; a key has no part in the order."""
    tried = [
        (_worst_place(_reordered(course, quizzes, pool, number)), number, file)
        for file, quizzes in _by_file(course).items()
        for number in range(ORDERS_TRIED + 1)
    ]
    worst, number, file = min(tried)
    if worst < found.gain:
        return (
            f"write 'shuffle: {number}' in {file} (a new version, if it was released), or change the words of an option"
        )
    return "change the words of an option of some of these items, which changes their order"


def _by_file(course: Course) -> dict[str, list[Quiz]]:
    """The quizzes that share a file, and with it a number."""
    files = {course.quiz_sources[quiz.id].name: [quiz] for quiz in course.quizzes.values()}
    return files | ({course.measure[1].name: list(course.evaluation.values())} if course.measure else {})


def _reordered(course: Course, quizzes: Sequence[Quiz], pool: Sequence[Shown], number: int) -> list[Shown]:
    """The pool as it were if these quizzes had another number."""
    seeds = {quiz.seed: quiz.model_copy(update={"shuffle": number}).seed for quiz in quizzes}
    changed = [graded for graded in graded_items(course) if set(graded.seeds) <= set(seeds)]
    names = {graded.bank for graded in changed}
    fresh = [
        as_shown(one.item, one.bank, seeds[seed])
        for one in changed
        if isinstance(one.item, Single)
        for seed in one.seeds
    ]
    return [*(shown for shown in pool if shown.bank not in names), *fresh]


def _worst_place(pool: Sequence[Shown]) -> float:
    return max(found.gain for found in findings(pool) if found.strategy not in MEND)
