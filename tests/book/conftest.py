"""A very small course, built by the real command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]

TOC = """\
format: jb-book
root: index
parts:
  - caption: One
    chapters:
      - file: modules/01-one/first
      - file: modules/01-one/second
      - file: modules/01-one/quiz
  - caption: Around
    chapters:
      - file: book/evidence
      - file: book/references
      - file: book/your-data
      - file: book/people
"""
CONCEPTS = """\
- id: hearing
  topic: Hearing
  facts:
    - {fid: hearing-F01, statement: Listening was felt., <<, verification: abstract}
    - {fid: hearing-F02, statement: Silence was felt., <<, verification: full_text}
    - {fid: hearing-F03, statement: Nobody lists this., <<, verification: full_text}
""".replace("<<", 'source_citation: A, url: "https://a.example/"')
PROGRAMMES = "- {key: ada2020team, name: A team, reference: Ada 2020, verification: secondary_page}\n"
STANDARDS = """\
rescue_supporter_competences: {source: A, sections: [{name: Talking, competences: [{id: COM01, name: talking}]}]}
peer_support_consensus: {source: B, areas: []}
"""
REVIEW = "reference: {key: cy2022review, authors: Cy C, year: 2022, title: A review}\n"
UNSAFE = '- {id: secrecy, why: It may be broken., instead: a limit, phrases: ["our secret"], from_memory: true}\n'
REFERENCES = """\
@article{ada2019, author = {Ada, A. and Bo, B. and Cy, C.}, title = {Being heard}, journal = {J}, year = {2019},
  doi = {10.1000/xyz}, facts = {hearing-F01, hearing-F02}}
@misc{ada2020team, author = {Ada, A.}, title = {A team}, year = {2020}, url = {https://team.example/}}
"""
MODULE = """\
id: m1
title: One
summary: How it begins.
outcomes:
  - {id: m1.1, text: "Say who you are & listen", competences: [COM01], taught_in: first, line: It was felt.}
lessons: [first, second]
quiz: m1-one
"""
SELF_CHECKS = """\
- id: which-reply
  type: single
  stem: What do you say?
  outcome: m1.1
  competence: [COM01]
  options:
    - {text: "I am here.", points: 1, rationale: "It stays with them."}
    - {text: "Cheer up.", points: 0, harm: true, rationale: "It shuts the door."}
"""
QUIZ = """\
id: m1-one
title: One
module: 01-one
version: 1
pass_mark: 0.5
minutes: 5
scenarios:
  - id: ward
    setting: A ward at night
    people: {Ines: nurse}
    story: Ines waits.
    items:
      - id: reply
        type: single
        stem: What now?
        outcome: m1.1
        competence: [COM01]
        options:
          - {text: "Wait.", points: 2, rationale: "secret-rationale"}
          - {text: "Go.", points: 0, rationale: "secret-rationale"}
"""
FIRST = """\
---
minutes: 9
outcomes: [m1.1]
competences: [COM01]
content_note: "A death on a ward."
---
# First words

A nurse sits down. Nobody speaks for a while, and then she says what she came to say, slowly.

## The idea

It was felt {fact}`hearing-F01`. Both were {fact}`hearing-F02, ada2020team`, and the first again {fact}`hearing-F01`.

:::{figure-svg} circle
:alt: A circle.
A circle, drawn.
:::

## What it sounds like

:::{say-avoid}
- say: "I have **ten** minutes."
  avoid: "Tell me everything."
  why: "They know where they stand."
:::

## Try it

:::{self-check} which-reply
:::

## Carry this

:::{carry}
- "Role, time, limits."
- "Private, not secret."
:::

## Sources

:::{sources}
:::
"""
PAGES = {
    "index.md": "# Home\n\nWelcome to the small course, which is here for a test and for nothing else at all.\n\n"
    ":::{course-contents}\n:::\n",
    "modules/01-one/first.md": FIRST,
    "modules/01-one/second.md": "---\nminutes: 1\ndescription: Words of its own.\n---\n# Second\n\nNo claim here.\n",
    "modules/01-one/quiz.md": "---\nminutes: 5\n---\n# Quiz\n\n:::{graded-quiz} m1-one\n:::\n",
    "book/evidence.md": "# Evidence\n\n:::{evidence-table}\n:::\n",
    "book/references.md": "# References\n\n:::{references}\n:::\n",
    "book/your-data.md": "# Your data\n\n:::{stored-data}\n:::\n",
    "book/people.md": "# People\n\n:::{sign-off}\n:::\n\n:::{contacts}\n:::\n",
}
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><circle cx="50" cy="50" r="40"/></svg>\n'


@dataclass(frozen=True)
class Built:
    """A finished build: the site's folder, what was said, and whether it was well."""

    folder: Path
    said: str
    status: int

    def page(self, name: str) -> str:
        """A page's HTML."""
        return (self.folder / name).read_text(encoding="utf-8")

    def complaints(self) -> list[str]:
        """Lines that name a mistake."""
        plain = re.sub(r"\x1b\[[0-9;]*m", "", self.said)
        return [line for line in plain.splitlines() if re.search(r"\b(ERROR|WARNING)\b", line)]


def write_course(root: Path, pages: dict[str, str]) -> Path:
    """Write the small course with these pages and return its folder."""
    files = {
        "_toc.yml": TOC,
        "evidence/concepts.yaml": CONCEPTS,
        "evidence/programmes.yaml": PROGRAMMES,
        "evidence/review.yaml": REVIEW,
        "evidence/unsafe-phrases.yaml": UNSAFE,
        "evidence/standards.yaml": STANDARDS,
        "book/references.bib": REFERENCES,
        "book/figures/circle.svg": DRAWING,
        "book/figures/circle-dark.svg": DRAWING,
        "modules/01-one/module.yml": MODULE,
        "modules/01-one/practice/self-checks.yml": SELF_CHECKS,
        "quizzes/m1-one.yml": QUIZ,
        **pages,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in ("_config.yml", "institution.yml"):
        shutil.copy(ROOT / name, root / name)
    return root


def build(root: Path, out: Path, program_folder: Path = ROOT / "src") -> Built:
    """Build a course as ``scripts/build`` does, with the program of a folder."""
    program = Path(sys.executable).with_name("jupyter-book")
    command = [str(program), "build", str(root), "--path-output", str(out)]
    result = subprocess.run(
        [*command, "-W", "-n", "--keep-going"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(program_folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Built(out / "_build" / "html", result.stdout + result.stderr, result.returncode)


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
