"""A submission is read by its template only where parsing all of it would give the same."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from peercourse.grading.bulk_notebook import submitted_template
from peercourse.grading.rebuild import answer_slots, find_sources, rebuild

ANSWERS = {"trainee-id": "trainee_id = 'nurse-17'", "which-fit": "answer_which_fit = ['a']", "your-words": "Two\nlines"}
SNIPPETS = st.sampled_from(
    ['"', "\\", "]", "[", ",", "\n", " ", "}", "é", "null", "1", '\\"', "\\n", '",\n    "', '"\n   ]\n  },\n  {', ""]
)


def read(release: dict[str, Any], text: str) -> dict[str, Any] | None:
    """What stands in the answer cells, as the template has it; None where it does not fit."""
    template = submitted_template(release)
    values = template.read(text)
    try:
        return values and {name: json.loads(value) for (_, name), value in zip(template.gaps, values, strict=True)}
    except ValueError:
        return None


def without_answers(notebook: dict[str, Any]) -> dict[str, Any]:
    cells = notebook["cells"]
    bare = [{**cell, "source": ""} if cell["metadata"]["nbgrader"]["solution"] else cell for cell in cells]
    return {**notebook, "cells": bare}


def test_what_collect_writes_is_read_by_the_template(release: dict[str, Any], desk: Any) -> None:
    for answers in (None, {}, {"which-fit": ["a"]}):
        for words in ("", "Mine", "Two\nlines \u2028 <b>"):
            text = rebuild(release, desk.answered("nurse-17", answers, words)).text
            found = read(release, text)
            assert found is not None
            sources, _ = find_sources(answer_slots(release), json.loads(text))
            assert {name: "".join(lines) for name, lines in found.items()} == sources


@given(st.data())
def test_a_file_that_was_changed_is_read_as_it_stands_or_not_by_the_template(
    release: dict[str, Any], data: Any
) -> None:
    cells = [{"metadata": {"nbgrader": {"grade_id": name}}, "source": source} for name, source in ANSWERS.items()]
    text = rebuild(release, {"cells": cells}).text
    near = st.sampled_from([text.index(start) for start in ("trainee_id = ", "answer_which_fit", "Two")])
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)) | near.flatmap(lambda place: st.integers(place - 40, place + 80)))
        text = text[:start] + data.draw(SNIPPETS) + text[start + data.draw(st.integers(0, 12)) :]
    found = read(release, text)
    if found is not None:
        notebook = json.loads(text)
        assert without_answers(notebook) == without_answers(release)
        assert found == {cell["id"]: cell["source"] for cell in notebook["cells"] if cell["id"] in found}
