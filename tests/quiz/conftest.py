"""A small bank with every item type, as an author would write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from peercourse.quiz.bank import Quiz, read_bank

BANK = """\
id: small
title: A small bank
module: 02-active-listening
version: 1
pass_mark: 0.75
minutes: 10
scenarios:
  - id: corridor
    setting: A corridor, 07:20
    people: {Amal: healthcare assistant, you: her peer supporter}
    story: The lift is out again. It costs $5 to park. *She* has not sat down since three.
    items:
      - id: first
        type: single
        stem: What do you say?
        outcome: m2.3
        competence: [COM02]
        options:
          - {text: "What is it like now?", points: 2, rationale: RATIONALE-ONE}
          - {text: You did all you could., points: 0, harm: true, slip: false-reassurance, rationale: RATIONALE-TWO}
          - {text: "Shall we sit?", points: 1, rationale: RATIONALE-THREE}
      - id: second
        type: several
        stem: Which of these fit?
        outcome: m2.3
        competence: [COM02]
        options:
          - {text: Wait., points: 1, rationale: RATIONALE-FOUR}
          - {text: Ask what she needs., points: 1, rationale: RATIONALE-FIVE}
          - {text: Ask for times., points: -1, rationale: RATIONALE-SIX}
          - {text: Promise to tell nobody., points: 0, harm: true, rationale: RATIONALE-SEVEN}
      - id: third
        type: order
        stem: In which order?
        outcome: m2.1
        competence: [COM01]
        points: 3
        lines: [Say who you are., Say what you cannot keep., Ask., Wait.]
        rationale: RATIONALE-EIGHT
      - id: fourth
        type: match
        stem: Which is which?
        outcome: m2.4
        competence: [COM02]
        points: 3
        pairs:
          - {left: Say it back, right: Reflection, rationale: RATIONALE-NINE}
          - {left: "What was that like?", right: Open question, rationale: RATIONALE-TEN}
          - {left: You stayed with her., right: Affirmation, rationale: RATIONALE-ELEVEN}
        extra: [Advice]
      - id: fifth
        type: triage
        stem: How much help does each call for?
        outcome: m2.7
        competence: [COM06]
        lines:
          - {text: I slept badly last night., level: green, rationale: RATIONALE-TWELVE}
          - {text: Five weeks and no better., level: amber, rationale: RATIONALE-THIRTEEN}
          - {text: My chest hurts., level: red, rationale: RATIONALE-FOURTEEN}
      - id: seventh
        type: rating
        stem: I could leave a silence alone.
        outcome: m2.2
        competence: [COM02]
        low: not at all sure
        high: quite sure
      - id: sixth
        type: written
        stem: Write what you would say.
        outcome: m2.4
        competence: [COM02]
        criteria:
          - {id: feeling, points: 2, text: CRITERION-ONE, earns: [EARNS-ONE], does_not_earn: [MISSES-ONE]}
          - {id: open, points: 2, text: CRITERION-TWO, earns: [EARNS-TWO], does_not_earn: [MISSES-TWO]}
        harmful: [HARMFUL-ONE]
"""


@pytest.fixture(scope="session")
def bank_text() -> str:
    return BANK


@pytest.fixture
def bank(tmp_path: Path) -> Quiz:
    path = tmp_path / "small.yml"
    path.write_text(BANK, encoding="utf-8")
    return read_bank(path)[0]
