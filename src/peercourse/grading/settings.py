"""nbgrader's settings for a course folder: the same for our commands, nbgrader's own ones and the formgrader."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from peercourse.quiz.release import course_config

if TYPE_CHECKING:
    from traitlets.config import Config

TEMPLATES = Path(__file__).parent / "templates"
ORIGIN_FILE = "origin.txt"
"""Where collect notes whose upload a submission was; for trainers, so it is not copied on to feedback."""

IGNORED = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", ORIGIN_FILE)
"""What nbgrader does not copy from submission to scored submission."""

SANITIZE = (
    "peercourse.grading.steps.Rebuild",  # first: the others then see released cells and answers alone
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
)
AUTOGRADE = (
    "peercourse.grading.steps.Score",  # in the place of Execute: no kernel is started
    "nbgrader.preprocessors.LimitOutput",
    "peercourse.grading.steps.SaveGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
)  # metadata came from the release and was checked in the first list; a second check takes a seventh of the time
FEEDBACK = (
    "nbgrader.preprocessors.GetGrades",
    "nbgrader.preprocessors.ClearHiddenTests",  # no key …
    "nbgrader.preprocessors.ClearMarkScheme",  # … and no marking guide in what trainees get
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
)


def set_lists(config: Config) -> None:
    """Put the lists of steps in, whatever stood there: submissions are rebuilt and never run."""
    config.Autograde.sanitize_preprocessors = list(SANITIZE)
    config.Autograde.autograde_preprocessors = list(AUTOGRADE)
    config.GenerateFeedback.preprocessors = list(FEEDBACK)


def course_settings(root: Path) -> Config:
    """All settings of a course folder; ``nbgrader_config.py`` in that folder merges them in.

    Args:
        root: the course folder.
    """
    use_local_templates()
    config = course_config(root.resolve(), gradebook=True)
    config.CourseDirectory.ignore = list(IGNORED)
    set_lists(config)
    return config


def use_local_templates() -> None:
    """Let nbconvert find our templates first, so that pages load nothing from other servers.

    JUPYTER_PATH is the one way that formgrader and feedback share: both set ``extra_template_basedirs`` themselves.
    """
    paths = [path for path in os.environ.get("JUPYTER_PATH", "").split(os.pathsep) if path]
    if str(TEMPLATES) not in paths:
        os.environ["JUPYTER_PATH"] = os.pathsep.join([str(TEMPLATES), *paths])
