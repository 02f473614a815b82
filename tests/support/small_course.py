"""A very small course, written out file by file and built by the real command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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


TRUE_TIME = {"modules/01-one/first.md": FIRST.replace("minutes: 9", "minutes: 1")}
"""For pages of a course that has to pass the check: the first lesson takes no longer than its few words."""
BARE_HANDBOOK = {
    "handbook/mkdocs.yml": "site_name: Handbook\ndocs_dir: pages\nuse_directory_urls: false\n",
    "handbook/pages/index.md": "# Handbook\n\nOne page.\n",
}
"""For pages of a course that is built together with its handbook."""


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
