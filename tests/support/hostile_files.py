"""Every hostile file that the tests know, as they make them: notebooks, tricks inside notebooks, and zip files.

A case is its name, what makes it at a desk, and what is said of it. Used one by one, and all of them in one inbox.
"""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from typing import Any

Make = Callable[[Any], Any]


def changed(key: str, value: Any) -> Make:
    """A hand-in in which one thing of the notebook is something else."""
    return lambda desk: desk.answered("nurse-17") | {key: value}


def about(quiz: Any, version: Any) -> Make:
    return changed("metadata", {"peercourse": {"quiz": quiz, "version": version}})


def named(trainee: str) -> Make:
    return lambda desk: desk.answered(trainee)


def drop(desk: Any, name: str) -> Any:
    notebook = desk.answered("nurse-17")
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != name]
    return notebook


def recode(desk: Any, name: str, source: Any) -> Any:
    notebook = desk.answered("nurse-17")
    next(cell for cell in notebook["cells"] if cell["id"] == name)["source"] = source
    return notebook


NO_NOTEBOOK: list[tuple[str, Make, str]] = [
    ("not JSON", lambda _: "Dear trainer, here are my answers", "cannot be read as JSON"),
    ("empty", lambda _: b"", "cannot be read as JSON"),
    ("a picture", lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "cannot be read as JSON"),
    ("UTF-16", lambda desk: json.dumps(desk.answered("nurse-17")).encode("utf-16"), "cannot be read as JSON"),
    ("cut off", lambda desk: json.dumps(desk.answered("nurse-17"))[:-400], "cannot be read as JSON"),
    ("deep", lambda _: "[" * 200_000, "cannot be read as JSON"),
    ("a huge number", lambda _: "9" * 100_000, "cannot be read as JSON"),
    ("a list", lambda _: [1, 2], "it has no cells"),
    ("a string", lambda _: '"x"', "it has no cells"),
    ("null", lambda _: "null", "it has no cells"),
    ("cells are words", changed("cells", "cells"), "it has no cells"),
    ("over 2 MB", lambda desk: json.dumps(desk.answered("nurse-17")) + " " * 2_000_001, "at most 2 MB"),
    ("no metadata", changed("metadata", None), "does not say which quiz"),
    ("no quiz", changed("metadata", {}), "does not say which quiz"),
    ("a strange quiz", about(["corridor"], 1), "does not say which quiz"),
    ("a version that is true", about("corridor", True), "does not say which quiz"),
    ("another quiz", about("somebody-elses", 1), "a quiz that was not released here"),
    ("a quiz by path", about("../../corridor", 1), "a quiz that was not released here"),
    ("another version", about("corridor", 2), "a version of corridor that was not released here (released: 1)"),
    ("no ID", named(""), "the trainee ID is missing"),
    ("no ID cell", lambda desk: drop(desk, "trainee-id"), "the trainee ID is missing"),
    ("ID by path", named("../../../etc/passwd"), "the trainee ID may hold letters, digits and hyphens alone"),
    ("ID with 300 characters", named("n" * 300), "the trainee ID must have 3 to 32 characters"),
    ("ID that runs backwards", named("nurse\u202e71"), "the trainee ID may hold letters"),
    ("ID with a hidden character", named("nurse\u200b17"), "the trainee ID may hold letters"),
    ("ID with a letter that is not seen", named("123\u3164"), "the trainee ID may hold letters"),
    ("ID with a look-alike", named("nursе-17"), "the trainee ID mixes letters of several alphabets"),
    ("ID that is half a character", named("nurse\ud800"), "the trainee ID may hold letters"),
    ("ID as formula", named("=HYPERLINK(1)"), "the trainee ID may hold letters"),
    ("ID as Windows device", named("NUL"), "the trainee ID is a name that Windows keeps"),
    ("ID by code", lambda desk: recode(desk, "trainee-id", "trainee_id = input()"), "the trainee ID is missing"),
]

TRICKS: list[tuple[str, Make]] = [
    ("deleted cells", lambda desk: drop(desk, "first-words-score")),
    ("edited tests", lambda desk: recode(desk, "first-words-score", "2.0")),
    ("sources of odd kinds", lambda desk: recode(desk, "first-words", {"a": [1]})),
    ("cells of odd kinds", lambda desk: desk.answered("nurse-17") | {"cells": [1, None, [], {}, {"metadata": 3}]
                                                                     + desk.answered("nurse-17")["cells"]}),
    ("code for an answer", lambda desk: recode(desk, "first-words", "__import__('os').system('touch canary')")),
    ("answers outside the options", lambda desk: recode(desk, "first-words", "answer_first_words = 'z'")),
    ("an answer that grows", lambda desk: recode(desk, "first-words", "answer_first_words = 'a' * 10**9")),
    ("magic", lambda desk: recode(desk, "which-fit", "%%bash\ntouch canary")),
    ("markers in an answer", lambda desk: recode(desk, "your-words", "### BEGIN MARK SCHEME\n### BEGIN HIDDEN TESTS")),
    ("markers as a choice", lambda desk: recode(desk, "first-words", "answer_first_words = '### END HIDDEN TESTS'")),
    ("half a character", lambda desk: recode(desk, "your-words", "x\ud800y")),
    ("a million words", lambda desk: recode(desk, "your-words", "word " * 300_000)),
]  # fmt: skip

