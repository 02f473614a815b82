"""A catalogue of words as a file: its entries, and where it differs from the one that says which entries there are."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from peercourse.content.problems import Problem
from peercourse.content.yaml_source import FieldPath, Source

Entry = str | dict[str, str]
"""A text with ``{name}`` for what is filled in, or such texts by plural category."""

PLACEHOLDER = re.compile(r"\{(\w+)\}")
CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
"""Plural categories of Unicode CLDR. A mapping with no other keys is one entry."""

COUNT = "count"
"""The placeholder that picks the form. A form may say the number in a word instead."""

_KEY = re.compile(r"[a-z][a-z0-9_-]*")


def entries_of(source: Source) -> tuple[dict[str, Entry], list[Problem]]:
    """Every entry of a catalogue by dotted key, and what is no entry.

    Args:
        source: the file.
    """
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []

    def walk(data: Any, path: FieldPath) -> None:
        if not isinstance(data, dict):
            if isinstance(data, str) and data.strip():
                entries[_dotted(path)] = data
            else:
                problems.append(source.problem(path, "is no text; write the words, between quotes if need be"))
        elif path and data and CATEGORIES.issuperset(data) and all(isinstance(text, str) for text in data.values()):
            entries[_dotted(path)] = data
        else:
            for key, value in data.items():
                if isinstance(key, str) and _KEY.fullmatch(key):
                    walk(value, (*path, key))
                else:
                    problems.append(source.problem((*path, str(key)), "is no name of an entry; correct it"))

    walk(source.data, ())
    return entries, problems


def differences(
    source: Source, entries: Mapping[str, Entry], model: Mapping[str, Entry], categories: set[str]
) -> Iterator[Problem]:
    """What must be mended so that a catalogue can stand in for another.

    Args:
        source: the file, for the places of problems.
        entries: its entries.
        model: the entries that there must be.
        categories: plural categories that the file's language needs.
    """
    for key in model:
        if key not in entries:
            yield source.problem(_path(key), f"is missing; add it (in English: {_sample(model[key])})")
    for key, entry in entries.items():
        if key not in model:
            near = difflib.get_close_matches(key, model, n=1)
            advice = f"did you mean '{near[0]}'?" if near else "remove it"
            yield source.problem(_path(key), f"is no entry that the site uses; {advice}")
        elif isinstance(entry, str) != isinstance(model[key], str):
            wanted = "one text" if isinstance(entry, dict) else f"a text for each of {_listed(categories)}"
            yield source.problem(_path(key), f"has the wrong form; write {wanted}")
        else:
            yield from _entry_problems(source, key, entry, model[key], categories)


def _entry_problems(source: Source, key: str, entry: Entry, model: Entry, categories: set[str]) -> Iterator[Problem]:
    if isinstance(entry, str):
        yield from _placeholder_problems(source, _path(key), entry, _placeholders(model), set())
        return
    for category in sorted(categories - set(entry)):
        yield source.problem(_path(key), f"has no form '{category}', which this language needs; add it")
    for category, text in entry.items():
        place = (*_path(key), category)
        if category in categories:
            yield from _placeholder_problems(source, place, text, _placeholders(model), {COUNT})
        else:
            yield source.problem(place, f"is no form of this language; write {_listed(categories)}")


def _placeholder_problems(
    source: Source, path: FieldPath, text: str, wanted: set[str], optional: set[str]
) -> Iterator[Problem]:
    found = _placeholders(text)
    if missing := wanted - found - optional:
        yield source.problem(path, f"lacks {_braced(missing)}; put it where it belongs in the sentence")
    if unknown := found - wanted - optional:
        yield source.problem(path, f"has {_braced(unknown)}, for which there is no value; write {_braced(wanted)}")


def _placeholders(entry: Entry) -> set[str]:
    texts = [entry] if isinstance(entry, str) else entry.values()
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def _sample(entry: Entry) -> str:
    return f"'{entry if isinstance(entry, str) else entry['other']}'"


def _path(key: str) -> FieldPath:
    return tuple(key.split("."))


def _dotted(path: FieldPath) -> str:
    return ".".join(str(part) for part in path)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "nothing in braces"
