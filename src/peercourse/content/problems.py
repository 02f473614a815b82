"""Problems in what people wrote: collected over a whole run, so that one run reports them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Loaded = TypeVar("Loaded")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend.

    Attributes:
        file: path as a person would type it, relative to the course folder.
        line: line number from 1; 0 where the whole file is meant.
        field: dotted path of the field, for example ``scenarios.0.items.2.stem``; may be empty.
        message: what is wrong and what to write instead, as a sentence.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


def relative_name(path: Path, root: Path) -> str:
    """A path as a person in the course folder would type it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


class ContentError(Exception):
    """Raised when content cannot be used. Carries every problem found, sorted by place.

    Args:
        problems: what was found; at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Collector:
    """Goes on after a problem, so that one run finds them all.

    Attributes:
        problems: what was found so far.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def attempt(self, read: Callable[[], Loaded]) -> Loaded | None:
        """What ``read`` returns; None after a content error, whose problems are kept."""
        try:
            return read()
        except ContentError as error:
            self.problems += error.problems
            return None

    def stop_if_any(self) -> None:
        """End the run if anything was found.

        Raises:
            ContentError: with all problems.
        """
        if self.problems:
            raise ContentError(self.problems)
