"""The reading grade of lessons: the school year, by Flesch and Kincaid, from which most people read a text with ease.

Only running text counts. Headings, figures, tables and boxes hold short lines, which would make a hard page look easy.
Words of the glossary count as short ones, since their page explains them. The formula is for English alone; it is from
Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas for Navy enlisted personnel.
Naval Technical Training Command, 1975.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import syllapy

from peercourse.content.course import Course
from peercourse.content.problems import Problem, relative_name
from peercourse.content.prose import Passage, passages

HIGHEST_GRADE = 9.0
GLOSSARY = "book/glossary.md"
SHORTEST = 8
"""Words from which a sentence may be named as the hardest; the grade of a shorter one hangs on a single word."""

_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"”'’)*]*(?=\s)|\Z)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_GLOSSARY = re.compile(r"^`{3}\{glossary\}\n(.*?)^`{3}$", re.DOTALL | re.MULTILINE)
_TERM = re.compile(r"^\S.*$", re.MULTILINE)
_NO_TERM = re.compile(r"(?!)")


@dataclass(frozen=True)
class Sentence:
    """A sentence: where it starts, its words as they stand, and how many words and syllables count."""

    line: int
    text: str
    words: int
    syllables: int


def reading_grade_problems(course: Course) -> Iterator[Problem]:
    """Lessons that read harder than they should, each with its grade and its hardest sentence."""
    if course.institution.language.split("-")[0] != "en":
        return
    explained = explained_words(course.root)
    for module in course.modules:
        for lesson in module.lessons:
            sentences = list(sentences_of(passages(lesson.path.read_text(encoding="utf-8")), explained))
            found = grade(sentences)
            if found > HIGHEST_GRADE:
                hardest = max(sentences, key=lambda one: (one.words >= SHORTEST, grade([one])))
                name = relative_name(lesson.path, course.root)
                yield Problem(name, hardest.line, "reading grade", _advice(found, hardest))


def grade(sentences: list[Sentence]) -> float:
    """The Flesch–Kincaid grade; 0 for no words, and never below 0."""
    words = sum(sentence.words for sentence in sentences)
    if not words:
        return 0.0
    syllables = sum(sentence.syllables for sentence in sentences)
    return max(0.39 * words / len(sentences) + 11.8 * syllables / words - 15.59, 0.0)


def _advice(found: float, hardest: Sentence) -> str:
    begin = f"'{' '.join(hardest.text.split()[:6])} …' ({hardest.words} words)"
    wanted = f"write shorter sentences and plainer words until it is {HIGHEST_GRADE:.0f} or lower"
    return f"is {found:.1f}; {wanted}. The hardest sentence is {begin}"


def sentences_of(page: Iterator[Passage], explained: re.Pattern[str]) -> Iterator[Sentence]:
    """Sentences of a page's running text.

    Args:
        page: its passages.
        explained: what counts as short words.
    """
    for passage in page:
        if passage.kind != "prose":
            continue
        for match in _SENTENCE.finditer(passage.text):
            plain = explained.sub(lambda term: " ".join("x" for _ in term[0].split()), match[0])
            words = _WORD.findall(plain)
            if words:
                yield Sentence(passage.line_at(match.start()), match[0], len(words), sum(map(syllables_of, words)))


def syllables_of(word: str) -> int:
    """Syllables of a word. A figure counts as one, whichever way it is read."""
    return max(int(syllapy.count(word.replace("’", "'"))), 1)


def explained_words(root: Path) -> re.Pattern[str]:
    """A pattern for the terms of the glossary, one or several of each; one that fits nothing where there is none."""
    path = root / GLOSSARY
    found = _GLOSSARY.search(path.read_text(encoding="utf-8")) if path.exists() else None
    terms = sorted(_TERM.findall(found[1]), key=len, reverse=True) if found else []
    if not terms:
        return _NO_TERM
    shapes = ("\\s+".join(map(re.escape, term.split())) for term in terms)
    return re.compile(rf"\b(?:{'|'.join(shapes)})(?:s|es)?\b", re.IGNORECASE)
