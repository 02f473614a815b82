"""What an author gets wrong inside a conversation: each mistake is named with file, line, field and what to write."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

ProblemsIn = Callable[..., list[str]]
FILE = "modules/01-one/practice/conversations/after-the-round.yml"
DOOR = "nodes.door"
FIRST = "nodes.door.replies.0"
FOREIGN = re.compile(r"valid (?:string|tuple|dictionary|integer)|instance of|pattern|parse|\btuple\b|\[key\]|<unicode")
ROOM = """\
  corridor:
    says: Mm.
    shows: {open: 0, distress: 2}
    replies:
      - {say: So., coach: She nods., goto: lift}
      - {say: And then?, coach: She nods., goto: lift}
  lift:
    says: Mm, mm.
    shows: {open: 0, distress: 2}
    replies:
      - {say: Well., coach: She nods., goto: corridor}
      - {say: And now?, coach: She nods., goto: corridor}
endings:
"""

MISTAKES: dict[str, tuple[str, str, str, str]] = {
    # what, old text, new text, words in the line that is named, field and message
    "goto, nearly right": (
        "goto: silence", "goto: silense", "goto: silense",
        f"{FIRST}.goto: 'silense' is neither a node nor an ending; did you mean 'silence'?",
    ),
    "goto, far off": ("goto: silence", "goto: xylophone", "xylophone", "'xylophone' is neither a node nor an ending; "),
    "start": ("start: door", "start: dor", "start: dor", "start: 'dor' is no node; did you mean 'door'?"),
    "risk": ("start: door", "risk: [shot]\nstart: door", "risk:", "risk.0: 'shot' is no node; did you mean 'short'?"),
    "a node twice": ("\n  short:", "\n  silence:", "silence:", "'silence' stands twice; keep one of them"),
    "a node and an ending": ("  trust:", "  silence:", "silence:", "endings.silence: is the name of a node too; "),
    "not the file's name": ("id: after", "id: before", "id: before", "write the file's name, 'after-the-round'"),
    "no words": ("says: Sit down, then.", 'says: ""', "says:", f"{DOOR}.says.text: "),
    "only spaces": ("coach: It points at her and at now.", "coach: '  '", "coach:", f"{FIRST}.coach: "),
    "no coach": ("        coach: It points at her and at now.\n", "", "say: What", f"{FIRST}.coach: is missing; "),
    "no debrief": ("    debrief: You stayed.\n", "", "trust:", "endings.trust.debrief: is missing; add it"),
    "said and done": (
        "skill: open-question", "skill: open-question\n        do: Nod.", "say: What",
        f"{FIRST}: needs either 'say' or 'do'; write one of the two",
    ),
    "neither said nor done": ("- say: What is it like now?\n        skill", "- skill", "skill:", "either 'say' or"),
    "skill and slip": (
        "skill: open-question", "skill: open-question\n        slip: advice", "say: What",
        f"{FIRST}: is both a skill (open-question) and a slip (advice); keep one of them",
    ),
    "no such skill": ("skill: open-question", "skill: open-ended", "skill:", "is 'open-ended'; write one of 'open"),
    "a field misspelt": ("next: Stay again.", "nxet: Stay again.", "nxet:", "did you mean 'next'?"),
    "a tab": ("    shows: {open: 1", "\tshows: {open: 1", "\tshows", "is indented with a tab; use spaces"),
    "a colon": ("says: Sit down, then.", "says: So: sit.", "So: sit", "has a colon inside unquoted text; put the "),
    "a script": ("What is it like", "<script>alert(1)</script>", "<script>", f"{FIRST}.say: holds markup in angle "),
    "bold": ("It was a busy", "It was a <b>busy</b>", "<b>", "nodes.short.says.text: holds markup in angle "),
    "a bell": ("says: Sit down, then.", 'says: "Sit\\x07 down."', "Sit", f"{DOOR}.says.text: holds a control "),
    "a raw bell": ("Sit down, then.", "Sit\x07 down.", "Sit", "control character"),
    "a deleting character": ("says: Sit down, then.", 'says: "Sit\\x7f."', "Sit", "write plain text"),
    "text turned round": ("says: Sit down, then.", 'says: "Sit\\u202e."', "Sit", "write plain text"),
    "too open": ("{open: 1,", "{open: 5,", "open: 5", f"{DOOR}.shows.open: input should be less than or equal to 4"),
    "less than shut": ("{open: 1,", "{open: -1,", "open: -1", f"{DOOR}.shows.open: input should be greater than or "),
    "no level": ("{open: 1, distress: 2}", "{open: 1}", "shows:", f"{DOOR}.shows.distress: is missing; add it"),
    "a reply twice": (
        "At least nobody died, and tomorrow it will look better.", "What is it like now?", "door:",
        f"{DOOR}: has the same reply twice ('What is it like now?'); make them differ",
    ),
    "a stranger": ("who: Petr", "who: Peter", "Peter", "'Peter' is not among the people; did you mean 'Petr'?"),
    "no you": ("  you: peer supporter", "  Ute: nurse", "people:", "people: begins with the colleague and holds "),
    "you come first": ("  Ewa: nurse, on nights\n  Petr: porter, on nights too\n  you: peer supporter",
        "  you: peer supporter\n  Ewa: nurse\n  Petr: porter", "people:", "people: begins with the colleague"),
    "no good ending": ("kind: good", "kind: mixed", "endings:", "endings: hold no good one; write one"),
    "no best path": ("skill: silence", "slip: avoiding", "start:", "start: no path from here to a good ending uses "),
    "an ending out of reach": ("goto: half", "goto: trust", "half:", "endings.half: can't be reached from the start; "),
    "a loop": (
        "endings:\n", ROOM, "lift:", "nodes.lift: never comes to an end (lift → corridor → lift, a loop with no way",
    ),
    "danger": (
        "I keep hearing the lift.", "They would be better off without me.", "says:",
        "nodes.silence.says: says 'better off without me' but is not under 'risk'; add it there, or change the words",
    ),
    "danger and no handover": (
        "start: door", "risk: [silence]\nstart: door", "door-shut:",
        "endings.door-shut.handover: follows danger that was disclosed (silence → short → door-shut) and is ",
    ),
    "an unknown outcome": ("outcomes: [m1.1]", "outcomes: [m1.9]", "outcomes:", "'m1.9' is no outcome of this module"),
    "an unknown competence": ("competences: [COM01]", "competences: [COM99]", "competences:", "write one of COM01 to"),
}  # fmt: skip


def named_line(problem: str, root: Path) -> str:
    """The line of the file that a problem names."""
    match = re.match(r"(?P<file>[^:\s]+):(?P<line>\d+): ", problem)
    assert match, f"names no file and line: {problem}"
    return (root / match["file"]).read_text(encoding="utf-8").splitlines()[int(match["line"]) - 1]


def test_the_small_course_is_in_order(problems_in: ProblemsIn) -> None:
    assert problems_in({}) == []


@pytest.mark.parametrize(("old", "new", "at", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_file_line_field_and_what_to_write(
    problems_in: ProblemsIn, course_folder: Path, old: str, new: str, at: str, words: str
) -> None:
    problems = problems_in({FILE: (old, new)})
    found = [problem for problem in problems if words in problem]
    assert found, problems
    assert found[0].startswith(f"{FILE}:")
    assert at in named_line(found[0], course_folder), found[0]
    assert "\n" not in found[0]


def test_a_single_reply_is_too_few(problems_in: ProblemsIn, conversation_text: str, course_folder: Path) -> None:
    second = conversation_text.index("      - say: At least")
    alone = conversation_text[:second] + conversation_text[conversation_text.index("  silence:\n") :]
    (problem,) = problems_in({FILE: alone})
    assert f"{DOOR}.replies: " in problem
    assert "at least 2" in problem
    assert "replies:" in named_line(problem, course_folder)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"\xff\xfeid: after-the-round\n", "is not UTF-8 text; save it as UTF-8", id="not UTF-8"),
        pytest.param(b"title: " + b"a" * 2_000_001, "is larger than 2 MB; split it", id="over 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(problems_in: ProblemsIn, content: bytes, words: str) -> None:
    assert problems_in({FILE: content}) == [f"{FILE}: {words}"]


def test_five_thousand_nodes_are_refused_in_one_sentence(problems_in: ProblemsIn, conversation_text: str) -> None:
    node = "{says: Yes., shows: {open: 1, distress: 1}, replies: [{say: A., goto: nowhere}]}"  # wrong in two ways
    many = "".join(f"  n{number}: {node}\n" for number in range(4_997))
    (problem,) = problems_in({FILE: conversation_text.replace("nodes:\n", f"nodes:\n{many}")})
    assert problem.endswith(": nodes: has 5,000 nodes; a conversation takes at most 100: split it")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("title: After the round", "title:", id="nothing after the colon"),
        pytest.param("title: After the round", "title: 21:15", id="a time that YAML takes for a number"),
        pytest.param("says: Sit down, then.", "says: No", id="a no that YAML takes for false"),
        pytest.param("  silence:", "  no:", id="a node called no"),
        pytest.param("  silence:", "  Silence now:", id="a node's name with a space"),
        pytest.param("{open: 1,", "{open: much,", id="a level in words"),
        pytest.param("{who: Ewa, text: I keep hearing the lift.}", "I keep hearing the lift.", id="a line without who"),
    ],
)
def test_a_message_speaks_to_an_author_and_not_to_a_programmer(problems_in: ProblemsIn, old: str, new: str) -> None:
    problems = problems_in({FILE: (old, new)})
    assert problems
    assert not [problem for problem in problems if FOREIGN.search(problem)]


def test_an_empty_file_is_called_empty(problems_in: ProblemsIn) -> None:
    (problem,) = problems_in({FILE: ""})
    assert "empty" in problem


def test_text_that_points_into_itself_is_a_mistake_and_no_crash(problems_in: ProblemsIn) -> None:
    (problem,) = problems_in({FILE: ("says: Sit down, then.", "says: &again [*again]")})
    assert problem.startswith(f"{FILE}:15: ")
