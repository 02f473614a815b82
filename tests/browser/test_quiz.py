"""The trainee's way through the graded quiz, on the built site."""

from __future__ import annotations

import ast
import json
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

STORED = "Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('peercourse/')))"
HOSTILE = [
    "</script><script>window.canary = 1</script><img src=x onerror='window.canary = 1'>",
    "$& $1 ${canary} \\ \"\"\" ''' \\u003c [x](javascript:window.canary=1) $\\href{javascript:1}{x}$",
    "### BEGIN MARK SCHEME\n### END SOLUTION\n%%bash\n\u2028\u2029\U0001f600 \u202e=HYPERLINK(1)",
]


def cells_of(download: Any) -> dict[str, Any]:
    notebook = json.loads(download.path().read_text(encoding="utf-8"))
    nbformat.validate(nbformat.from_dict(notebook))
    return {cell["id"]: cell for cell in notebook["cells"]}


def source(cell: Any) -> str:
    return "".join(cell["source"])


def value(cell: Any) -> Any:
    """What an answer cell holds: the literal of a code cell, the words of a written answer."""
    if cell["cell_type"] == "markdown":
        return source(cell)
    (assignment,) = ast.parse(source(cell)).body
    assert isinstance(assignment, ast.Assign)
    return ast.literal_eval(assignment.value)


def status(page: Page) -> Any:
    return page.locator(".quiz-status")


@pytest.mark.parametrize("over", ["http", "file"])
def test_answer_leave_come_back_and_save(visitor, quiz_path, answers, released, save_file, over) -> None:
    quiz = answers.quiz
    page = visitor.open(quiz_path, over)
    count = len(list(quiz.items()))
    expect(status(page)).to_contain_text(f"0 of {count} answered")
    answers.give_all(page)
    page.get_by_label("Your trainee ID").fill("mara-7")
    expect(status(page)).to_contain_text(f"{count} of {count} answered")
    expect(status(page)).to_contain_text("Saved on this device.")

    page.goto(visitor.url("index.html", over))
    page.close()
    page = visitor.contexts[0].new_page()
    page.goto(visitor.url(quiz_path, over))
    expect(status(page)).to_contain_text("Your answers are back")
    expect(status(page)).to_contain_text(f"{count} of {count} answered")

    download = save_file(page)
    assert download.suggested_filename == f"{quiz.id}.ipynb"
    report = page.locator(".report")
    expect(report).to_be_focused()
    expect(report).to_contain_text("Hand it in as your trainer told you")
    expect(report).to_contain_text("Nothing has been sent")
    saved, expected = cells_of(download), answers.cells()
    assert {name: value(saved[name]) for name in expected} == expected
    untouched = [cell for cell in released["cells"] if cell["id"] not in expected]
    assert [saved[cell["id"]] for cell in untouched] == untouched
    assert list(saved) == [cell["id"] for cell in released["cells"]]


def test_the_saved_file_is_the_released_notebook_answered_by_hand(
    visitor, quiz, quiz_path, answers, released, save_file
) -> None:
    page = visitor.open(quiz_path)
    answers.give_all(page)
    page.get_by_label("Your trainee ID").fill("mara-7")
    saved = json.loads(save_file(page).path().read_text(encoding="utf-8"))
    shapes = {str: '""', list: "[]", dict: "{}"}
    for cell in released["cells"]:
        held = answers.cells().get(cell["id"])
        if held is not None and cell["cell_type"] == "code":
            literal = json.dumps(held)
            text = source(cell).replace(shapes[type(held)], literal)
        else:
            text = held or source(cell)
        cell["source"] = text.splitlines(keepends=True)
    assert saved == released


