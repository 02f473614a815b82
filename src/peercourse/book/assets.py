"""Files that pages load: our own, and of Sphinx's what its search needs. Everything else of theme and parser is left out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from peercourse.book.practice import scripts_of

WEB = Path(__file__).resolve().parent.parent / "web"
TEMPLATES = Path(__file__).resolve().parent / "templates"

EVERY_PAGE = {"course.css", "theme.js", "page.js"}
FORMS = "forms.css"
SEARCH = {"documentation_options.js", "doctools.js", "search-settings.js", "language_data.js", "searchtools.js"}
OURS = {path.name for path in WEB.glob("*") if path.suffix in {".css", ".js", ".svg"}}


def add_folders(app: Sphinx, config: Config) -> None:  # noqa: ARG001  (Sphinx passes both)
    """Our templates before the theme's, and our static files beside its own."""
    config.templates_path = [str(TEMPLATES), *config.templates_path]
    config.html_static_path = [*config.html_static_path, str(WEB)]


def choose_files(
    app: Sphinx,  # noqa: ARG001  (Sphinx passes five)
    pagename: str,
    templatename: str,  # noqa: ARG001
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Keep of all registered styles and scripts those that this page needs."""
    scripts = scripts_of(doctree)
    wanted = EVERY_PAGE | scripts
    if scripts:
        wanted |= {FORMS}
    if pagename == "search":
        wanted |= SEARCH
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if Path(str(file.filename)).name in wanted]


def drop_unused(app: Sphinx, exception: Exception | None) -> None:
    """Remove from the finished site what the theme brings and no page loads."""
    static = Path(app.outdir) / "_static"
    if exception is not None or not static.is_dir():
        return
    for path in static.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in OURS | SEARCH:
            path.unlink()


def register(app: Sphinx) -> None:
    """Register files and events."""
    app.connect("config-inited", add_folders)
    # The theme is chosen before the first paint, so this one script does not wait for the page.
    app.add_js_file("theme.js", priority=100)
    for name in sorted(OURS - {"theme.js"}):
        if name.endswith(".js") and name not in SEARCH:
            app.add_js_file(name, priority=300, loading_method="defer")
    for priority, name in enumerate(["doctools.js", "search-settings.js", "language_data.js", "searchtools.js"], 210):
        app.add_js_file(name, priority=priority, loading_method="defer")
    app.add_css_file("course.css", priority=300)
    app.add_css_file(FORMS, priority=310)
    # Late, so that the theme and the parser have added what is dropped here.
    app.connect("html-page-context", choose_files, priority=900)
    app.connect("build-finished", drop_unused, priority=900)