LOST = {
    "sources of odd kinds": 2, "code for an answer": 2, "answers outside the options": 2, "an answer that grows": 2,
    "markers as a choice": 2, "magic": 2.5,
}  # fmt: skip
"""Points of the item that a trick has spoilt."""


def with_id(notebook: Any, trainee: str) -> Any:
    """A tricky notebook as a trainee of this name hands it in."""
    for cell in notebook["cells"]:
        if isinstance(cell, dict) and cell.get("id") == "trainee-id":
            cell["source"] = f"trainee_id = {trainee!r}"
    return notebook


FOLDER = "Ines Roth_4711_assignsubmission_file_/corridor.ipynb"
FLAT = "Tomasz Wit_4712_assignsubmission_file_corridor.ipynb"
OUTSIDE = ("../x.ipynb", "a/../../x.ipynb", "/etc/x.ipynb", "C:/x.ipynb", "..\\x.ipynb", "\\x.ipynb")
"""Names that point out of a zip file."""
NO_ZIP = (b"", b"PK", b"PK\5\6", b"PK\3\4" + b"\0" * 100, b"not a zip file")
TOO_LARGE = "the zip file is too large; unpack it and collect the folder in parts"
LINKED = {
    "/link.ipynb": "it is a link or a device in the zip file, not a file",
    "/inner.zip": "it is a zip file in a zip file; unpack it first",
    "/words.docx": "it is no notebook (.ipynb)",
    "/locked.ipynb": "it is locked with a password",
}
BOMBS = {
    "/a.ipynb": "it has 50.0 MB, and an answer file has at most 2 MB",
    "/b.ipynb": "it is packed far more tightly than any answer file; it may be a zip bomb",
}


def links_and_locks(desk: Any, zipped: Any) -> bytes:
    """A link, a zip file, another file and one with a password."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", zipped({FLAT: desk.answered("nurse-17")}))
        archive.writestr("words.docx", "x")
        archive.writestr("locked.ipynb", "x")
    data = bytearray(buffer.getvalue())
    place = data.rfind(b"PK\1\2", 0, data.rfind(b"locked.ipynb"))
    data[place + 8] |= 1  # the flag that says it is encrypted
    return bytes(data)


def bombs(desk: Any, zipped: Any) -> bytes:
    return bytes(zipped({"a.ipynb": b" " * 50_000_000, "b.ipynb": b"\0" * 1_900_000}))


def liar(desk: Any, zipped: Any) -> bytes:
    """Of nine million bytes, it claims that they are a thousand."""
    data = bytearray(zipped({"a.ipynb": b" " * 9_000_000}))
    place = data.rfind(b"PK\1\2")
    data[place + 24 : place + 28] = struct.pack("<L", 1000)
    return bytes(data)


def endless(desk: Any, zipped: Any) -> bytes:
    """A table of contents of 400 MB."""
    data = bytearray(zipped({FLAT: desk.answered("nurse-17")}))
    place = data.rfind(b"PK\5\6")
    data[place + 12 : place + 16] = struct.pack("<L", 400_000_000)
    return bytes(data)


def endless_in_64_bits(desk: Any, zipped: Any) -> bytes:
    """The same, told by the record for large files alone."""
    data = zipped({FLAT: desk.answered("nurse-17")})
    place = data.rfind(b"PK\5\6")
    long = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 400_000_000, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, place, 1)
    return bytes(data[:place] + long + locator + data[place:])


def outside(name: str) -> Callable[[Any, Any], bytes]:
    return lambda desk, zipped: zipped({name: desk.answered("nurse-17")})


def no_zip(data: bytes) -> Callable[[Any, Any], bytes]:
    return lambda _desk, _zipped: data


ZIPS: list[tuple[str, Callable[[Any, Any], bytes], dict[str, str]]] = [
    ("links and locks", links_and_locks, LINKED),
    ("bombs", bombs, BOMBS),
    ("liar", liar, {"/a.ipynb": "it "}),
    ("endless", endless, {"": TOO_LARGE}),
    ("endless in 64 bits", endless_in_64_bits, {"": TOO_LARGE}),
    *((f"outside {number}", outside(name), {f"/{name}": "its name points out of the zip file"})
      for number, name in enumerate(OUTSIDE)),
    *((f"no zip {number}", no_zip(data), {"": "it is no zip file, or a damaged one"})
      for number, data in enumerate(NO_ZIP)),
]  # fmt: skip
"""What is said of each entry, by its name in the zip file; of the zip file where that is empty."""
