"""What the directives make of a lesson."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_the_small_course_builds_without_a_complaint(small_book) -> None:
    assert small_book.status == 0, small_book.said
    assert small_book.complaints() == []


def test_time_note_and_outcomes_stand_below_the_title(first_page) -> None:
    title = soup(first_page).h1
    assert title.text == "First words"
    facts, note, outcomes = title.find_next_siblings()[:3]
    assert facts.text == "9 minutes · lesson 1 of 2"
    assert "A death on a ward." in note.text
    assert [li.text.strip() for li in outcomes.find_all("li")] == ["Say who you are & listen"]


def test_the_content_note_has_two_ways_round(first_page) -> None:
    page = soup(first_page)
    ways = [link["href"] for link in page.find(class_="content-note").find_all("a")]
    assert ways == ["#carry-this", "second.html"]
    assert page.find(id="carry-this") is not None


def test_facts_are_numbered_by_source_and_lead_to_the_list(first_page) -> None:
    page = soup(first_page)
    numbers = [[link["href"] for link in mark.find_all("a")] for mark in page.find_all("sup")]
    assert numbers == [["#source-1"], ["#source-1", "#source-2"], ["#source-1"]]
    assert page.find(id="source-1").text.startswith("Ada")
    assert "It was felt<sup>" in first_page, "the number follows the word without a space"


def test_sources_say_what_was_read_and_lead_to_the_evidence(first_page) -> None:
    first, second = soup(first_page).find(class_="sources").find_all("li")
    assert "We read the abstract, not the whole text: hearing-F01" in first.text
    assert "We read the text itself: hearing-F02" in first.text
    assert "We read it on another page" in second.text
    links = [link["href"] for link in first.find_all("a")]
    assert "../../book/references.html#reference-ada2019" in links
    assert "../../book/evidence.html#hearing-F01" in links
    assert first.p.text == "Ada et al. 2019: Being heard."


def test_the_list_of_references_has_each_whole_and_its_identifier_once(small_book) -> None:
    entry = soup(small_book.page("book/references.html")).find(id="reference-ada2019")
    assert entry.text.strip().startswith("Ada, A.; Bo, B.; Cy, C. (2019). Being heard. J.")
    assert [link["href"] for link in entry.find_all("a")] == ["https://doi.org/10.1000/xyz"]
    assert entry.text.count("10.1000/xyz") == 1


def test_say_and_avoid_carry_their_words(first_page) -> None:
    row = soup(first_page).find(class_="say-avoid").li
    assert [part.strong.text for part in row.find_all("p")] == ["Say", "Avoid", "Why"]
    assert "“I have <strong>ten</strong> minutes.”" in str(row)


def test_lines_to_carry_are_a_list(first_page) -> None:
    assert [li.text.strip() for li in soup(first_page).find(class_="carry").find_all("li")] == [
        "Role, time, limits.",
        "Private, not secret.",
    ]


def test_a_drawing_has_its_size_its_words_and_a_dark_variant(first_page) -> None:
    light, dark = soup(first_page).find("figure").find_all("img")
    assert (light["alt"], light["width"], light["height"], light["loading"]) == ("A circle.", "200", "100", "lazy")
    assert light["class"] == ["only-light"]
    assert dark["class"] == ["only-dark"]
    assert dark["src"].endswith("circle-dark.svg")
    assert soup(first_page).figcaption.text.strip() == "A circle, drawn."


def test_a_page_loads_the_scripts_that_it_needs_and_no_others(small_book) -> None:
    def scripts(name: str) -> set[str]:
        return set(re.findall(r'<script[^>]* src="[^"]*?([a-z-]+\.js)', small_book.page(name)))

    every = {"theme.js", "page.js"}
    lesson = every | {"words.js", "store.js", "reading.js"}
    assert scripts("book/people.html") == every
    assert scripts("modules/01-one/second.html") == lesson
    assert scripts("modules/01-one/first.html") == lesson | {"self-check.js"}
    assert scripts("modules/01-one/quiz.html") == every | {"words.js", "store.js", "delete.js", "quiz.js"}
    assert scripts("book/your-data.html") == every | {"words.js", "store.js", "delete.js", "your-data.js"}


def test_the_quiz_page_holds_no_key_and_offers_the_notebook(small_book) -> None:
    page = small_book.page("modules/01-one/quiz.html")
    assert 'href="../../quizzes/m1-one.ipynb"' in page
    assert (small_book.folder / "quizzes" / "m1-one.ipynb").is_file()
    site = "".join(path.read_text("utf-8", "replace") for path in small_book.folder.rglob("*") if path.is_file())
    assert "secret-rationale" not in site


def test_the_home_page_lists_modules_lessons_and_minutes(small_book) -> None:
    block = soup(small_book.page("index.html")).find(class_="module-contents")
    assert "How it begins. About 15 minutes in all." in block.text
    rows = [(li.a["href"], li.find(class_="minutes").text) for li in block.find_all("li")]
    assert rows == [
        ("modules/01-one/first.html", "9 min"),
        ("modules/01-one/second.html", "1 min"),
        ("modules/01-one/quiz.html", "5 min"),
    ]
