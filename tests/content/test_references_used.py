"""What is cited is there, and what stands among the references is used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from peercourse.content.checks import check_course
from peercourse.content.course import load_course

ProblemsAfter = Callable[..., list[str]]
BIB = "book/references.bib"
SLIPS = "modules/02-active-listening/practice/slips.yml"
TALK = "modules/02-active-listening/practice/conversations/the-last-bus.yml"
BANK = "quizzes/m2-active-listening.yml"
PROGRAMMES = "evidence/programmes.yaml"
CARDS = "quizzes/role-play/cards.yml"


def test_a_reference_that_nothing_uses_is_named_by_its_line(problems_after: ProblemsAfter) -> None:
    (problem,) = problems_after(
        BIB, "@misc{weger2014listening", "@misc{idle2020work,\n title = {Idle},\n}\n@misc{weger2014listening"
    )
    assert problem.startswith(f"{BIB}:4: idle2020work: is used by no page, fact or programme;")


@pytest.mark.parametrize("file", [SLIPS, TALK, BANK, PROGRAMMES, CARDS])
def test_an_invented_key_is_named_in_every_kind_of_file(problems_after: ProblemsAfter, file: str) -> None:
    for key in ("nobody2031wrote", "no-such-topic-F07"):
        first = "- key" if file == PROGRAMMES else "- id" if file in {SLIPS, CARDS} else "id:"
        problems = problems_after(file, first, f"# after {key}\n{first}")
        assert any(
            f"{file}:" in found and f"'{key}' is neither in evidence/ nor in {BIB}" in found for found in problems
        )


def test_a_key_that_is_there_may_stand_in_a_note(problems_after: ProblemsAfter) -> None:
    assert problems_after(SLIPS, "- id", "# after weger2014listening and active-listening-F01\n- id") == []


def test_practice_and_banks_cite_nothing_as_no_list_of_sources_follows(problems_after: ProblemsAfter) -> None:
    problems = problems_after(SLIPS, "  scene: ", "  scene: As in {fact}`active-listening-F01`, ")
    assert any(problem.startswith(f"{SLIPS}:") and "can be cited on a page alone" in problem for problem in problems)


def test_a_fact_to_be_confirmed_is_not_used_in_practice_either(
    course_copy: Path, problems_after: ProblemsAfter
) -> None:
    topics = yaml.safe_load((course_copy / "evidence/concepts.yaml").read_text(encoding="utf-8"))
    waiting = next(row["fid"] for topic in topics for row in topic["facts"] if row.get("confirm_before_publication"))
    problems = problems_after(TALK, "id:", f"# after {waiting}\nid:")
    assert any(f"'{waiting}' must be confirmed against its source first" in problem for problem in problems), problems


def test_a_work_that_a_page_cites_by_itself_must_be_among_the_references(course_copy: Path) -> None:
    page = course_copy / "book/glossary.md"
    text = page.read_text(encoding="utf-8")
    for key, named in (("weger2014listening", False), ("nobody2031wrote", True)):
        page.write_text(f"{text}\nSee {{cite:t}}`{key}`.\n", encoding="utf-8")
        problems = [str(problem) for problem in check_course(load_course(course_copy))]
        assert any(f"'{key}' is not in {BIB}" in problem for problem in problems) is named, problems
