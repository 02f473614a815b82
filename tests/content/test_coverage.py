"""Every outcome names the line that teaches it, is practised, and is asked for; what is missing is named."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from peercourse.book.contents import practice_minutes, quiz_minutes
from peercourse.cli import main
from peercourse.content.check_report import minute_rows
from peercourse.content.course import Course, load_course
from peercourse.content.outcome_coverage import coverage_problems, outcome_coverage, ungraded_outcomes
from peercourse.content.problems import ContentError
from peercourse.publish.site import stop_at_problems

ProblemsAfter = Callable[..., list[str]]
MODULE = "modules/02-active-listening/module.yml"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "    taught_in: opening\n",
            "",
            "taught_in: is missing; write the lesson that teaches 'm2.1': one of opening, ",
        ),
        (
            "taught_in: opening",
            "taught_in: openings",
            "taught_in: is 'openings', which is no lesson of this module; wr",
        ),
        (
            "Give the floor back.",
            "Give the floor up.",
            "line: does not stand in modules/02-active-listening/what-hurts.md; did you mean “",
        ),
        (
            'line: "Stop. Own it in one sentence. Give the floor back."\n',
            'line: "Whales sing to each other, deep below."\n',
            "line: does not stand in modules/02-active-listening/what-hurts.md; copy the sentence that teaches it",
        ),
        (
            '    line: "The channel changes. The order does not."\n',
            "",
            "line: is missing; write the sentence of modules/02-active-listening/phone-and-chat.md that teaches 'm2.8'",
        ),
        (
            "lessons: [",
            '  - {id: m2.9, text: More, competences: [COM01], taught_in: opening, line: "Ask first."}\nlessons: [',
            "outcomes.8: 'm2.9' is practised nowhere; name it as 'outcome' of something in modules/02-active-list",
        ),
        (
            "lessons: [",
            '  - {id: m2.9, text: More, competences: [COM01], taught_in: opening, line: "Ask first."}\nlessons: [',
            "outcomes.8: 'm2.9' is asked for in no graded item; add one with 'outcome: m2.9' to m2-active-listening",
        ),
    ],
    ids=["no page", "no such page", "another word", "another sentence", "no line", "no practice", "no graded item"],
)
def test_what_an_outcome_lacks_is_named_at_its_place(
    problems_after: ProblemsAfter, old: str, new: str, words: str
) -> None:
    problems = problems_after(MODULE, old, new)
    assert any(re.match(rf"{MODULE}:\d+: outcomes\.", problem) and words in problem for problem in problems), problems


def test_the_page_that_teaches_an_outcome_names_it_at_its_head(problems_after: ProblemsAfter) -> None:
    problems = problems_after("modules/02-active-listening/phone-and-chat.md", "outcomes: [m2.8", "outcomes: [m2.1")
    assert any("do not name 'm2.8', which module.yml says is taught here; add it" in found for found in problems)


def test_the_line_is_found_through_markup_and_line_breaks(course_copy: Path) -> None:
    path = course_copy / "modules/02-active-listening/phone-and-chat.md"
    text = path.read_text(encoding="utf-8")
    marked = "So it is.\nThe *channel*\nchanges {fact}`active-listening-F04`. **The order does not.**"
    text = re.sub(r"\*{0,2}The channel changes\. The order does not\.\*{0,2}", lambda _: marked, text)
    path.write_text(text, encoding="utf-8")
    (covered,) = [found for found in outcome_coverage(load_course(course_copy)) if found.outcome.id == "m2.8"]
    assert text.splitlines()[covered.line - 1].endswith("*channel*")


def test_a_module_under_way_is_asked_for_its_quiz_when_the_course_is_published(course: Course) -> None:
    module = next(one for one in course.modules if one.settings.quiz)
    under_way = dataclasses.replace(module, settings=module.settings.model_copy(update={"quiz": None}))
    modules = tuple(under_way if one is module else one for one in course.modules)
    quizzes = {name: quiz for name, quiz in course.quizzes.items() if quiz.module != module.folder.name}
    without = dataclasses.replace(course, modules=modules, quizzes=quizzes)
    assert list(coverage_problems(without)) == []
    named = [str(problem) for problem in ungraded_outcomes(without)]
    with pytest.raises(ContentError) as stopped:
        stop_at_problems(without, publish=True)
    assert set(named) <= {str(problem) for problem in stopped.value.problems}
    for outcome in module.settings.outcomes:
        assert any(
            f"'{outcome.id}' is asked for in no graded item, as the module has no 'quiz'" in one for one in named
        )


def test_the_capstone_is_asked_for_graded_items_and_not_for_lessons(course: Course) -> None:
    capstone = next(module for module in course.modules if not module.lessons)
    assert list(coverage_problems(course)) == []
    quizzes = {name: quiz for name, quiz in course.quizzes.items() if name != capstone.settings.quiz}
    named = [str(problem) for problem in coverage_problems(dataclasses.replace(course, quizzes=quizzes))]
    assert len(named) == len(capstone.settings.outcomes)


def test_the_report_shows_where_each_outcome_is_taught_and_comes_even_if_something_is_wrong(
    course_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course_copy)
    path = course_copy / MODULE
    path.write_text(path.read_text(encoding="utf-8").replace("The channel changes", "The channel stays"), "utf-8")
    result = CliRunner().invoke(main, ["check", "--report"])
    assert result.exit_code == 1
    assert re.search(r"^ m2\.1 +modules/02-active-listening/opening\.md:\d+ +\d+ +\d+", result.output, re.MULTILINE)
    assert re.search(r"^ m2\.8 +modules/02-active-listening/phone-and-chat\.md:0", result.output, re.MULTILINE)
    assert re.search(r"^ the longest +\d+ +\d+% +\d+% +[+-]\d+\.\d +[+-]\d+ to [+-]\d+", result.output, re.MULTILINE)
    assert "does not stand in" in result.output


def test_the_minutes_of_the_report_add_up_to_those_of_the_home_page(course: Course) -> None:
    (*_, total) = minute_rows(course)
    assert total[0] == "All"
    assert int(total[-1]) == practice_minutes(course) + quiz_minutes(course)
