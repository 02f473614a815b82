"""Marks come back into the real gradebook, as often as one likes, and nothing that was given before is lost."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from peercourse.grading.files import GradingError
from peercourse.grading.grade import grade
from peercourse.grading.results import read_results

MARKS = {"quill": (2.0, 0.5), "rook": (1.0, 1.0), "sable": (0.0, 0.0), "tarn": (1.5, 2.0)}


def test_from_answers_to_points_in_the_gradebook(cohort: Any) -> None:
    (path,) = cohort.export()
    cohort.marked(path, MARKS, harmful=["sable"], comments={"quill": "Keep that – 2 < 3?".replace("<", "of")})
    report = cohort.give(path)
    assert (report.taken, report.known, report.entered) == (4, 0, 4)
    assert cohort.score("quill") == (2.5, False, "Keep that – 2 of 3?")
    assert [cohort.score(name)[:2] for name in MARKS] == [(2.5, False), (2, False), (0, False), (3.5, False)]
    assert cohort.score("vole")[0] is None  # blank: 0 by itself
    assert [entry.trainee for entry in report.harmful] == ["sable"]
    assert {name: entry.marks["one"].points for name, entry in cohort.entries().items()} == {
        name: {"feeling": first, "open": second} for name, (first, second) in MARKS.items()
    }
    assert [result.score for result in read_results(cohort.folder)] == [13.5 + 2.5, 15.5, 13.5, 13.5 + 3.5, 13.5]


def test_importing_again_changes_nothing(cohort: Any) -> None:
    (path,) = cohort.export()
    cohort.marked(path, MARKS, comments={"quill": "Keep that."})
    cohort.give(path)
    before = cohort.stored()
    report = cohort.give(path)
    assert (report.taken, report.known, report.entered, report.kept) == (0, 4, 0, [])
    assert cohort.stored() == before
    grade(cohort.folder, again=True)
    assert cohort.stored() == before


def test_rows_in_another_order_and_rows_that_are_gone(cohort: Any, hand: Any) -> None:
    (path,) = cohort.export()
    cohort.marked(path, MARKS)

    def shuffle(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        sheet.delete_rows(2, 10)
        sheet.append([])  # a blank row between does no harm
        for row in [rows[3], rows[0], rows[2]]:
            sheet.append(row)

    (gone,) = [code for place, code in enumerate(cohort.rows(path)) if place == 1]
    report = cohort.give(hand.edited(path, shuffle))
    assert report.taken == 3
    assert report.unmarked == {path.name: [gone]}
    missing = cohort.rows(path)[gone].trainee
    for name, points in MARKS.items():
        assert cohort.score(name)[:2] == ((None, True) if name == missing else (sum(points), False))


def test_the_rest_may_come_later_in_the_same_file(cohort: Any) -> None:
    (path,) = cohort.export()
    cohort.marked(path, {"quill": (1, 1)})
    assert len(cohort.give(path).unmarked[path.name]) == 3
    cohort.marked(path, MARKS | {"quill": (1, 1)})
    report = cohort.give(path)
    assert (report.taken, report.known, report.unmarked) == (3, 1, {})


def test_points_given_by_hand_are_kept_unless_asked(cohort: Any) -> None:
    (path,) = cohort.export()
    cohort.desk.marked("quill", 4)
    cohort.desk.marked("rook", 2)
    cohort.marked(path, MARKS)
    report = cohort.give(path)
    (kept,) = report.kept
    assert (kept.trainee, kept.words) == ("quill", "has 4 points in the gradebook, given by hand; the marks give 2.5")
    assert cohort.score("quill")[0] == 4
    assert "quill" not in cohort.entries()
    assert report.taken == 3  # rook has the same points by hand: nothing is against it
    assert cohort.give(path, replace=True).taken == 1
    assert cohort.score("quill")[:2] == (2.5, False)


def test_a_corrected_file_is_listed_and_taken_when_asked(cohort: Any) -> None:
    (path,) = cohort.export()
    cohort.marked(path, MARKS, comments={"quill": "First words."})
    cohort.give(path)
    before = cohort.stored()
    cohort.marked(path, MARKS | {"quill": (0.5, 2.0), "rook": (0.0, 0.0)}, comments={"quill": "Second words."})
    report = cohort.give(path)
    assert {one.trainee: one.words for one in report.kept} == {
        "quill": "was given 2.5 points before; the file gives 2.5, otherwise divided between the criteria",
        "rook": "was given 2 points before; the file gives 0",
    }
    assert cohort.stored() == before
    assert cohort.give(path, replace=True).taken == 2
    assert cohort.score("quill") == (2.5, False, "Second words.")
    assert cohort.score("rook")[0] == 0


def test_comments_from_the_marking_pages_stay(cohort: Any) -> None:
    from peercourse.grading.gradebook import open_gradebook

    with open_gradebook(cohort.folder.root) as gradebook:
        gradebook.find_comment("your-words", "corridor", "corridor-v1", "quill").manual_comment = "Mine."
        gradebook.db.commit()
    (path,) = cohort.export()
    cohort.marked(path, MARKS, comments={"quill": "Theirs."})
    for _ in range(2):
        cohort.give(path)
        assert cohort.score("quill")[2] == "Mine.\nTheirs."


def test_an_answer_that_was_handed_in_again_is_passed_over(cohort: Any) -> None:
    (path,) = cohort.export()
    cohort.marked(path, MARKS)
    cohort.hand_in({"quill": "Other words."})
    cohort.desk.put("rook/corridor.ipynb", cohort.desk.answered("rook", words="Not scored yet."))
    cohort.desk.collect()
    shutil.rmtree(cohort.folder.root / "submitted" / "sable")
    report = cohort.give(path)
    assert {one.trainee: one.words.split(";")[0] for one in report.passed_over} == {
        "quill": "was handed in again with other words since the export",
        "rook": "the submission is not scored as it stands",
        "sable": "the submission is not there any more",
    }
    assert report.taken == 1
    assert cohort.score("quill")[:2] == (None, True)


def test_marks_that_cannot_be_written_leave_the_gradebook_as_it_was(cohort: Any) -> None:
    (path,) = cohort.export()
    cohort.marked(path, MARKS)
    before = cohort.stored()
    (cohort.folder.root / "marks").write_text("in the way")
    with pytest.raises(GradingError, match="nothing was imported"):
        cohort.give(path)
    assert [cohort.score(name) for name in sorted([*MARKS, "vole"])] == before[1]
    (cohort.folder.root / "marks").unlink()
    assert cohort.give(path).entered == 4


def test_what_a_killed_run_left_is_entered_by_any_later_one(cohort: Any) -> None:
    (path,) = cohort.export()
    cohort.marked(path, MARKS)
    database = cohort.folder.database.read_bytes()
    cohort.give(path)
    cohort.folder.database.write_bytes(database)  # as if the commit had never come
    cohort.marked(path, dict.fromkeys(MARKS, (None, None)))
    report = cohort.give(path)
    assert (report.taken, report.entered) == (0, 4)
    assert cohort.score("tarn")[0] == 3.5
