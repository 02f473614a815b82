"""What a trainer's nbgrader_config.py sets, and which engine can follow it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from peercourse.grading.files import GradingError
from peercourse.grading.gradebook import own_config
from peercourse.grading.settings import AUTOGRADE, SANITIZE, course_settings

ENGINES = ("bulk", "nbgrader")
LISTS = ("Autograde.sanitize_preprocessors", "Autograde.autograde_preprocessors")
FOLLOWED = ("CourseDirectory.root", "CourseDirectory.course_id", "CourseDirectory.db_url")
"""What the bulk engine follows, too."""
CONVERTER = (
    "nbgrader.converters.Autograde",
    "nbgrader.coursedir.CourseDirectory",
    "nbgrader.plugins.LateSubmissionPlugin",
    "nbconvert.exporters.NotebookExporter",
    "nbconvert.writers.FilesWriter",
)


def choose_engine(root: Path, wanted: str | None, say: Callable[[str], None]) -> str:
    """The engine to score with.

    Args:
        root: the grading folder.
        wanted: the engine that was asked for, if any.
        say: told in a sentence if the settings decide otherwise, or cannot be followed by any engine.

    Raises:
        GradingError: the bulk engine was asked for and does not follow the settings.
    """
    own = set(own_settings(root))
    for name in sorted(own & set(LISTS)):
        say(
            f"nbgrader_config.py changes {name}; peercourse grade keeps its own list, so that nothing that a trainee "
            "wrote is run. For yours, run: nbgrader autograde"
        )
    foreign = ", ".join(sorted(own - set(LISTS)))
    if foreign and wanted == "bulk":
        raise GradingError(
            f"nbgrader_config.py sets {foreign}, which the bulk engine does not follow; leave --engine out"
        )
    if foreign and wanted is None:
        say(f"nbgrader_config.py sets {foreign}, so nbgrader scores one submission at a time, which takes longer.")
        return "nbgrader"
    return wanted or "bulk"


def own_settings(root: Path) -> Iterator[str]:
    """Names of the trainer's own settings that have a say in how submissions are scored."""
    from traitlets.utils.importstring import import_item

    ours = course_settings(root)
    names = {base.__name__: base for kind in _classes(import_item) for base in kind.__mro__}
    for section, settings in own_config(root).items():
        if section not in names:
            continue
        traits = names[section].class_traits() if hasattr(names[section], "class_traits") else {}
        for key, value in settings.items():
            name = f"{section}.{key}"
            standard = [ours[section].get(key)] if key in ours[section] else []
            standard += [traits[key].default_value] if key in traits else []
            if name not in FOLLOWED and value not in standard:
                yield name


def _classes(import_item: Callable[[str], Any]) -> Iterator[Any]:
    """Everything of nbgrader's that scores a submission, and that a setting may be about."""
    yield from map(import_item, (*CONVERTER, *SANITIZE, *AUTOGRADE))
