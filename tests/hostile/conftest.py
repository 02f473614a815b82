"""The same desk as for the grading tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_path = Path(__file__).parents[1] / "grading" / "conftest.py"
_spec = importlib.util.spec_from_file_location("grading_fixtures", _path)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _module  # dataclasses look their module up there
_spec.loader.exec_module(_module)

released_course, desk, release, zipped, tools = (
    _module.released_course, _module.desk, _module.release, _module.zipped, _module.tools,
)  # fmt: skip
