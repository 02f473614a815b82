"""Files that pages load: our own, and of Sphinx's what its search needs.

Everything else that theme and parser bring is left out of the site.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin
from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.config import Config

from peercourse.book.course import course_of
from peercourse.book.library import LIBRARY_STYLE
from peercourse.book.observation import STYLE as OBSERVATION_STYLE
from peercourse.book.practice import FILES, PRACTICE_STYLE, files_of
from peercourse.book.quiz_page import data_block
from peercourse.book.routes import STYLE as ROUTES_STYLE
from peercourse.words import Words

WEB = Path(__file__).resolve().parent.parent / "web"
TEMPLATES = Path(__file__).resolve().parent / "templates"

THEME = "theme.js"
EVERY_PAGE = {"course.css", THEME, "page.js"}
FORMS = "forms.css"
WORDS = "words.js"
"""Gives scripts their words; loaded before them, on pages that hold any."""

SPEAKS_FOR = {"observe": "quiz"}
"""Scripts whose words stand in place of another script's, on pages that load both."""

READING = {"store.js", "reading.js"}
NOTED = ("modules/", "book/boosters/month")
"""Beginnings of the names of pages that count as read, and that have room for a private note."""

SEARCH = ("documentation_options.js", "doctools.js", "search-settings.js", "language_data.js", "searchtools.js")
"""Scripts of Sphinx's search, in the order in which they need one another."""

SHORTENED: dict[str, Callable[[str], str]] = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}
"""What leaves comments and spaces out of files of ours before they go out."""

OURS = {path.name for path in WEB.glob("*") if path.suffix in {".css", ".js", ".svg"}}


def add_folders(app: Sphinx, config: Config) -> None:  # noqa: ARG001  (Sphinx passes both)
    """Our templates before the theme's, and our static files beside its own."""
    config.templates_path = [str(TEMPLATES), *config.templates_path]
    config.html_static_path = [*config.html_static_path, str(WEB)]


def choose_files(
    app: Sphinx,
    pagename: str,
    templatename: str,  # noqa: ARG001  (Sphinx passes five)
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Keep of all registered styles and scripts those that this page needs."""
    files = files_of(doctree) | set(context.get(FILES, ()))
    # A quiz keeps what is typed into it and nothing else.
    context["noted"] = pagename.startswith(NOTED) and "quiz.js" not in files
    if context["noted"] or pagename == "index":
        files |= READING
    wanted = EVERY_PAGE | files
    if any(name.endswith(".js") for name in files - READING):
        wanted |= {FORMS}
    if pagename == "search":
        wanted |= set(SEARCH)
    context["script_words"] = script_words(files, course_of(app).words)
    if context["script_words"]:
        wanted |= {WORDS}
    context["css_files"] = [file for file in context["css_files"] if _name(file) in wanted]
    # Sphinx registers its own scripts as blocking; ours are the same files, deferred.
    context["script_files"] = [
        file
        for file in context["script_files"]
        if _name(file) in wanted and ("defer" in file.attributes or _name(file) == THEME)
    ]


def script_words(scripts: set[str], words: Words) -> Markup:
    """The words of a page's scripts as a data block: a section for each script that has one; empty where none has."""
    sections = {name: words.section(f"scripts.{name}") for name in sorted(Path(script).stem for script in scripts)}
    held = {name: section for name, section in sections.items() if section}
    for script, other in SPEAKS_FOR.items():
        if script in held:
            held[other] |= {key: held[script][key] for key in held[other].keys() & held[script].keys()}
    return Markup(data_block(json.dumps(held)) if held else "")  # noqa: S704  (nothing in it can end the element)


def _name(file: Any) -> str:
    return Path(str(file.filename)).name


def drop_unused(app: Sphinx, exception: Exception | None) -> None:
    """Remove from the finished site what the theme brings and no page loads."""
    static = Path(app.outdir) / "_static"
    if exception is not None or not static.is_dir():
        return
    for path in static.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in OURS.union(SEARCH):
            path.unlink()
        elif path.suffix in SHORTENED:
            path.write_text(SHORTENED[path.suffix](path.read_text(encoding="utf-8")), encoding="utf-8")


def register(app: Sphinx) -> None:
    """Register files and events."""
    app.connect("config-inited", add_folders)
    # The theme is chosen before the first paint, so this one script does not wait for the page.
    app.add_js_file(THEME, priority=100)
    for priority, name in enumerate(SEARCH, start=210):
        app.add_js_file(name, priority=priority, loading_method="defer")
    app.add_js_file(WORDS, priority=290, loading_method="defer")
    for name in sorted(name for name in OURS.difference(SEARCH, [THEME, WORDS]) if name.endswith(".js")):
        app.add_js_file(name, priority=300, loading_method="defer")
    app.add_css_file("course.css", priority=300)
    app.add_css_file(FORMS, priority=310)
    app.add_css_file(PRACTICE_STYLE, priority=320)
    app.add_css_file(LIBRARY_STYLE, priority=330)
    app.add_css_file(ROUTES_STYLE, priority=340)
    app.add_css_file(OBSERVATION_STYLE, priority=350)
    # Late, so that the theme and the parser have added what is dropped here.
    app.connect("html-page-context", choose_files, priority=900)
    app.connect("build-finished", drop_unused, priority=900)
