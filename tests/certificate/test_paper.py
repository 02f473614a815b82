"""The paper: tagged, with a title and a language, one page, every name as it is written, never an empty box."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from peercourse.certificate.model import Completed, Signer
from peercourse.certificate.paper import UnshownError, is_made_of, paper
from peercourse.certificate.wording import wording
from peercourse.print.typeset import TEMPLATES
from peercourse.words import read_words

DEFAULT = TEMPLATES / "certificate.typ"
MARKUP = '#read("/etc/passwd") $x$ @ref *b* _i_ <l> `r` //c ~ -- \'"'


def data_of(helpers: Any, **fields: Any) -> dict[str, Any]:
    return wording(helpers.certificate_of(**fields), "ab" * 32, "", read_words("en"))


def test_it_is_tagged_titled_in_a_language_and_on_one_sheet(helpers: Any) -> None:
    pieces = tuple(Completed(kind="quiz", title=f"Recognising signs {number}", version=1) for number in range(7))
    signers = tuple(Signer(name="Dr Asta Lind", role="Clinical lead, peer support") for _ in range(3))
    pdf = paper(
        data_of(helpers, name="Maximiliana " * 6 + "O’Neill", completed=pieces, signatories=signers, hours="14",
                standing="specimen", replaces="2222-3333-4444-5555", course_version="2026"), DEFAULT,
    )  # fmt: skip
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages] == [(595, 842)]
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Certificate, Peer support course: Maximiliana")
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()  # type: ignore[index]


def test_it_says_all_that_was_signed_and_how_to_check(helpers: Any) -> None:
    data = data_of(helpers, kind="theory-completed")
    shown = helpers.words_of_pdf(paper(data, DEFAULT))
    command = "peercourse certificate verify theory-completed-7KQ2-M9XT-44HV-RRC8.json"
    facts = ("St Bridget's Hospital", "Active listening", "7KQ2-M9XT-44HV-RRC8", "26 November 2027", "ab" * 32)
    boosters = "boosters for one, three, six and twelve months", "Nobody checks whether they are done"
    for said in ("Ines Roth", "Trainee ID: nurse-17", command, *facts, *boosters, *data["statement"]):
        assert said in shown


@pytest.mark.parametrize("field", ["name", "trainee", "institution", "course_version"])
def test_markup_in_a_text_is_text(helpers: Any, field: str) -> None:
    shown = helpers.words_of_pdf(paper(data_of(helpers, **{field: MARKUP}), DEFAULT))
    assert MARKUP in shown.replace("“", '"').replace("”", '"').replace("’", "'")
    assert "root:" not in shown


@pytest.mark.parametrize("name", ["Ngũgĩ wa Thiong’o", "Ελένη Γεωργίου", "Ірина Шевченко", "שרה לוי"])
def test_names_of_several_scripts_are_shown_with_the_fonts_that_come_along(helpers: Any, name: str) -> None:
    pdf = paper(data_of(helpers, name=name), DEFAULT)
    shown = helpers.words_of_pdf(pdf)
    assert all(letter in shown for letter in name if letter.isalpha() and letter.isascii())
    assert paper(data_of(helpers, name=name), DEFAULT) == pdf


def test_a_sign_that_no_font_has_stops_the_paper_and_is_named(helpers: Any) -> None:
    with pytest.raises(UnshownError, match="no font on this machine shows '\U0001308b'"):  # a hieroglyph
        paper(data_of(helpers, name="Ines \U0001308b"), DEFAULT)


def test_a_paper_knows_of_what_it_was_made(helpers: Any, tmp_path: Any) -> None:
    data = data_of(helpers)
    pdf = paper(data, DEFAULT)
    assert is_made_of(pdf, data, DEFAULT)
    assert not is_made_of(pdf, data_of(helpers, name="Another"), DEFAULT)
    other = tmp_path / "certificate.typ"
    other.write_text(DEFAULT.read_text("utf-8") + "// mine\n", "utf-8")
    assert not is_made_of(pdf, data, other)