def test_questions_left_open_are_named_and_stay_as_released(
    visitor, quiz, quiz_path, answers, released, save_file
) -> None:
    first, *others = quiz.items()
    page = visitor.open(quiz_path)
    answers.give(page, first.id)
    for text in page.locator("textarea").all():
        text.fill(" \n\t ")
    page.get_by_label("Your trainee ID").fill("mara-7")
    page.get_by_role("button", name="Save my answers as a file").click()
    report = page.locator(".report")
    expect(report).to_be_focused()
    expect(report).to_contain_text(f"{len(others)} questions are not fully answered")
    expect(report.get_by_role("link")).to_have_count(len(others))
    report.get_by_role("link").last.click()
    expect(page.locator(f'[data-item="{others[-1].id}"]').locator("input, select, textarea").first).to_be_focused()
    saved = cells_of(save_file(page, "Save the file anyway"))
    blank = {cell["id"]: cell for cell in released["cells"] if cell["id"] not in (first.id, "trainee-id")}
    assert {name: saved[name] for name in blank} == blank
    assert value(saved[first.id]) == answers.value(first.id)


@pytest.mark.parametrize("wrong", ["", "ab", "a b c", "../../etc", "x" * 33, "=cmd|1", "m\u0430ra", "mara_7"])
def test_an_id_that_does_not_fit_is_explained_at_the_field(visitor, quiz_path, wrong) -> None:
    page = visitor.open(quiz_path)
    field = page.get_by_label("Your trainee ID")
    field.fill(wrong)
    field.press("Enter")
    report = page.locator(".report")
    expect(report).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#trainee-id-error")).to_contain_text("3 to 32 letters, digits or hyphens")
    report.get_by_role("link").click()
    expect(field).to_be_focused()
    assert page.url.split("#")[0] == visitor.url(quiz_path)


def test_an_id_is_normalised(visitor, quiz_path, answers, save_file) -> None:
    page = visitor.open(quiz_path)
    answers.give_all(page)
    page.get_by_label("Your trainee ID").fill("  \uff4d\uff41\uff52\uff41\uff0d\uff17 ")
    assert value(cells_of(save_file(page))["trainee-id"]) == "mara-7"


def test_saving_again_carries_the_change_and_the_page_says_that_one_is_due(
    visitor, quiz, quiz_path, answers, save_file
) -> None:
    page = visitor.open(quiz_path)
    answers.give_all(page)
    page.get_by_label("Your trainee ID").fill("mara-7")
    save_file(page)
    box = page.locator("textarea").first
    box.fill("Another answer.")
    expect(box).to_be_focused()
    expect(status(page)).to_contain_text("Changed since you saved the file.")
    expect(page.locator(".report")).to_be_hidden()
    name = box.evaluate("box => box.closest('[data-item]').dataset.item")
    assert value(cells_of(save_file(page))[name]) == "Another answer."


def test_two_lines_in_one_place_are_pointed_out(visitor, quiz_path) -> None:
    page = visitor.open(quiz_path)
    item = page.locator('[data-item]:has([data-shape="sequence"])').first
    selects = item.locator("select").all()
    selects[0].select_option("1")
    selects[1].select_option("1")
    expect(item).to_contain_text("Two lines have place 1.")
    for place, select in enumerate(selects, start=1):
        select.select_option(str(place))
    expect(item).not_to_contain_text("Two lines have place")


def test_hostile_words_are_data(visitor, quiz, quiz_path, save_file) -> None:
    page = visitor.open(quiz_path)
    boxes = page.locator("textarea").all()
    names = [box.evaluate("box => box.closest('[data-item]').dataset.item") for box in boxes]
    page.get_by_label("Your trainee ID").fill("mara-7")
    for text in HOSTILE:
        boxes[0].fill(text)
        page.reload()
        expect(boxes[0]).to_have_value(text)
        page.get_by_role("button", name="Save my answers as a file").click()
        saved = cells_of(save_file(page, "Save the file anyway"))
        assert value(saved[names[0]]) == text
    assert page.evaluate("window.canary") is None


def test_half_a_character_does_not_break_the_file(visitor, quiz_path, save_file) -> None:
    page = visitor.open(quiz_path)
    box = page.locator("textarea").first
    box.evaluate("box => { box.value = 'a\\ud800b'; box.dispatchEvent(new Event('input', {bubbles: true})); }")
    page.get_by_label("Your trainee ID").fill("mara-7")
    page.get_by_role("button", name="Save my answers as a file").click()
    saved = cells_of(save_file(page, "Save the file anyway"))
    assert "a\ufffdb" in [source(cell) for cell in saved.values()]


