"""What stands around the text of every page, and the pages that are made from data."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from peercourse.book.host import contact_list, sign_off
from peercourse.book.page import LONGEST_DESCRIPTION, PUBLISH_VARIABLE, canonical_address, shortened
from peercourse.content.institution import Contact, Contacts, Institution, SignOff
from peercourse.words import read_words

WORDS = read_words("en")

PAGES = ["index.html", "search.html", "book/evidence.html", "modules/01-one/first.html", "modules/01-one/quiz.html"]


def institution(**changes: object) -> Institution:
    empty = Contact(label="Someone", where="a door", hours="always")
    contacts = dict.fromkeys(Contacts.model_fields, empty) | {
        "emergency": Contact(label="Danger > now", number="+44 (0)20 7946-0000", hours="day & night"),
        "seen_today": Contact(label="Doctor", where="the night desk", hours="always"),
        "crisis_line": Contact(
            label="Line", url="https://www.line.example/a?b=1&c=2", hours="nights", languages="en, cy"
        ),
    }
    written = {name: contact.model_dump() for name, contact in contacts.items()}
    fields: dict[str, object] = {"name": "St Example", "short_name": "SE", "contacts": written}
    return Institution.model_validate(fields | changes)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_carries_help_banner_sign_off_and_licence(small_book, name) -> None:
    page = BeautifulSoup(small_book.page(name), "html.parser")
    assert page.html["lang"] == "en-GB"
    assert len(page.find(class_="help").find_all("li")) == 7
    assert "contacts on this site are examples" in page.find(class_="preview").text
    assert "Nobody has yet read and approved" in page.footer.text
    assert "CC BY 4.0" in page.footer.text
    assert page.find("a", string="Handbook")["href"].endswith("handbook/index.html")
    assert page.find("a", class_="skip-link")["href"] == "#content"
    assert page.find("main", id="content") is not None
    assert page.find("meta", attrs={"name": "description"})["content"].strip()
    assert page.find("link", rel="icon")["href"].endswith("_static/favicon.svg")
    assert page.find("link", rel="canonical") is None, "a preview has no address of its own"


def test_descriptions_are_the_pages_own_words(small_book) -> None:
    def description(name: str) -> str:
        found = re.search(r'<meta name="description" content="([^"]*)"', small_book.page(name))
        return found.group(1) if found else ""

    assert description("modules/01-one/first.html").startswith("A nurse sits down.")
    assert description("modules/01-one/second.html") == "Words of its own."
    assert description("index.html").startswith("Welcome to the small course")


def test_the_page_shown_is_marked_in_the_contents(small_book, first_page) -> None:
    current = BeautifulSoup(first_page, "html.parser").find(id="contents").find_all(attrs={"aria-current": "page"})
    assert [link.text for link in current] == ["First words"]


def test_the_evidence_page_lists_each_cited_fact_once(small_book) -> None:
    page = BeautifulSoup(small_book.page("book/evidence.html"), "html.parser")
    entries = {entry["id"]: entry.text for entry in page.select(".evidence > li")}
    assert set(entries) == {"hearing-F01", "hearing-F02", "ada2020team"}
    assert "Listening was felt." in entries["hearing-F01"]
    assert "Ada et al. 2019. We read the abstract, not the whole text." in " ".join(entries["hearing-F01"].split())
    assert "Used in First words" in entries["hearing-F01"]
    assert page.find(id="hearing-F01").find("a")["href"] == "references.html#reference-ada2019"


def test_references_stand_where_evidence_points(small_book) -> None:
    page = BeautifulSoup(small_book.page("book/references.html"), "html.parser")
    assert [entry["id"] for entry in page.select(".references > li")] == ["reference-ada2020team", "reference-ada2019"]


def test_the_site_holds_no_file_that_no_page_loads(small_book) -> None:
    kept = {path.name for path in (small_book.folder / "_static").iterdir()}
    assert {"course.css", "forms.css", "theme.js", "favicon.svg", "searchtools.js"} <= kept
    assert not {"basic.css", "pygments.css", "sphinx_highlight.js", "styles", "scripts"} & kept


def test_the_search_index_knows_the_pages(small_book) -> None:
    index = (small_book.folder / "searchindex.js").read_text(encoding="utf-8")
    assert '"modules/01-one/first"' in index
    assert "genindex" not in small_book.page("index.html")


def test_contacts_are_escaped_dialable_and_urgent_ones_first() -> None:
    html = contact_list(institution(), WORDS)
    assert html.index("Danger &gt; now") < html.index("Doctor") < html.index("Line") < html.index("Someone")
    assert 'href="tel:+4402079460000"' in html
    assert 'href="https://www.line.example/a?b=1&amp;c=2">line.example/a?b=1&amp;c=2</a>' in html
    assert html.count('class="urgent"') == 3
    assert "languages" not in html
    assert "languages: en, cy" in contact_list(institution(), WORDS, full=True)


def test_an_example_number_is_no_link() -> None:
    example = institution().contacts.model_copy(
        update={"emergency": Contact(label="Danger", number="your country's number", hours="always")}
    )
    assert "tel:" not in contact_list(institution(contacts=example.model_dump()), WORDS)


def test_the_sign_off_says_who_or_that_nobody_has() -> None:
    assert sign_off(institution(), WORDS) == "Nobody has yet read and approved this course for use at St Example."
    signed = SignOff(name="Dr A", role="lead", date="2026-11-01").model_dump()
    assert sign_off(institution(sign_off=signed), WORDS) == (
        "Read and approved for use at St Example by Dr A, lead, on 2026-11-01."
    )


def test_a_description_is_cut_at_a_word() -> None:
    text = shortened("word " * 100)
    assert len(text) <= LONGEST_DESCRIPTION + 2
    assert text.endswith("word …")
    assert shortened("short\n words") == "short words"


def test_only_a_published_page_has_an_address_of_its_own(monkeypatch) -> None:
    site = "https://intranet.example/peer-support/"
    assert canonical_address(site, "index") == ""
    monkeypatch.setenv(PUBLISH_VARIABLE, "1")
    assert canonical_address(site, "index") == "https://intranet.example/peer-support/"
    assert canonical_address(site, "book/evidence") == "https://intranet.example/peer-support/book/evidence.html"
    assert canonical_address("", "index") == ""
