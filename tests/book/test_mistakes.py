"""A mistake on a page fails the build, and the message names file and line and says what to write instead."""

from __future__ import annotations

import pytest

MISTAKES = {
    "first.md:6": "'hearing-F03' has no entry in book/references.bib",
    "first.md:8": "'hearing-F99' is not in evidence/",
    "first.md:10": "self-check: 'no-such-check' is not in practice/self-checks.yml of this module (which-reply)",
    "first.md:13": "graded-quiz: 'no-such-quiz' is no graded bank (m1-one)",
    "first.md:16": "figure-svg: 'circle' has no ':alt:'",
    "first.md:20": "there is no book/figures/no-such-drawing.svg",
    "first.md:24": "line 27: 0.because is not a field that is known here",
    "first.md:30": "carry: is empty; write a YAML list in it",
    "first.md:33": "'{carry' is no directive",
    "first.md": "the page cites facts and has no list of them",
    "people.md:3": "self-check: stands outside a module",
}


def test_a_build_with_mistakes_fails(bad_book) -> None:
    assert bad_book.status != 0


@pytest.mark.parametrize("place", MISTAKES)
def test_a_mistake_is_named_with_its_place(bad_book, place) -> None:
    found = [line for line in bad_book.complaints() if f"{place}:" in line and MISTAKES[place] in line]
    assert found, "\n".join(bad_book.complaints())


def test_one_run_reports_them_all_and_nothing_else(bad_book) -> None:
    assert len(bad_book.complaints()) == len(MISTAKES), "\n".join(bad_book.complaints())