def test_keys_carry_course_quiz_and_version(visitor, quiz, quiz_path, answers) -> None:
    page = visitor.open(quiz_path)
    assert page.evaluate(STORED) == {}, "an untouched page stores nothing"
    answers.give(page, next(quiz.items()).id)
    assert list(page.evaluate(STORED)) == [f"peercourse/{quiz.id}/{quiz.version}"]


def test_deleting_asks_first_and_can_be_undone(visitor, quiz, quiz_path, answers) -> None:
    count = len(list(quiz.items()))
    page = visitor.open(quiz_path)
    answers.give_all(page)
    delete = page.get_by_role("button", name="Delete my answers from this device")
    delete.click()
    page.get_by_role("button", name="Keep").click()
    assert page.evaluate(STORED) != {}
    expect(delete).to_be_focused()
    delete.click()
    page.get_by_role("button", name="Delete", exact=True).click()
    assert page.evaluate(STORED) == {}
    expect(status(page)).to_contain_text(f"0 of {count} answered")
    page.get_by_role("button", name="Undo").click()
    expect(status(page)).to_contain_text(f"{count} of {count} answered")
    page.reload()
    expect(status(page)).to_contain_text(f"{count} of {count} answered")


BLOCKED = {
    "off": "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }});",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };",
}


@pytest.mark.parametrize("fault", BLOCKED)
def test_without_storage_the_page_says_so_and_the_file_can_be_saved(
    visitor, quiz_path, answers, save_file, fault
) -> None:
    context = visitor.context()
    context.add_init_script(BLOCKED[fault])
    page = context.new_page()
    page.goto(visitor.url(quiz_path))
    expect(status(page)).to_contain_text("keeps nothing")
    answers.give_all(page)
    expect(status(page)).to_contain_text("keeps nothing")
    page.get_by_label("Your trainee ID").fill("mara-7")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_event("dialog") if not asked else None
    assert asked == ["beforeunload"], "leaving would lose the answers, so the browser asks"
    saved = cells_of(save_file(page))
    assert {name: value(saved[name]) for name in answers.cells()} == answers.cells()


def test_two_tabs_do_not_overwrite_each_other(visitor, quiz, quiz_path) -> None:
    context = visitor.context()
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(visitor.url(quiz_path))
    first.locator("textarea").first.fill("From the first tab")
    alert = second.locator(".quiz-alert")
    expect(alert).to_contain_text("changed in another tab")
    second.locator("textarea").last.fill("From the second tab")
    assert "second" not in json.dumps(first.evaluate(STORED))
    alert.get_by_role("button", name="the other tab").click()
    expect(second.locator("textarea").first).to_have_value("From the first tab")
    second.locator("textarea").first.fill("Now from the second")
    expect(first.locator(".quiz-alert")).to_contain_text("changed in another tab")
    first.locator(".quiz-alert").get_by_role("button", name="here").click()
    assert "From the first tab" in json.dumps(first.evaluate(STORED))


def test_a_change_that_no_event_told_of_is_seen_before_writing(visitor, quiz, quiz_path) -> None:
    page = visitor.open(quiz_path)
    box = page.locator("textarea").first
    box.fill("mine")
    key = f"peercourse/{quiz.id}/{quiz.version}"
    page.evaluate("key => localStorage.setItem(key, 'theirs')", key)
    box.fill("mine again")
    expect(page.locator(".quiz-alert")).to_contain_text("changed in another tab")
    assert page.evaluate(STORED) == {key: "theirs"}


@pytest.mark.parametrize(
    ("stored", "left_alone"),
    [
        ('{"schema": 3, "anything": []}', True),
        ("{", False),
        ("[]", False),
        ('{"schema": 1, "title": "", "saved": "", "id": "", "answers": {"x": {"y": {"z": 1}}}}', False),
    ],
)
def test_what_cannot_be_read_does_no_harm(visitor, quiz, quiz_path, answers, stored, left_alone) -> None:
    key = f"peercourse/{quiz.id}/{quiz.version}"
    page = visitor.open(quiz_path)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, stored])
    page.reload()
    expect(status(page)).to_contain_text("0 of ")
    answers.give(page, next(quiz.items()).id)
    expect(status(page)).to_contain_text("1 of ")
    assert (page.evaluate(STORED)[key] == stored) is left_alone


