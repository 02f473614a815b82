"""The Sphinx extension that makes the book: directives, page furniture, and Furo trimmed to what the course needs.

``_config.yml`` names it in ``sphinx.config.extensions``. One module a matter:

* ``course`` the loaded course inside the build; ``errors`` mistakes with file and line
* ``facts``, ``evidence_page`` citations, a page's sources, the evidence page and the list of references
* ``lesson_head`` reading time, outcomes and content note under a lesson's title
* ``contents`` the modules and lessons on the home page
* ``boxes``, ``figure``, ``host``, ``routes``, ``practice`` the directives that authors write
* ``page``, ``navigation``, ``assets`` what stands around the text, and which files a page loads
* ``quiz_page``, ``self_check``, ``slip``, ``own_words``, ``stored_data`` the forms
* ``conversations``, ``conversation_page`` practice conversations, each a page made from its file
* ``standards`` what serves each competence and each area of the consensus
* ``evaluation`` the measure before and after the course, a page for each occasion and form
* ``role_play`` cards for three, and the rubric to read; ``observation`` the sheet that an observer fills in
* ``pocket_cards`` a page to print for each module
* ``programmes``, ``programme_page``, ``programme_text``, ``programme_links``, ``library`` the programme library: a page
  for each programme that the review names, made from its entry, and the overview of them
* ``practice_room``, ``boosters`` what can be practised, how far one has come, and ten minutes for later
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
        boosters,
        boxes,
        contents,
        conversations,
        course,
        errors,
        evaluation,
        evidence_page,
        facts,
        figure,
        host,
        lesson_head,
        observation,
        page,
        pocket_cards,
        practice,
        practice_room,
        programmes,
        role_play,
        routes,
        standards,
    )

    app.add_config_value("peercourse_inputs", "", "env", [str])
    # Jupyter Book passes on settings of extensions that this book leaves out; unknown ones would be warnings.
    for left_out in ("comments_config", "nb_execution_allow_errors", "bibtex_bibfiles"):
        if left_out not in app.config.values:
            app.add_config_value(left_out, None, "")
    app.connect("config-inited", course.read_course)
    pages = (errors, facts, evidence_page, lesson_head, contents, boxes, figure, host, routes, assets, page)
    practised = (practice, conversations, practice_room, boosters, role_play, observation, evaluation)
    for part in (*pages, *practised, pocket_cards, programmes, standards):
        part.register(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
