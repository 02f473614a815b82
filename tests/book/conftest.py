"""A very small course, built by the real command: as it is, with mistakes, in another language, with a library."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml
from small_course import PAGES, QUIZ, ROOT, SELF_CHECKS, TOC, Built, build, write_course


@pytest.fixture(scope="session")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small course, built."""
    folder = tmp_path_factory.mktemp("small-book")
    return build(write_course(folder / "course", PAGES), folder / "out")


@pytest.fixture(scope="session")
def first_page(small_book: Built) -> str:
    """Its first lesson."""
    return small_book.page("modules/01-one/first.html")


BAD_LESSON = """\
---
minutes: 1
---
# First words

Nobody lists this {fact}`hearing-F03`.

Nobody knows this {fact}`hearing-F99`.

:::{self-check} no-such-check
:::

:::{graded-quiz} no-such-quiz
:::

:::{figure-svg} circle
No alternative text.
:::

:::{figure-svg} no-such-drawing
:alt: Nothing.
:::

:::{say-avoid}
- say: "Yes."
  avoid: "No."
  because: "There is no such field."
:::

:::{carry}
:::

:::{carry this}
- "The name is wrong."
:::

This one is fine {fact}`hearing-F01`, and the list of sources is missing.
"""


@pytest.fixture(scope="session")
def bad_book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small course with every mistake that an author can make on a page."""
    folder = tmp_path_factory.mktemp("bad-book")
    outside = "# People\n\n:::{self-check} which-reply\n:::\n"
    pages = {**PAGES, "modules/01-one/first.md": BAD_LESSON, "book/people.md": outside}
    return build(write_course(folder / "course", pages), folder / "out")


ITEMS = """\
- {id: tick, type: several, stem: Which fit?, outcome: m1.1, competence: [COM01], options: [
    {text: "Stay.", points: 1, rationale: "Staying helps."}, {text: "Ask.", points: 1, rationale: "Asking helps."},
    {text: "Leave.", points: 0, rationale: "Leaving ends it."}]}
- {id: sort, type: order, stem: In which order?, outcome: m1.1, competence: [COM01], points: 2,
    lines: [Sit down., Say hello., Wait longer.], rationale: "Sitting comes first."}
- {id: pair, type: match, stem: Which is which?, outcome: m1.1, competence: [COM01], points: 2.5,
    pairs: [{left: A nod, right: A sign, rationale: "Nods say it."},
            {left: A why, right: A probe, rationale: "Whys dig."}]}
- {id: sift, type: triage, stem: How much help?, outcome: m1.1, competence: [COM01],
    lines: [{text: "Slept badly.", level: green, rationale: "It passes."},
            {text: "Chest hurts.", level: red, rationale: "It cannot wait."}]}
"""
WRITTEN = """\
- {id: own, type: written, stem: Your line?, outcome: m1.1, competence: [COM01],
    criteria: [{id: feeling, points: 1, text: "Names it", earns: ["Yes it does"], does_not_earn: ["No it does not"]}]}
"""
LETTERS = str.maketrans({chr(ord("a") + place): chr(0x24D0 + place) for place in range(26)})
"""Each letter in a circle, so that a word of the other language is never taken for an English one."""


def circled(text: str) -> str:
    """A text in the other language; placeholders stay."""
    parts = re.split(r"(\{\w+\})", text.lower())
    return "".join(part if part.startswith("{") else part.translate(LETTERS) for part in parts)


def translated(entry: Any) -> Any:
    """A catalogue, or a part of one, in a language with the plural forms of Polish."""
    if isinstance(entry, str):
        return circled(entry)
    if set(entry) == {"one", "other"}:
        return {form: circled(f"{entry['other']} ({form})") for form in ("one", "few", "many", "other")}
    return {name: translated(part) for name, part in entry.items()}


@pytest.fixture(scope="session")
def translated_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course in Polish, with every type of item; beside it a copy of the program with a Polish catalogue."""
    folder = tmp_path_factory.mktemp("translated")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    catalogues = folder / "src" / "peercourse" / "words"
    english = yaml.safe_load((catalogues / "en.yml").read_text(encoding="utf-8"))
    polish = yaml.safe_dump(translated(english), allow_unicode=True, sort_keys=False)
    (catalogues / "pl.yml").write_text(polish, encoding="utf-8")
    checks = "".join(f"\n:::{{self-check}} {name}\n:::\n" for name in ("tick", "sort", "pair", "sift"))
    pages = {
        **PAGES,
        "modules/01-one/second.md": PAGES["modules/01-one/second.md"] + checks,
        "modules/01-one/practice/self-checks.yml": SELF_CHECKS + ITEMS,
        "quizzes/m1-one.yml": QUIZ + textwrap.indent(ITEMS + WRITTEN, " " * 6),
    }
    root = write_course(folder / "course", pages)
    settings = root / "institution.yml"
    settings.write_text(settings.read_text("utf-8").replace("language: en\n", "language: pl\n"), encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def translated_book(translated_course: Path) -> Built:
    """That course, built."""
    return build(translated_course, translated_course.parent / "out", translated_course.parent / "src")


HOSTILE = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"
LIBRARY = f"""\
- key: ada2020team
  name: 'A <b>team</b> & its "own"'
  reference: 'Ada 2020. {HOSTILE}'
  verification: secondary_page
  setting: 'Ward {HOSTILE}'
  country: Wales
  model: 'group {HOSTILE}'
  training: {{'hours <b>': '{HOSTILE}', waiting: {{note: unconfirmed-nested, confirm_before_publication: true}}}}
  lessons_for_peer_supporter: [See bo2021other and cy2022waiting, 'javascript:alert(3)']
  further_sources:
  - {{fact: 'Known {HOSTILE}', citation: 'Page {HOSTILE}', url: 'https://mirror.example/'}}
  - {{fact: unconfirmed-fact, citation: unconfirmed-citation, confirm_before_publication: true}}
- {{key: bo2021other, name: Another, reference: Bo 2021, verification: abstract, model: online, limits: [Few]}}
- {{key: cy2022waiting, name: Waiting, reference: Cy 2022, verification: abstract, limits: unconfirmed-limit,
   confirm_before_publication: true}}
- {{key: di2023bare, name: Bare, reference: Di 2023, verification: secondary_page, sources: ['https://a.example/']}}
"""


@pytest.fixture(scope="session")
def hostile() -> str:
    """Markup that stands in fields of the small library."""
    return HOSTILE


@pytest.fixture(scope="session")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small course with a library of four entries: a hostile one, a short one, one that waits, a bare one."""
    folder = tmp_path_factory.mktemp("small-library")
    pages = {
        **PAGES,
        "_toc.yml": TOC + "      - file: book/programmes/index\n",
        "evidence/programmes.yaml": LIBRARY,
        "book/programmes/index.md": "# Library\n\nHere they are.\n\n:::{programme-library}\n:::\n",
    }
    return build(write_course(folder / "course", pages), folder / "out")
