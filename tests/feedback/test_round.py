"""From a real gradebook to files: made once, made anew when something changed, never anybody else's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from peercourse.cli import main
from peercourse.content.course import Course
from peercourse.content.module import Lesson, Outcome
from peercourse.grading.files import GradingError, write_file
from peercourse.grading.grade import grade
from peercourse.marking.ledger import MarkedAnswer, ledger_file, ledger_text
from peercourse.marking.model import Mark, answer_hash

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("modules", "evidence", "book", "index.md", "_toc.yml", "_config.yml")


@pytest.fixture
def two(office: Any) -> Any:
    """Amal answered all and is marked; Bela chose what could hurt, and waits for a marker."""
    harm = next(choice.label for choice in office.desk.quiz.faces()["first-words"].choices if "all you" in choice.text)
    office.handed_in("amal", words="You stayed with her <b>& waited</b>.")
    office.handed_in("bela", {**office.desk.best(), "first-words": harm}, words="Only Bela writes this.")
    grade(office.desk.folder)
    office.desk.marked("amal", 3)
    office.commented("amal", "Well heard, <i>Amal</i>.")
    return office


def outcome(course: Course, name: str) -> Outcome:
    return next(one for module in course.modules for one in module.settings.outcomes if one.id == name)


def taught(course: Course, name: str) -> Lesson:
    stem = outcome(course, name).taught_in
    return next(page for module in course.modules for page in module.lessons if page.stem == stem)


def test_a_marked_trainee_reads_result_outcomes_points_and_comment(two: Any, helpers: Any) -> None:
    report = two.make()
    assert (len(report.made), report.unchanged, report.removed) == (2, 0, [])
    lesson = taught(two.course, "m2.3")
    for shown in (helpers.words_of_page(two.page("amal")), helpers.words_of_pdf(two.file("amal", ".pdf").read_bytes())):
        assert "Feedback: In the corridor" in shown
        assert "Passed" in shown
        assert "16.5 points of 17.5. Passed from 75%." in shown
        assert "Went well" in shown
        assert outcome(two.course, "m2.3").text in shown
        assert f"Taught in: {lesson.title}" in shown
        assert "You stayed with her <b>& waited</b>." in shown
        assert "3 points of 4" in shown
        assert "Well heard, <i>Amal</i>." in shown
        assert "amal" in shown
    assert 'href="https://intranet.example.org/peer/modules/02-active-listening/open-questions.html"' in two.page(
        "amal"
    )


def test_who_waits_for_a_marker_gets_no_sum_and_who_may_have_hurt_is_asked_to_talk(two: Any, helpers: Any) -> None:
    two.commented("bela", "A half-written comment")
    report = two.make()
    shown = helpers.words_of_page(two.page("bela"))
    assert "Not everything is marked yet" in shown
    assert "points of 17.5" not in shown
    assert "A half-written comment" not in shown
    assert "Something to talk about In one place there is something that could hurt a colleague, however" in shown
    assert "What do you say? You chose it among the answers." in shown
    assert "You did all you could." not in shown
    assert [one.trainee for one in report.all if one.harmful] == ["bela"]


def test_what_a_marker_noted_is_told_kindly_once_the_points_are_final(two: Any, helpers: Any) -> None:
    seen = "Whoever read your own words saw it there. Your answer stands below, with the comment if there is one."
    mark = Mark(export="0", code="c", points={"feeling": 1.0}, harmful=True)
    entry = MarkedAnswer(
        trainee="bela", version=1, item="your-words", answer=answer_hash("Only Bela writes this."), maximum=4,
        marks={"one": mark},
    )  # fmt: skip
    write_file(ledger_file(two.desk.folder, "corridor"), ledger_text("corridor", [entry]))
    assert [one.trainee for one in two.make().all if one.noted] == []
    assert seen not in helpers.words_of_page(two.page("bela"))
    two.desk.marked("bela", 4)
    report = two.make()
    assert [(one.trainee, [question.stem for question in one.noted]) for one in report.all if one.noted] == [
        ("bela", ["Write what you would say."])
    ]
    for shown in (
        helpers.words_of_page(two.page("bela")), helpers.words_of_pdf(two.file("bela", ".pdf").read_bytes()),
    ):  # fmt: skip
        assert "In 2 places there is something that could hurt a colleague, however well it was meant:" in shown
        assert seen in shown
    assert seen not in helpers.words_of_page(two.page("amal"))
    two.handed_in("bela", words="Other words.")
    grade(two.desk.folder)
    two.desk.marked("bela", 4)
    assert [one.trainee for one in two.make().all if one.noted] == []


def test_one_trainees_folder_holds_nothing_of_another(two: Any) -> None:
    two.desk.marked("bela", 2)
    two.make()
    for one, other, words in (("amal", b"bela", b"Only Bela"), ("bela", b"amal", b"Well heard")):
        for path in (two.desk.folder.root / "feedback" / one).rglob("*"):
            if path.is_file():
                assert other not in path.read_bytes().lower(), path
                assert words not in path.read_bytes(), path


def test_what_is_unchanged_is_not_written_and_what_changed_is(two: Any) -> None:
    two.make()
    files = [two.file(name, ending) for name in ("amal", "bela") for ending in (".html", ".pdf")]
    before = [(path.stat().st_ino, path.read_bytes()) for path in files]
    assert (len(two.make().made), two.make().unchanged) == (0, 2)
    assert [(path.stat().st_ino, path.read_bytes()) for path in files] == before
    two.desk.marked("bela", 4)
    report = two.make()
    assert ([one.trainee for one in report.made], report.unchanged) == (["bela"], 1)
    assert "4 points of 4" in two.page("bela")
    assert files[0].stat().st_ino == before[0][0]


def test_a_file_that_somebody_changed_is_left_alone_and_named(two: Any) -> None:
    two.make()
    page = two.file("amal")
    by_hand = page.read_text(encoding="utf-8").replace("Well heard", "Very well heard")
    page.write_text(by_hand, encoding="utf-8")
    report = two.make()
    assert report.changed_by_hand == [page]
    assert page.read_text(encoding="utf-8") == by_hand
    page.unlink()
    assert two.make().changed_by_hand == []
    assert "Well heard" in two.page("amal")


def test_feedback_on_an_answer_that_no_longer_counts_is_removed(two: Any) -> None:
    two.make()
    two.handed_in("amal", {}, words="Something else.")
    report = two.make()
    assert report.removed == [f"amal/{two.desk.quiz.assignment}"]
    assert report.unscored == 1
    assert not two.file("amal").parent.parent.exists()
    assert two.file("bela").exists()


def test_other_files_stay_when_feedback_is_removed_and_are_named(two: Any) -> None:
    two.make()
    letter = two.file("amal").with_name("letter.odt")
    letter.write_text("Dear Amal", encoding="utf-8")
    assert two.make().others == [letter]
    two.handed_in("amal", {})
    report = two.make()
    assert report.others == [letter]
    assert list(letter.parent.iterdir()) == [letter]


def test_a_run_for_one_trainee_leaves_the_others_alone(two: Any) -> None:
    two.make()
    two.handed_in("amal", {})
    two.make(trainee="bela")
    assert two.file("amal").exists()
    with pytest.raises(GradingError, match=r"^nobody has no submission in .*; first run: peercourse collect INBOX$"):
        two.make(trainee="nobody")
    with pytest.raises(GradingError, match=r"^m9 was not released into .*; write one of corridor$"):
        two.make(quiz="m9")


def test_a_bank_that_is_not_as_it_was_released_gives_no_feedback(two: Any) -> None:
    two.course = two.course.__class__(**{**two.course.__dict__, "quizzes": {}})
    report = two.make()
    assert report.without_bank == [two.desk.quiz.assignment]
    assert report.all == []


def test_the_command_says_what_to_look_at_and_what_comes_next(
    two: Any, tmp_path: Path, tools: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = tmp_path / "course"
    (course / "quizzes").mkdir(parents=True)
    for part in PARTS:
        (course / part).symlink_to(ROOT / part)
    (course / "institution.yml").write_bytes((ROOT / "institution.yml").read_bytes())
    (course / "quizzes" / "corridor.yml").write_text(tools["BANK"], encoding="utf-8")
    monkeypatch.chdir(course)
    command = ["feedback", "--grading", str(two.desk.folder.root)]
    said = CliRunner().invoke(main, command, catch_exceptions=False).output.splitlines()
    assert said == [
        "Made 2, unchanged 0, removed 0.",
        "Talk first, then send, since something was chosen or written that could hurt:",
        "- bela (In the corridor)",
        "1 page shows comments by markers. Read them before you send.",
        "1 page says that answers wait to be marked. After peercourse mark, run this again.",
        "The contacts in institution.yml are examples, and the pages say so. Write your own before you send any.",
        "Pages of the course are named without links. For links, give --site, or site_url in institution.yml.",
        "Next: mark what waits and run this again; then send each folder in "
        f"{two.desk.folder.root / 'feedback'} to its trainee. Nothing is sent by itself.",
        f"(For the same folder, add to the next command: --grading {two.desk.folder.root})",
    ]
    assert "<a " not in two.page("amal")
    assert taught(two.course, "m2.3").title in two.page("amal")
    wrong = CliRunner().invoke(main, [*command, "--site", "javascript:alert(1)"])
    assert (wrong.exit_code, wrong.output) == (
        1,
        "'javascript:alert(1)' is no address of a site; write it as https://intranet.example.org/peer\n",
    )
