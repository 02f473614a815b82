"""A small conversation as an author writes it, a small course around it, and conversations made up by Hypothesis."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import small_course
from hypothesis import settings

from peercourse.content.checks import check_course
from peercourse.content.course import Course, load_course
from peercourse.content.problems import ContentError

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "modules/01-one/practice"


def _loaded(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


settings.register_profile("practice", deadline=None)  # two cores are shared; how long an example takes says nothing
settings.load_profile("practice")

CONVERSATION = """\
id: after-the-round
title: After the round
minutes: 2
outcomes: [m1.1]
competences: [COM01]
setting: A ward kitchen after the round
people:
  Ewa: nurse, on nights
  Petr: porter, on nights too
  you: peer supporter
opening: Ewa has poured coffee for two.
start: door
nodes:
  door:
    says: Sit down, then.
    shows: {open: 1, distress: 2}
    replies:
      - say: What is it like now?
        skill: open-question
        coach: It points at her and at now.
        goto: silence
      - say: At least nobody died, and tomorrow it will look better.
        slip: minimising
        coach: She goes short, and thanks you.
        goto: short
  silence:
    scene: She turns the cup round.
    says:
      - {who: Ewa, text: I keep hearing the lift.}
      - {who: Petr, text: So do I.}
    shows: {open: 3, distress: 3}
    replies:
      - do: Say nothing. Stay.
        skill: silence
        coach: It is still working in her.
        goto: trust
      - say: Which lift was it, and at what time did it come up?
        slip: fact-finding
        coach: She is back in the corridor.
        goto: short
  short:
    says: It was a busy night, that is all.
    shows: {open: 0, distress: 2}
    replies:
      - say: I went past you there. What is it like now?
        skill: repair
        coach: You take it back.
        goto: silence
      - say: Then I will let you finish your coffee in peace.
        coach: It is polite, and it is over.
        goto: door-shut
      - say: You ought to go to somebody with that, honestly.
        slip: pushing
        coach: She has heard that before.
        goto: half
endings:
  trust:
    kind: good
    title: She says it
    text: She says what the lift had in it.
    debrief: You stayed.
    next: Stay again.
  half:
    kind: mixed
    title: Half of it
    text: She nods and rinses the cup.
    debrief: You pushed a little.
    next: Ask first.
  door-shut:
    kind: poor
    title: The kitchen is empty
    text: She has gone to the desk.
    debrief: It went past her.
    next: One question, and wait.
"""
SLIPS = """\
- id: the-cup
  people: Ewa, nurse
  scene: The same kitchen, a week later.
  says: I cannot drink from that one.
  outcome: m1.1
  competence: [COM01]
  hurts: {say: It is only a cup., slip: minimising, why: It is not only a cup.}
  helps: {say: What is it about that one?, why: "She can tell you, or not."}
"""
PROMPTS = """\
- id: your-first-line
  title: Your first line
  story: Petr has sat down beside you and says nothing.
  ask: What do you say, or do?
  outcome: m1.1
  competence: [COM01]
  worked:
    - {say: I am here for twenty minutes., note: He knows how long.}
    - {say: You came in behind me., note: It is true.}
    - {say: Shall we sit?, note: He can say no.}
  checklist: [Is it short?, Can he refuse?, Is it now?]
"""
SECOND_PAGE = """\
---
minutes: 1
---
# Second
:::{conversation} after-the-round
:::
:::{slip} the-cup
:::
:::{say-it-yourself} your-first-line
:::
"""


@pytest.fixture
def conversation_text() -> str:
    return CONVERSATION


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    """A small course in which nothing is to be mended."""
    files = {
        **small_course.PAGES,
        "modules/01-one/first.md": small_course.FIRST.replace("minutes: 9", "minutes: 1"),
        "modules/01-one/second.md": SECOND_PAGE,
        f"{FOLDER}/conversations/after-the-round.yml": CONVERSATION,
        f"{FOLDER}/slips.yml": SLIPS,
        f"{FOLDER}/say-it-yourself.yml": PROMPTS,
    }
    root: Path = small_course.write_course(tmp_path / "course", files)
    return root


@pytest.fixture
def problems_in(course_folder: Path) -> Callable[..., list[str]]:
    """Put files into the small course, or text in the place of other text; gives what a check then says."""

    def change(files: dict[str, str | bytes | tuple[str, str]]) -> list[str]:
        for name, change in files.items():
            path = course_folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(change, tuple):
                text = path.read_text(encoding="utf-8")
                assert change[0] in text, f"{change[0]!r} is not in {name}"
                change = text.replace(*change, 1)  # noqa: PLW2901
            path.write_bytes(change.encode() if isinstance(change, str) else change)
        try:
            return [str(problem) for problem in check_course(load_course(course_folder))]
        except ContentError as error:
            return [str(problem) for problem in error.problems]

    return change


@pytest.fixture(scope="session")
def real_course() -> Course:
    """The course itself."""
    return load_course(ROOT)


@pytest.fixture(scope="session")
def shapes() -> ModuleType:
    """Makes up conversations: of any shape, sound ones, and one from its shape alone."""
    return _loaded(ROOT / "tests" / "practice" / "shapes.py", "practice_shapes")
