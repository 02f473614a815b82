"""A small course: the bank with every item type, and a form of the measure before and after, each with one question."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from peercourse.demo.make import DemoReport, make_demo
from peercourse.demo.marker import DemoSettings
from peercourse.quiz.bank import Quiz

ITEMS = """
- id: first-words
  type: single
  stem: What do you say?
  outcome: m2.3
  competence: [COM02]
  options:
    - {text: "What is it like now?", points: 2, rationale: R}
    - {text: You did all you could., points: 0, harm: true, rationale: R}
    - {text: "Shall we sit?", points: 1, rationale: R}
- id: which-fit
  type: several
  stem: Which of these fit?
  outcome: m2.3
  competence: [COM02]
  options:
    - {text: Wait., points: 1, rationale: R}
    - {text: Ask what she needs., points: 1, rationale: R}
    - {text: Ask for times., points: -1, rationale: R}
    - {text: Promise to tell nobody., points: 0, harm: true, rationale: R}
- id: in-order
  type: order
  stem: In which order?
  outcome: m2.1
  competence: [COM01]
  points: 3
  lines: [Say who you are., Say what you cannot keep., Ask., Wait.]
  rationale: R
- id: which-is-which
  type: match
  stem: Which is which?
  outcome: m2.4
  competence: [COM02]
  points: 2
  pairs:
    - {left: Say it back, right: Reflection, rationale: R}
    - {left: "What was that like?", right: Open question, rationale: R}
  extra: [Advice]
- id: how-much-help
  type: triage
  stem: How much help does each call for?
  outcome: m2.7
  competence: [COM06]
  lines:
    - {text: I slept badly last night., level: green, rationale: R}
    - {text: Five weeks and no better., level: amber, rationale: R}
    - {text: My chest hurts., level: red, rationale: R}
- id: your-words
  type: written
  stem: Write what you would say.
  outcome: m2.4
  competence: [COM02]
  criteria:
    - {id: feeling, points: 2, text: C, earns: [That sounds heavy.], does_not_earn: [I see.]}
    - {id: open, points: 2, text: C, earns: ["What was it like?"], does_not_earn: ["Was it bad?"]}
  harmful: [Pull yourself together.]
"""
SURE = "[{id: sure, type: rating, stem: I am sure., outcome: m2.2, competence: [COM02], low: not, high: quite}]"


def quiz(name: str, module: str, items: str) -> Quiz:
    case = {
        "id": "case",
        "setting": "A ward",
        "people": {"you": "a peer"},
        "story": "Late.",
        "items": yaml.safe_load(items),
    }
    about = {"id": name, "title": name, "module": module, "version": 1, "pass_mark": None, "minutes": 5}
    return Quiz.model_validate({**about, "scenarios": (case,)})


@pytest.fixture(scope="session")
def quizzes() -> list[Quiz]:
    return [quiz("corridor", "02-active-listening", ITEMS), quiz("before-a", "evaluation", SURE)]


@contextmanager
def _unwatched(_word: str) -> Any:
    yield lambda _done, _all, _name: None


@pytest.fixture(scope="session")
def make(quizzes: list[Quiz]) -> Callable[..., DemoReport]:
    """Makes a demo of the small course."""

    def run(folder: Path, trainees: int = 4, seed: int = 1, *, marked: bool = False) -> DemoReport:
        return make_demo(quizzes, folder, DemoSettings(trainees, seed, marked), _unwatched)

    return run


@pytest.fixture(scope="session")
def made(make: Callable[..., DemoReport], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DemoReport]:
    """A demo with four trainees; to be read, not changed."""
    folder = tmp_path_factory.mktemp("demo") / "demo-cohort"
    return folder, make(folder)


@pytest.fixture(autouse=True)
def _same_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader is set up through the environment; each test leaves it as it was."""
    monkeypatch.setenv("JUPYTER_PATH", "")
