"""The workbook holds what a marker needs, nothing that says who wrote it, and nothing that can run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from peercourse.grading.files import GradingError
from peercourse.marking.places import read_exports

FORMULAS = {
    "quill": "=1+1",
    "rook": "+44 is not my number",
    "sable": "-no",
    "tarn": "@all =cmd|' /C calc'!A0",
    "fox": "#N/A",
}


def test_no_part_of_the_workbook_says_who_wrote_what(cohort: Any, hand: Any) -> None:
    cohort.hand_in({"nurse-4711": "Somebody wrote this."})
    (path,) = cohort.export()
    text = "\n".join([path.name, *hand.parts(path), *hand.parts(path).values()]).casefold()
    assert "somebody wrote this" in text
    for trainee in ("quill", "rook", "sable", "tarn", "vole", "nurse-4711", "4711"):
        assert trainee not in text
    seed = (cohort.folder.root / "marking/codes/seed.txt").read_text().strip()
    assert seed not in text


def test_blank_and_marked_answers_are_not_in_it(cohort: Any) -> None:
    cohort.desk.marked("rook", 3)
    (path,) = cohort.export()
    sheet = load_workbook(path)["Mark"]
    assert sorted(row[2] for row in sheet.iter_rows(min_row=2, values_only=True)) == [
        "Hm.",
        "Shall we sit?",
        "You stayed.",
    ]


def test_answers_stay_words_even_if_they_look_like_formulas(marking: Any, hand: Any) -> None:
    marking.hand_in(FORMULAS)
    (path,) = marking.export()
    for name, text in hand.parts(path).items():
        assert "<f>" not in text, name
        assert "<f " not in text, name
    rows, sheet = marking.rows(path), load_workbook(path)["Mark"]
    seen = {}
    for cells in sheet.iter_rows(min_row=2):
        assert cells[2].data_type == "s"
        assert bool(cells[2].quotePrefix) == cells[2].value.startswith(("=", "+", "-", "@"))
        seen[rows[cells[0].value].trainee] = cells[2].value
    assert seen == FORMULAS


def test_odd_letters_survive_and_come_back_as_the_same_answer(marking: Any) -> None:
    odd = "  _x0041_ _x005F_ \uffff \u2028 <b>&amp; \U0001f600\n\n\ttab  "
    marking.hand_in({"quill": odd})
    (path,) = marking.export()
    marking.marked(path, {"quill": (1, 1)})
    assert marking.give(path).entered == 1


def test_drop_downs_offer_halves_up_to_the_criterions_points(two_items: Any) -> None:
    notebook = two_items.desk.answered("quill", words="One.")
    for cell in notebook["cells"]:
        if cell["id"] == "more-words":
            cell["source"] = "Two."
    two_items.desk.put("quill.ipynb", notebook)
    two_items.hand_in({})
    (path,) = two_items.export()
    book = load_workbook(path)

    def offered(sheet: str, cell: str) -> list[Any]:
        (rule,) = [one for one in book[sheet].data_validations.dataValidation if cell in one.sqref]
        assert rule.type == "list"
        name, area = rule.formula1.split("!")
        return [row[0].value for row in book[name][area.replace("$", "")]]

    assert offered("Mark 1", "D2") == offered("Mark 1", "E2") == [0, 0.5, 1, 1.5, 2]
    assert offered("Mark 2", "D2") == [0, 0.5, 0.75]
    assert offered("Mark 1", "F2") == ["yes"]
    assert len(offered("Mark 1", "G2")) >= 5
    (free,) = [one for one in book["Mark 1"].data_validations.dataValidation if "G2" in one.sqref]
    assert not free.showErrorMessage  # a marker's own words are taken
    assert book.sheetnames == ["Mark 1", "Mark 2", "Guide", "How to", "Lists", "About"]


def test_only_the_cells_for_marks_can_be_changed(cohort: Any) -> None:
    (path,) = cohort.export()
    book = load_workbook(path)
    assert book.security.lockStructure
    assert all(sheet.protection.sheet for sheet in book)
    assert [book[name].sheet_state for name in ("Lists", "About")] == ["hidden", "veryHidden"]
    for row in book["Mark"].iter_rows(min_row=1):
        assert [cell.protection.locked for cell in row] == [True] * 3 + [row[0].row == 1] * 4
    assert all(cell.protection.locked for row in book["Guide"].iter_rows() for cell in row)


def test_the_guide_is_the_banks(cohort: Any, hand: Any) -> None:
    (path,) = cohort.export()
    guide = "\n".join(str(cell.value) for row in load_workbook(path)["Guide"].iter_rows() for cell in row)
    for text in ("Write what you would say.", "GUIDE-CRITERION", "GUIDE-EARNS", "GUIDE-MISSES", "GUIDE-HARMFUL"):
        assert text in guide
    assert "KEY-RATIONALE" not in "".join(hand.parts(path).values())  # keys of other items are nobody's business


def test_again_is_the_same_file_and_marks_in_it_are_left_alone(cohort: Any) -> None:
    (path,) = cohort.export()
    cohort.marked(path, {"quill": (2, 1)})
    before = path.read_bytes()
    report = cohort.export_report()
    assert (report.written, report.there) == ([], [path])
    assert path.read_bytes() == before


def test_a_file_of_somebodys_own_is_never_overwritten(cohort: Any, tmp_path: Path) -> None:
    mine = tmp_path / "mine.xlsx"
    mine.write_text("shopping list")
    with pytest.raises(GradingError, match="left alone"):
        cohort.export(out=mine)
    assert mine.read_text() == "shopping list"
    with pytest.raises(GradingError, match=r"must end in \.xlsx"):
        cohort.export(out=tmp_path / "marks.csv")


def test_codes_come_from_the_seed_and_the_folder(cohort: Any, tmp_path: Path) -> None:
    (first,) = cohort.export(out=tmp_path / "1.xlsx")
    (again,) = cohort.export(out=tmp_path / "2.xlsx")
    (other,) = cohort.export(out=tmp_path / "3.xlsx", seed=2)
    assert list(cohort.rows(first)) == list(cohort.rows(again))
    assert not set(cohort.rows(first)) & set(cohort.rows(other))
    # Without the folder's secret, an ID and a seed do not give the code.
    (cohort.folder.root / "marking/codes/seed.txt").write_text("another\n")
    (elsewhere,) = cohort.export(out=tmp_path / "4.xlsx")
    assert not set(cohort.rows(first)) & set(cohort.rows(elsewhere))


def test_a_share_goes_to_two_markers_under_other_codes_in_another_order(marking: Any) -> None:
    names = [f"nurse-{number:02d}" for number in range(20)]
    marking.hand_in({name: f"Words of {number}" for number, name in enumerate(names)})
    a, b = marking.export(double=0.3)
    assert (a.stem[-2:], b.stem[-2:]) == ("-A", "-B")
    first, second = marking.rows(a), marking.rows(b)
    assert len(first) == 20
    assert len(second) == 6
    assert not set(first) & set(second)
    both = {row.trainee for row in second.values()}
    in_a = [row.trainee for row in first.values() if row.trainee in both]
    assert in_a != [row.trainee for row in second.values()]
    assert [row.trainee for row in first.values()] != sorted(names)
    assert {row.trainee for row in first.values() if row.role == "first"} == both


def test_what_is_not_scored_or_unknown_is_said(cohort: Any) -> None:
    cohort.desk.put("fox.ipynb", cohort.desk.answered("fox", words="Late."))
    cohort.desk.collect()
    assert cohort.export_report().unscored == 1
    with pytest.raises(GradingError, match="No quiz nothing was released here; released are: corridor"):
        cohort.export(quiz="nothing")
    cohort.desk.quiz = cohort.desk.quiz.model_copy(update={"version": 2})
    with pytest.raises(GradingError, match=r"no bank of corridor-v1.*archive/corridor-v1\.yml"):
        cohort.export()


def test_an_answer_that_is_out_twice_is_said(cohort: Any) -> None:
    cohort.export()
    cohort.hand_in({"fox": "Late."})
    report = cohort.export_report()
    assert [count for _, count in report.written] == [5]
    assert report.out_before == 4
    assert len(read_exports(cohort.folder)) == 2
