"""A workbook is somebody's file: bombs, macros, links, crafted XML. A sentence each, soon, and nothing written."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peercourse.grading.files import GradingError
from peercourse.marking.opening import LARGEST_FRAME, LARGEST_UNPACKED, MOST_PARTS

SHEET = "xl/worksheets/sheet1.xml"
SHARED, KIND = "xl/sharedStrings.xml", "vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def with_parts(path: Path, changes: dict[str, Callable[[str], str]], more: dict[str, bytes] | None = None) -> Path:
    """Rewrite parts of a workbook as text, and add others."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **(more or {})}.items():
            archive.writestr(name, data)
    return path


def refused(marking: Any, path: Path, sentence: str) -> None:
    before = marking.stored()
    with pytest.raises(GradingError, match=sentence):
        marking.give(path)
    assert marking.stored() == before


def shared(path: Path) -> Path:
    """A workbook as Excel and LibreOffice save it: all words in a part of their own, and numbers in their place."""
    words: list[str] = []

    def number(found: re.Match[str]) -> str:
        words.append(found.group(2))
        return f'{found.group(1)}t="s"><v>{len(words) - 1}</v>'

    def words_out(xml: str) -> str:
        return re.sub(r'(<c [^>]*)t="inlineStr"><is>(.*?)</is>', number, xml, flags=re.DOTALL)

    def listed(xml: str) -> str:
        entry = f'<Override PartName="/{SHARED}" ContentType="application/{KIND}"/>'
        return xml.replace("</Types>", f"{entry}</Types>")

    with_parts(path, {SHEET: words_out, "[Content_Types].xml": listed})
    strings = "".join(f"<si>{text}</si>" for text in words)
    return with_parts(path, {}, {SHARED: f'<sst xmlns="{MAIN}">{strings}</sst>'.encode()})


def test_a_file_with_its_words_in_a_part_of_their_own_is_read(cohort: Any, marked: Path) -> None:
    assert cohort.give(shared(marked)).entered == 4


def test_what_is_no_workbook(cohort: Any, marked: Path, tmp_path: Path) -> None:
    refused(cohort, tmp_path / "gone.xlsx", "is not there")
    for name, data in (("text.xlsx", b"code,points\n"), ("empty.xlsx", b""), ("cut.xlsx", marked.read_bytes()[:5000])):
        (tmp_path / name).write_bytes(data)
        refused(cohort, tmp_path / name, "is no Excel workbook")
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    refused(cohort, tmp_path / "zip.xlsx", "is damaged or is no Excel workbook")
    from openpyxl import Workbook

    Workbook().save(tmp_path / "other.xlsx")
    refused(cohort, tmp_path / "other.xlsx", "is no marking file: the hidden sheet 'About' is missing")


def test_bombs_are_refused_before_they_are_unpacked(cohort: Any, marked: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    bomb.write_bytes(marked.read_bytes())
    zeros = b"\0" * (LARGEST_UNPACKED // 20)
    with_parts(bomb, {}, {f"xl/media/{number}.bin": zeros for number in range(21)})
    assert bomb.stat().st_size < 1_000_000
    refused(cohort, bomb, "zip bomb")
    for name, piece in (("xl/styles.xml", b"<xf/>"), ("xl/sharedStrings.xml", b"<si/>")):  # half a minute each to read
        swollen = tmp_path / "swollen.xlsx"
        swollen.write_bytes(marked.read_bytes())
        refused(cohort, with_parts(swollen, {}, {name: piece * (LARGEST_FRAME // 4)}), "zip bomb")
    crowd = tmp_path / "crowd.xlsx"
    crowd.write_bytes(marked.read_bytes())
    refused(cohort, with_parts(crowd, {}, {f"xl/{number}": b"" for number in range(MOST_PARTS)}), "zip bomb")


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("xl/externalLinks/externalLink1.xml", "links to another file"),
        ("xl/vbaProject.bin", "a macro"),
        ("XL/EMBEDDINGS/oleObject1.bin", "an embedded file"),
        ("xl/connections.xml", "a connection to other data"),
        ("xl/activeX/activeX1.xml", "a control"),
    ],
)
def test_what_no_marking_file_holds(cohort: Any, marked: Path, part: str, what: str) -> None:
    refused(cohort, with_parts(marked, {}, {part: b"x"}), f"holds {what}")


@pytest.mark.parametrize("head", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", SHARED])
def test_entities_are_not_expanded(cohort: Any, marked: Path, part: str, head: str) -> None:
    refused(
        cohort, with_parts(shared(marked), {part: lambda xml: head + re.sub(r"^<\?xml.*?\?>", "", xml)}), "is damaged"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: xml.replace('r="2"', 'r="two"', 1),
        lambda xml: xml.replace('r="D2"', 'r="💥"', 1),
        lambda xml: re.sub(r'(<c r="A2"[^>]*)t="inlineStr"><is>.*?</is>', r'\1t="s"><v>999999</v>', xml),
        lambda xml: re.sub(r"(<c r=\"D2\"[^>]*><v>)[^<]*", r"\g<1>nan", xml),
    ],
    ids=["cut", "row", "cell", "string", "nan"],
)
def test_crafted_sheets_are_damaged_files_and_nothing_worse(cohort: Any, marked: Path, change: Any) -> None:
    refused(cohort, with_parts(marked, {SHEET: change}), "is damaged")


def test_a_cell_a_million_rows_down_costs_nothing(cohort: Any, marked: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    assert cohort.give(with_parts(marked, {SHEET: lambda xml: xml.replace("</sheetData>", far)})).taken == 4


@pytest.mark.parametrize("formula", ["<f>1+1</f>", '<f t="shared" si="7"/>', '<f t="array" ref="D2">1</f>'])
def test_a_formula_is_refused_whatever_value_is_kept_beside_it(cohort: Any, marked: Path, formula: str) -> None:
    changed = with_parts(marked, {SHEET: lambda xml: re.sub(r'(<c r="D2"[^>]*>)(<v>)', rf"\1{formula}\2", xml)})
    refused(cohort, changed, r"row 2, column D \(feeling\): a formula stands there")
