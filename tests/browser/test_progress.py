"""My progress: what was read and tried, private notes, and taking all of it from one device to another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from peercourse.book.conversations import conversations_of
from peercourse.book.course import docname_of
from peercourse.content.course import load_course
from peercourse.practice.graph import best_path

pytestmark = pytest.mark.browser

COURSE = load_course(Path(__file__).resolve().parents[2])
MODULE = next(module for module in COURSE.modules if module.lessons)
LESSON = f"{docname_of(MODULE.lessons[0].path, COURSE)}.html"
NEXT_LESSON = f"{docname_of(MODULE.lessons[1].path, COURSE)}.html"
PRACTICE = f"modules/{MODULE.folder.name}/practice.html"
PLACED = next(placed for placed in conversations_of(COURSE) if placed.module is MODULE)
CONVERSATION = f"{PLACED.pagename}.html"
PROGRESS = "book/progress.html"
KEPT = "Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('peercourse/')))"
NOTE, OWN = "Ask Idris about the <b>rota</b>.\nNot today.", "I have until half past, and the door is shut."
CALM = {"reduced_motion": "reduce"}
OFF = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }})"
NO_TEXT = {"toString": 1, "valueOf": 1}
HOSTILE = "<img src=x onerror='window.canary = 1'><script>window.canary = 1</script>"


def kept(page: Page) -> dict[str, Any]:
    return {key: json.loads(text) for key, text in page.evaluate(KEPT).items()}


def keep(page: Page, records: dict[str, Any]) -> None:
    texts = {key: record if isinstance(record, str) else json.dumps(record) for key, record in records.items()}
    page.evaluate("(all) => Object.entries(all).forEach(([key, text]) => localStorage.setItem(key, text))", texts)


def row(page: Page, path: str) -> Locator:
    """The line of a page on "My progress"."""
    return page.locator(".pages li").filter(has=page.locator(f'a[href$="{path}"]'))


def summary(page: Page) -> Locator:
    return page.locator(".progress-summary")


def read_to_the_end(page: Page) -> None:
    page.locator("[data-note]").scroll_into_view_if_needed()
    expect(page.locator("[data-note]")).to_be_in_viewport()


def write_note(page: Page, words: str) -> None:
    page.locator("[data-note] summary").click()
    page.locator("[data-note] textarea").fill(words)


def play(page: Page, start: int, end: int | None) -> None:
    """Choose the best replies from one turn up to another."""
    way = best_path(PLACED.conversation)
    assert way
    for turn in way.turns[start:end]:
        page.locator(f".now .choices button >> nth={place_of(page, turn.node, turn.reply)}").click()


def place_of(page: Page, node: str, reply: int) -> int:
    """Where a reply is offered: the page mixes them."""
    return int(str(page.locator(f'[data-turn="{node}"] [data-reply="{reply}"]').get_attribute("data-place")))


def progress_in(context: BrowserContext, visitor: Any) -> Page:
    page = context.new_page()
    page.goto(visitor.url(PROGRESS))
    return page


@pytest.fixture
def practised(visitor, quiz_path, answers) -> Page:
    """A device on which somebody has read, played half a conversation, written, noted and answered the quiz."""
    page = visitor.open(LESSON, **CALM)
    write_note(page, NOTE)
    page.goto(visitor.url(CONVERSATION))
    play(page, 0, 3)
    page.goto(visitor.url(PRACTICE))
    say = page.locator("[data-own-words]").first
    say.get_by_role("textbox").fill(OWN)
    say.get_by_role("button", name="Compare").click()
    say.get_by_role("checkbox").first.check()
    page.goto(visitor.url(quiz_path))
    page.get_by_label("Your trainee ID").fill("mara-7")
    answers.give_all(page)
    progress = progress_in(page.context, visitor)
    page.goto(visitor.url(LESSON))
    read_to_the_end(page)
    expect(row(progress, LESSON)).to_contain_text("read")
    page.close()
    return progress


def exported(page: Page) -> str:
    with page.expect_download() as found:
        page.get_by_role("button", name="Save everything as a file").click()
    return str(found.value.path().read_text(encoding="utf-8"))


def bring(page: Page, content: str) -> Locator:
    page.get_by_label("Bring back from a file").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": content.encode()}
    )
    return page.locator("#stored-data .report")


def test_what_was_read_to_its_end_is_marked_at_once_and_the_home_page_offers_to_go_on(visitor) -> None:
    context = visitor.context(**CALM)
    progress, page = progress_in(context, visitor), context.new_page()
    pages = progress.locator(".pages li").count()
    expect(summary(progress)).to_have_text(f"0 of {pages} pages read or tried on this device.")
    page.goto(visitor.url(LESSON))
    page.goto(visitor.url(NEXT_LESSON))
    read_to_the_end(page)
    expect(row(progress, NEXT_LESSON).locator(".marks")).to_contain_text("read")
    expect(row(progress, LESSON).locator(".marks")).to_have_count(0)
    expect(summary(progress)).to_have_text(f"1 of {pages} pages read or tried on this device.")
    page.goto(visitor.url("index.html"))
    page.get_by_role("link", name=f"Go on where you were: {MODULE.lessons[1].title}").click()
    assert page.url == visitor.url(NEXT_LESSON)


def test_what_was_tried_is_marked(visitor) -> None:
    page = visitor.open(CONVERSATION, **CALM)
    play(page, 0, None)
    page.goto(visitor.url(PRACTICE))
    page.locator("[data-own-words] textarea").first.fill(OWN)
    page.get_by_role("button", name="Compare").first.click()
    page.goto(visitor.url(PROGRESS))
    for path in (CONVERSATION, PRACTICE):
        expect(row(page, path).locator(".marks")).to_contain_text("tried")


def test_switched_off_it_forgets_and_notes_nothing_more(visitor) -> None:
    context = visitor.context(**CALM)
    progress, page = progress_in(context, visitor), context.new_page()
    page.goto(visitor.url(LESSON))
    read_to_the_end(page)
    expect(row(progress, LESSON)).to_contain_text("read")
    progress.get_by_role("button", name="Forget what I read, and note nothing from now on").click()
    expect(summary(progress)).to_have_text("What you read is not noted on this device.")
    expect(progress.locator(".marks")).to_have_count(0)
    before = progress.evaluate(KEPT)
    assert LESSON not in json.dumps(before)
    page.goto(visitor.url(NEXT_LESSON))
    read_to_the_end(page)
    page.goto(visitor.url("index.html"))
    expect(page.locator("[data-continue]")).to_be_hidden()
    assert page.evaluate(KEPT) == before
    progress.get_by_role("button", name="Note again what I read").click()
    page.goto(visitor.url(NEXT_LESSON))
    read_to_the_end(page)
    expect(row(progress, NEXT_LESSON)).to_contain_text("read")


def test_a_private_note_is_kept_listed_and_gone_once_it_is_emptied(visitor) -> None:
    page = visitor.open(LESSON)
    write_note(page, NOTE)
    page.reload()
    page.get_by_text("Your private note").click()
    expect(page.get_by_role("textbox", name="Write a private note")).to_have_value(NOTE)
    progress = progress_in(page.context, visitor)
    assert progress.locator(".own-note").inner_text() == NOTE
    page.get_by_role("textbox", name="Write a private note").fill("")
    expect(progress.locator(".own-note")).to_have_count(0)
    assert [key for key in kept(page) if "/note/" in key] == []
    page.get_by_role("textbox", name="Write a private note").fill(NOTE)
    progress.get_by_role("link", name=MODULE.lessons[0].title, exact=True).last.click()
    assert progress.url == visitor.url(LESSON)


def test_all_of_it_goes_to_another_device_and_goes_on_there(visitor, practised, quiz_path, answers) -> None:
    file, before = exported(practised), kept(practised)
    page = visitor.open(PROGRESS, **CALM)
    assert kept(page) == {}
    expect(bring(page, file)).to_contain_text(f"Brought back: {len(before)} of {len(before)}.")
    assert kept(page) == before
    expect(row(page, LESSON)).to_contain_text("read")
    expect(row(page, PRACTICE)).to_contain_text("tried")
    expect(row(page, quiz_path)).to_contain_text("answers kept")
    expect(page.locator(".own-note")).to_have_text(NOTE)
    page.goto(visitor.url(CONVERSATION))
    expect(page.get_by_text("You are back where you left off.")).to_be_visible()
    play(page, 3, None)
    expect(page.locator(".now .ending.good")).to_be_visible()
    page.goto(visitor.url(PRACTICE))
    expect(page.locator("[data-own-words] textarea").first).to_have_value(OWN)
    expect(page.locator("[data-own-words]").first.get_by_role("checkbox").first).to_be_checked()
    page.goto(visitor.url(quiz_path))
    count = len(list(answers.quiz.items()))
    expect(page.locator(".quiz-status")).to_contain_text(f"{count} of {count} answered")
    expect(page.get_by_label("Your trainee ID")).to_have_value("mara-7")


def test_what_a_device_has_already_is_never_replaced(visitor, practised) -> None:
    file, count = exported(practised), len(kept(practised))
    page = visitor.open(CONVERSATION, **CALM)
    play(page, 0, 1)
    write_note(page, "Mine")
    page.goto(visitor.url(PROGRESS))
    own = kept(page)
    both = own.keys() & kept(practised).keys()
    assert len(both) == 2, "the conversation, and what was read"
    report = bring(page, file)
    expect(report).to_contain_text(
        f"Brought back: {count - 2} of {count}. Left alone, since this device has its own: 2."
    )
    assert {key: kept(page)[key] for key in own} == own


def test_everything_is_deleted_and_brought_back_by_undo(practised) -> None:
    before = practised.evaluate(KEPT)
    practised.evaluate("localStorage.setItem('theme', 'dark')")
    practised.get_by_role("button", name="Delete everything").click()
    assert practised.evaluate(KEPT) == before, "asked first"
    practised.get_by_role("button", name="Delete", exact=True).last.click()
    assert practised.evaluate(KEPT) == {}
    expect(practised.locator(".marks")).to_have_count(0)
    expect(practised.locator(".own-note")).to_have_count(0)
    practised.get_by_role("button", name="Undo").click()
    assert practised.evaluate(KEPT) == before
    expect(row(practised, LESSON)).to_contain_text("read")
    expect(practised.locator(".own-note")).to_have_text(NOTE)
    assert practised.evaluate("localStorage.getItem('theme')") == "dark"


@pytest.mark.parametrize("how", ["kept on the device", "in a file"])
def test_answers_of_the_edition_before_are_still_there(visitor, quiz_path, answers, how) -> None:
    page = visitor.open(quiz_path)
    answers.give_all(page)
    ((key, record),) = kept(page).items()
    page.context.close()
    old = {name: record[name] for name in ("title", "saved", "answers")} | {"schema": 1, "id": "mara-7"}
    page = visitor.open(PROGRESS)
    if how == "in a file":
        report = bring(page, json.dumps({"course": "peercourse", "schema": 1, "data": {key: old}}))
        expect(report).to_contain_text("Brought back: 1 of 1.")
    else:
        keep(page, {key: old})
        page.reload()
    expect(page.locator("#stored-data")).to_contain_text("trainee ID mara-7")
    page.goto(visitor.url(quiz_path))
    count = len(list(answers.quiz.items()))
    expect(page.locator(".quiz-status")).to_contain_text(f"{count} of {count} answered")
    expect(page.get_by_label("Your trainee ID")).to_have_value("mara-7")
    page.get_by_label("Your trainee ID").fill("mara-8")
    assert kept(page)[key]["answers"] == record["answers"]


def base(kind: str, **changes: Any) -> dict[str, Any]:
    """A record of a kind as it should be, with changes."""
    parts: dict[str, dict[str, Any]] = {
        "quiz": {"id": "", "answers": {}},
        "conversation": {"edition": "0", "path": [], "endings": []},
        "words": {"text": "", "ticked": []},
        "note": {"text": "A note"},
        "pages": {"pages": {}, "last": "", "off": False},
    }
    return {"schema": 2, "kind": kind, "title": "T", "saved": "2026-11-23T10:00:00.000Z", **parts[kind], **changes}


def whole(data: Any, **changes: Any) -> str:
    return json.dumps({"course": "peercourse", "schema": 2, "data": data, **changes})


def one(kind: str, key: str = "", **changes: Any) -> str:
    """A file with one record."""
    return whole({key or f"peercourse/{kind}/x": base(kind, **changes)})


BAD = {
    "empty": ("", "cannot be read"),
    "half a file": (one("note")[:-9], "cannot be read"),
    "a picture": ("\ufffdPNG\r\n\x1a\n\x00", "cannot be read"),
    "null": ("null", "holds nothing of this course"),
    "of another course": (whole({"peercourse/note/x": base("note")}, course="other"), "holds nothing of this course"),
    "without data": (whole({}), "holds nothing of this course"),
    "null for data": (whole(None), "holds nothing of this course"),
    "a list for data": (whole([base("note")]), "damaged"),
    "a text for data": (whole("peercourse/note/x"), "damaged"),
    "newer": (whole({"peercourse/note/x": base("note")}, schema=99), "later edition"),
    "a newer record": (one("note", schema=99), "later edition"),
    "no schema": (whole({"peercourse/note/x": base("note")}, schema=None), "damaged"),
    "a schema that is no text": (whole({"peercourse/note/x": base("note")}, schema=NO_TEXT), "damaged"),
    "a record's schema that is no text": (one("note", schema=NO_TEXT), "damaged"),
    "a kind that is no text": (one("note") .replace('"note", "title"', f'{json.dumps(NO_TEXT)}, "title"'), "damaged"),
    "a course that is no text": (whole({"x": 1}, course=NO_TEXT), "holds nothing of this course"),
    "huge": (whole({}, padding="x" * 5_000_001), "too large"),
    "a huge note": (one("note", text="x" * 400_000), "damaged"),
    "deep": (f'{{"course": "peercourse", "schema": 2, "data": {{"x": {"[" * 50_000}{"]" * 50_000}}}}}', "damaged"),
    "one good and one bad": (whole({"peercourse/note/x": base("note"), "peercourse/note/y": {}}), "damaged"),
    **{
        f"{name} for a kind": (whole({"peercourse/note/x": {**base("note"), "kind": name}}), "damaged")
        for name in ("quiz", "toString", "__proto__", "constructor", "diary", None, ["note"])
    },
    **{
        f"{kind}.{field}": (one(kind, **{field: value}), "damaged")
        for kind, field, value in [
            ("note", "text", 7), ("note", "title", NO_TEXT), ("note", "saved", None), ("words", "ticked", "0"),
            ("words", "ticked", [{}]), ("conversation", "path", "door"), ("conversation", "path", [["door", 1]]),
            ("conversation", "path", [["door", "1"]] * 2000), ("conversation", "endings", None), ("pages", "pages", []),
            ("pages", "pages", {"x": "read"}),
        ]
    },
    **{
        f"under {key}": (one(kind, key), "damaged")
        for kind, key in [
            ("note", "__proto__"), ("note", "theme"), ("note", "peercourse/note/"), ("note", "peercourse/note/x\n"),
            ("conversation", "peercourse/conversation/../x"), ("conversation", "peercourse/note/x"),
            ("note", f"peercourse/note/{'x' * 200}"), ("note", "peercourse/m2/1"),
            ("quiz", "peercourse/quiz/x"), ("words", "peercourse/words/<b>"),
        ]
    },
}  # fmt: skip


def test_a_file_that_cannot_be_used_is_refused_with_a_sentence_and_nothing_is_lost(visitor) -> None:
    page = visitor.open(PROGRESS)
    keep(page, {"peercourse/note/mine": base("note", title="Mine")})
    page.reload()
    before, wrong = page.evaluate(KEPT), {}
    for name, (content, words) in BAD.items():
        page.locator("#stored-data .report").evaluate("(report) => report.replaceChildren()")
        report = bring(page, content)
        expect(report.get_by_role("heading")).not_to_be_empty()
        said = report.inner_text()
        if words not in said or "Nothing was brought back." not in said or page.evaluate(KEPT) != before:
            wrong[name] = said
            page.evaluate("localStorage.clear()")
            keep(page, before)
    assert wrong == {}
    expect(page.locator(".own-note")).to_have_text("A note")


def test_nothing_in_a_file_is_run_or_becomes_part_of_the_page(visitor, practised, quiz_path) -> None:
    texts = {key: json.dumps(record) for key, record in kept(practised).items()}
    data = {
        key: {**record, "title": HOSTILE, "saved": HOSTILE, "__proto__": {"canary": 1, "off": True}, "constructor": 1}
        for key, record in ((key, json.loads(text)) for key, text in texts.items())
    }
    for record in data.values():
        record.update({name: HOSTILE for name in ("text", "id", "last", "edition") if name in record})
        for seen in record.get("pages", {}).values():
            seen.update({"title": HOSTILE, "read": HOSTILE})
        record["answers"] = dict.fromkeys(record.get("answers", {}), HOSTILE)
    page = visitor.open(PROGRESS, **CALM)
    expect(bring(page, whole(data))).to_contain_text(f"Brought back: {len(data)} of {len(data)}.")
    for path in (PROGRESS, "book/your-data.html", "index.html", LESSON, CONVERSATION, PRACTICE, quiz_path):
        page.goto(visitor.url(path))
        assert page.evaluate("[window.canary, ({}).canary, ({}).off]") == [None, None, None]
        expect(page.locator("img[src=x], script:not([src]):not([type='application/json'])")).to_have_count(0)
    page.goto(visitor.url(PROGRESS))
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Delete", exact=True).last.click()
    assert kept(page) == {}


START = PLACED.conversation.start
ODD = {
    "a very long path": {"path": [[START, "0"]] * 999},
    "turns that are not there": {"path": [["nowhere", "0"], ["__proto__", "0"]]},
    "replies that are not there": {"path": [[START, "9"], [START, '"]']]},
    "steps of another form": {"path": [[], [START], [START, "0", "0"]]},
    "endings that are not there": {"endings": ["nowhere", "__proto__", "constructor"]},
    "an ending a hundred times": {"endings": [next(iter(PLACED.conversation.endings))] * 100},
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_record_of_a_conversation_does_no_harm(visitor, odd) -> None:
    page = visitor.open(CONVERSATION, **CALM)
    edition = str(page.locator("[data-edition]").get_attribute("data-edition"))
    key = f"peercourse/conversation/{PLACED.conversation.id}"
    keep(page, {key: base("conversation", edition=edition, saved="NaN", **odd)})
    for path in (PROGRESS, "index.html", CONVERSATION):
        page.goto(visitor.url(path))
    way = best_path(PLACED.conversation)
    assert way
    page.get_by_role("button", name="Start again").dispatch_event("click")
    play(page, 0, None)
    reached = {way.ending, *odd.get("endings", [])} & PLACED.conversation.endings.keys()
    expect(page.locator(".now")).to_contain_text(f"You have reached {len(reached)} of")


@pytest.mark.parametrize(
    "odd",
    [
        {"pages": {LESSON: {"read": "NaN", "tried": NO_TEXT, "title": NO_TEXT}}, "last": LESSON},
        {"pages": {LESSON: {"title": "x"}}, "last": NO_TEXT},
        {"pages": {"javascript:window.canary=1//.html": {"title": "x"}}, "last": "javascript:window.canary=1//.html"},
        {"pages": {"../../../x.html": {"title": "x"}}, "last": "../../../x.html"},
        {"pages": {"//example.org/x.html": {"title": "x"}}, "last": "//example.org/x.html"},
        {"pages": {"__proto__": {"read": "2026-11-23"}, LESSON: {"read": None, "title": None}}, "last": "__proto__"},
        {"pages": {f"x{number}.html": {"title": "x"} for number in range(5000)}, "last": "x1.html"},
    ],
    ids=["no dates", "last is no text", "script", "upwards", "elsewhere", "prototype", "very many"],
)
def test_an_odd_record_of_what_was_read_does_no_harm(visitor, odd) -> None:
    page = visitor.open("index.html")
    keep(page, {"peercourse/pages/read": base("pages", saved="NaN", **odd)})
    page.reload()
    for link in page.locator("[data-continue] a").all():
        assert str(link.evaluate("(link) => link.href")).startswith(visitor.address)
    page.goto(visitor.url(LESSON))
    page.goto(visitor.url(PROGRESS))
    expect(row(page, LESSON).locator(".marks")).to_have_count(0)
    page.get_by_role("button", name="Forget what I read").click()
    expect(summary(page)).to_have_text("What you read is not noted on this device.")


def test_what_a_later_edition_keeps_stays_as_it_is(visitor) -> None:
    page = visitor.open(LESSON, **CALM)
    later = '{"schema": 99,  "of": "another form"}'
    prompt = next(iter(MODULE.practice.own_words))
    note = f"peercourse/note/{LESSON.removesuffix('.html')}"
    records = dict.fromkeys(["peercourse/pages/read", note, f"peercourse/words/{prompt}"], later)
    keep(page, records)
    page.reload()
    read_to_the_end(page)
    page.locator("[data-note] summary").click()
    expect(page.locator("[data-note]")).to_contain_text("A later edition of this course keeps a note here")
    page.goto(visitor.url(PRACTICE))
    say = page.locator(f'[data-own-words="{prompt}"]')
    say.get_by_role("textbox").fill(OWN)
    expect(say.get_by_role("status")).to_contain_text("A later edition of this course keeps words here")
    page.goto(visitor.url(PROGRESS))
    expect(summary(page)).to_contain_text("A later edition of this course keeps your progress here.")
    expect(page.get_by_role("button", name="Forget what I read")).to_be_hidden()
    assert page.evaluate(KEPT) == records


def test_where_the_browser_keeps_nothing_it_says_so(visitor) -> None:
    context = visitor.context()
    context.add_init_script(OFF)
    page = progress_in(context, visitor)
    expect(summary(page)).to_contain_text("This browser keeps nothing for this page, so no progress can be shown.")
    page.goto(visitor.url(LESSON))
    write_note(page, NOTE)
    expect(page.locator("[data-note]")).to_contain_text("Copy your note before you leave.")
    page.goto(visitor.url("index.html"))
    expect(page.locator("[data-continue]")).to_be_hidden()
