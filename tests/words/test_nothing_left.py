"""No word of the interface stands outside the catalogue, and the catalogue has none that the site does not use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import peercourse
from peercourse.book.assets import SPEAKS_FOR
from peercourse.book.library import KINDS, SETTINGS
from peercourse.content.evidence import Verification
from peercourse.practice.skills import Skill
from peercourse.quiz.item import RemarkKind, Slip
from peercourse.quiz.types.observed import LEVELS
from peercourse.quiz.types.triage import MEANINGS, Level
from peercourse.words import read_words

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(peercourse.__file__).parent
SCRIPTS = sorted(path.stem for path in (PACKAGE / "web").glob("*.js") if path.stem != "search-settings")
TEMPLATES = [*sorted((PACKAGE / "book" / "templates").rglob("*.html")), PACKAGE / "feedback" / "page.html"]
NAMES = {"CC BY 4.0"}
HEADINGS = ("found", "related", "limits", "take", "checked", "further", "reference", "cited")
LABELLED = set(
    re.findall(r"^ +(?:- )?(\w+):", (ROOT / "evidence/programmes.yaml").read_text("utf-8").lower(), re.MULTILINE)
)
LABELLED &= {key.rpartition(".")[2] for key in read_words("en").entries if key.startswith("programmes.labels.")}
"""Names of fields inside a field of a programme that have words of their own."""
MADE_UP = {
    *(f"evidence.{verification}" for verification in get_args(Verification)),
    *(f"remarks.{kind}" for kind in get_args(RemarkKind)),
    *(f"role_play.{level}" for level in LEVELS),
    *(f"items.{level}" for level in Level),
    *(f"items.{level}_means" for level in Level),
    *(f"skills.{skill}" for skill in get_args(Skill)),
    *(f"slips.{slip}" for slip in get_args(Slip)),
    *(f"conversation.kinds.{kind}" for kind in ("good", "mixed", "poor")),
    *(f"programmes.groups.{name}" for name in (*KINDS, *SETTINGS)),
    *(f"programmes.by.{order}" for order in ("kind", "setting")),
    *(f"programmes.headings.{name}" for name in HEADINGS),
    *(f"programmes.labels.{name}" for name in LABELLED),
    *(
        f"conversation.shows.{who}.{what}.level-{level}"
        for who in ("person", "group")
        for what in ("open", "distress")
        for level in range(5)
    ),
}
"""Entries whose names the program puts together."""


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_word_of_the_interface_stands_in_a_script(name: str) -> None:
    script = (PACKAGE / "web" / f"{name}.js").read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/|^\s*//.*?$|\s// .*?$", "", script, flags=re.DOTALL | re.MULTILINE)
    code = re.sub(r"\$\{[^}]*\}", "", code)  # what is filled in is no word
    literals = [match[1] or match[2] or "" for match in re.finditer(r'"([^"\n]*)"|`([^`]*)`', code)]
    assert literals
    sentences = [text for text in literals if re.search(r"[A-Z]", text) and re.search(r"[ ?!]|\.$", text)]
    assert [text for text in sentences if not text.startswith("[data-")] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_word_of_the_interface_stands_in_a_template(template: Path) -> None:
    html = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    read = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', html)
    read += [text.strip() for text in re.sub(r"<[^>]*>", "\n", html).splitlines()]
    assert [text for text in read if re.search(r"[A-Za-z]", text) and text not in NAMES] == []


def test_every_entry_is_used() -> None:
    files = [path for ending in ("py", "html") for path in PACKAGE.rglob(f"*.{ending}")]
    program = "\n".join(path.read_text(encoding="utf-8") for path in files)
    unused = []
    for key in set(read_words("en").entries) - MADE_UP:
        section, _, rest = key.rpartition(".")
        if section.startswith("scripts."):
            name = section.removeprefix("scripts.")
            scripts = [PACKAGE / "web" / f"{one}.js" for one in (name, SPEAKS_FOR.get(name)) if one]
            used = any(f'"{rest}"' in script.read_text(encoding="utf-8") for script in scripts)
        else:
            used = f'"{key}"' in program or f"'{key}'" in program
        if not used:
            unused.append(key)
    assert unused == []


def test_names_that_the_program_puts_together_are_there() -> None:
    assert set(read_words("en").entries) >= MADE_UP


def test_levels_mean_the_same_on_the_page_and_in_the_notebook() -> None:
    words = read_words("en")
    assert {level: words(f"items.{level}_means") for level in Level} == MEANINGS
