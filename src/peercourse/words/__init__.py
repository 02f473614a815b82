"""The words of the interface: one file a language in this folder, of which ``en.yml`` says which entries there are.

A course says in ``institution.yml`` which language it speaks. A second language is a second file and no code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from peercourse.content.problems import ContentError, Problem
from peercourse.content.yaml_source import Source, read_yaml
from peercourse.words.catalogue import PLACEHOLDER, Entry, differences, entries_of

FOLDER = Path(__file__).resolve().parent
SHOWN_FOLDER = "src/peercourse/words"
MODEL = "en"
"""The language whose catalogue says which entries there are."""


@dataclass(frozen=True)
class Words:
    """The words of one language: ``words("lesson.minutes", count=8)`` is a text, ``words.html(…)`` safe HTML.

    Attributes:
        locale: how the language writes numbers and which forms of a word belong to which number.
        entries: texts with ``{name}`` for what is filled in, or such texts by plural category, by dotted key.
    """

    locale: Locale
    entries: Mapping[str, Entry]

    def __call__(self, key: str, **values: object) -> str:
        """The text of an entry.

        Args:
            key: the entry, for example ``lesson.minutes``.
            values: what is filled in; numbers as the language writes them. ``count`` picks the plural form.

        Raises:
            LookupError: there is no such entry, or a value is missing: a mistake in this package.
        """
        shown = {name: self._shown(value) for name, value in values.items()}
        return _filled(key, self.pattern(key, values.get("count")), shown)

    def html(self, key: str, **values: object) -> Markup:
        """The same for HTML: the entry and all values are escaped, apart from values that are :class:`Markup`."""
        shown = {name: str(escape(self._shown(value))) for name, value in values.items()}
        return Markup(_filled(key, str(escape(self.pattern(key, values.get("count")))), shown))  # noqa: S704  (escaped)

    def percent(self, share: float) -> str:
        """A share of 1 in per cent."""
        return format_percent(share, locale=self.locale)

    def day(self, day: date) -> str:
        """A day in words. English that names no country is written as in Britain, as the course's own text is."""
        british = self.locale.language == "en" and self.locale.territory is None
        return format_date(day, format="long", locale=Locale("en", "GB") if british else self.locale)

    def section(self, name: str) -> dict[str, Entry]:
        """All entries of a section by the rest of their keys; empty where there is no such section."""
        start = f"{name}."
        return {key.removeprefix(start): entry for key, entry in self.entries.items() if key.startswith(start)}

    def pattern(self, key: str, count: object = None) -> str:
        """The text of an entry with its placeholders still in it."""
        entry = self.entries.get(key)
        if entry is None:
            raise LookupError(f"'{key}' is no entry of {SHOWN_FOLDER}/{MODEL}.yml")
        if isinstance(entry, str):
            return entry
        if not isinstance(count, int | float):
            raise LookupError(f"'{key}' has forms by number, but no count was given")
        return entry[self.locale.plural_form(count)]

    def _shown(self, value: object) -> object:
        return format_decimal(value, locale=self.locale) if isinstance(value, int | float) else value


def read_words(language: str, line: int = 0) -> Words:
    """The words of a language; of ``en`` for ``en-GB``, where that has no catalogue of its own.

    Args:
        language: as in ``institution.yml``.
        line: line of ``institution.yml`` that asks for it.

    Raises:
        ContentError: there is no catalogue of this language, or it lacks something; with every problem.
    """
    name = next((name for name in (language, language[:2]) if (FOLDER / f"{name}.yml").is_file()), None)
    locale = _locale(language)
    if name is None or locale is None:
        message = f"is '{language}', but there are no words in this language; copy {SHOWN_FOLDER}/{MODEL}.yml to "
        message += f"{SHOWN_FOLDER}/{language}.yml and translate it"
        if locale is None:
            message = f"is '{language}', which is no language that is known; write its code, such as 'en' or 'nb'"
        raise ContentError([Problem("institution.yml", line, "language", message)])
    source = _source(name)
    entries, problems = entries_of(source)
    model = entries if name == MODEL else entries_of(_source(MODEL))[0]
    problems += differences(source, entries, model, {*locale.plural_form.tags, "other"})
    if problems:
        raise ContentError(problems)
    return Words(locale, entries)


def _source(name: str) -> Source:
    return read_yaml(FOLDER / f"{name}.yml", f"{SHOWN_FOLDER}/{name}.yml")


def _locale(language: str) -> Locale | None:
    for name in (language, language[:2]):
        try:
            return Locale.parse(name, sep="-")
        except UnknownLocaleError:
            continue
    return None


def _filled(key: str, text: str, values: Mapping[str, object]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise LookupError(f"'{key}' needs a value for '{match[1]}'")
        return str(values[match[1]])

    return PLACEHOLDER.sub(value, text)
