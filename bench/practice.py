"""Practice: how long a conversation takes to be read and checked, and to answer on a slow phone."""

from __future__ import annotations

import itertools
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from playwright.sync_api import Browser, sync_playwright

from bench.lighthouse import CHROMIUM_FLAGS, installed_browser, served
from bench.table import Measure, timed
from peercourse.practice.checks import faults
from peercourse.practice.pool import conversation_file, read_pool

NODES = 40
"""Turns of the conversation that is checked: twice those of the longest in the course."""

SLOWER = 4
"""The processor, as in Lighthouse's mobile profile."""

NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
"""Milliseconds and bytes a second, as in Lighthouse's mobile profile."""

PHONE: dict[str, Any] = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
}

TEXT = "she puts the cup down and looks at the door that nobody has closed since the morning round"

WHEN_ANSWERED = """
(() => {
  const look = () => {
    const reply = document.querySelector("[data-conversation] .choices button");
    if (!reply || reply.disabled || !reply.checkVisibility() || !reply.getBoundingClientRect().height) {
      return requestAnimationFrame(look);
    }
    reply.click();
    const answer = document.querySelector("[data-conversation] .thread .mine + .theirs");
    window.answeredAfter = answer ? performance.now() : -1;
  };
  document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(look));
})();
"""
"""Milliseconds from the start of navigation until the first reply can be seen, can be chosen, and is answered."""


def measure(site: Path, work: Path, port: int, runs: int, limits: dict[str, float]) -> list[Measure]:
    """Both measures.

    Args:
        site: a publishing build.
        work: a folder to work in.
        port: port on this machine under which the site was built to stand.
        runs: runs a measure; the median counts.
        limits: the table ``practice`` of the limits.
    """
    checked = _read_and_check(work, runs)
    with served(site, port) as address:
        page = largest_conversation(site)
        answered = _answered(address + page, runs)
    size = (site / page).stat().st_size / 1000
    return [
        Measure(f"a conversation of {NODES} turns read and checked", checked, "ms", limits["read_and_check_ms"]),
        Measure(
            f"first reply usable on a slow phone, {Path(page).stem} ({size:.0f} kB)", answered, "s",
            limits["first_reply_seconds"],
        ),
    ]  # fmt: skip


def largest_conversation(site: Path) -> str:
    """Path of the largest conversation's page."""
    pages = sorted(site.glob("modules/*/conversations/*.html"), key=lambda path: path.stat().st_size)
    return pages[-1].relative_to(site).as_posix()


def conversation() -> dict[str, Any]:
    """A conversation of that many turns with texts as long as authors write them, and ways that cross and rejoin."""
    words = itertools.cycle(TEXT.split())

    def text(length: int) -> str:
        return " ".join(next(words) for _ in range(length))

    def reply(place: int, goto: str) -> dict[str, Any]:
        kind = ({"skill": "reflection"}, {"slip": "advice"}, {})[place]
        return {"say": f"{place}. {text(22 + 3 * place)}", "coach": text(40), "goto": goto, **kind}

    names = [f"turn-{number}" for number in range(NODES)]
    ends = ["good", "mixed", "poor"]
    following = [*names[1:], *ends]
    nodes = {
        name: {
            "scene": text(9),
            "says": text(35),
            "shows": {"open": number % 5, "distress": (number + 2) % 5},
            "replies": [reply(place, following[number + place]) for place in range(3)],
        }
        for number, name in enumerate(names)
    }
    endings = {
        kind: {"kind": kind, "title": text(4), "text": text(60), "debrief": text(90), "next": text(20)} for kind in ends
    }
    return {
        "id": "made-up", "title": text(4), "minutes": 10, "outcomes": ["m1.1"], "competences": ["COM01"],
        "setting": text(8), "people": {"Ewa": text(4), "you": text(4)}, "opening": text(70), "start": names[0],
        "nodes": nodes, "endings": endings,
    }  # fmt: skip


def _read_and_check(work: Path, runs: int) -> float:
    """Median milliseconds."""
    made = conversation()
    path = work / conversation_file(made["id"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(made, sort_keys=False, allow_unicode=True), encoding="utf-8")

    def check() -> None:
        (found,) = read_pool(work, work).conversations.values()
        if wrong := faults(found):
            raise RuntimeError(f"{wrong[0].message}; the measure says nothing")

    check()  # once before, so that imports are not counted
    return 1000 * timed(check, runs)


def _answered(url: str, runs: int) -> float:
    """Median seconds, each run in a browser that has not seen the page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=CHROMIUM_FLAGS.split())
        seconds = [_visit(browser, url) for _ in range(runs)]
        browser.close()
    return median(seconds)


def _visit(browser: Browser, url: str) -> float:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WHEN_ANSWERED)
    page.goto(url, wait_until="load")
    page.wait_for_function("window.answeredAfter !== undefined")
    after = float(page.evaluate("window.answeredAfter"))
    context.close()
    if after < 0:
        raise RuntimeError("the first reply was not answered; the measure says nothing")
    return after / 1000
