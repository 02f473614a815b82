"""The handbook: it builds, keeps to its security header, leads back to the course, and says only what is so."""

from __future__ import annotations

import functools
import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click
import pytest
from click.testing import CliRunner
from small_course import BARE_HANDBOOK

from peercourse.cli import main
from peercourse.content.checks import check_course
from peercourse.content.course import load_course
from peercourse.content.problems import ContentError
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import parse_yaml
from peercourse.practice.conversation import Conversation, Ending, Node, Reply
from peercourse.practice.drawing import drawing
from peercourse.practice.own_words import OwnWords
from peercourse.practice.skills import Skill
from peercourse.practice.slip_pair import Hurts, SlipPair
from peercourse.quiz.item import Slip

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "handbook" / "pages"
TUTORIALS = PAGES / "maintainers"
WRITTEN = [*sorted(PAGES.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
QUIZ = ROOT / "quizzes" / "m2-active-listening.yml"
MODULE = "02-active-listening"
LINK = re.compile(r"\[([^\]]+)\]\(([^)#:]+\.md)[^)]*\)")
LARGEST_PICTURE = 150_000
NARROW = 320
LOOKS: tuple[tuple[int, Literal["dark", "light"]], ...] = ((NARROW, "dark"), (1280, "light"))


@pytest.fixture(scope="session")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook, built as the site's build does it, beside an empty course."""
    out = tmp_path_factory.mktemp("site") / "handbook"
    course = '<!doctype html><html lang="en"><title>Course</title><link rel="icon" href="data:,">'
    (out.parent / "index.html").write_text(course, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--quiet"]
    config = ROOT / "handbook" / "mkdocs.yml"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    whole = [*command, "--config-file", str(config), "--site-dir", str(out)]
    result = subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return out


@pytest.fixture(scope="session")
def pages(handbook: Path) -> list[str]:
    return [
        path.relative_to(handbook).as_posix() for path in sorted(handbook.rglob("*.html")) if path.name != "404.html"
    ]


def documented_policies() -> list[str]:
    """The two headers that the page on hosting tells hosts to send: the course's, then the handbook's."""
    text = (PAGES / "institutions" / "hosting.md").read_text(encoding="utf-8")
    return re.findall(r"```text\nContent-Security-Policy: (.+)\n```", text)


@pytest.fixture(scope="session")
def address(handbook: Path) -> Iterator[str]:
    """The handbook on a server, under a sub-path and under the header that the handbook documents."""
    policy = documented_policies()[1]

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    folder = str(handbook.parent)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def listening_page(chromium: Browser, address: str, handbook: Path) -> Iterator[Page]:
    """A page that fails the test where the handbook asks another host for something or says a word in the console."""
    complaints: list[str] = []
    context = chromium.new_context(locale="en-GB")
    context.on("console", lambda message: complaints.append(f"console: {message.text}"))
    context.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
    context.on("request", lambda request: note(request.url))

    def note(url: str) -> None:
        if not url.startswith((address, handbook.parent.as_uri(), "data:")):
            complaints.append(f"foreign request: {url}")

    yield context.new_page()
    context.close()
    assert complaints == []


def test_documented_headers_are_those_that_are_tested() -> None:
    course, handbook = documented_policies()
    assert course == "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    assert handbook == course.replace("; frame", "; img-src 'self' data:; frame", 1)
    text = (PAGES / "institutions" / "hosting.md").read_text(encoding="utf-8")
    for policy in re.findall(r'Content-Security-Policy "([^"]+)"', text):
        assert policy in (course, handbook)


def test_no_page_has_an_inline_script_or_style(handbook: Path, pages: list[str]) -> None:
    for name in pages:
        html = (handbook / name).read_text(encoding="utf-8")
        scripts = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", html)
        assert all('type="application/json"' in attributes for attributes in scripts), name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html), name


def test_each_page_leads_to_the_course(handbook: Path, pages: list[str]) -> None:
    for name in pages:
        html = (handbook / name).read_text(encoding="utf-8")
        header = html[html.index("<header") : html.index("</header>")]
        (link,) = re.findall(r'class="to-course" href="([^"]+)"', header)
        assert (handbook / name).parent.joinpath(link).resolve() == handbook.parent / "index.html"


def test_the_course_leads_to_the_handbook(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    assert re.search(r'href="handbook/index\.html"', html)
    assert (site / "handbook" / "index.html").is_file()


@pytest.mark.slow
@pytest.mark.browser
def test_every_page_keeps_to_its_header_and_is_accessible(listening_page: Page, address: str, pages: list[str]) -> None:
    """In turn on a phone in the dark, and wide and light: neighbours are of a kind. All of them fit a phone."""
    from axe_playwright_python.sync_playwright import Axe

    page, found = listening_page, []
    page.add_init_script("localStorage.clear()")  # it keeps the colours of the page before
    for name, (width, scheme) in zip(pages, itertools.cycle(LOOKS), strict=False):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(f"{address}handbook/{name}")
        page.wait_for_function("document.querySelector('.md-header[data-md-component=header]')")
        assert page.evaluate("document.body.dataset.mdColorScheme") == ("slate" if scheme == "dark" else "default")
        found += [f"{name}: {violation['id']}" for violation in Axe().run(page).response["violations"]]
        page.set_viewport_size({"width": NARROW, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name}: wider than the screen")
    assert found == []


@pytest.mark.browser
def test_search_colours_and_the_way_back(listening_page: Page, address: str) -> None:
    page = listening_page
    page.goto(f"{address}handbook/trainers/mark.html")
    page.locator("input.md-search__input").click()
    page.keyboard.type("formgrader")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-md-component=palette] label:visible").click()
    page.wait_for_function("document.body.dataset.mdColorScheme == 'slate'")
    page.goto(f"{address}handbook/index.html")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.get_by_role("link", name="Course", exact=True).click()
    assert page.title() == "Course"


@pytest.mark.browser
def test_it_opens_from_a_folder(listening_page: Page, handbook: Path) -> None:
    listening_page.goto((handbook / "index.html").as_uri())
    listening_page.get_by_role("link", name="The round trip", exact=True).first.click()
    assert listening_page.url.startswith("file:")
    assert listening_page.locator("h1").inner_text().startswith("The round trip")


def quoted_commands() -> list[Any]:
    """Every command in a code block or between backticks, with the place where it stands."""
    found: dict[str, str] = {}
    for path in WRITTEN:
        text = path.read_text(encoding="utf-8")
        blocks = re.findall(r"^ *```(?:sh|bash)?\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
        spans = re.findall(r"`((?:peercourse|scripts/)[^`\n…]*)`", text)
        for line in [*(line.strip() for block in blocks for line in block.splitlines()), *spans]:
            command = line.split("  #")[0].strip()
            if re.match(r"(peercourse|scripts/\w+)( |$)", command):
                found.setdefault(command, f"{path.name}: {command}")
    return [pytest.param(command, id=name) for command, name in sorted(found.items())]


@pytest.mark.parametrize("command", quoted_commands())
def test_every_quoted_command_exists(command: str) -> None:
    program, *words = shlex.split(command)
    if program == "peercourse":
        check_peercourse(words)
        return
    script = ROOT / program
    assert script.is_file(), f"there is no {program}"
    text = script.read_text(encoding="utf-8")
    for option in (word for word in words if word.startswith("--")):
        assert option in text or option == "--port", f"{program} does not know {option}"


def check_peercourse(words: list[str]) -> None:
    """Walk down the groups, then parse the rest without running it."""
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, f"there is no command {words[0]}"
        command, words = command.commands[words[0]], words[1:]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    for word in words:
        if word.startswith("--"):
            assert word in known | {"--help"}, f"{command.name} does not know {word}"
        elif not any(isinstance(parameter, click.Argument) for parameter in command.params):
            assert words[words.index(word) - 1] in known, f"{command.name} takes no {word}"


def test_every_command_is_in_the_handbook() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in WRITTEN)
    names = [name if name != "quiz" else "quiz release" for name in main.commands]
    assert [name for name in names if f"peercourse {name}" not in text and name != "serve"] == []
    scripts = [path.name for path in sorted((ROOT / "scripts").iterdir()) if path.is_file() and not path.suffix]
    assert [name for name in scripts if f"scripts/{name}" not in text] == []


def test_the_list_of_commands_has_each_of_them_with_a_line() -> None:
    """It is written by hand, in the order of the work, in place of click's list by letter."""
    said = CliRunner().invoke(main, ["--help"]).output
    for name, command in main.commands.items():
        inner = list(command.commands) if isinstance(command, click.Group) else []
        for words in [f"{name} {one}" for one in inner if name != "marking"] or [name]:
            assert len(re.findall(rf"^  peercourse {words} .*[a-z]", said, re.MULTILINE)) == 1, words
    assert "Commands:" not in said


def test_every_institution_field_is_explained() -> None:
    """A field of a group is written with its group, as `sign_off.name`; contacts have tables of their own."""
    from peercourse.content.institution import Contact, Contacts, Institution
    from peercourse.content.model import ContentModel

    text = (PAGES / "institutions" / "settings.md").read_text(encoding="utf-8")
    named = [*Contacts.model_fields, *Contact.model_fields]
    for name, field in Institution.model_fields.items():
        rules = field.annotation
        if not (isinstance(rules, type) and issubclass(rules, ContentModel)):
            named.append(name)
        elif rules is not Contacts:
            named += [f"{name}.{part}" for part in rules.model_fields]
    assert "retention.until" in named
    assert [name for name in named if f"`{name}`" not in text] == []


def test_every_reason_for_leaving_a_file_out_is_explained() -> None:
    """The first words of each reason stand in the table, so that a trainer finds it."""
    text = " ".join((PAGES / "trainers" / "collect.md").read_text(encoding="utf-8").split())
    code = "\n".join(
        (ROOT / "src" / "peercourse" / "grading" / f"{name}.py").read_text(encoding="utf-8")
        for name in ("inbox", "zips", "submission")
    )
    reasons = re.findall(r'(?:Refusal\((?:name|shown), f?|refuse\(f?|return f?)"(it(?:s name)? [a-z ]{6,})', code)
    assert len(reasons) > 10
    assert [reason for reason in reasons if " ".join(reason.split()[:4]) not in text] == []


def test_pictures_are_there_used_and_small() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in WRITTEN)
    pictures = sorted((PAGES / "images").glob("*.png"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size <= LARGEST_PICTURE, picture.name
    named = set(re.findall(r"images/([\w-]+\.png)", text))
    assert named == {picture.name for picture in pictures}


def test_the_readme_leads_to_files_that_exist() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#:]+)\)|src(?:set)?=\"([^\":]+)\"", text):
            path = "".join(link)
            assert (ROOT / path).exists(), f"{name}: {path}"


def test_the_handbook_names_no_graded_item() -> None:
    """It stands on the same site as the quiz, so it must not give answers away."""
    course = load_course(ROOT)
    text = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in sorted(PAGES.rglob("*.md")))
    for quiz in course.quizzes.values():
        for item in quiz.items():
            assert f"`{item.id}`" not in text, item.id
            for choice in (*item.face("").choices, *item.face("").rows):
                assert choice.text not in text, choice.text


def test_every_session_plan_has_the_emergency_rule_in_full() -> None:
    """Nobody follows a link in that minute, so it stands in each plan, in the same words."""
    around = (PAGES / "trainers" / "around-every-session.md").read_text(encoding="utf-8")
    (rule,) = re.findall(r'^!!! danger "[^"]+"\n(?:(?: {4}.*)?\n)+', around, re.MULTILINE)
    for word in ("breathing", "suicide", "same day", "plan", "emergency number", "left alone"):
        assert word in rule
    plans = sorted((PAGES / "trainers").glob("session-*.md"))
    assert len(plans) == 6
    assert [path.name for path in plans if rule not in path.read_text(encoding="utf-8")] == []


def blocks(page: str) -> list[tuple[str, str]]:
    """Files of a tutorial: the path in each code block's title, and its text without the block's own indent."""
    text = (TUTORIALS / page).read_text(encoding="utf-8")
    found = re.findall(r'^( *)```\w+ title="([^"]+)"\n(.*?)^\1```$', text, re.DOTALL | re.MULTILINE)
    return [(path, re.sub(rf"^{indent}", "", body, flags=re.MULTILINE)) for indent, path, body in found]


def follow(page: str, root: Path) -> None:
    """Do what a tutorial says: write new files, and add to those that are there at the place that it names."""
    for name, body in blocks(page):
        path = root / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
            continue
        text = path.read_text(encoding="utf-8")
        if name == "_toc.yml":
            before = "      - file: modules/02-active-listening/quiz\n"
            assert before in text
            text = text.replace(before, body + before)
        elif name.endswith("module.yml"):
            text, number = re.subn(r"^lessons: .*\n", body, text, flags=re.MULTILINE)
            assert number == 1
        elif name.endswith(".md"):
            text = below_the_last_of_its_kind(text, body)
        else:
            text = text.rstrip("\n") + "\n" + body
        path.write_text(text, encoding="utf-8")


def below_the_last_of_its_kind(text: str, body: str) -> str:
    """A page with one more exercise: below those of its kind, or at the end where there is none."""
    directive = body.split(maxsplit=1)[0]
    found = list(re.finditer(rf"^{re.escape(directive)} .*\n:::\n", text, re.MULTILINE))
    place = found[-1].end() if found else len(text)
    return f"{text[:place]}\n{body}{text[place:]}"


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    """A copy of what a newcomer has after cloning, without the record of releases."""
    root = tmp_path / "course"
    left_out = shutil.ignore_patterns(
        ".git", ".venv", ".cache", "_site", "grading-*", "node_modules", "__pycache__", ".*_cache", ".hypothesis"
    )
    shutil.copytree(ROOT, root, ignore=left_out, symlinks=True)
    shutil.rmtree(root / "grading", ignore_errors=True)
    (root / "quizzes" / "released.json").unlink(missing_ok=True)
    return root


@pytest.fixture
def one_module(course_copy: Path) -> Path:
    """A copy with the tutorials' module alone, which passes every check and is built in a fraction of the time."""
    for folder in (course_copy / "modules", course_copy / "quizzes", course_copy / "book"):
        for path in folder.iterdir():
            if path.is_dir() and path.name not in (MODULE, "figures"):
                shutil.rmtree(path)
            elif folder.name == "quizzes" and path.name != QUIZ.name:
                path.unlink()
    shutil.rmtree(course_copy / "handbook")
    for name, text in BARE_HANDBOOK.items():
        (course_copy / name).parent.mkdir(parents=True, exist_ok=True)
        (course_copy / name).write_text(text, encoding="utf-8")
    contents = course_copy / "_toc.yml"
    contents.write_text(without_missing(contents.read_text(encoding="utf-8"), course_copy), encoding="utf-8")
    for page in [course_copy / "index.md", *course_copy.glob("book/*.md"), *course_copy.glob("modules/*/*.md")]:
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(LINK, functools.partial(unlinked, folder=page.parent), text), encoding="utf-8")
    return course_copy


def without_missing(contents: str, root: Path) -> str:
    """The order of the pages without those that are not there, each with the lines that belong to it."""
    kept, there = [], True
    for line in contents.splitlines(keepends=True):
        if found := re.search(r"- file: (\S+)", line):
            there = (root / f"{found[1]}.md").is_file()
        elif not re.match(r" +(title|sections):", line):
            there = True
        kept += [line] if there else []
    return "".join(kept)


def unlinked(link: re.Match[str], folder: Path) -> str:
    """A link as it stands if its page is there, else its text."""
    return link[0] if (folder / link[2]).is_file() else link[1]


def test_the_tutorials_on_lesson_and_quiz_hold(course_copy: Path) -> None:
    follow("add-a-lesson.md", course_copy)
    follow("add-a-quiz.md", course_copy)
    course = load_course(course_copy)
    assert check_course(course) == []
    assert "ending" in [lesson.stem for module in course.modules for lesson in module.lessons]
    assert "after-the-call" in [item.id for item in course.quizzes["m2-active-listening"].items()]
    assert "m3-example" in course.quizzes


def test_the_tutorial_names_all_lessons() -> None:
    (line,) = [body for name, body in blocks("add-a-lesson.md") if name.endswith("module.yml")]
    stems = [
        lesson.stem for module in load_course(ROOT).modules if module.settings.id == "m2" for lesson in module.lessons
    ]
    assert line.strip() == f"lessons: [{', '.join([*stems, 'ending'])}]"


def test_the_tutorials_on_conversations_and_practice_hold(course_copy: Path) -> None:
    follow("add-a-conversation.md", course_copy)
    follow("add-practice.md", course_copy)
    course = load_course(course_copy)
    assert check_course(course) == []
    (pool,) = [module.practice for module in course.modules if module.settings.id == "m2"]
    assert "the-van-keys" in pool.conversations
    assert list(pool.slips)[-1] == "nine-keys"
    assert list(pool.own_words)[-1] == "twelve-chairs"
    assert list(pool.self_checks)[-1] == "the-ninth-floor"


def test_the_graph_in_the_handbook_is_that_of_its_conversation() -> None:
    ((name, text),) = [block for block in blocks("add-a-conversation.md") if block[0].endswith(".yml")]
    picture = (PAGES / "images" / "conversation-graph.svg").read_text(encoding="utf-8")
    assert picture == drawing(read_model(parse_yaml(text, name), Conversation))


def test_every_skill_and_slip_is_listed() -> None:
    text = " ".join((TUTORIALS / "add-a-conversation.md").read_text(encoding="utf-8").split())
    for heading, names in (("Skills", get_args(Skill)), ("Slips", get_args(Slip))):
        assert f"**{heading}**: {', '.join(names)}." in text


def test_every_field_of_practice_is_explained() -> None:
    explained = {
        "add-a-conversation.md": (Conversation, Node, Reply, Ending),
        "add-practice.md": (SlipPair, Hurts, OwnWords),
    }
    for page, models in explained.items():
        text = (TUTORIALS / page).read_text(encoding="utf-8")
        assert [name for model in models for name in model.model_fields if f"`{name}`" not in text] == [], page


VAN = "practice/conversations/the-van-keys.yml"
SLIPS = "practice/slips.yml"
PROMPTS = "practice/say-it-yourself.yml"
CHECKS = "practice/self-checks.yml"


def round_and_round(found: re.Match[str]) -> str:
    """From the first turn to the next and back again."""
    return "goto: bay" if "\n  fine:" in found.string[: found.start()] else "goto: fine"


# What goes wrong: the page that explains it, the file, what stands there, what is written instead, what the check says.
MISTAKES: list[tuple[str, str, str, str | Callable[[re.Match[str]], str], str]] = [
    ("add-a-conversation", VAN, r"goto: gone", "goto: gon", "'gon' is neither a node nor an ending; did you"),
    ("add-a-conversation", VAN, r"start: bay", "start: bey", "'bey' is no node"),
    ("add-a-conversation", VAN, r"goto: gone", "goto: fine", "can't be reached from the start"),
    ("add-a-conversation", VAN, r"goto: (beep|gone)", round_and_round, "never comes to an end"),
    ("add-a-conversation", VAN, r" *skill: (role|repair).*\n", "", "no path from here to a good ending"),
    ("add-a-conversation", VAN, r"kind: good", "kind: mixed", "hold no good one"),
    ("add-a-conversation", VAN, r" *handover: true\n", "", "follows danger that was disclosed (lights → round)"),
    ("add-a-conversation", VAN, r"I’m fine\. Ask", "She’s better off without me. Ask", "says 'better off without me'"),
    ("add-a-conversation", VAN, r"(skill: repair)", r"\1\n        slip: blame", "is both a skill (repair)"),
    ("add-a-conversation", VAN, r"- do:", "- say: Hm.\n        do:", "needs either 'say' or 'do'"),
    ("add-a-conversation", VAN, r"say: \"(No problem|Two min).*", "say: No.", "has the same reply twice"),
    ("add-a-conversation", VAN, r"says: \"I’m fine.*", "says: [{who: Jarrek, text: Hm}]", "'Jarrek' is not among"),
    ("add-a-conversation", VAN, r"  you:", "  me:", "begins with the colleague and holds 'you' too"),
    ("add-a-conversation", VAN, r"id: the-van-keys", "id: van-keys", "is 'van-keys'; write the file's name"),
    ("add-a-conversation", VAN, r"  gone:\n", "  fine:\n", "is the name of a node too"),
    ("add-a-conversation", VAN, r"  lights:\n", "  beep:\n", "'beep' stands twice"),
    ("add-a-conversation", VAN, r"m2\.7", "m2.9", "'m2.9' is no outcome of this module"),
    ("add-a-conversation", "practice.md", r"(\} the-)van-keys", r"\1lost-keys", "is no conversation of any module"),
    ("add-a-conversation", VAN, r" *shows: .*\n", "", "is missing; add it"),
    ("add-a-conversation", VAN, r"title: The van keys", "title:", "is empty; write it"),
    ("add-a-conversation", VAN, r"say: \"No problem.*", "say: Yes", "is read as yes or no"),
    ("add-a-conversation", VAN, r"title: The", "title: Now: the", "has a colon inside unquoted text"),
    ("add-a-conversation", VAN, r"nodes:\n", "nodes:\n\t", "is indented with a tab"),
    ("add-practice", "slips.md", r":::\{slip\} nine-keys\n:::\n", "", "'nine-keys' is on no page"),
    ("add-practice", "slips.md", r"nine-keys", "nine-kays", "'nine-kays' is not in practice/slips.yml"),
    ("add-practice", SLIPS, r"id: nine-keys", "id: half-time", "'half-time' stands twice"),
    ("add-practice", SLIPS, r"id: nine-keys", "id: twelve-chairs", "too; rename one of them"),
    ("add-practice", SLIPS, r"say: \"(That’s half|You were going).*", "say: Yes.", "has the same reply twice"),
    ("add-practice", SLIPS, r" *say: \"That’s half.*\n", "", "needs either 'say' or 'do'"),
    ("add-practice", SLIPS, r"(half a minute.*\n *slip:) minimising", r"\1 small", "is 'small'; write one of"),
    ("add-practice", PROMPTS, r" *- say: \"And then the books(.*\n)+?(?=  checklist)", "", "write at least 3"),
    ("add-practice", PROMPTS, r"( *- \")Could she say no.*\n", r'\1A?"\n\1B?"\n\1C?"\n', "write at most 5"),
    ("add-practice", CHECKS, r"points: 1(\n.*\n *A good question in a place)", r"points: 2\1", "has two best options"),
]


def explained(page: str) -> list[str]:
    """What the check says, out of the table of a page."""
    text = (TUTORIALS / f"{page}.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"^\| It says \|.*\n((?:\|.*\n)+)", text, re.MULTILINE)
    return re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE)


def complaints(root: Path) -> str:
    """Everything that the check has to say."""
    try:
        return "\n".join(map(str, check_course(load_course(root))))
    except ContentError as error:
        return "\n".join(map(str, error.problems))


def test_the_check_says_what_the_pages_on_practice_explain(one_module: Path) -> None:
    """Each mistake is made, mended again, and must get the very sentence of the table."""
    follow("add-a-conversation.md", one_module)
    follow("add-practice.md", one_module)
    assert complaints(one_module) == ""
    missed, seen = [], set()
    for page, name, old, new, said in MISTAKES:
        (quoted,) = [sentence for sentence in explained(page) if said in sentence]
        seen.add((page, quoted))
        path = one_module / "modules" / MODULE / name
        text = path.read_text(encoding="utf-8")
        wrong = re.sub(old, new, text)
        assert wrong != text, said
        path.write_text(wrong, encoding="utf-8")
        if quoted not in complaints(one_module):
            missed.append(quoted)
        path.write_text(text, encoding="utf-8")
    assert missed == []
    told = {(page, sentence) for page in ("add-a-conversation", "add-practice") for sentence in explained(page)}
    left = [sentence for _, sentence in told - seen]
    assert [one for one in left if "longest reply" not in one and "write another one here" not in one] == []


def test_the_page_on_quizzes_explains_what_the_program_says() -> None:
    """Each part of a sentence in its table stands so in the checks; what changes from case to case is left out."""
    said = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/peercourse/content").glob("*.py"))
    parts = [part.strip() for sentence in explained("add-a-quiz") for part in sentence.split("…")]
    assert len(parts) > 15
    assert [part for part in parts if part not in said] == []


def test_the_check_says_what_the_page_explains_of_the_whole_course(one_module: Path) -> None:
    """Long best replies everywhere, and a reply that a quiz has too."""
    follow("add-a-conversation.md", one_module)
    sentences = explained("add-a-conversation")
    (of_quizzes,) = [sentence for sentence in sentences if "write another one here" in sentence]
    (of_length,) = [sentence for sentence in sentences if "longest reply" in sentence]
    path = one_module / "modules" / MODULE / VAN
    text = path.read_text(encoding="utf-8")
    quiz = load_course(one_module).quizzes["m2-active-listening"]
    shared = next(iter(quiz.items())).face("").stem
    path.write_text(re.sub(r'"Let me hold.*"', lambda _: json.dumps(shared), text), encoding="utf-8")
    assert of_quizzes in complaints(one_module)
    path.write_text(text, encoding="utf-8")
    for found in sorted(one_module.glob("modules/*/practice/conversations/*.yml")):
        longer = re.sub(r'"(\n +skill:)', rf'{" And so on." * 20}"\1', found.read_text(encoding="utf-8"))
        found.write_text(longer, encoding="utf-8")
    before, after = of_length.split("…")
    assert re.search(rf"{re.escape(before)}\d+{re.escape(after)}", complaints(one_module))


@pytest.mark.slow
def test_a_newcomer_sees_lesson_item_quiz_and_type_after_a_build(one_module: Path) -> None:
    for page in ("add-a-lesson.md", "add-a-quiz.md", "add-a-conversation.md", "add-practice.md"):
        follow(page, one_module)
    # The type's item goes to the end of the bank, as the other one did before it.
    follow("add-an-item-type.md", one_module)
    environment = {**os.environ, "PYTHONPATH": str(one_module / "src"), "NO_MKDOCS_2_WARNING": "1"}

    def run(*command: str) -> str:
        whole = [sys.executable, "-m", *command]
        result = subprocess.run(whole, cwd=one_module, env=environment, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    run("pytest", "-q", "-p", "no:cacheprovider", "tests/quiz/test_contrast.py")
    run("peercourse", "build")
    module = one_module / "_site" / "modules" / MODULE
    assert "Ending: leave them with something" in (module / "ending.html").read_text(encoding="utf-8")
    assert "check-last-two-minutes" in (module / "ending.html").read_text(encoding="utf-8")
    quiz = (module / "quiz.html").read_text(encoding="utf-8")
    assert 'data-item="after-the-call"' in quiz
    assert 'data-item="which-reply"' in quiz
    assert 'data-quiz="m3-example"' in (module / "example-quiz.html").read_text(encoding="utf-8")
    assert 'id="check-nine-keys"' in (module / "slips.html").read_text(encoding="utf-8")
    practice = (module / "practice.html").read_text(encoding="utf-8")
    assert 'href="conversations/the-van-keys.html"' in practice
    assert 'data-own-words="twelve-chairs"' in practice
    assert 'id="check-the-ninth-floor"' in practice
    played = (module / "conversations" / "the-van-keys.html").read_text(encoding="utf-8")
    assert played.count("data-turn=") == 5
    assert played.count("data-ending=") == 3
    assert "conversations/the-van-keys.html" in (one_module / "_site" / "book" / "practice.html").read_text(
        encoding="utf-8"
    )
    assert "Releasing m2-active-listening-v1" in run("peercourse", "quiz", "release")
    released = one_module / "grading" / "source" / "m2-active-listening-v1" / "m2-active-listening.ipynb"
    assert "score_contrast(answer_which_reply" in released.read_text(encoding="utf-8")
