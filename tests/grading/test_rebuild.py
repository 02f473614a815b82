"""A rebuilt submission is the release with answers in it, whatever the file was."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from peercourse.grading.rebuild import rebuild

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = ["trainee-id", "first-words", "which-fit", "first-words-score", "first-words-stem", "your-words", "unknown", ""]
CELLS = st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["code", "markdown", "raw", "nonsense"]),
        "metadata": st.fixed_dictionaries({"nbgrader": st.fixed_dictionaries({"grade_id": st.sampled_from(NAMES)})})
        | JSON,
        "source": st.text(max_size=60)
        | st.lists(st.text(max_size=20), max_size=4)
        | st.sampled_from(["answer_first_words = 'a'", "answer_which_fit = ['a', 'b']", "trainee_id = 'abc'"])
        | JSON,
    },
    optional={"outputs": JSON, "attachments": JSON},
)
NOTEBOOKS = st.fixed_dictionaries({"cells": st.lists(CELLS | JSON, max_size=8), "metadata": JSON}) | JSON


def sources(notebook: dict[str, Any]) -> dict[str, str]:
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


def without_answers(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with its answer cells emptied."""
    bare = copy.deepcopy(notebook)
    for cell in bare["cells"]:
        if cell["metadata"]["nbgrader"]["solution"]:
            cell["source"] = ""
    return bare


@given(NOTEBOOKS)
def test_any_file_becomes_the_release_with_answers_and_twice_is_once(release: dict[str, Any], untrusted: Any) -> None:
    once = rebuild(release, untrusted)
    assert without_answers(once.notebook) == without_answers(release)
    again = rebuild(release, json.loads(once.text))
    assert again.text == once.text
    once.text.encode("utf-8")


def test_a_blank_file_has_the_released_bytes(release: dict[str, Any]) -> None:
    blank = rebuild(release, release)
    assert (blank.notebook, blank.remarks, blank.trainee) == (release, (), "")


def test_order_copies_types_outputs_and_extra_cells_do_not_matter(release: dict[str, Any], desk: Any) -> None:
    tidy = desk.answered("nurse-17", words="Mine")
    expected = rebuild(release, tidy)
    messy = copy.deepcopy(tidy)
    for cell in messy["cells"]:
        cell["cell_type"] = "raw"
        cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "99"}, "metadata": {}}]
        cell["metadata"]["nbgrader"] |= {"points": 99, "solution": False, "grade": True, "locked": False}
        if cell["id"].endswith(("-score", "-stem")):
            cell["source"] = "99.0"
    messy["cells"] += [{"cell_type": "code", "metadata": {}, "source": "import os", "outputs": []}]
    messy["cells"].reverse()
    messy["metadata"]["kernelspec"] = {"name": "bash", "display_name": "x", "language": "bash"}
    found = rebuild(release, messy)
    assert found.text == expected.text
    assert found.remarks == ()


def test_of_two_cells_with_one_id_the_last_counts_and_it_is_said(release: dict[str, Any], desk: Any) -> None:
    notebook = desk.answered("nurse-17", {"first-words": "a"})
    copied = copy.deepcopy(next(cell for cell in notebook["cells"] if cell["id"] == "first-words"))
    copied["source"] = "answer_first_words = 'b'"
    notebook["cells"].append(copied)
    rebuilt = rebuild(release, notebook)
    assert sources(rebuilt.notebook)["first-words"] == "answer_first_words = 'b'"
    assert rebuilt.remarks == ("the cell first-words is there more than once, the last one counts",)


def test_a_deleted_answer_is_blank_and_it_is_said(release: dict[str, Any], desk: Any) -> None:
    notebook = desk.answered("nurse-17")
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] not in ("which-fit", "your-words")]
    rebuilt = rebuild(release, notebook)
    assert sources(rebuilt.notebook)["which-fit"] == sources(release)["which-fit"]
    assert sources(rebuilt.notebook)["your-words"] == sources(release)["your-words"]
    assert rebuilt.remarks == (
        "the answer to which-fit is missing, counted as blank",
        "the answer to your-words is missing, counted as blank",
    )


def test_code_is_no_answer_and_it_is_said(release: dict[str, Any], desk: Any) -> None:
    notebook = desk.answered("nurse-17")
    for cell in notebook["cells"]:
        if cell["id"] == "first-words":
            cell["source"] = "import os\nanswer_first_words = 'a'"
    rebuilt = rebuild(release, notebook)
    assert sources(rebuilt.notebook)["first-words"] == sources(release)["first-words"]
    (remark,) = rebuilt.remarks
    assert remark == "the answer to first-words cannot be read as a choice (it is no plain answer), counted as blank"


def test_white_space_is_no_written_answer(release: dict[str, Any], desk: Any) -> None:
    for words in (" \n\t\r\n ", "Write your answer here.\n", '<pre class="tex2jax_ignore"></pre>'):
        rebuilt = rebuild(release, desk.answered("nurse-17", words=words))
        assert sources(rebuilt.notebook)["your-words"] == "Write your answer here."


def test_an_id_that_is_none_stays_out_of_the_notebook(release: dict[str, Any], desk: Any) -> None:
    rebuilt = rebuild(release, desk.answered("../../etc"))
    assert rebuilt.trainee == "../../etc"
    assert sources(rebuilt.notebook)["trainee-id"] == sources(release)["trainee-id"]
