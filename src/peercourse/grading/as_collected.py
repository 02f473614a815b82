"""Submissions as collect writes them: the release with other answers in it, so that the text is known but for these."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from peercourse.grading.folder import GradingFolder, Released
from peercourse.grading.rebuild import answer_cells, notebook_text
from peercourse.grading.template import Gaps, Template


def submitted_template(release: Mapping[str, Any]) -> Template:
    """The release as collect writes it, with a gap for every answer."""
    gaps = Gaps()
    gapped: dict[str, Any] = copy.deepcopy(dict(release))
    for cell in answer_cells(gapped):
        cell["source"] = gaps.mark("answer", cell["metadata"]["nbgrader"]["grade_id"])
    return gaps.cut(notebook_text(gapped))


def template_of(folder: GradingFolder, released: Released) -> Template | None:
    """The template of a quiz's submissions; None where the release is missing or damaged."""
    try:
        return submitted_template(json.loads(folder.release(released).read_bytes()))
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return None


def read_sources(template: Template, text: str) -> dict[str, str] | None:
    """Sources of the answer cells by ``grade_id``; None where the text is not as collect writes it.

    Raises:
        ValueError: what stands in place of an answer is none.
    """
    values = template.read(text)
    if values is None:
        return None
    return {name: _joined(json.loads(value)) for (_, name), value in zip(template.gaps, values, strict=True)}


def _joined(source: Any) -> str:
    """A cell's source, which stands in a notebook as a text or as a list of lines."""
    if isinstance(source, str):
        return source
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    raise ValueError("a cell holds no text")
