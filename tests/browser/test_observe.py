"""The observation sheet: filled in and saved in Chromium, taken in, scored; kept, cleared, and on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from accessibility import scrolls_sideways, violations_in_both_schemes

from peercourse.grading.collect import collect
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.folder import GradingFolder
from peercourse.grading.grade import grade
from peercourse.grading.observed import read_observed
from peercourse.grading.results import read_results
from peercourse.practice.role_play import read_role_play
from peercourse.quiz.sheet import Sheet
from peercourse.quiz.types.observed import ANSWERS, NO_OCCASION

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
PATH = "book/role-play/observe.html"
SAVE = "Save the sheet as a file"
NOTE = 'First, "take your time": that helped.\nThen: nothing, for ten seconds. 🙂'
LIMIT = 110 * 1024


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    role_play = read_role_play(ROOT)
    assert role_play is not None
    return role_play.rubric.sheet()


def fill(page: Any, sheet: Sheet, levels: dict[str, str], trainee: str = "nurse-1", observer: str = "Anna") -> None:
    page.get_by_label("Trainee ID of the supporter").fill(trainee)
    page.get_by_label("Your own ID").fill(observer)
    page.get_by_label("Day", exact=True).fill("2026-03-05")
    page.get_by_label("Card", exact=True).select_option("third-visit")
    page.get_by_label("Your words to the supporter").fill(NOTE)
    for item in sheet.items():
        page.locator(f'input[name="{item.id}"][value="{levels.get(item.id, "basic")}"]').check()


def said(page: Any) -> str:
    return str(page.locator(".so-far").inner_text())


def test_a_sheet_saved_from_a_folder_is_taken_in_and_passed(visitor, sheet, save_file, tmp_path) -> None:
    page = visitor.open(PATH, over="file")
    levels = {"attention": "full", "questions": "full", "honest": "full", "mends": NO_OCCASION, "closes": "not-shown"}
    fill(page, sheet, levels)
    assert said(page) == "So far: 0 could hurt, 1 not shown, 5 there, 3 fully there. Passed."
    inbox, folder = tmp_path / "observed", GradingFolder(tmp_path / "grading")
    inbox.mkdir()
    save_file(page, SAVE).save_as(inbox / "observation (1).ipynb")
    assert "Give it to your trainer yourself" in page.locator(".report").inner_text()
    release_quizzes([sheet], folder.root, lambda _: None)
    report = collect(inbox, folder, observed=True)
    assert [(one.trainee, one.remarks) for one in report.taken] == [("nurse-1", ())], report
    assert not grade(folder).failed
    (one,) = read_observed(folder, read_results(folder))
    assert one.result.passed is True
    observation = one.observation
    assert (observation.observer, str(observation.day), observation.card) == ("anna", "2026-03-05", "third-visit")
    assert observation.note == NOTE
    assert observation.levels == {item.id: levels.get(item.id, "basic") for item in sheet.items()}


def test_the_sum_on_the_page_is_the_rule_of_the_program(visitor, sheet) -> None:
    page = visitor.open(PATH)
    names = [item.id for item in sheet.items()]
    marked: dict[str, str] = {}
    steps = [
        *((name, "full") for name in names[:3]), *((name, "basic") for name in names[3:8]),
        (names[8], "not-shown"), (names[9], "not-shown"), (names[0], "not-shown"), (names[0], "basic"),
        (names[3], "full"), (names[9], "harmful"),
    ]  # fmt: skip
    verdicts = []
    for name, level in steps:
        marked[name] = level
        page.locator(f'input[name="{name}"][value="{level}"]').check()
        verdicts.append(said(page).rpartition("fully there. ")[2])
        if len(marked) == len(names):
            assert (verdicts[-1] == "Passed.") is sheet.rule.passes(marked.values())
    after_all_are_marked = ["Passed.", "Not passed.", "Not passed.", "Passed.", "Not passed."]
    assert verdicts == [*["Not yet passed."] * 2, *["Passed so far."] * 7, *after_all_are_marked]


def test_nothing_is_saved_that_would_not_be_taken_in(visitor, sheet) -> None:
    page = visitor.open(PATH)
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    button, report = page.get_by_role("button", name=SAVE), page.locator(".report")
    button.click()
    open_ones = 4 + len(list(sheet.items()))
    assert report.get_by_role("link").count() == open_ones
    fill(page, sheet, {}, trainee="nurse-1", observer="NURSE-1")
    button.click()
    link = report.get_by_role("link")
    assert [link.nth(place).inner_text() for place in range(link.count())] == [
        "Both IDs are the same. Nobody can observe themselves; enter your own."
    ]
    link.click()
    field = page.get_by_label("Your own ID")
    page.wait_for_function("document.activeElement.id === 'observer-id'")
    assert field.get_attribute("aria-invalid") == "true"
    assert downloads == []


def test_a_sheet_is_kept_named_among_your_data_and_cleared(visitor, sheet) -> None:
    page = visitor.open(PATH)
    fill(page, sheet, {"attention": "full"})
    page.goto(visitor.url("book/your-data.html"))
    assert "Observed role play, version 1" in page.locator("#stored-data").inner_text()
    page.goto(visitor.url(PATH))
    assert page.get_by_label("Your words to the supporter").input_value() == NOTE
    assert said(page).startswith("So far: 0 could hurt, 0 not shown, 9 there, 1 fully there.")
    page.get_by_role("button", name="Clear this sheet").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    assert page.get_by_label("Your own ID").input_value() == ""
    assert said(page).startswith("So far: 0 could hurt, 0 not shown, 0 there, 0 fully there.")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_by_keyboard_alone(visitor, sheet) -> None:
    page = visitor.open(PATH)
    page.get_by_label("Your own ID").focus()
    page.keyboard.type("anna")
    for _ in range(8):  # the day has its parts and a button
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    first = next(iter(sheet.items())).id
    assert page.evaluate("document.activeElement.name") == first
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator(f'input[name="{first}"]:checked').get_attribute("value") == ANSWERS["not_shown"]


@pytest.mark.parametrize("scripts", [True, False])
def test_it_prints_on_two_sheets_of_paper(visitor, sheet, scripts: bool, tmp_path: Path) -> None:
    page = visitor.open(PATH, java_script_enabled=scripts)
    pdf = page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    page.emulate_media(media="print")
    for words in ("Trainee ID of the supporter", "Your own ID", "Day", "Signature of the observer"):
        assert page.get_by_text(words, exact=True).is_visible(), words
    assert page.locator("fieldset .choice:visible").count() == sum(len(item.face("").choices) for item in sheet.items())
    assert not page.get_by_role("button", name=SAVE).is_visible()


def test_its_states_are_accessible_at_320_pixels_in_both_schemes(visitor, sheet, save_file) -> None:
    page = visitor.open(PATH, viewport={"width": 320, "height": 640})
    page.get_by_role("button", name=SAVE).click()
    assert violations_in_both_schemes(page) == [], "what is open"
    fill(page, sheet, {"attention": "harmful", "closes": "full"})
    save_file(page, SAVE)
    assert violations_in_both_schemes(page) == [], "saved"
    assert not scrolls_sideways(page)


@pytest.mark.xdist_group("every page")
def test_it_weighs_no_more_than_a_quiz(opened) -> None:
    assert len(opened[PATH].loads) > 4, "page, styles and scripts"
    assert opened[PATH].weight <= LIMIT
