"""What one file names must be in another; a mistake stops a build by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from peercourse.content.checks import check_course
from peercourse.content.course import find_root, load_course
from peercourse.content.problems import ContentError

ProblemsAfter = Callable[..., list[str]]
LESSON = "modules/02-active-listening/opening.md"
BANK = "quizzes/m2-active-listening.yml"
CHECKS = "modules/02-active-listening/practice/self-checks.yml"
PRACTICE = "modules/02-active-listening/practice.md"
BUS = "modules/02-active-listening/practice/conversations/the-last-bus.yml"


def test_the_course_as_it_stands_is_in_order(course_copy: Path) -> None:
    course = load_course(course_copy)
    assert [str(problem) for problem in check_course(course)] == []
    module = next(module for module in course.modules if module.settings.id == "m2")
    assert 4 <= len(module.lessons) <= 6
    assert len(module.practice.self_checks) >= 8
    quiz = course.quizzes["m2-active-listening"]
    assert len(list(quiz.items())) >= 12
    assert len(quiz.scenarios) >= 3
    assert {item.type for item in quiz.items()} == {"single", "several", "order", "match", "triage", "written"}
    assert sum(item.type == "written" for item in quiz.items()) >= 2
    assert {item.outcome for item in quiz.items()} == module.outcome_ids


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        pytest.param(BANK, "outcome: m2.4", "outcome: m2.99", "'m2.99' is no outcome of this module", id="outcome"),
        pytest.param(BANK, "[COM02]", "[COM77]", "'COM77' is not in evidence/standards.yaml", id="competence"),
        pytest.param(BANK, "module: 02-active-listening", "module: 03-none", "'03-none' is no folder", id="module"),
        pytest.param(LESSON, "{fact}`", "{fact}`no-such-F99, ", "'no-such-F99' is not in evidence/", id="fact"),
        pytest.param(
            LESSON, "{fact}`", "{fact}`crisis-lines-F01, ", "has no entry in book/references.bib", id="reference"
        ),
        pytest.param(
            LESSON, "{self-check} ", "{self-check} no-", "is not in practice/self-checks.yml", id="self-check"
        ),
        pytest.param(LESSON, "minutes:", "minute:", "did you mean 'minutes'?", id="front matter field"),
        pytest.param(LESSON, "minutes: ", "minutes: 4", "words and", id="reading time"),
        pytest.param(PRACTICE, "minutes: 1", "minutes: 4", "its practice take about", id="time of a practice page"),
        pytest.param(BUS, "minutes: 10", "minutes: 4", "its practice take about", id="time of a conversation"),
        pytest.param("book/references.bib", "facts = {", "facts = {no-such-F01, ", "not in evidence/", id="bib fact"),
        pytest.param("institution.yml", "label: Life in danger, now", "label: ''", "is empty; write it", id="label"),
        pytest.param("institution.yml", "  emergency:", "  emergence:", "did you mean 'emergency'?", id="contact name"),
        pytest.param("institution.yml", "quizzes_folder: quizzes", "quizzes_folder: gone", "is no folder", id="folder"),
    ],
)
def test_a_mistake_is_named(problems_after: ProblemsAfter, file: str, old: str, new: str, words: str) -> None:
    problems = problems_after(file, old, new)
    place = "institution.yml" if file == "institution.yml" else file
    assert any(place in problem and words in problem for problem in problems), problems


def test_a_fact_to_be_confirmed_is_not_published(course_copy: Path, problems_after: ProblemsAfter) -> None:
    topics = yaml.safe_load((course_copy / "evidence/concepts.yaml").read_text(encoding="utf-8"))
    waiting = [fact["fid"] for topic in topics for fact in topic["facts"] if fact.get("confirm_before_publication")]
    assert waiting
    bib = course_copy / "book/references.bib"
    bib.write_text(
        bib.read_text(encoding="utf-8").replace("facts = {", f"facts = {{{waiting[0]}, ", 1), encoding="utf-8"
    )
    problems = problems_after(LESSON, "{fact}`", f"{{fact}}`{waiting[0]}, ")
    assert any(waiting[0] in problem and "must be confirmed" in problem for problem in problems), problems


def test_practice_and_graded_items_share_no_text(course_copy: Path) -> None:
    quiz = load_course(course_copy).quizzes["m2-active-listening"]
    graded = next(item for item in quiz.items() if item.type == "single").face("").choices[0].text
    path = course_copy / CHECKS
    items = yaml.safe_load(path.read_text(encoding="utf-8"))
    items[0]["stem"] = graded.upper()
    path.write_text(yaml.safe_dump(items, allow_unicode=True), encoding="utf-8")
    problems = [str(problem) for problem in check_course(load_course(course_copy))]
    assert any(BANK in problem and "write another one" in problem for problem in problems), problems


def test_problems_in_several_files_come_out_in_one_run(course_copy: Path) -> None:
    for file, old, new in [(BANK, "minutes: 25", "minutes: x"), ("institution.yml", "example: true", "example: maybe")]:
        path = course_copy / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_course(course_copy)
    assert {problem.file for problem in caught.value.problems} == {BANK, "institution.yml"}


def test_outside_a_course_folder_the_command_says_where_to_go(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="not inside a course folder"):
        find_root(tmp_path)
