"""Typed models read from YAML: every field that does not fit is a :class:`Problem`, at its line and in plain words."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from peercourse.content.problems import ContentError, Problem
from peercourse.content.yaml_source import FieldPath, Source

Model = TypeVar("Model")

_NAME = "'{}'; a name has lower-case letters, digits and hyphens, and between quotes where it reads as yes or no"


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
    if details["loc"][-1:] == ("[key]",):  # where pydantic means a name itself
        path = _author_path(source, base, details["loc"][:-2])
        return source.problem(path, f"has an entry with this name: {_NAME.format(str(details['input'])[:40])}")
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
    found = str(details["input"])[:60]
    plain = _plain_advice(kind, details["input"], context)
    if plain:
        return plain
    return f"{details['msg'][:1].lower()}{details['msg'][1:]} (found {found!r})"


def _plain_advice(kind: str, found: Any, limits: Mapping[str, Any]) -> str:
    """What to write where pydantic would speak of types; empty where its own words are plain enough."""
    if found is None or (kind == "string_too_short" and not str(found).strip()):
        return "is empty; write it"
    if kind == "string_type":
        read_as = "yes or no" if isinstance(found, bool) else "a number" if isinstance(found, int | float) else "a list"
        return f"is read as {read_as} ('{str(found)[:40]}'), not as text; put it between quotes"
    if kind == "string_pattern_mismatch":
        return f"is {_NAME.format(str(found)[:40])}"
    if kind in {"too_short", "too_long"}:
        wanted = (
            f"at least {limits.get('min_length')}" if kind == "too_short" else f"at most {limits.get('max_length')}"
        )
        return f"has {limits.get('actual_length')} entries; write {wanted}"
    if kind.startswith("date_"):
        return f"is '{str(found)[:40]}'; write a date as 2027-01-31"
    if kind == "int_parsing":
        return f"is '{str(found)[:40]}'; write a whole number"
    if kind in {"tuple_type", "dict_type", "mapping_type", "model_type", "model_attributes_type", "dataclass_type"}:
        wanted = (
            "a list, a line with '-' for each entry" if kind == "tuple_type" else "fields with their names, 'name: …'"
        )
        return f"has another shape ('{str(found)[:40]}'); write {wanted}"
    return ""


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