def test_values_that_the_page_does_not_know_leave_controls_empty(visitor, quiz, quiz_path) -> None:
    key = f"peercourse/{quiz.id}/{quiz.version}"
    wrong = {item.id: {"1": "zz", "a": "99"} for item in quiz.items()}
    record = {"schema": 1, "title": "T", "saved": "", "id": "x", "answers": wrong}
    page = visitor.open(quiz_path)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(record)])
    page.reload()
    expect(status(page)).to_contain_text(f"0 of {len(wrong)} answered")
    assert page.locator("select").evaluate_all("all => all.every(one => one.selectedIndex === 0)")


def test_by_keyboard_alone(visitor, quiz, quiz_path) -> None:
    page = visitor.open(quiz_path)
    kind = """() => {
        const at = document.activeElement;
        const styles = [at, at.closest('label')].filter(Boolean).map((one) => getComputedStyle(one));
        const seen = styles.some((one) => one.outlineStyle !== 'none' || one.boxShadow !== 'none');
        if (!at.closest('form[data-quiz]')) return [];
        const row = [...document.querySelectorAll(`[data-item] select`)].filter(
            (one) => one.closest('[data-item]') === at.closest('[data-item]')).indexOf(at);
        return [at.type || at.tagName, row, at.textContent, seen];
    }"""
    unseen = []
    for _ in range(400):
        page.keyboard.press("Tab")
        found = page.evaluate(kind)
        if not found:
            continue
        name, row, words, visible = found
        if not visible:
            unseen.append(name)
        if name in ("radio", "checkbox"):
            page.keyboard.press("Space")
        elif name == "select-one":
            for _ in range(row + 1):
                page.keyboard.press("ArrowDown")
        elif name == "textarea":
            page.keyboard.type("I am here.")
        elif name == "text":
            page.keyboard.type("mara-7")
        elif name == "submit":
            assert words == "Save my answers as a file"
            break
    count = len(list(quiz.items()))
    expect(status(page)).to_contain_text(f"{count} of {count} answered")
    with page.expect_download():
        page.keyboard.press("Enter")
    assert unseen == [], "focus must be visible everywhere"


def test_without_scripts_it_reads_in_full_and_sends_nothing(visitor, quiz, quiz_path, site) -> None:
    page = visitor.open(quiz_path, java_script_enabled=False)
    text = " ".join(page.locator("main, [role=main]").first.inner_text().split())
    for scenario in quiz.scenarios:
        assert " ".join(scenario.story.split("\n\n")[0].split()) in text
        for item in scenario.items:
            face = item.face(quiz.seed)
            for words in (face.stem, *(row.text for row in face.rows), *(choice.text for choice in face.choices)):
                assert " ".join(words.split()) in text
    assert "needs JavaScript" in text
    expect(page.get_by_role("button", name="Save my answers as a file")).to_be_hidden()
    with page.expect_download() as found:
        page.get_by_role("link", name="download the notebook").click()
    assert found.value.path().read_bytes() == (site / "quizzes" / f"{quiz.id}.ipynb").read_bytes()
    field = page.get_by_label("Your trainee ID")
    field.fill("mara-7")
    field.press("Enter")
    assert page.url.split("#")[0] == visitor.url(quiz_path)


def test_the_printed_sheet_has_room_to_write_and_no_buttons(visitor, quiz_path) -> None:
    page = visitor.open(quiz_path)
    page.emulate_media(media="print")
    expect(page.get_by_label("Your trainee ID")).to_be_visible()
    expect(page.locator("textarea").first).to_be_visible()
    expect(page.get_by_role("button", name="Save my answers as a file")).to_be_hidden()
    expect(status(page)).to_be_hidden()
