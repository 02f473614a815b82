"""The programme library: every entry has a page that tells all it holds, nothing more, and that the search finds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from sphinx.search.en import SearchEnglish

from peercourse.content.programmes import Kind, SettingType, read_programmes
from peercourse.words import read_words

ROOT = Path(__file__).resolve().parents[2]
ENTRIES: dict[str, dict[str, Any]] = {
    entry["key"]: entry for entry in yaml.safe_load((ROOT / "evidence/programmes.yaml").read_text(encoding="utf-8"))
}
NOT_FOUND = [key for key, entry in ENTRIES.items() if entry["verification"] == "not_found"]
TOLD = [key for key in ENTRIES if key not in NOT_FOUND]
FOLDER = "book/programmes"
KILOBYTE = 1024
HEAVIEST = 60 * KILOBYTE
GAPS = (None, "not_seen", "not verified", "not described in the sources read", [], {}, ["not_seen"], ["not verified"],
        ["not described in the sources read"])  # fmt: skip
WORDS = read_words("en")
ROWS = {
    "model": "model",
    "setting": "setting",
    "country": "country",
    "who_supports": "who_supports",
    "activation": "activation",
    "response_time": "response_time",
    "training": "training",
    "steps_or_skills": "steps",
    "confidentiality": "confidentiality",
    "escalation": "escalation",
}
"""Fields that have a row on every page, and the words of the catalogue that name it."""
UNSEEN = {"key", "verification", "setting_type", "sources", "url"}
"""Fields for those who keep the file; their texts stand on no page. The verification stands there in plain words."""
CITABLE = ("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/", "https://pmc.ncbi.nlm.nih.gov/articles/PMC")


def article_of(site: Path, key: str) -> Tag:
    html = (site / FOLDER / f"{key}.html").read_text(encoding="utf-8")
    (article,) = BeautifulSoup(html, "html.parser").find_all("article")
    return article


def plain(text: str) -> str:
    """Text with one kind of quotation mark, dash and space, in small letters."""
    return " ".join(re.sub(r"[“”‘’\"]", "'", text).replace("–", "-").lower().split())


def leaves(value: Any, name: str = "") -> Iterator[str]:
    """Every text and number of an entry that a reader may look for."""
    if name in UNSEEN or value in GAPS or isinstance(value, bool):
        return
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part, name)
    else:
        yield f"{value:,}" if isinstance(value, int) else str(value)


def as_shown(text: str) -> str:
    """A text of the file as a page shows it: names of entries for their keys, and plain words for marks."""
    for key, entry in ENTRIES.items():
        text = re.sub(rf"\b{key}\b", lambda _, name=entry["name"]: name, text)
    return plain(text.replace("secondary_page", WORDS("programmes.secondary_page")))


def numbers(text: str) -> set[str]:
    return {number.replace(",", "") for number in re.findall(r"\d+(?:[.,]\d+)*", text)}


def test_there_are_57_entries_and_some_were_not_found() -> None:
    assert len(ENTRIES) == 57
    assert len(NOT_FOUND) == 6


def test_every_entry_has_a_page_and_no_other_page_is_there(site: Path) -> None:
    assert {path.stem for path in (site / FOLDER).glob("*.html")} == {*ENTRIES, "index"}


@pytest.mark.parametrize("key", TOLD)
def test_a_page_tells_all_that_its_entry_holds(site: Path, key: str) -> None:
    text = plain(article_of(site, key).get_text())
    assert [leaf for leaf in leaves(ENTRIES[key]) if as_shown(leaf) not in text] == []
    assert plain(WORDS(f"evidence.{ENTRIES[key]['verification']}")) in text


@pytest.mark.parametrize("key", ENTRIES)
def test_every_number_on_a_page_is_in_its_entry(site: Path, key: str) -> None:
    article = article_of(site, key)
    for link in article.select("a[href$='.html']"):
        other = Path(str(link["href"])).stem
        if other in ENTRIES:
            assert plain(link.get_text()) == plain(ENTRIES[other]["name"]), "a link is another entry's name alone"
        link.decompose()
    shown = numbers(article.get_text(" "))
    assert shown, "at least the year"
    assert shown - numbers(yaml.safe_dump(ENTRIES[key], allow_unicode=True, width=10_000)) == set()


def test_the_words_of_the_interface_hold_no_number() -> None:
    entries = [*WORDS.section("programmes").values(), *WORDS.section("evidence").values()]
    assert entries
    assert [entry for entry in entries if re.search(r"\d", str(entry))] == []


@pytest.mark.parametrize("key", TOLD)
def test_a_page_says_where_nothing_is_described(site: Path, key: str) -> None:
    rows = article_of(site, key).select_one("dl.programme")
    assert rows is not None
    shown = {term.text: term.find_next_sibling("dd") for term in rows.find_all("dt", recursive=False)}
    assert set(shown) == {WORDS(f"programmes.{name}") for name in ROWS.values()}
    gap = WORDS("programmes.gap")
    found = {field: shown[WORDS(f"programmes.{name}")].get_text(" ", strip=True) for field, name in ROWS.items()}
    assert {field for field, text in found.items() if text == gap} == {
        field for field in ROWS if ENTRIES[key].get(field) in GAPS
    }


def test_null_and_empty_inside_a_field_say_so_too(site: Path) -> None:
    found = article_of(site, "morrow2018focus").select_one("#found")
    assert found is not None
    assert next(dd.text.strip() for dd in found.select("dd")) == "Not described in the sources we read."
    assert article_of(site, "vanbuschbach2020web").get_text().count("Not described in the sources we read.") == 4


@pytest.mark.parametrize("key", NOT_FOUND)
def test_of_what_could_not_be_read_only_the_reference_stands(site: Path, key: str) -> None:
    entry = ENTRIES[key]
    lines = [entry["name"], "Programme library", "Nothing more than the reference could be read.", entry["reference"]]
    assert plain(article_of(site, key).get_text(" ")) == plain(" ".join(lines))


@pytest.mark.parametrize("key", ENTRIES)
def test_links_lead_to_what_can_be_cited_and_to_no_mirror(site: Path, key: str) -> None:
    links = [str(link["href"]) for link in article_of(site, key).select("a")]
    outside = [link for link in links if "://" in link]
    assert [link for link in outside if not link.startswith(CITABLE)] == []
    found = re.search(r"doi:(10\.\S+)", ENTRIES[key]["reference"])
    if found:
        assert f"https://doi.org/{found[1]}" in outside, "the identifier to its last character, brackets included"


def test_a_country_from_no_source_is_to_be_confirmed(site: Path, overview: BeautifulSoup) -> None:
    waiting = [key for key, entry in ENTRIES.items() if entry.get("from_memory")]
    assert waiting == ["donnelly2020well"]
    text = article_of(site, waiting[0]).get_text()
    assert "United Kingdom (to be confirmed)" in text
    assert "country only" in text.lower()
    assert "United Kingdom (to be confirmed)" in overview.get_text()


@pytest.fixture(scope="module")
def overview(site: Path) -> BeautifulSoup:
    return BeautifulSoup((site / FOLDER / "index.html").read_text(encoding="utf-8"), "html.parser")


def keys_in(part: Tag) -> list[str]:
    return [Path(str(link["href"])).stem for link in part.select(".library a")]


def test_every_entry_stands_in_the_overview_by_kind_with_what_one_chooses_by(overview: BeautifulSoup) -> None:
    programmes = read_programmes(ROOT)
    by_kind = overview.find(id="by-kind")
    assert isinstance(by_kind, Tag)
    assert sorted(keys_in(by_kind)) == sorted(ENTRIES)
    for group in by_kind.find_all("section"):
        for card in group.select(".library > li"):
            (key,) = (Path(str(link["href"])).stem for link in card.select("a"))
            entry, text = ENTRIES[key], plain(card.get_text(" "))
            parts = [entry["name"], WORDS(f"evidence.{entry['verification']}")]
            if key in NOT_FOUND:
                assert group["id"] == "kind-only-reference"
                assert text == plain(" ".join(parts)), "nothing else may be said of it"
            else:
                assert group["id"] == f"kind-{programmes[key].kind}"
                parts += [entry["country"], entry["setting"]]
                assert [part for part in parts if plain(part).rstrip(".") not in text] == []


def test_every_entry_that_was_found_stands_in_the_overview_by_setting(overview: BeautifulSoup) -> None:
    by_setting = overview.find(id="by-setting")
    assert isinstance(by_setting, Tag)
    assert set(keys_in(by_setting)) == set(TOLD)
    for group in by_setting.find_all("section"):
        setting = str(group["id"]).removeprefix("setting-")
        wanted = [key for key in TOLD if setting in ENTRIES[key]["setting_type"]]
        assert sorted(keys_in(group)) == sorted(wanted), group["id"]


def test_links_above_the_overview_lead_to_every_group(overview: BeautifulSoup) -> None:
    jumps = [str(link["href"])[1:] for link in overview.select(".jump a")]
    assert jumps == [str(group["id"]) for group in overview.select("#by-kind section, #by-setting section")]
    assert {"kind-one-to-one", "setting-ambulance"} <= set(jumps)


def test_one_can_walk_from_page_to_page_and_back_in_the_order_of_the_overview(site: Path, overview: Any) -> None:
    order = keys_in(overview.find(id="by-kind"))
    for place, key in enumerate(order):
        page = BeautifulSoup((site / FOLDER / f"{key}.html").read_text(encoding="utf-8"), "html.parser")
        assert [str(link["href"]) for link in page.select(".related [rel=prev], .lesson-facts a")] == ["index.html"] * 2
        following = [f"{following}.html" for following in order[place + 1 : place + 2]]
        assert [str(link["href"]) for link in page.select(".related [rel=next]")] == following


def test_pages_stay_out_of_the_sidebar(site: Path) -> None:
    page = BeautifulSoup((site / FOLDER / "edrees2016rise.html").read_text(encoding="utf-8"), "html.parser")
    links = [str(link["href"]) for link in page.select(".contents a")]
    assert "index.html" in links
    assert [link for link in links if Path(link).stem in ENTRIES] == []


def test_a_lesson_leads_to_the_page_of_what_it_cites_and_the_page_back(site: Path) -> None:
    lesson = "modules/02-active-listening/attention.html"
    page = BeautifulSoup((site / lesson).read_text(encoding="utf-8"), "html.parser")
    (link,) = page.select(".sources a[href$='edrees2016rise.html']")
    assert ((site / lesson).parent / str(link["href"])).resolve() == (site / FOLDER / "edrees2016rise.html").resolve()
    back = {str(link["href"]): link.text for link in article_of(site, "edrees2016rise").select("#cited a")}
    assert back[f"../../{lesson}"] == page.h1.text
    texts = {path.relative_to(ROOT): path.read_text(encoding="utf-8") for path in ROOT.glob("modules/*/*.md")}
    citing = {path for path, text in texts.items() if "edrees2016rise" in text}
    assert set(back) == {f"../../{path.with_suffix('.html').as_posix()}" for path in citing}
    (uncited, *_) = [key for key in ENTRIES if not any(key in text for text in texts.values())]
    assert not article_of(site, uncited).select("#cited")


def test_the_evidence_page_leads_to_the_library(site: Path) -> None:
    page = BeautifulSoup((site / "book/evidence.html").read_text(encoding="utf-8"), "html.parser")
    (link,) = page.select("#edrees2016rise .claim a")
    assert link["href"] == "programmes/edrees2016rise.html"


def index_of(folder: Path) -> dict[str, Any]:
    text = (folder / "searchindex.js").read_text(encoding="utf-8")
    return dict(json.loads(text.removeprefix("Search.setIndex(").removesuffix(")")))


def found_by(index: dict[str, Any], word: str) -> set[str]:
    """Names of the pages that the search finds by a word, as its script looks them up."""
    stem = SearchEnglish({}).stem(word.lower())
    places: set[int] = set()
    for terms in (index["terms"], index["titleterms"]):
        found = terms.get(stem, [])
        places.update(found if isinstance(found, list) else [found])
    return {index["docnames"][place] for place in places}


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("chaplains", "edrees2016rise"),  # who supports
        ("grounding", "edrees2016rise"),  # training
        ("inquisition", "scott2009natural"),  # steps
        ("avatars", "macpherson2008peer"),  # a study inside what was found
        ("parachute", None),  # in no entry
        ("Waikato", "slykerman2019anaesthesia"),  # related evidence
        ("Helsingborg", "peterson2008reflecting"),  # further source
        ("cAIR", "rubin2021cair"),  # title
    ],
)
def test_the_search_finds_a_programme_by_a_word_of_its_text(site: Path, word: str, key: str | None) -> None:
    found = {name for name in found_by(index_of(site), word) if name.startswith(FOLDER)}
    assert f"{FOLDER}/{key}" in found if key else not found


def test_the_search_knows_every_page_and_none_by_words_that_all_share(site: Path) -> None:
    index = index_of(site)
    assert {f"{FOLDER}/{key}" for key in ENTRIES} <= set(index["docnames"])
    shared = re.findall(r"\w{5,}", WORDS("programmes.take_note") + WORDS("programmes.gap"))
    for word in shared:
        assert len({name for name in found_by(index, word) if name.startswith(FOLDER)}) < 40, word
    assert not {"Limits", "What was found", "The reference"} & set(index["alltitles"])


def test_a_page_with_all_it_loads_is_light(site: Path) -> None:
    heavy = {}
    for path in (site / FOLDER).glob("*.html"):
        html = path.read_text(encoding="utf-8")
        loaded = re.findall(r'(?:<link [^>]*?href|<script [^>]*?src)="([^"#?]+)', html)
        assert any("library.css" in name for name in loaded)
        size = len(html.encode()) + sum((path.parent / name).stat().st_size for name in loaded)
        if size > HEAVIEST:
            heavy[path.stem] = size
    assert heavy == {}


def test_markup_in_a_field_is_text(small_library, hostile) -> None:
    assert small_library.status == 0, small_library.said
    for name in (f"{FOLDER}/ada2020team.html", f"{FOLDER}/bo2021other.html", f"{FOLDER}/index.html",
                 "book/evidence.html", "modules/01-one/first.html"):  # fmt: skip
        page = BeautifulSoup(small_library.page(name), "html.parser")
        assert not page.select("article b, article script, nav b, [src=x], [onerror]"), name
        assert not [link for link in page.select("a") if str(link["href"]).startswith("javascript")], name
    page = BeautifulSoup(small_library.page(f"{FOLDER}/ada2020team.html"), "html.parser")
    assert page.h1.text == "A <b>team</b> & its “own”"
    assert page.title.text.startswith("A <b>team</b> & its “own”") or page.title.text.startswith("A team & its “own”")
    assert page.get_text().count(hostile) == 6
    index = index_of(small_library.folder)
    assert [title for title in (*index["titles"], *index["alltitles"]) if "<" in title] == [], "shown as HTML"


def test_what_is_to_be_confirmed_is_shown_nowhere(small_library) -> None:
    everything = [path.read_text(encoding="utf-8") for path in small_library.folder.rglob("*.html")]
    everything.append((small_library.folder / "searchindex.js").read_text(encoding="utf-8"))
    assert not (small_library.folder / FOLDER / "cy2022waiting.html").exists()
    assert [text for text in everything if re.search("unconfirmed-|cy2022waiting", text, re.I)] == []
    page = BeautifulSoup(small_library.page(f"{FOLDER}/ada2020team.html"), "html.parser")
    assert "Hours <b>" in [term.text for term in page.find_all("dt")]
    assert "Waiting" not in [term.text for term in page.find_all("dt")], "a name alone says something"
    lesson = page.select_one("#take li")
    assert lesson is not None
    assert lesson.text.strip() == "See Another and Waiting"
    assert [str(link["href"]) for link in lesson.select("a")] == ["bo2021other.html"]


def test_an_entry_that_holds_nothing_else_is_its_reference(small_library) -> None:
    article = BeautifulSoup(small_library.page(f"{FOLDER}/di2023bare.html"), "html.parser").article
    assert article is not None
    assert plain(article.get_text(" ")) == (
        "bare programme library nothing more than the reference could be read. di 2023"
    )


def test_an_entry_without_a_kind_or_a_setting_is_in_the_overview(small_library) -> None:
    overview = BeautifulSoup(small_library.page(f"{FOLDER}/index.html"), "html.parser")
    by_kind = overview.find(id="by-kind")
    assert isinstance(by_kind, Tag)
    assert keys_in(by_kind) == ["ada2020team", "bo2021other", "di2023bare"]


def test_a_book_without_the_overview_has_no_pages_of_programmes_and_no_links_to_them(small_book) -> None:
    assert not (small_book.folder / FOLDER).exists()
    assert "programmes/" not in small_book.page("modules/01-one/first.html") + small_book.page("book/evidence.html")
    assert not [name for name in index_of(small_book.folder)["docnames"] if name.startswith(FOLDER)]


def test_every_kind_and_setting_has_its_words() -> None:
    assert set(WORDS.section("programmes.groups")) >= {*get_args(Kind), *get_args(SettingType)}
