"""The Sphinx extension that makes the book: directives, page furniture, and Furo trimmed to what the course needs.

``_config.yml`` names it in ``sphinx.config.extensions``. One module a matter:

* ``course`` the loaded course inside the build; ``errors`` mistakes with file and line
* ``facts``, ``evidence_page`` citations, a page's sources, the evidence page and the list of references
* ``lesson_head`` reading time, outcomes and content note under a lesson's title
* ``contents`` the modules and lessons on the home page
* ``boxes``, ``figure``, ``host``, ``practice`` the directives that authors write
* ``page``, ``navigation``, ``assets`` what stands around the text, and which files a page loads
* ``quiz_page``, ``self_check``, ``stored_data`` the forms
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything with Sphinx."""
    from peercourse.book import (
        assets,
        boxes,
        contents,
        course,
        errors,
        evidence_page,
        facts,
        figure,
        host,
        lesson_head,
        page,
        practice,
    )

    app.add_config_value("peercourse_inputs", "", "env", [str])
    # Jupyter Book passes on settings of extensions that this book leaves out; unknown ones would be warnings.
    for left_out in ("comments_config", "nb_execution_allow_errors", "bibtex_bibfiles"):
        if left_out not in app.config.values:
            app.add_config_value(left_out, None, "")
    app.connect("config-inited", course.read_course)
    for part in (errors, facts, evidence_page, lesson_head, contents, boxes, figure, host, practice, assets, page):
        part.register(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
