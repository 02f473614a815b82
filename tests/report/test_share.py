"""The institution's copy: somebody who knows the program and all that is on the page cannot make anybody out."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from peercourse.grading.folder import Released, ReleasedItem
from peercourse.grading.result import ItemResult, Result
from peercourse.quiz.bank import Quiz
from peercourse.report.cohort import Cohort
from peercourse.report.disclosure import HIDDEN, SMALL, at_least, coarse, shown_counts
from peercourse.report.page import page_html
from peercourse.report.share_page import share_page
from peercourse.report.shared import SharedReport, share

DAY = date(2026, 11, 25)


def shared_html(cohort: Cohort) -> str:
    return page_html(share_page(share(cohort), DAY))


def tables_of(number: int, cells: int) -> Iterator[tuple[int, ...]]:
    for counts in itertools.product(range(number + 1), repeat=cells - 1):
        if sum(counts) <= number:
            yield (*counts, number - sum(counts))


@pytest.mark.parametrize("cells", [2, 3, 4])
@pytest.mark.parametrize("number", [10, 15, 22])
def test_a_count_below_five_may_be_any_count_below_five(number: int, cells: int) -> None:
    """Every table with a total is published; whoever sees one looks for all tables that would look the same."""
    alike: dict[Hashable, list[tuple[int, ...]]] = defaultdict(list)
    for table in tables_of(number, cells):
        alike[shown_counts(table)].append(table)
    for published, candidates in alike.items():
        for place in range(cells):
            possible = {table[place] for table in candidates}
            assert published is not None or possible >= set(range(SMALL))
            assert published is None or min(possible) >= SMALL


ITEM = ReleasedItem("only", "single", "only-score", 2.0)


BANK = {
    "module": "02-active-listening",
    "version": 1,
    "pass_mark": 0.75,
    "minutes": 5,
    "scenarios": [
        {
            "id": "lift", "setting": "A lift", "people": {"Amal": "porter"}, "story": "It is out again.",
            "items": [
                {
                    "id": "only", "type": "single", "stem": "What now?", "outcome": "m2.3", "competence": ["COM02"],
                    "options": [
                        {"text": "What is it like now?", "points": 2, "rationale": "It asks."},
                        {"text": "It could be worse.", "points": 0, "rationale": "It does not."},
                    ],
                }
            ],
        }
    ],
}  # fmt: skip
BANKS = {f"{name}-v1": Quiz.model_validate({"id": name, "title": name, **BANK}) for name in ("one", "two")}


def quiz_of(name: str) -> Released:
    return Released(name, 1, name, f"{name}-v1", 0.75, (ITEM,), "", "")


def result(trainee: int, quiz: str, points: float) -> Result:
    return Result(
        f"t-{trainee:03d}", quiz_of(quiz), None, (ItemResult(ITEM, "a", points, None, False),), 0.0, scored=True
    )


def simple(enrolled: int, one: tuple[int, int], two: tuple[int, int]) -> Cohort:
    """Two quizzes of one item each; for each how many passed and failed, and nobody else handed it in."""
    results = [
        result(trainee, quiz, 2.0 if trainee < passed else 0.0)
        for quiz, (passed, failed) in (("one", one), ("two", two))
        for trainee in range(passed + failed)
    ]
    released = {f"{name}-v1": quiz_of(name) for name in ("one", "two")}
    roster = frozenset(f"t-{trainee:03d}" for trainee in range(enrolled))
    return Cohort(tuple(results), released, BANKS, roster=roster)


def test_how_few_passed_or_failed_cannot_be_found_by_trying_all_cohorts() -> None:
    """The hardest case: a quiz of one item, so that median, quartiles and outcome are counts in disguise.

    Whoever sees a copy makes the copies of all cohorts, and keeps those that are the same as this one.
    """
    alike: dict[SharedReport, list[tuple[int, int]]] = defaultdict(list)
    for number in range(10, 26):
        for failed in range(number + 1):
            counts = (number - failed, failed)
            alike[share(simple(40, counts, (20, 10)))].append(counts)
    for candidates in alike.values():
        for place in range(2):
            possible = {counts[place] for counts in candidates}
            assert min(possible) >= SMALL or possible >= set(range(SMALL)), candidates


def test_how_few_are_missing_cannot_be_found_by_trying_all_cohorts() -> None:
    alike: dict[SharedReport, list[tuple[int, int]]] = defaultdict(list)
    most = 23
    for enrolled in range(12, most):
        for one, two in itertools.product(range(12, enrolled + 1), repeat=2):
            cohort = simple(enrolled, (one - 5, 5), (two - 5, 5))
            alike[share(cohort)].append((enrolled - one, enrolled - two))
    told = 0
    for report, candidates in alike.items():
        least = max(quiz.number or 0 for quiz in report.quizzes)
        if least > most - SMALL:  # the other candidates lie beyond what was tried
            continue
        told += report.enrolled is not None
        for place in range(2):
            possible = {missing[place] for missing in candidates}
            assert min(possible) >= SMALL or len(possible) >= SMALL, candidates
    assert told


def test_the_copy_names_nobody_and_holds_no_words_of_a_quiz(cohort: Cohort) -> None:
    html = shared_html(cohort)
    words = BeautifulSoup(html, "html.parser").get_text(" ")
    assert not [trainee for trainee in cohort.trainees if trainee in html]
    for bank in cohort.banks.values():
        for scenario in bank.scenarios:
            assert scenario.story[:60] not in words
            for item in scenario.items:
                assert item.stem not in words
                assert item.id not in re.findall(r"[a-z-]{8,}", words)
                for option in getattr(item, "options", ()):
                    assert option.text not in words
                    assert option.rationale not in words
    assert "You stayed with her" not in words
    assert "could hurt" not in words


def test_no_number_of_people_below_five_stands_on_the_page(tools: dict[str, Any], course: Any) -> None:
    for number in (3, 8, 11, 23, 60):
        cohort = tools["made_up"](course, number, seed=number)
        soup = BeautifulSoup(shared_html(cohort), "html.parser")
        for table in soup.find_all("table"):
            heads = [head.get_text() for head in table.thead.find_all("th")]
            for row in table.tbody.find_all("tr"):
                cells = [cell.get_text() for cell in row.find_all(["th", "td"])]
                for head, cell in zip(heads, cells, strict=True):
                    if head in ("n", "passed", "not passed", "people"):
                        assert cell == HIDDEN or int(cell) >= SMALL, (number, table.caption, head)


def test_what_is_shown_is_true(cohort: Cohort) -> None:
    report = share(replace(cohort, roster=None))
    for quiz, (_, results) in zip(report.quizzes, cohort.by_assignment(), strict=True):
        assert quiz.number == len(results) == 60
        assert quiz.passed == (sum(one.passed is True for one in results), sum(one.passed is False for one in results))
    assert report.enrolled is None
    assert share(cohort).enrolled is None  # 62 on the list and 60 in: two would be missing
    more = replace(cohort, roster=(cohort.roster or frozenset()) | {f"late-{place}" for place in range(3, 6)})
    assert share(more).enrolled == 65


def test_those_who_did_not_come_back_are_not_counted_where_they_are_few(cohort: Cohort) -> None:
    told = share(cohort)
    assert [(one.occasion, one.at_least, one.came_back) for one in told.occasions] == [
        ("after", 45, (48, 12)),
        ("follow-up", 20, (20, 40)),
    ]
    # Four of the twelve lost now come back with the others, so that eight are missing; then all but three.
    lost = sorted(
        {entry.trainee for entry in cohort.results}
        - {entry.trainee for entry in cohort.results if entry.released.quiz.startswith("after")}
    )
    stand_in = next(entry for entry in cohort.results if entry.released.quiz.startswith("after"))
    back = tuple(replace(stand_in, trainee=trainee) for trainee in lost[3:])
    hidden = share(replace(cohort, results=(*cohort.results, *back)))
    assert [one.came_back for one in hidden.occasions] == [None, None]
    html = shared_html(replace(cohort, results=(*cohort.results, *back)))
    sentences = " ".join(one.get_text() for one in BeautifulSoup(html, "html.parser").select("#measure p"))
    assert HIDDEN in sentences
    assert not re.search(r"\b(57|60|40|20 answered)\b", sentences)


def test_an_outcome_is_hidden_where_fewer_than_five_differ() -> None:
    assert coarse(0.9473) == 0.95
    assert at_least(23) == 20
    for wrong in range(12):
        (outcome,) = share(simple(30, (25 - wrong, wrong), (25 - wrong, wrong))).outcomes
        assert outcome.mean == (None if wrong < SMALL else coarse(1 - wrong / 25))


def test_the_demo_says_so_in_the_copy_too(cohort: Cohort) -> None:
    assert "Synthetic: made by a program" in shared_html(replace(cohort, synthetic=True))
    assert "Synthetic" not in shared_html(cohort)
