"""Words: filled in, by number, safe as HTML; and what is said of a catalogue that does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup

import peercourse.words
from peercourse.content.problems import ContentError
from peercourse.words import Words, read_words

ENGLISH = """\
greeting: Good <morning>, {name}
lesson:
  minutes: {one: 1 minute, other: "{count} minutes"}
scripts:
  quiz:
    saved: Saved.
"""
POLISH = """\
greeting: Dzień {name} dobry
lesson:
  minutes: {one: minuta, few: "{count} minuty", many: "{count} minut", other: "{count} minuty"}
scripts:
  quiz:
    saved: Zapisano.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of catalogues with the English one."""
    (tmp_path / "en.yml").write_text(ENGLISH, encoding="utf-8")
    monkeypatch.setattr(peercourse.words, "FOLDER", tmp_path)
    return tmp_path


@pytest.fixture
def english(folder: Path) -> Words:
    return read_words("en")


def said(folder: Path, catalogue: str, language: str = "pl") -> list[str]:
    (folder / f"{language}.yml").write_text(catalogue, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_words(language)
    return [str(problem) for problem in caught.value.problems]


def test_values_are_filled_in(english: Words) -> None:
    assert english("greeting", name="Ines") == "Good <morning>, Ines"


def test_html_is_escaped_apart_from_what_is_html_already(english: Words) -> None:
    assert english.html("greeting", name="A & B") == "Good &lt;morning&gt;, A &amp; B"
    assert english.html("greeting", name=Markup("<b>A</b>")) == "Good &lt;morning&gt;, <b>A</b>"


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1 minute"), (1.0, "1 minute"), (0, "0 minutes"), (2.5, "2.5 minutes")]
)
def test_the_number_picks_the_form(english: Words, count: float, text: str) -> None:
    assert english("lesson.minutes", count=count) == text


@pytest.mark.parametrize(("count", "text"), [(1, "minuta"), (3, "3 minuty"), (5, "5 minut"), (2.5, "2,5 minuty")])
def test_another_language_has_its_own_forms_and_numbers(folder: Path, count: float, text: str) -> None:
    (folder / "pl.yml").write_text(POLISH, encoding="utf-8")
    assert read_words("pl-PL")("lesson.minutes", count=count) == text


def test_a_section_is_given_by_the_rest_of_its_keys(english: Words) -> None:
    assert english.section("scripts.quiz") == {"saved": "Saved."}
    assert english.section("scripts.none") == {}


@pytest.mark.parametrize(
    ("key", "values", "message"),
    [
        ("lesson.hours", {}, "'lesson.hours' is no entry of src/peercourse/words/en.yml"),
        ("lesson.minutes", {}, "'lesson.minutes' has forms by number, but no count was given"),
        ("greeting", {}, "'greeting' needs a value for 'name'"),
    ],
)
def test_mistakes_of_programmers_are_named(english: Words, key: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(LookupError, match=message):
        english(key, **values)


@pytest.mark.parametrize(("asked", "needle"), [("nb", "words/en.yml to src/peercourse/words/nb.yml"), ("xx", "'xx'")])
def test_a_language_without_a_catalogue_says_what_to_copy(folder: Path, asked: str, needle: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_words(asked, 6)
    assert str(caught.value).startswith(f"institution.yml:6: language: is '{asked}'")
    assert needle in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("greeting: Dzień {name} dobry\n", "", "1: greeting: is missing; add it (in English: 'Good <"),
        ("    saved: Zapisano.\n", "    keep: x\n", "5: scripts.quiz.saved: is missing; add it (in English: 'Saved.')"),
        ("saved:", "savd:", "6: scripts.quiz.savd: is no entry that the site uses; did you mean 'scripts.quiz.saved'?"),
        ("{name}", "{nome}", "1: greeting: has {nome}, for which there is no value; write {name}"),
        ("{name}", "", "1: greeting: lacks {name}; put it where it belongs in the sentence"),
        ("many:", "two:", "3: lesson.minutes: has no form 'many', which this language needs; add it"),
        ("many:", "two:", "3: lesson.minutes.two: is no form of this language; write few, many, one, other"),
        ('few: "{count} minuty"', 'few: "{ile} minuty"', "3: lesson.minutes.few: has {ile}"),
        ("Dzień {name} dobry", "{one: a, other: b}", "1: greeting: has the wrong form; write one text"),
        ("Zapisano.", "true", "6: scripts.quiz.saved: is no text; write the words, between quotes if need be"),
        ("saved:", "no:", "scripts.quiz.False: is no name of an entry; correct it"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_a_sentence_with_file_line_and_field(
    folder: Path, old: str, new: str, problem: str
) -> None:
    assert old in POLISH
    problems = said(folder, POLISH.replace(old, new, 1))
    assert any(line.startswith("src/peercourse/words/pl.yml:") and problem in line for line in problems), problems


def test_a_text_where_forms_are_needed_is_named(folder: Path) -> None:
    catalogue = "\n".join(line if "minutes" not in line else "  minutes: minut" for line in POLISH.splitlines())
    (problem,) = said(folder, catalogue)
    assert problem.endswith("3: lesson.minutes: has the wrong form; write a text for each of few, many, one, other")


def test_the_english_catalogue_is_whole() -> None:
    assert read_words("en").entries == read_words("en-GB").entries
