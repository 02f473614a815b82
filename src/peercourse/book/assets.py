"""Files that pages load: our own, and of Sphinx's what its search needs.

Everything else that theme and parser bring is left out of the site.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from peercourse.book.practice import scripts_of

WEB = Path(__file__).resolve().parent.parent / "web"
TEMPLATES = Path(__file__).resolve().parent / "templates"

THEME = "theme.js"
EVERY_PAGE = {"course.css", THEME, "page.js"}
FORMS = "forms.css"
SEARCH = ("documentation_options.js", "doctools.js", "search-settings.js", "language_data.js", "searchtools.js")
"""Scripts of Sphinx's search, in the order in which they need one another."""

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
        wanted |= set(SEARCH)
    context["css_files"] = [file for file in context["css_files"] if _name(file) in wanted]
    # Sphinx registers its own scripts as blocking; ours are the same files, deferred.
    context["script_files"] = [
        file
        for file in context["script_files"]
        if _name(file) in wanted and ("defer" in file.attributes or _name(file) == THEME)
    ]


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
        elif path.suffix == ".css":
            path.write_text(shortened(path.read_text(encoding="utf-8")), encoding="utf-8")


def shortened(css: str) -> str:
    """Our style sheets without comments and spaces that mean nothing; words between quotes stay as they are."""
    parts = re.split(r"""("[^"]*")""", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    parts[::2] = [_tight(part) for part in parts[::2]]
    return "".join(parts).strip()


def _tight(css: str) -> str:
    css = re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", css))
    return css.replace(": ", ":").replace(";}", "}")


def register(app: Sphinx) -> None:
    """Register files and events."""
    app.connect("config-inited", add_folders)
    # The theme is chosen before the first paint, so this one script does not wait for the page.
    app.add_js_file(THEME, priority=100)
    for priority, name in enumerate(SEARCH, start=210):
        app.add_js_file(name, priority=priority, loading_method="defer")
    for name in sorted(name for name in OURS.difference(SEARCH, [THEME]) if name.endswith(".js")):
        app.add_js_file(name, priority=300, loading_method="defer")
    app.add_css_file("course.css", priority=300)
    app.add_css_file(FORMS, priority=310)
    # Late, so that the theme and the parser have added what is dropped here.
    app.connect("html-page-context", choose_files, priority=900)
    app.connect("build-finished", drop_unused, priority=900)
