"""The page "Your data": what is kept, export, bringing back, deleting."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

KEPT = "Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('peercourse/')))"
HOSTILE = "<img src=x onerror='window.canary = 1'>"


@pytest.fixture(scope="module")
def data_path(page_with) -> str:
    """The page "Your data"."""
    return next(str(path) for path in page_with('id="stored-data"') if path.endswith("your-data.html"))


def record(**changes: Any) -> dict[str, Any]:
    base = {"schema": 1, "title": "Active listening", "saved": "2026-11-23T10:00:00.000Z", "id": "mara-7"}
    return {**base, "answers": {"first": "b", "second": "", "third": ["a"], "fourth": {}}, **changes}


def keep(page: Page, key: str, text: str) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])
    page.reload()


def bring(page: Page, content: str) -> Any:
    page.get_by_label("Bring back from a file").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": content.encode()}
    )
    return page.locator("#stored-data .report")


@pytest.mark.parametrize("over", ["http", "file"])
def test_answers_are_listed_exported_deleted_and_brought_back(
    visitor, quiz, quiz_path, answers, data_path, over
) -> None:
    page = visitor.open(quiz_path, over)
    answers.give_all(page)
    page.get_by_label("Your trainee ID").fill("mara-7")
    page.goto(visitor.url(data_path, over))
    before = page.evaluate(KEPT)
    place = page.locator("#stored-data")
    count = len(list(quiz.items()))
    expect(place.get_by_role("listitem")).to_contain_text([quiz.title])
    expect(place).to_contain_text(f"answers to {count} questions, trainee ID mara-7, last changed")
    with page.expect_download() as found:
        place.get_by_role("button", name="Save everything as a file").click()
    exported = found.value.path().read_text(encoding="utf-8")
    assert json.loads(exported)["data"] == {key: json.loads(text) for key, text in before.items()}

    place.get_by_role("button", name="Delete everything").click()
    assert page.evaluate(KEPT) == before, "asked first"
    place.get_by_role("button", name="Delete", exact=True).click()
    assert page.evaluate(KEPT) == {}
    expect(place).to_contain_text("keeps nothing on this device")
    expect(bring(page, exported)).to_contain_text("Brought back: 1 of 1.")
    assert page.evaluate(KEPT) == before
    page.goto(visitor.url(quiz_path, over))
    expect(page.locator(".quiz-status")).to_contain_text(f"{count} of {count} answered")


def test_one_is_deleted_and_undone_and_other_keys_are_left_alone(visitor, data_path) -> None:
    page = visitor.open(data_path)
    page.evaluate("localStorage.setItem('theme', 'dark')")
    keep(page, "peercourse/m1/1", json.dumps(record(title="One")))
    keep(page, "peercourse/m2/1", json.dumps(record(title=HOSTILE)))
    place = page.locator("#stored-data")
    expect(place.get_by_role("listitem")).to_have_count(2)
    place.get_by_role("button", name="Delete One, version 1").click()
    place.get_by_role("button", name="Delete", exact=True).last.click()
    assert list(page.evaluate(KEPT)) == ["peercourse/m2/1"]
    place.get_by_role("button", name="Undo").click()
    assert sorted(page.evaluate(KEPT)) == ["peercourse/m1/1", "peercourse/m2/1"]
    place.get_by_role("button", name="Delete everything").click()
    place.get_by_role("button", name="Delete", exact=True).last.click()
    assert page.evaluate("localStorage.getItem('theme')") == "dark"
    assert page.evaluate("window.canary") is None


def test_what_cannot_be_read_is_listed_and_can_be_deleted(visitor, data_path) -> None:
    page = visitor.open(data_path)
    keep(page, "peercourse/m1/1", "{")
    keep(page, "peercourse/m2/1", '{"schema": 9}')
    place = page.locator("#stored-data")
    expect(place).to_contain_text("m1, version 1: cannot be read")
    expect(place).to_contain_text("m2, version 1: kept by a later edition")


def test_values_that_are_no_text_do_not_lock_the_page(visitor, data_path) -> None:
    page = visitor.open(data_path)
    no_text = {"toString": 1, "valueOf": 1}
    place = page.locator("#stored-data")
    for hostile in (record(saved=no_text), record(schema=no_text)):
        keep(page, "peercourse/m1/1", json.dumps(hostile))
        expect(place).to_contain_text("m1, version 1: cannot be read")
    place.get_by_role("button", name="Delete everything").click()
    place.get_by_role("button", name="Delete", exact=True).click()
    assert page.evaluate(KEPT) == {}


def exported(data: Any, **changes: Any) -> str:
    return json.dumps({"course": "peercourse", "schema": 1, "data": data, **changes})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "cannot be read"),
        ("null", "holds nothing of this course"),
        ("[]", "holds nothing of this course"),
        (exported({}), "holds nothing of this course"),
        (exported({"peercourse/m1/1": record()}, course="other"), "holds nothing of this course"),
        (exported({"peercourse/m1/1": record()}, schema=3), "later edition"),
        (exported({"peercourse/m1/1": record(schema=3)}), "later edition"),
        (exported({"theme": record()}), "damaged"),
        (exported({"peercourse/m1/1": record(), "peercourse/m2/1": record(answers=None)}), "damaged"),
        (exported({"peercourse/m1/1": record(answers={"x": "y" * 400_000})}), "damaged"),
        (exported({"peercourse/m1/1": record(saved={"toString": 1})}), "damaged"),
        (exported({}, padding="x" * 5_100_000), "too large"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(visitor, data_path, content, words) -> None:
    page = visitor.open(data_path)
    report = bring(page, content)
    expect(report).to_contain_text(words)
    expect(report).to_contain_text("Nothing was brought back.")
    assert page.evaluate(KEPT) == {}


def test_what_the_device_has_is_not_replaced(visitor, data_path) -> None:
    page = visitor.open(data_path)
    keep(page, "peercourse/m1/1", json.dumps(record(id="here")))
    report = bring(page, exported({"peercourse/m1/1": record(id="file"), "peercourse/m2/1": record()}))
    expect(report).to_contain_text("Brought back: 1 of 2. Left alone, since this device has its own: 1.")
    assert json.loads(page.evaluate(KEPT)["peercourse/m1/1"])["id"] == "here"


def test_without_scripts_it_says_what_to_do(visitor, data_path) -> None:
    page = visitor.open(data_path, java_script_enabled=False)
    assert "JavaScript is off" in page.locator("#stored-data").inner_text()
