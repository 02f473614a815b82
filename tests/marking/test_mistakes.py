"""Whatever a marker does to a workbook: a sentence that names the cell and says what to write, and nothing written."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peercourse.grading.files import GradingError
from peercourse.marking.problems import WorkbookError

MARKS = {"quill": (2.0, 0.5), "rook": (1.0, 1.0), "sable": (0.0, 0.0), "tarn": (1.5, 2.0)}
Change = Callable[[Any], None]


def put(cell: str, value: Any) -> Change:
    def change(sheet: Any) -> None:
        sheet[cell].value = value

    return change


def copy_row(sheet: Any) -> None:
    sheet.append([cell.value for cell in sheet[3]])


def swap_answers(sheet: Any) -> None:
    sheet["C2"].value, sheet["C3"].value = sheet["C3"].value, sheet["C2"].value


MISTAKES: dict[str, tuple[Change, str]] = {
    "too many points": (put("D3", 2.5), "row 3, column D (feeling): “2.5” stands there; write 0, 0.5, 1, 1.5 or 2"),
    "less than none": (put("D3", -1), "row 3, column D (feeling): “-1” stands there; write 0, 0.5"),
    "no half": (put("E4", 0.3), "row 4, column E (open): “0.3” stands there"),
    "not finite": (put("E4", 1e308), "row 4, column E (open): “1e+308” stands there"),
    "text": (put("D3", "2"), "row 3, column D (feeling): the text “2” stands there; write 0, 0.5, 1, 1.5 or 2 as"),
    "a comma": (put("D3", "0,5"), "the text “0,5” stands there"),
    "true": (put("D3", True), "row 3, column D (feeling): TRUE or FALSE stands there"),
    "a date": (put("D3", datetime.datetime(2026, 5, 1)), "a date or time, “2026-05-01 00:00:00”, stands there"),
    "an error": (put("D3", "#REF!"), "the error “#REF!” stands there"),
    "left out": (put("E3", None), "row 3, column E (open): it is empty, and other cells of the row are not"),
    "a formula in points": (put("D3", "=1+1"), "row 3, column D (feeling): a formula stands there; write its result"),
    "a formula in the comment": (put("G3", "=1+1"), "row 3, column G (Comment): a formula stands there"),
    "a formula in the answer": (put("C3", '=HYPERLINK("http://x.test")'), "row 3, column C (Answer): a formula"),
    "a formula as code": (put("A3", "=A2"), "row 3, column A (Code): a formula stands there"),
    "harmful what": (put("F3", "perhaps"), "row 3, column F (Harmful?): “perhaps” stands there; write “yes”, or"),
    "harmful 1": (put("F3", 1), "row 3, column F (Harmful?): “1” stands there"),
    "markup": (put("G3", "<img src=x onerror=alert(1)>"), "row 3, column G (Comment): “<img"),
    "a link": (put("G3", "[see](javascript:alert)"), "holds < or a link in brackets; write plain words"),
    "a long comment": (put("G3", "x" * 1001), "the comment has 1001 letters; write at most 1000"),
    "an answer changed": (put("C3", "Better words."), "row 3, column C (Answer): this is not what was exported beside"),
    "answers swapped": (swap_answers, "column C (Answer): this is not what was exported"),
    "an item changed": (put("B3", "other"), "row 3, column B (Item): this is not what was exported"),
    "a code made up": (put("A3", "BBB-BBB"), "row 3, column A (Code): “BBB-BBB” is no code of this file"),
    "a code gone": (put("A3", None), "row 3, column A (Code): the code is missing; put it back"),
    "a number as code": (put("A3", 17), "row 3, column A (Code): “17” is no code"),
    "a row twice": (copy_row, "row 6, column A (Code): "),
    "a column moved": (lambda sheet: sheet.insert_cols(4), "row 1, column D (feeling): the heading is missing"),
    "a heading renamed": (put("E1", "warmth"), "row 1, column E (open): “warmth” stands there; columns may"),
}  # fmt: skip


@pytest.mark.slow
def test_every_mistake_is_named_and_nothing_is_written(cohort: Any, marked: Path, hand: Any, tmp_path: Path) -> None:
    before = cohort.stored()
    for name, (change, sentence) in MISTAKES.items():
        path = hand.edited(Path(shutil.copy(marked, tmp_path / f"{name}.xlsx")), change)
        with pytest.raises(WorkbookError) as error:
            cohort.give(path)
        assert f"{name}.xlsx, sheet Mark, row" in str(error.value), name
        assert sentence in str(error.value), (name, str(error.value))
        assert "Nothing was imported" in str(error.value)
    assert cohort.stored() == before
    assert cohort.give(marked).entered == 4


def test_all_mistakes_of_a_file_come_at_once(cohort: Any, marked: Path, hand: Any) -> None:
    for cell in ("D2", "E3", "D4", "F5"):
        hand.edited(marked, put(cell, "what"))
    with pytest.raises(WorkbookError) as error:
        cohort.give(marked)
    assert [problem.row for problem in error.value.problems] == [2, 3, 4, 5]


def test_one_bad_file_keeps_the_good_one_out(cohort: Any, marked: Path, hand: Any, tmp_path: Path) -> None:
    before = cohort.stored()
    bad = hand.edited(Path(shutil.copy(marked, tmp_path / "bad.xlsx")), put("D2", 7))
    with pytest.raises(WorkbookError, match=r"bad\.xlsx"):
        cohort.give(marked, bad)
    assert cohort.stored() == before


def test_two_copies_that_differ(cohort: Any, marked: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(marked, tmp_path / "copy.xlsx"))
    assert cohort.give(marked, copy).taken == 4
    cohort.marked(copy, MARKS | {"quill": (0.0, 0.0)})
    with pytest.raises(WorkbookError, match="is marked otherwise than in"):
        cohort.give(marked, copy)


def test_rows_of_another_file_are_told_where_they_belong(two_items: Any, hand: Any) -> None:
    desk = two_items.desk
    for trainee in ("quill", "rook"):
        notebook = desk.answered(trainee, words="One.")
        for cell in notebook["cells"]:
            if cell["id"] == "more-words":
                cell["source"] = "Two."
        desk.put(f"{trainee}.ipynb", notebook)
    two_items.hand_in({})
    a, b = two_items.export(double=1)
    theirs = next(code for code, row in two_items.rows(b).items() if row.item == "your-words")
    other = next(code for code, row in two_items.rows(a).items() if row.item == "more-words")

    def mix(sheet: Any) -> None:
        sheet.append([theirs, "your-words", "One.", 1, 1])
        sheet.append([other, "more-words", "Two.", 0.5])

    with pytest.raises(WorkbookError) as error:
        two_items.give(hand.edited(a, mix, sheet="Mark 1"))
    assert "is a row of another file (corridor-v1, " in str(error.value)
    assert ", marker B); move it back there" in str(error.value)
    assert f"{other} belongs on the sheet Mark 2" in str(error.value)


def test_a_workbook_of_another_grading_folder(cohort: Any, marked: Path) -> None:
    for path in (cohort.folder.root / "marking/codes").glob("*.json"):
        path.unlink()
    with pytest.raises(
        GradingError, match=r"quiz “corridor”.*not exported from this grading folder; name the right one"
    ):
        cohort.give(marked)


def test_a_hidden_sheet_that_was_changed(cohort: Any, marked: Path, hand: Any) -> None:
    hand.edited(marked, put("B6", "0" * 64), sheet="About")
    with pytest.raises(GradingError, match="hidden sheet was changed"):
        cohort.give(marked)


def test_a_damaged_code_list_or_ledger_is_named(cohort: Any, marked: Path) -> None:
    cohort.give(marked)
    ledger = cohort.folder.root / "marks/corridor.json"
    ledger.write_text("{")
    with pytest.raises(GradingError, match=r"corridor\.json cannot be read"):
        cohort.give(marked)
    (codes,) = (cohort.folder.root / "marking/codes").glob("*.json")
    codes.write_text("{}")
    with pytest.raises(GradingError, match="code list of a marking file, cannot be read"):
        cohort.give(marked)
