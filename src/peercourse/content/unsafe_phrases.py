"""Phrases that the course must not use (``evidence/unsafe-phrases.yaml``), and where a text uses one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from peercourse.content.model import ContentModel, Identifier, Text
from peercourse.content.problems import ContentError
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import Source, read_yaml

FILE = "evidence/unsafe-phrases.yaml"

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\n": " ", "*": ""})
_SENTENCE_ENDS = re.compile(r"[.!?]")
_REFUSED = re.compile(
    r"(?:\b(?:never|not|cannot|without|instead of|rather than|avoid|nothing|nobody|no one)|n't) "
    # "never promise …", "nothing here says that …", "do not say '…' or '…'"
    r"(?:(?:\w+ ){0,4}(?:say|promis|tell|ask|call|use|using|writ|hear|suggest)\w*:?"
    r"(?: \w+){0,2}(?: [\"'][^.!?]*)?)?[ \"']*$"
)
"""What stands before a phrase in its sentence where the sentence refuses it."""


def _usable(phrase: str) -> str:
    try:
        re.compile(phrase)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error}); put '\\' before a sign that stands for itself") from None
    if re.search(r"[A-Z’‘“”]", re.sub(r"\\.", "", phrase)):
        raise ValueError("has a capital or a curly quote, which would never be found; write small letters and ' or \"")
    return phrase


Phrase = Annotated[Text, AfterValidator(_usable)]
"""A regular expression in small letters, with straight quotes and single spaces; it matches whole words."""


class UnsafeKind(ContentModel):
    """Phrases that are unsafe for one reason.

    Attributes:
        id: names the kind in messages.
        why: what is wrong with them.
        instead: what to write.
        phrases: the phrases.
        where_also: they count only in a text in which one of these stands too; always where empty.
        not_with: they do not count in a sentence in which one of these stands.
        everywhere: true where even a counter-example must not show them.
        colleague_may: true where the colleague who is to be supported may say them.
        based_on: the facts behind it.
        from_memory: true where it rests on professional judgement.
    """

    id: Identifier
    why: Text
    instead: Text
    phrases: tuple[Phrase, ...] = Field(min_length=1)
    where_also: tuple[Phrase, ...] = ()
    not_with: tuple[Phrase, ...] = ()
    everywhere: bool = False
    colleague_may: bool = False
    based_on: tuple[str, ...] = ()
    from_memory: bool = False


@dataclass(frozen=True)
class Use:
    """A use of an unsafe phrase: its kind, its words, and their place in the text."""

    kind: UnsafeKind
    words: str
    place: int


@dataclass(frozen=True)
class UnsafePhrases:
    """The list, ready to be looked for.

    Attributes:
        kinds: the kinds in the order of the file.
        source: the file.
    """

    kinds: tuple[UnsafeKind, ...]
    source: Source

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return _whole_words([phrase for kind in self.kinds for phrase in kind.phrases])

    @cached_property
    def _patterns(self) -> list[tuple[UnsafeKind, re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None]]:
        return [
            (
                kind,
                _whole_words(kind.phrases),
                _whole_words(kind.where_also) if kind.where_also else None,
                _whole_words(kind.not_with) if kind.not_with else None,
            )
            for kind in self.kinds
        ]

    def uses(self, text: str) -> Iterator[Use]:
        """Every unsafe use in a text, refusals such as "never say …" apart."""
        plain = text.translate(_STRAIGHT).lower()
        if not self._any.search(plain):  # true of nearly every text, and quicker than each kind in turn
            return
        for kind, phrases, where_also, not_with in self._patterns:
            if where_also and not where_also.search(plain):
                continue
            for match in phrases.finditer(plain):
                before, sentence = _around(plain, match)
                if not _REFUSED.search(before) and not (not_with and not_with.search(sentence)):
                    yield Use(kind, text[match.start() : match.end()], match.start())


def read_unsafe_phrases(root: Path) -> UnsafePhrases:
    """Read the list.

    Raises:
        ContentError: the file is missing or not as it should be, or two kinds share an id.
    """
    source = read_yaml(root / FILE, FILE)
    kinds = read_model(source, tuple[UnsafeKind, ...])
    ids = [kind.id for kind in kinds]
    twice = [
        source.problem((place, "id"), f"'{name}' stands twice; rename one of them")
        for place, name in enumerate(ids)
        if name in ids[:place]
    ]
    if twice:
        raise ContentError(twice)
    return UnsafePhrases(kinds, source)


def _whole_words(phrases: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})(?!\w)")


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The part of its sentence before a match, and the whole sentence."""
    start = max((end.end() for end in _SENTENCE_ENDS.finditer(text, 0, match.start())), default=0)
    end = _SENTENCE_ENDS.search(text, match.end())
    return text[start : match.start()], text[start : end.start() if end else len(text)]
