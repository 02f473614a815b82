"""YAML files with the line of every field kept, and pydantic models read from them.

Errors of YAML itself and of the models come out as :class:`Problem`, at the line where the author has to look.
"""

from __future__ import annotations

import difflib
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from peercourse.content.problems import ContentError, Problem

FieldPath = tuple[str | int, ...]
Model = TypeVar("Model")
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
        loader = _Loader("")
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = (mark.line if mark else 0) + first_line
        raise ContentError([Problem(name, line, "", _yaml_advice(error, text))]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ContentError([Problem(name, first_line, "", f"is not readable as YAML ({error})")]) from None
    lines: dict[FieldPath, int] = {}
    if node is not None:
        _collect_lines(node, (), lines, first_line)
    return Source(name, data, lines)


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


def read_model(source: Source, model: type[Model], base: FieldPath = ()) -> Model:
    """Turn a source into a typed model.

    Args:
        source: the file.
        model: a pydantic model or any type that pydantic can check.
        base: the field at which the model starts; the whole file if empty.

    Raises:
        ContentError: with a problem for each field that does not fit.
    """
    data = source.data
    for part in base:
        data = data[part]
    try:
        return TypeAdapter(model).validate_python(data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise ContentError(
            _problem(source, base, details, model) for details in found if not _follows(details, found)
        ) from None


def _follows(details: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Whether a list only seems too short because an entry of it has a problem of its own."""
    place = details["loc"]
    return details["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in found
    )


def _problem(source: Source, base: FieldPath, details: ErrorDetails, model: object) -> Problem:
    path = _author_path(source, base, details["loc"])
    if details["type"] == "union_tag_invalid":
        path = (*path, "type")
    return source.problem(path, _advice(details, path, model))


def _author_path(source: Source, base: FieldPath, location: tuple[int | str, ...]) -> FieldPath:
    """Drop the union tags that pydantic puts into a location and that no author wrote."""
    path = base
    for index, part in enumerate(location):
        last = index == len(location) - 1
        if (*path, part) in source.lines or last:
            path = (*path, part)
    return path


def _advice(details: ErrorDetails, path: FieldPath, model: object) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        known = _known_fields(model)
        near = difflib.get_close_matches(str(path[-1]), known, n=1)
        return (
            f"is not a field that is known here; did you mean '{near[0]}'?"
            if near
            else ("is not a field that is known here; remove it or check its spelling")
        )
    if kind == "missing":
        return "is missing; add it"
    if kind == "union_tag_invalid":
        return f"is '{context.get('tag')}'; write one of {context.get('expected_tags')}"
    if kind in {"literal_error", "enum"}:
        return f"is {details['input']!r}; write one of {context.get('expected')}"
    if kind == "union_tag_not_found":
        return "has no type; add 'type:' with one of the item types"
    if kind == "value_error":
        return str(context.get("error", details["msg"]))
    return f"{details['msg'][:1].lower()}{details['msg'][1:]} (found {str(details['input'])[:60]!r})"


def _known_fields(model: object) -> list[str]:
    """Names of all fields in a model and in the models it is made of."""
    seen: set[type[BaseModel]] = set()
    names: set[str] = set()

    def visit(annotation: object) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation in seen:
                return
            seen.add(annotation)
            for name, field in annotation.model_fields.items():
                names.add(name)
                visit(field.annotation)
        for argument in getattr(annotation, "__args__", ()):
            visit(argument)

    visit(model)
    return sorted(names)
