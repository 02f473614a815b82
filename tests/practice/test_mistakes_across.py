"""What an author gets wrong between files: each mistake is named where it stands, and one run reports them all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

ProblemsIn = Callable[..., list[str]]
ONE, TWO = "modules/01-one/practice", "modules/02-two/practice"
CONVERSATION, SLIPS = f"{ONE}/conversations/after-the-round.yml", f"{ONE}/slips.yml"
PROMPTS, CHECKS = f"{ONE}/say-it-yourself.yml", f"{ONE}/self-checks.yml"
PAGE, QUIZ = "modules/01-one/second.md", "quizzes/m1-one.yml"
MODULE = """\
id: m2
title: Two
summary: How it goes on.
outcomes: [{id: m2.1, text: Stay, competences: [COM01]}]
lessons: []
"""

MISTAKES: dict[str, tuple[str, str, str, str]] = {
    # the file that is changed and named, old text, new text, field and message
    "a slip's outcome": (SLIPS, "m1.1", "m9.9", "0.outcome: 'm9.9' is no outcome of this module; write one of m1.1"),
    "a slip's competence": (SLIPS, "COM01", "COM77", "0.competence: 'COM77' is not in evidence/standards.yaml; write"),
    "a prompt's outcome": (PROMPTS, "m1.1", "m9.9", "0.outcome: 'm9.9' is no outcome of this module; write one of m1"),
    "a prompt's competence": (PROMPTS, "COM01", "COM77", "0.competence: 'COM77' is not in evidence/standards.yaml; "),
    "a self-check's outcome": (CHECKS, "m1.1", "m9.9", "0.outcome: 'm9.9' is no outcome of this module; write one of"),
    "an unknown slip": (SLIPS, "slip: minimising", "slip: shouting", "0.hurts.slip: is 'shouting'; write one of 'adv"),
    "a slip that says nothing": (SLIPS, "hurts: {say: It is only a cup., ", "hurts: {", "0.hurts: needs either 'say'"),
    "a slip for no competence": (SLIPS, "[COM01]", "[]", "0.competence: "),
    "two worked replies": (PROMPTS, "    - {say: Shall we sit?, note: He can say no.}\n", "", "0.worked: "),
    "a slip on no page": (SLIPS, "the-cup", "the-jug", "0.id: 'the-jug' is on no page; put it on one with :::{sl"),
    "a prompt on no page": (PROMPTS, "your-first", "my-first", "'my-first-line' is on no page; put it on one with :::"),
    "a self-check on no page": (CHECKS, "which-reply", "whose", "0.id: 'whose' is on no page; put it on one with :::"),
    "a page names no slip": (PAGE, "{slip} the-cup", "{slip} a-jug", "slip: 'a-jug' is not in practice/slips.yml"),
    "a page names no prompt": (PAGE, "your-first-line", "mine", "'mine' is not in practice/say-it-yourself.yml"),
    "a page names no conversation": (
        PAGE, "{conversation} after-the-round", "{conversation} nope",
        "conversation: 'nope' is no conversation of any module; correct the name or add its file",
    ),
}  # fmt: skip


def line_of(problem: str) -> int:
    match = re.match(r"[^:\s]+:(\d+): ", problem)
    assert match, f"names no file and line: {problem}"
    return int(match[1])


@pytest.mark.parametrize(("file", "old", "new", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_file_line_field_and_what_to_write(
    problems_in: ProblemsIn, file: str, old: str, new: str, words: str
) -> None:
    problems = problems_in({file: (old, new)})
    found = [problem for problem in problems if problem.startswith(f"{file}:") and words in problem]
    assert found, problems
    assert line_of(found[0]) > 0


def test_an_id_twice_in_one_file(problems_in: ProblemsIn, course_folder: Path) -> None:
    slips = (course_folder / SLIPS).read_text(encoding="utf-8")
    assert problems_in({SLIPS: slips + slips}) == [f"{SLIPS}:9: 1.id: 'the-cup' stands twice; rename one of them"]


def test_every_id_that_stands_twice_is_told_in_one_run(problems_in: ProblemsIn, course_folder: Path) -> None:
    slips = (course_folder / SLIPS).read_text(encoding="utf-8")
    others = slips.replace("the-cup", "the-jug")
    problems = problems_in({SLIPS: slips + slips + others + others})
    assert [problem.split(": ", 1)[1] for problem in problems] == [
        "1.id: 'the-cup' stands twice; rename one of them",
        "3.id: 'the-jug' stands twice; rename one of them",
    ]


@pytest.mark.parametrize("name", ["conversations/after-the-round.yml", "slips.yml", "say-it-yourself.yml"])
def test_an_id_in_two_modules(problems_in: ProblemsIn, course_folder: Path, name: str) -> None:
    """What a device keeps is found by its id, so that two of the same would share a place."""
    text = (course_folder / ONE / name).read_text(encoding="utf-8").replace("m1.1", "m2.1")
    text = re.sub(r"(?m)^(id|- id): .*", r"\1: after-the-round", text)
    problems = problems_in({"modules/02-two/module.yml": MODULE, f"{TWO}/{name}": text})
    wanted = f"'after-the-round' stands in {CONVERSATION} too; rename one of them"
    assert [problem for problem in problems if problem.startswith(f"{TWO}/{name}:1: ") and problem.endswith(wanted)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("What is it like now?", id="a reply of a conversation"),
        pytest.param("“what is it  like NOW?”", id="the same in other letters and quotation marks"),
        pytest.param("It is only a cup.", id="the reply that hurts"),
        pytest.param("What is it about that one?", id="the reply that helps"),
        pytest.param("I cannot drink from that one.", id="the line before a slip"),
        pytest.param("I am here for twenty minutes.", id="a worked reply"),
        pytest.param("Cheer up.", id="an option of a self-check"),
    ],
)
def test_what_is_practised_is_not_graded(problems_in: ProblemsIn, text: str) -> None:
    (problem,) = problems_in({QUIZ: ('text: "Wait."', f'text: "{text}"')})
    assert problem.endswith("too; write another one here")
    assert problem.startswith(f"{QUIZ}:")


def test_what_is_practised_and_graded_is_named_by_its_line(problems_in: ProblemsIn, course_folder: Path) -> None:
    (problem,) = problems_in({QUIZ: ('text: "Wait."', "text: Cheer up.")})
    lines = (course_folder / QUIZ).read_text(encoding="utf-8").splitlines()
    first, last = (next(n for n, line in enumerate(lines, 1) if part in line) for part in ("id: reply", "Cheer up."))
    assert first <= line_of(problem) <= last, problem


def test_a_file_that_nothing_reads_is_named(problems_in: ProblemsIn, conversation_text: str) -> None:
    other = conversation_text.replace("after-the-round", "on-the-stairs")
    problems = problems_in({f"{ONE}/conversations/on-the-stairs.yaml": other})
    assert [problem for problem in problems if "on-the-stairs.yaml" in problem]


def test_one_run_reports_what_is_wrong_inside_all_files(problems_in: ProblemsIn) -> None:
    problems = problems_in(
        {
            CONVERSATION: ("skill: open-question", "skill: listening"),
            SLIPS: ("slip: minimising", "slip: shouting"),
            PROMPTS: ("title: Your first line\n  ", ""),
            CHECKS: ("type: single", "type: singel"),
            QUIZ: ("minutes: 5", "minutes: x"),
        }
    )
    assert {problem.split(":")[0] for problem in problems} == {CONVERSATION, SLIPS, PROMPTS, CHECKS, QUIZ}


def test_one_run_reports_what_is_wrong_between_all_files(problems_in: ProblemsIn) -> None:
    problems = problems_in(
        {
            CONVERSATION: ("goto: silence", "goto: silense"),
            SLIPS: ("m1.1", "m9.9"),
            PROMPTS: ("COM01", "COM77"),
            PAGE: (":::{conversation} after-the-round", ":::{conversation} nope"),
        }
    )
    assert [problem.split(":")[0] for problem in problems] == sorted([CONVERSATION, SLIPS, PROMPTS, PAGE])


def test_every_fault_of_a_conversation_is_told_in_one_run(problems_in: ProblemsIn, conversation_text: str) -> None:
    wrong = conversation_text.replace("goto: silence", "goto: silense").replace("goto: half", "goto: hafl")
    problems = problems_in({CONVERSATION: wrong.replace("who: Petr", "who: Peter")})
    assert len(problems) == 4
    assert len({line_of(problem) for problem in problems}) == 4
