"""Zip files, as Moodle's "download all submissions" makes them. Nothing is unpacked: entries are read in memory."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from peercourse.grading.inbox import (
    ENDINGS,
    LARGEST_FILE,
    MOST_FILES,
    PASSED_OVER,
    Candidate,
    Refusal,
    origin_in_zip,
    participant_of,
    too_large,
)

LARGEST_ZIP = 500_000_000
LARGEST_TOTAL = 2_000_000_000
LARGEST_DIRECTORY = 10_000_000
HIGHEST_RATIO = 100
"""Unpacked to packed size. Answer files have about 5; a bomb has 1,000 and more."""
UNSAFE = (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)


def read_zip(path: Path, name: str) -> Iterator[Candidate | Refusal]:
    """Every entry of a zip file as a candidate, or with the reason why not.

    Args:
        path: the zip file.
        name: its name in the inbox.
    """
    status = path.stat()
    size = status.st_size
    # A participant's own zip file holds the times that the participant gave it; that of the upload is the file's.
    uploaded = datetime.fromtimestamp(status.st_mtime, UTC) if participant_of(name) else None
    if size > LARGEST_ZIP or _directory_size(path) > LARGEST_DIRECTORY:
        yield Refusal(name, "the zip file is too large; unpack it and collect the folder in parts")
        return
    try:
        archive = zipfile.ZipFile(path)
    except UNSAFE:
        yield Refusal(name, "it is no zip file, or a damaged one")
        return
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES:
            yield Refusal(name, f"it holds more than {MOST_FILES:,} files; unpack it and collect it in parts")
            return
        if sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
            yield Refusal(name, "unpacked it would be larger than any set of submissions; it may be a zip bomb")
            return
        for entry in sorted(entries, key=lambda entry: entry.filename):
            shown = f"{name}/{entry.filename}"
            if not PASSED_OVER.search(entry.filename):
                why = _unsafe(entry)
                origin = origin_in_zip(name, entry.filename)
                yield Refusal(shown, why) if why else _candidate(archive, entry, shown, origin, uploaded)


def _unsafe(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not read; empty if it may be."""
    name = entry.orig_filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\0" in name:
        return "its name points out of the zip file"
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "it is a link or a device in the zip file, not a file"
    if entry.flag_bits & 0x1:
        return "it is locked with a password"
    if name.lower().endswith(".zip"):
        return "it is a zip file in a zip file; unpack it first"
    if not name.lower().endswith(ENDINGS):
        return "it is no notebook (.ipynb)"
    if entry.file_size > LARGEST_FILE:
        return too_large(entry.file_size)
    if entry.file_size > 100_000 and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        return "it is packed far more tightly than any answer file; it may be a zip bomb"
    return ""


def _candidate(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, origin: str, uploaded: datetime | None
) -> Candidate | Refusal:
    try:
        with archive.open(entry) as file:
            data = file.read(LARGEST_FILE + 1)
        # A zip file holds local time without a zone: that of the machine that made it, most often the trainer's.
        time = uploaded or datetime(*entry.date_time).astimezone(UTC)
    except UNSAFE:
        return Refusal(name, "it is damaged")
    if len(data) > LARGEST_FILE:
        return Refusal(name, too_large(len(data)))
    return Candidate(name, origin, data, time)


def _directory_size(path: Path) -> int:
    """Bytes of a zip's table of contents as its last record says, read before zipfile loads all of it."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 66_000, 0))
        tail = file.read()
    # The same record that zipfile takes: one without a comment first, and then its 64-bit companion before it.
    place = len(tail) - 22 if tail[-22:-18] == b"PK\5\6" and tail[-2:] == b"\0\0" else tail.rfind(b"PK\5\6")
    if place < 0 or place + 16 > len(tail):
        return 0  # no zip file; zipfile says so
    size = int(struct.unpack("<L", tail[place + 12 : place + 16])[0])
    if place >= 76 and tail[place - 20 : place - 16] == b"PK\6\7":
        size = max(size, int(struct.unpack("<Q", tail[place - 36 : place - 28])[0]))
    return size
