"""YAML files as plain data, with the line of every field kept. Errors come out as :class:`Problem` with their line."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from peercourse.content.problems import ContentError, Problem

FieldPath = tuple[str | int, ...]
LARGEST_FILE = 2_000_000  # bytes; a hand-written file is far below


if TYPE_CHECKING:
    from yaml import SafeLoader as _FastLoader
else:
    _FastLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FastLoader):
    """Safe loader, in C where PyYAML has it, that keeps dates as text and refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"'{key.value}' stands twice; keep one of them", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Source:
    """A YAML file as data, with the line of each field.

    Attributes:
        name: the file's name in messages.
        data: plain Python data.
        lines: line (from 1) by field path.
    """

    name: str
    data: Any
    lines: dict[FieldPath, int]

    def line(self, path: FieldPath) -> int:
        """Line of a field, or of the nearest field around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: FieldPath, message: str) -> Problem:
        """A problem at a field of this file."""
        return Problem(self.name, self.line(path), ".".join(str(part) for part in path), message)


def read_yaml(path: Path, name: str | None = None) -> Source:
    """Read a YAML file.

    Args:
        path: the file.
        name: its name in messages; the path itself if not given.

    Raises:
        ContentError: the file is missing, too large, not UTF-8 or not YAML.
    """
    name = name or str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ContentError([Problem(name, 0, "", "is larger than 2 MB; split it")])
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ContentError([Problem(name, 0, "", "is not UTF-8 text; save it as UTF-8")]) from None
    except OSError as error:
        raise ContentError([Problem(name, 0, "", f"cannot be read ({error.strerror})")]) from None
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str, first_line: int = 1) -> Source:
    """Parse YAML text.

    Args:
        text: the YAML.
        name: the file's name in messages.
        first_line: line of the file at which the text starts, for YAML inside another file.

    Raises:
        ContentError: the text is not YAML; the message names line and column.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
        _refuse_aliases(node, set())
        loader = _Loader("")
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = (mark.line if mark else 0) + first_line
        raise ContentError([Problem(name, line, "", _yaml_advice(error, text))]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        raise ContentError([Problem(name, line, "", "holds a control character; remove it")]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ContentError([Problem(name, first_line, "", f"is not readable as YAML ({error})")]) from None
    lines: dict[FieldPath, int] = {}
    if node is not None:
        _collect_lines(node, (), lines, first_line)
    return Source(name, data, lines)


def _refuse_aliases(node: yaml.Node | None, seen: set[int]) -> None:
    """An alias can hold itself, or multiply a small file into a huge one.

    Raises:
        ComposerError: a node stands in more than one place.
    """
    if node is None:
        return
    if id(node) in seen:
        raise yaml.composer.ComposerError(None, None, "points elsewhere", node.start_mark)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for part in pair:
                _refuse_aliases(part, seen)
    elif isinstance(node, yaml.SequenceNode):
        for part in node.value:
            _refuse_aliases(part, seen)


def _yaml_advice(error: yaml.MarkedYAMLError, text: str) -> str:
    problem = error.problem or "is not YAML"
    mark = error.problem_mark
    here = text.splitlines()[mark.line] if mark and mark.line < len(text.splitlines()) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "is indented with a tab; use spaces"
    if "mapping values are not allowed" in problem:
        return "has a colon inside unquoted text; put the text between double quotes"
    if "stands twice" in problem:
        return problem
    if "points elsewhere" in problem or "undefined alias" in problem:
        return "is used in another place with '*'; write it out there, or put text that begins with '*' between quotes"
    return f"{problem}; check indentation and quotes here"


def _collect_lines(node: yaml.Node, path: FieldPath, lines: dict[FieldPath, int], first_line: int) -> None:
    lines.setdefault(path, node.start_mark.line + first_line)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            lines[(*path, key.value)] = key.start_mark.line + first_line
            _collect_lines(value, (*path, key.value), lines, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _collect_lines(value, (*path, index), lines, first_line)
