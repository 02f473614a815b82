"""Files of an inbox that are made to stop a search."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from peercourse.privacy import contents
from peercourse.privacy.contents import UnreadableError, texts_of
from peercourse.privacy.names import Names
from peercourse.privacy.search import search_files


def zip_of(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_zips_in_a_zip_share_one_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each small enough, and a million of them: 42 kB are enough to keep a computer busy for days."""
    monkeypatch.setattr(contents, "LARGEST", 10_000)
    inner = zip_of({"a": b" " * 9000})
    assert " " * 9000 in texts_of(zip_of({"one.zip": inner}))
    with pytest.raises(UnreadableError, match="far larger unpacked"):
        list(texts_of(zip_of({"one.zip": inner, "two.zip": inner})))


def test_folders_in_folders_without_end_are_searched(tmp_path: Path) -> None:
    made, here = [], Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(sys.getrecursionlimit() + 100):
            Path("a").mkdir()
            os.chdir("a")
            made.append("a")
        Path("note.txt").write_text("nurse-17")
        os.chdir(here)
        found = search_files(tmp_path, Names(frozenset({"nurse-17"})), lambda *_: None)
        assert [name.rpartition("/")[2] for name in found.named] == ["note.txt"]
    finally:  # from the inside out: shutil.rmtree calls itself once a folder
        os.chdir(tmp_path)
        os.chdir("/".join(made))
        Path("note.txt").unlink(missing_ok=True)
        for _ in made:
            os.chdir("..")
            Path("a").rmdir()
        os.chdir(here)


def test_a_link_to_the_folder_is_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "note.txt").write_text("nurse-17")
    (tmp_path / "inbox").symlink_to(tmp_path / "real")
    assert search_files(tmp_path / "inbox", Names(frozenset({"nurse-17"})), lambda *_: None).named == ["note.txt"]
