"""The file that the quiz page saves, made without a browser: the same steps as ``fill`` in ``web/quiz.js``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from peercourse.quiz.item import Literals
from peercourse.quiz.notebook import TRAINEE_CELL


def read_release(text: str) -> dict[str, Any]:
    """A released notebook as a browser reads it: to a browser, 2.0 is 2.

    Args:
        text: the notebook as JSON.
    """
    return dict(json.loads(text, parse_float=_number))


def saved_file(release: Mapping[str, Any], trainee: str, answers: Mapping[str, Literals]) -> str:
    """The released notebook with ID and answers in it, as text.

    Args:
        release: from :func:`read_release`.
        trainee: the ID as it was typed.
        answers: by item; what is not in it stays as it was.
    """
    given: dict[str, Literals] = {**answers, TRAINEE_CELL: trainee}
    cells = [_filled(cell, given) for cell in release["cells"]]
    return json.dumps({**release, "cells": cells}, indent=1, ensure_ascii=False) + "\n"


def _filled(cell: Mapping[str, Any], given: Mapping[str, Literals]) -> Mapping[str, Any]:
    name = cell["metadata"]["nbgrader"]["grade_id"]
    if name not in given:
        return cell
    if cell["cell_type"] == "markdown" or cell["metadata"].get("peercourse", {}).get("holds") == "text":
        source = str(given[name])
    else:
        literal = json.dumps(given[name], ensure_ascii=False)
        source = re.sub("= .*", lambda _: f"= {literal}", "".join(cell["source"]), count=1)
    return {**cell, "source": re.findall(r"[^\n]*\n|[^\n]+", source)}


def _number(text: str) -> float:
    value = float(text)
    return int(value) if value.is_integer() else value
