"""The trainer's page: what stands on it, that it runs nothing and asks for nothing, and that words stay words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from peercourse.marking.ledger import MarkedAnswer
from peercourse.marking.model import Mark
from peercourse.report.blocks import Bullets, Figure, Fold, Paragraph, Section, Table, render
from peercourse.report.cohort import Cohort
from peercourse.report.findings import find
from peercourse.report.first import first_looks
from peercourse.report.page import Page, page_html
from peercourse.report.plots import Axis, Range, columns, intervals, piles
from peercourse.report.sections.agreement import agreement_section
from peercourse.report.share_page import share_page
from peercourse.report.shared import share
from peercourse.report.trainer_page import trainer_page

DAY = date(2026, 11, 25)
NASTY = "<script>alert('x')</script> & \"quoted\" <img src=x onerror=alert(1)>"


def html_of(cohort: Cohort) -> str:
    found = find(cohort)
    return page_html(trainer_page(cohort, found, first_looks(cohort, found), DAY))


@pytest.fixture(scope="module")
def html(cohort: Cohort) -> str:
    return html_of(cohort)


@pytest.fixture(scope="module")
def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def rows(soup: BeautifulSoup, caption: str) -> dict[str, list[str]]:
    """Cells of a table by the heading of their row."""
    return {cells[0]: cells[1:] for cells in every_row(soup, caption)}


def every_row(soup: BeautifulSoup, caption: str) -> list[list[str]]:
    """All cells of a table."""
    table = next(found for found in soup.find_all("table") if found.caption.get_text() == caption)
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.tbody.find_all("tr")]


def test_it_runs_nothing_and_asks_for_nothing(html: str, soup: BeautifulSoup) -> None:
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert isinstance(policy, Tag)
    assert str(policy["content"]).startswith("default-src 'none'")
    assert not soup.find_all(["script", "link", "img", "iframe", "object", "form", "base"])
    assert not re.search(r"\s(style|on[a-z]+|src|srcset|action)=", re.sub(r">[^<]*<", "><", html))
    assert {str(link["href"])[0] for link in soup.find_all("a")} == {"#"}
    assert "http:" not in html
    assert "https:" not in html


def test_every_drawing_has_words_and_a_table_behind_it(soup: BeautifulSoup) -> None:
    figures = soup.find_all("figure")
    assert len(figures) >= 12
    for figure in figures:
        assert figure.svg["role"] == "img"
        assert figure.svg["aria-label"]
        assert figure.figcaption.get_text()
        fold = figure.find_next_sibling("details")
        assert fold.find("table").find("td").get_text()


def test_tables_have_captions_and_headings_and_sections_a_place_in_the_contents(soup: BeautifulSoup) -> None:
    for table in soup.find_all("table"):
        assert table.caption.get_text()
        width = len(table.thead.find_all("th"))
        assert all(head.get_text() for head in table.thead.find_all("th"))
        assert all(len(row.find_all(["th", "td"])) == width for row in table.tbody.find_all("tr"))
    levels = [int(heading.name[1]) for heading in soup.find_all(re.compile(r"^h\d$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert soup.html is not None
    assert soup.html["lang"] == "en"
    targets = [str(link["href"])[1:] for link in soup.nav.find_all("a")] if soup.nav else []
    assert targets == [str(section["id"]) for section in soup.find_all("section", id=True)]


def test_who_is_in_and_who_is_missing(soup: BeautifulSoup, cohort: Cohort) -> None:
    assert rows(soup, "What was handed in")["m1-peer-support"][:2] == ["60", "62"]
    assert rows(soup, "Who is missing")["m1-peer-support"] == ["late-1, late-2"]
    people = rows(soup, "Trainee by trainee")
    assert people["late-1"] == ["missing"] * 6
    result = next(result for result in cohort.graded if result.trainee == "blue-0000")
    assert result.score is not None
    share = f"{100 * result.score / result.maximum:.0f}\N{NO-BREAK SPACE}%"
    assert people["blue-0000"][0] == f"{share}, {'passed' if result.passed else 'not passed'}"


def test_without_a_list_it_says_who_cannot_be_named(cohort: Cohort) -> None:
    assert "cannot be named here" in html_of(replace(cohort, roster=None))


def test_harmful_replies_are_a_prompt_for_a_talk(soup: BeautifulSoup) -> None:
    section = soup.find("section", id="talks")
    assert isinstance(section, Tag)
    words = section.get_text()
    assert "Talk to each of them, alone, before they support anybody" in words
    assert "no diagnosis" in words
    assert len(rows(soup, "Replies that could hurt")) > 1


def test_the_key_stands_beside_what_was_chosen(soup: BeautifulSoup, course: Any) -> None:
    bank = course.quizzes["m1-peer-support"]
    item = next(item for item in bank.items() if item.type == "single")
    options = rows(soup, f"{item.id}: options")
    assert {letter for letter, cells in options.items() if cells[1] == "key"} == {item.best_answer(bank.seed)}
    assert {cells[0] for cells in options.values()} == {option.text for option in item.options} | {""}
    assert sum(int(cells[2]) for cells in options.values()) == 60


def test_no_written_answer_stands_on_it(html: str) -> None:
    assert "You stayed with her" not in html


def test_nothing_is_said_about_few(tools: dict[str, Any], course: Any) -> None:
    page = BeautifulSoup(html_of(tools["made_up"](course, 9)), "html.parser")
    assert {cells[0] for cells in rows(page, "Share of the points by outcome").values()} == {"too few to say"}
    figures = rows(page, "The items in figures")
    assert {tuple(cells[:2]) for cells in figures.values()} == {("too few to say", "too few to say")}
    words = page.get_text()
    assert "coefficient alpha): too few to say (fewer than 10)" in words
    assert "The middle half" not in words
    assert "Hedges" not in words


def test_a_quiz_that_waits_for_marking_says_what_to_do(tools: dict[str, Any], cohort: Cohort) -> None:
    results = tuple(tools["waiting"](result) if place % 2 else result for place, result in enumerate(cohort.results))
    unscored = replace(results[0], scored=False)
    found = replace(cohort, results=(unscored, *results[1:]))
    words = BeautifulSoup(html_of(found), "html.parser").get_text()
    assert "wait for written answers to be marked" in words
    assert "1 submission is not scored yet. Run peercourse grade." in words
    assert "waits for marking" in words


def test_a_bank_that_is_missing_or_was_corrected_is_named(cohort: Cohort) -> None:
    (assignment, _), *_ = [entry for entry in cohort.banks.items() if not cohort.is_evaluation(entry[0])]
    banks = {name: bank for name, bank in cohort.banks.items() if name != assignment}
    assert "has no bank of this version" in html_of(replace(cohort, banks=banks))
    corrected = html_of(replace(cohort, corrected=frozenset({assignment})))
    assert "The bank was changed after its release" in corrected


def test_the_demo_says_so_at_the_top(cohort: Cohort) -> None:
    found = BeautifulSoup(html_of(replace(cohort, synthetic=True)), "html.parser")
    assert found.main is not None
    first = next(child for child in found.main.children if isinstance(child, Tag))
    assert first.get_text().startswith("Synthetic: made by a program")


def marked_twice(cohort: Cohort, number: int, second: float) -> Cohort:
    """The same with a written item of the first quiz marked by two, who differ about one in three."""
    item = next(entry for entry in cohort.released["m1-peer-support-v1"].items if entry.type == "written")
    marks = {}
    for place in range(number):
        trainee, points = f"blue-{place:04d}", float(place % 4) / 2
        theirs = {"first": points, "second": points + (second if place % 3 == 0 else 0)}
        given = {
            role: Mark(export="0", code=role, points={"one": value}, harmful=role == "second" and place == 1)
            for role, value in theirs.items()
        }
        marks["m1-peer-support-v1", trainee, item.id] = MarkedAnswer(
            trainee=trainee, version=1, item=item.id, answer="", maximum=item.points, marks=given
        )
    return replace(cohort, marks=marks)


def agreement_html(cohort: Cohort) -> str:
    return str(render([agreement_section(cohort)]))


def test_agreement_of_markers_stands_beside_what_others_reached(cohort: Cohort, html: str) -> None:
    assert "No answer was marked by two people" in html
    caption = "Answers that two people marked"
    close = BeautifulSoup(agreement_html(marked_twice(cohort, 24, 0.5)), "html.parser")
    item, in_all = every_row(close, caption)
    assert (item[0], item[2:4], in_all[1]) == ("m1-peer-support-v1", ["24", "100\N{NO-BREAK SPACE}%"], "in all")
    assert item[4] == in_all[4] == "0.88"
    words = close.find("section", id="agreement").get_text()  # type: ignore[union-attr]
    assert "0.71 to 0.91 for an item and 0.93 in all" in words
    assert "Helpful Responses Questionnaire, from a secondary page" in words
    assert "Below that" not in words
    apart = agreement_html(marked_twice(cohort, 24, 2.0))
    assert f"Below that: {item[1]} (m1-peer-support-v1)." in apart
    few = every_row(BeautifulSoup(agreement_html(marked_twice(cohort, 9, 2.0)), "html.parser"), caption)
    assert {tuple(cells[3:]) for cells in few} == {("too few to say", "too few to say", "")}
    one = marked_twice(cohort, 1, 0)
    (place, entry), *_ = one.marks.items()
    alone = replace(one, marks={place: entry.model_copy(update={"marks": {"one": entry.marks["first"]}})})
    assert "Marks are kept for m1-peer-support-v1; no answer was marked by two" in agreement_html(alone)


def test_what_a_marker_noted_is_a_prompt_for_a_talk_too(cohort: Cohort, soup: BeautifulSoup) -> None:
    assert "Noted in answers" not in soup.get_text()
    calm = replace(marked_twice(cohort, 3, 0.5), banks={})  # without banks nobody is known to have chosen anything
    page = html_of(calm)
    section = BeautifulSoup(page, "html.parser").find("section", id="talks")
    assert isinstance(section, Tag)
    found = rows(BeautifulSoup(str(section), "html.parser"), "Noted in answers in people's own words")
    assert {name: cells[0] for name, cells in found.items()} == {"blue-0001": "1 of 2 markers"}
    assert "1 trainee chose or wrote 1 reply that could hurt" in section.get_text()
    assert "no diagnosis" in section.get_text()
    assert "You stayed with her" not in page
    assert "1 trainee chose or wrote a reply that could hurt" in first_looks(calm, find(calm))[0]
    shared = page_html(share_page(share(calm), DAY))
    assert shared == page_html(share_page(share(replace(calm, marks={})), DAY))


def test_every_text_is_escaped_wherever_it_stands() -> None:
    table = Table(NASTY, (NASTY, "n"), ((NASTY, NASTY),))
    axis = Axis(0, 10, 5, NASTY, NASTY)
    drawings = [
        piles({3: 2, 4: 40}, axis, NASTY, 5),
        columns([(NASTY, 2), (NASTY, 0)], NASTY),
        intervals([Range(NASTY, 1, 0, 2)], axis, NASTY),
    ]
    blocks = (
        Paragraph(NASTY), Paragraph(NASTY, "note"), Bullets((NASTY,)), Fold(NASTY, (table,)),
        *(Figure(drawing, NASTY, table) for drawing in drawings),
    )  # fmt: skip
    page = page_html(Page(NASTY, blocks, (Section(NASTY, blocks, "one"),), DAY, synthetic=False))
    found = BeautifulSoup(page, "html.parser")
    assert not found.find_all(["script", "img"])
    assert found.find("h1").get_text() == NASTY  # type: ignore[union-attr]
    assert not [tag for tag in found.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert str(render([Paragraph(NASTY)])).count("<") == 2
