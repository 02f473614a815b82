"""Practice in the book: pages made from YAML alone, cards that lead there, and everything that is said stays text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any

import pytest
import small_course
from bs4 import BeautifulSoup, Tag

pytestmark = pytest.mark.xdist_group("practice-book")
CONVERSATION = """\
id: {id}
title: After A & B < C
minutes: 5
outcomes: [m1.1]
competences: [COM01]
content_note: "A death & its night."
setting: A kitchen at "six"
people: {Ewa & Co: "nurse \\"in charge\\"", Petr: porter, you: peer supporter}
opening: Ewa has poured tea & coffee.
start: door
nodes:
  door:
    scene: She looks at 3 < 4 & says nothing.
    says: She said “stay” & then “go”. It's 1 < 2.
    shows: {open: 1, distress: 2}
    replies:
      - {say: "You heard “go” & “stay”.", skill: reflection, coach: It's hers & so “small”., goto: good}
      - {do: "Nod & wait.", coach: A &lt; stays as it is., goto: poor}
      - {say: 'At least it was "quick", and nobody saw it.', slip: minimising, coach: No., goto: poor}
endings:
  good: {kind: good, title: She & you, text: Good < better., debrief: You & she., next: Stay & wait.}
  poor: {kind: poor, title: Nobody, text: Empty., debrief: Gone., next: Wait.}
"""
SLIPS = """\
- id: the-cup
  people: Ewa & Petr
  scene: A kitchen, 3 < 4.
  says: She called it “that cup” & left.
  outcome: m1.1
  competence: [COM01]
  content_note: "A cup & a death."
  hurts: {say: "Only a “cup” & no more.", slip: minimising, why: It's hers & hers alone.}
  helps: {do: Put it away & come back., why: She sees < than before.}
"""
PROMPTS = """\
- id: first-line
  title: The first & last
  story: Petr said “no” & sat down.
  ask: What do you say, if 1 < 2?
  outcome: m1.1
  competence: [COM01]
  worked: [{say: "You said “no” & sat.", note: A & B}, {say: "Shall we?", note: C}, {say: "Mm.", note: D}]
  checklist: [Is it short & true?, Can he say no?, Is it now?]
"""
CONVERSATIONS = "modules/01-one/practice/conversations"
PRACTICE_PAGE = """\
---
minutes: 1
---
# Practice

:::{conversation} after-one
:::

:::{slip} the-cup
:::

:::{say-it-yourself} first-line
:::
"""
CHAPTERS = "      - file: modules/01-one/practice\n      - file: book/practice\n      - file: book/evidence"
ALONE = {**small_course.PAGES, f"{CONVERSATIONS}/after-one.yml": CONVERSATION.replace("{id}", "after-one")}
PAGES = {
    **ALONE,
    "_toc.yml": small_course.TOC.replace("      - file: book/evidence", CHAPTERS),
    "modules/01-one/practice.md": PRACTICE_PAGE,
    "modules/01-one/practice/slips.yml": SLIPS,
    "modules/01-one/practice/say-it-yourself.yml": PROMPTS,
    f"{CONVERSATIONS}/after-two.yml": CONVERSATION.replace("{id}", "after-two").replace("title: After", "title: Again"),
    "modules/01-one/first.md": small_course.FIRST.replace("minutes: 9", "minutes: 9\nboosters: false"),
    "book/practice.md": "# Conversations\n\nChoose one.\n\n:::{practice-room}\n:::\n\n:::{booster} 1\n:::\n",
}
PAGE, OTHER = (f"modules/01-one/conversations/after-{number}.html" for number in ("one", "two"))
CARD_PAGE, ROOM = "modules/01-one/practice.html", "book/practice.html"
SITE = "https://sandhill.example/peer/"


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Build the small course with practice in it, for publication."""

    def made(pages: dict[str, str], hash_seed: str = "1") -> Any:
        folder = tmp_path_factory.mktemp("practice-book")
        root = small_course.write_course(folder / "course", pages)
        settings = root / "institution.yml"
        text = settings.read_text(encoding="utf-8")
        lines = [f"site_url: {SITE}" if line.startswith("site_url:") else line for line in text.splitlines()]
        settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("PEERCOURSE_PUBLISH", "1")
            environment.setenv("PYTHONHASHSEED", hash_seed)
            return small_course.build(root, folder / "out")

    return made


@pytest.fixture(scope="module")
def book(make: Callable[..., Any]) -> Any:
    return make(PAGES)


@pytest.fixture(scope="module")
def page(book: Any) -> BeautifulSoup:
    return BeautifulSoup(book.page(PAGE), "html.parser")


def said(part: Tag, wanted: str) -> list[str]:
    return [one.get_text(" ", strip=True) for one in part.select(wanted)]


def test_it_builds_without_a_complaint(book: Any) -> None:
    assert book.status == 0, book.said
    assert book.complaints() == []


def test_a_file_of_yaml_makes_a_page(page: BeautifulSoup) -> None:
    assert page.h1.text == "After A & B < C"
    place = page.find(attrs={"data-conversation": "after-one"})
    assert place["data-start"] == "door"
    assert [one["data-turn"] for one in place.select("[data-turn]")] == ["door"]
    assert [one["data-ending"] for one in place.select("[data-ending]")] == ["good", "poor"]
    assert len(place.select("[data-reply]")) == 3
    assert said(page, ".outcomes li") == ["Say who you are & listen"]
    assert "A death & its night." in page.select_one(".content-note").text


def test_all_of_it_can_be_read_without_scripts(page: BeautifulSoup) -> None:
    best, others = page.select_one(".turn > .replies"), page.select_one(".turn > details .replies")
    assert said(best, ".said") == ["“You heard ‘go’ & ‘stay’.”"]
    assert said(others, ".done") == ["Nod & wait."]
    assert "A &lt; stays as it is." in others.text
    assert said(others, ".coach .name")[1] == "▲ Making it small"
    assert page.find("noscript") is not None
    assert not page.select(".whole [hidden]")


def test_what_is_quoted_inside_what_is_said_stands_between_single_marks(page: BeautifulSoup, book: Any) -> None:
    (words,) = said(page, ".says p:not([class])")
    assert words == "Ewa & Co “She said ‘stay’ & then ‘go’. It's 1 < 2.”"
    cards = BeautifulSoup(book.page(CARD_PAGE), "html.parser")
    assert "“She called it ‘that cup’ & left.”" in cards.select_one(".slip legend").text
    assert "“Only a ‘cup’ & no more.”" in cards.select_one(".slip").text
    assert said(cards, ".say-it .said")[0] == "“You said ‘no’ & sat.”"
    assert "It's hers & so “small”." in page.text, "a coach's note is no speech"


@pytest.mark.parametrize("name", [PAGE, CARD_PAGE, ROOM])
def test_nothing_is_inline_and_nothing_said_becomes_markup(book: Any, name: str) -> None:
    html = book.page(name)
    found = BeautifulSoup(html, "html.parser")
    assert not [one for one in found.find_all("script") if not one.get("src") and one.get("type") != "application/json"]
    assert not found.find_all("style")
    assert not found.find_all(style=True)
    assert not [key for one in found.find_all(True) for key in one.attrs if key.startswith("on")]
    seen = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not [sign for sign in ("& ", "< ", "&amp;amp;") if sign in seen]


def test_a_search_engine_is_told_what_the_page_is_and_where(page: BeautifulSoup) -> None:
    description = page.find("meta", attrs={"name": "description"})["content"]
    assert description == 'A kitchen at "six". Ewa has poured tea & coffee.'
    assert page.find("link", rel="canonical")["href"] == SITE + PAGE
    assert page.title.text == "After A & B < C · " + page.title.text.split(" · ")[1]


def test_a_card_leads_to_it_with_setting_and_time(book: Any) -> None:
    (card,) = BeautifulSoup(book.page(CARD_PAGE), "html.parser").select(".cards li")
    assert card.a.text == "After A & B < C"
    assert card.a["href"] == "conversations/after-one.html"
    assert card.p.text == 'A kitchen at "six". About 5 minutes.'
    assert "A death & its night." in card.text, "what is hard is told before one opens it"


def test_the_room_lists_every_conversation(book: Any) -> None:
    cards = BeautifulSoup(book.page(ROOM), "html.parser").select_one(".cards").select("a")
    assert [card["href"] for card in cards] == [f"../{PAGE}", f"../{OTHER}"]


def test_a_booster_draws_what_is_there_and_nothing_of_a_page_that_keeps_its_own(book: Any) -> None:
    room = BeautifulSoup(book.page(ROOM), "html.parser")
    assert [form["id"] for form in room.select("form.self-check")] == ["check-the-cup"]
    assert [prompt["data-own-words"] for prompt in room.select("[data-own-words]")] == ["first-line"]
    assert "A cup & a death." in room.select_one(".slip .exercise-note").text


def dead_links(book: Any, name: str) -> list[str]:
    """Links of a page to pages that are not there; the handbook is built apart."""
    found = BeautifulSoup(book.page(name), "html.parser")
    paths = [one["href"].split("#")[0] for one in found.find_all("a", href=True) if "://" not in one["href"]]
    here = book.folder / posixpath.dirname(name)
    return [path for path in paths if path and "handbook" not in path and not (here / path).exists()]


@pytest.mark.parametrize("name", [PAGE, OTHER, CARD_PAGE, ROOM])
def test_every_link_leads_somewhere(book: Any, name: str) -> None:
    assert dead_links(book, name) == []


@pytest.mark.slow
def test_a_conversation_needs_no_page_but_its_own(make: Callable[..., Any]) -> None:
    alone = make(ALONE)
    assert alone.status == 0, alone.said
    assert dead_links(alone, PAGE) == []


@pytest.mark.slow
def test_a_second_build_gives_the_same_bytes(book: Any, make: Callable[..., Any]) -> None:
    again = make(PAGES, hash_seed="2")
    for name in (PAGE, CARD_PAGE, ROOM):
        assert (again.folder / name).read_bytes() == (book.folder / name).read_bytes()
