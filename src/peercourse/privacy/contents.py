"""What a file says, as text to be searched: plain text, escapes undone, parts of zip files and workbooks, PDF."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

LARGEST = 100_000_000
"""Bytes of a file, or of all parts of a zip file together, that are looked into."""
MOST_PARTS = 20_000
DEEPEST = 3
CLOSED = {
    b"SQLite format 3\x00": "it is a database that this program did not make",
    b"\x1f\x8b": "it is a compressed file",
    b"7z\xbc\xaf\x27\x1c": "it is a compressed file",
    b"Rar!": "it is a compressed file",
    b"\xd0\xcf\x11\xe0": "it is a file of an old Office, or a locked one",
}
"""First bytes of files whose text is not looked for, which is said rather than passed over."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[bfnrt\"\\/])")
_PDF_BREAK = re.compile(r"(?<=-)\s*\n\s*")


class UnreadableError(Exception):
    """A file cannot be looked into; the message says why."""


@dataclass
class _Room:
    """How many more bytes may be unpacked out of a file, and out of all zip files in it together."""

    left: int


def texts_of(data: bytes, depth: int = 0, room: _Room | None = None) -> Iterator[str]:
    """Everything that a file says.

    Args:
        data: its bytes.
        depth: how many zip files it lies in.
        room: what the outermost of them leaves to be unpacked.

    Raises:
        UnreadableError: it, or a part of it, cannot be looked into.
    """
    if closed := next((why for start, why in CLOSED.items() if data.startswith(start)), None):
        raise UnreadableError(closed)
    if data.startswith(b"PK\x03\x04"):
        yield from _zip_texts(data, depth, room or _Room(LARGEST))
    elif data.startswith(b"%PDF-"):
        yield _pdf_text(data)
    else:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")
        yield html.unescape(text) if "&" in text else text
        if "\\" in text:  # as JSON writes it; a backslash may also be one, as in the name of a folder
            yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)


def _zip_texts(data: bytes, depth: int, room: _Room) -> Iterator[str]:
    if depth >= DEEPEST:
        raise UnreadableError("zip files lie in it too deep")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            room.left -= sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or room.left < 0:
                raise UnreadableError("it is far larger unpacked")
            for part in parts:
                yield part.filename
                if not part.is_dir():
                    yield from texts_of(archive.read(part), depth + 1, room)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise UnreadableError("it is a damaged or locked zip file or workbook") from None


def _pdf_text(data: bytes) -> str:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a damaged PDF is reported by us, once
    try:
        reader = PdfReader(io.BytesIO(data))
        about = " ".join(str(value) for value in (reader.metadata or {}).values())
        pages = "\n".join(page.extract_text() for page in reader.pages)
    except Exception:  # pypdf raises many kinds at a damaged or crafted file
        raise UnreadableError("it is a damaged or locked PDF") from None
    return f"{about}\n{_PDF_BREAK.sub('', pages)}"
