"""A module of the course: its outcomes, its lessons and what can be practised in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from peercourse.content.model import Area, Competence, ContentModel, Identifier, OutcomeId, Text
from peercourse.content.problems import Collector, ContentError, Problem, relative_name
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import Source, parse_yaml, read_yaml
from peercourse.practice.pool import Pool, read_pool

PRACTICE = "practice"
"""Name of the folder in a module that holds what can be practised, and of the page that shows it."""

QUIZ_PAGE = "quiz"
"""Name of the page that holds a module's graded quiz."""

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^# +(.+?)\s*$", re.MULTILINE)
_NOT_READ = re.compile(r"`{3}.*?`{3}|\{[a-z-]+\}`|^:::[^\n]*$|^:[a-z-]+:[^\n]*$|[#*_`>|]", re.DOTALL | re.MULTILINE)


class Outcome(ContentModel):
    """What a trainee can do afterwards, and the competences it belongs to.

    Attributes:
        taught_in: the page of the module that teaches it, by its file name without the ending.
        line: the sentence on that page that teaches it, word for word.
    """

    id: OutcomeId
    text: Text
    competences: tuple[Competence, ...] = Field(min_length=1)
    taught_in: Identifier | None = None
    line: Text | None = None


class LessonHeader(ContentModel):
    """What stands between the two ``---`` lines at the top of a page of a module.

    Attributes:
        minutes: reading and practice time.
        outcomes: outcomes that the page teaches.
        competences: competences that it serves.
        areas: areas of the consensus on peer support that it serves, such as ``DEL2``.
        content_note: a plain sentence shown above hard material, with a way round it.
        carry_round: false where the lines to carry are hard themselves, and so are no way round.
        description: a sentence for search engines; the first paragraph where it is missing.
        boosters: false keeps the page's self-checks out of the booster sets, as those about suicide are.
    """

    minutes: int = Field(ge=1, le=60)
    outcomes: tuple[OutcomeId, ...] = ()
    competences: tuple[Competence, ...] = ()
    areas: tuple[Area, ...] = ()
    content_note: Text | None = None
    carry_round: bool = True
    description: Text | None = None
    boosters: bool = True


@dataclass(frozen=True)
class Lesson:
    """A page of a module.

    Attributes:
        path: the Markdown file.
        title: its first heading.
        header: its front matter.
        words: words that are read, directives and front matter apart.
    """

    path: Path
    title: str
    header: LessonHeader
    words: int

    @property
    def stem(self) -> str:
        """File name without its ending."""
        return self.path.stem


class ModuleFile(ContentModel):
    """``module.yml`` as authors write it."""

    id: Identifier
    title: Text
    summary: Text
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    lessons: tuple[Identifier, ...]
    quiz: Identifier | None = None


@dataclass(frozen=True)
class Module:
    """A module with everything in its folder.

    Attributes:
        folder: the module's folder.
        settings: its ``module.yml``.
        lessons: its lessons in order.
        pages: every other page, such as the overview and the quiz page.
        practice: what can be practised.
        source: its ``module.yml`` as it was read, for the places of problems.
    """

    folder: Path
    settings: ModuleFile
    lessons: tuple[Lesson, ...]
    pages: tuple[Lesson, ...]
    practice: Pool
    source: Source

    @property
    def outcome_ids(self) -> frozenset[str]:
        """Ids of all outcomes."""
        return frozenset(outcome.id for outcome in self.settings.outcomes)


def read_lesson(path: Path, name: str) -> Lesson:
    """Read a page of a module.

    Args:
        path: the Markdown file.
        name: its name in messages.

    Raises:
        ContentError: front matter or title are missing or wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Problem(name, 0, "", f"cannot be read ({error})")]) from None
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise ContentError([Problem(name, 1, "", "has no front matter; begin with ---, minutes: 10, ---")])
    header = read_model(parse_yaml(match.group(1), name, first_line=2), LessonHeader)
    body = text[match.end() :]
    title = _TITLE.search(body)
    if title is None:
        raise ContentError([Problem(name, 1, "", "has no title; write a line '# Title' below the front matter")])
    return Lesson(path, title.group(1), header, len(_NOT_READ.sub(" ", body).split()))


def read_module(folder: Path, root: Path) -> Module:
    """Read a module's folder.

    Raises:
        ContentError: with every problem in the folder.
    """
    settings_source = read_yaml(folder / "module.yml", relative_name(folder / "module.yml", root))
    settings = read_model(settings_source, ModuleFile)
    collector = Collector()
    lessons = _read_pages([folder / f"{stem}.md" for stem in settings.lessons], root, collector)
    others = sorted(path for path in folder.glob("*.md") if path.stem not in settings.lessons)
    pages = _read_pages(others, root, collector)
    practice = collector.attempt(lambda: read_pool(folder / PRACTICE, root))
    collector.stop_if_any()
    return Module(folder, settings, lessons, pages, practice or Pool(), settings_source)


def _read_pages(paths: list[Path], root: Path, collector: Collector) -> tuple[Lesson, ...]:
    pages = [collector.attempt(lambda: read_lesson(path, relative_name(path, root))) for path in paths]  # noqa: B023
    return tuple(page for page in pages if page is not None)
