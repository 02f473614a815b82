"""Contents on narrow screens and the choice of colours, by keyboard, with and without scripts, from a folder."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
LESSON = "modules/01-one/first.html"


@pytest.fixture
def open_page(chromium, small_book):
    contexts = []

    def open_it(name: str = LESSON, **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.goto((small_book.folder / name).as_uri())
        return page

    yield open_it
    for context in contexts:
        context.close()


def test_contents_open_and_close_by_keyboard(open_page) -> None:
    page = open_page(viewport=PHONE)
    button, contents = page.get_by_role("button", name="Contents", exact=True), page.locator("#contents")
    assert not contents.is_visible()
    assert button.get_attribute("aria-expanded") == "false"
    button.press("Enter")
    assert contents.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.textContent") == "Close contents"
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#contents')"
        )
    page.locator("#contents a").first.focus()
    page.keyboard.press("Escape")
    assert not contents.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Contents"


def test_contents_open_and_close_without_scripts(open_page) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=False)
    contents = page.locator("#contents")
    page.get_by_role("link", name="Contents", exact=True).click()
    assert contents.is_visible()
    page.get_by_role("link", name="Close contents").click()
    assert not contents.is_visible()


def test_contents_stand_beside_the_text_where_there_is_room(open_page) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    assert page.locator("#contents").is_visible()
    assert not page.locator(".open-contents").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_follow_the_device_until_one_is_chosen(open_page, scheme) -> None:
    page = open_page(color_scheme=scheme)

    def paper() -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    device = paper()
    button = page.locator(".theme-switch")
    assert button.text_content() == "Colours: automatic"
    seen = {}
    for _ in range(3):
        button.press("Enter")
        seen[button.text_content().removeprefix("Colours: ")] = paper()
    assert set(seen) == {"light", "dark", "automatic"}
    assert seen["automatic"] == device == seen[scheme]
    assert seen["light"] != seen["dark"]


def test_the_chosen_colours_stay_on_the_next_page(open_page) -> None:
    page = open_page(color_scheme="light")
    for _ in range(2):
        page.locator(".theme-switch").click()
    page.get_by_role("link", name="Next Second").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator(".theme-switch").text_content() == "Colours: dark"


def test_the_drawing_fits_the_colours(open_page) -> None:
    page = open_page(color_scheme="dark")
    assert page.locator(".only-dark").is_visible()
    assert not page.locator(".only-light").is_visible()


def test_search_finds_a_page_from_a_folder(open_page, small_book) -> None:
    page = open_page("search.html")
    page.get_by_label("Words to look for").fill("nurse")
    page.get_by_role("button", name="Search").click()
    page.wait_for_selector(".search li")
    assert page.locator(".search a", has_text="First words").count() == 1


def test_the_page_reads_without_scripts(open_page) -> None:
    page = open_page(java_script_enabled=False)
    assert page.get_by_role("heading", name="Carry this").is_visible()
    assert not page.locator(".theme-switch").is_visible()
