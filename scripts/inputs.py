"""A stamp of all that a site is made of, so that a build with nothing new ends at once. Standard library alone."""

import hashlib
import json
import os
from pathlib import Path

from environment import ROOT, VENV

SOURCES = (
    "book",
    "modules",
    "quizzes",
    "evidence",
    "handbook",
    "src",
    "_config.yml",
    "index.md",
    "_toc.yml",
    "institution.yml",
    "requirements.lock",
    "pyproject.toml",
)
STAMP = ROOT / ".cache" / "stamp.json"
IGNORED = {"__pycache__", ".DS_Store"}


def files_below(path):
    """All files below a path, sorted, caches left out."""
    if path.is_file():
        return [path]
    found = []
    for folder, names, files in os.walk(path):
        names[:] = sorted(name for name in names if name not in IGNORED and not name.endswith(".egg-info"))
        found += [Path(folder, name) for name in sorted(files) if name not in IGNORED]
    return found


def digest(mode, extra=()):
    """Hash of names and contents of all sources, and of the mode.

    Args:
        mode: "preview" or "publish".
        extra: further folders, such as a private folder of banks.
    """
    total = hashlib.sha256(mode.encode())
    for place in [*(ROOT / name for name in SOURCES), *extra]:
        if place.exists():
            for file in files_below(place):
                total.update(str(file).encode())
                total.update(hashlib.sha256(file.read_bytes()).digest())
    total.update(str(VENV).encode())
    return total.hexdigest()


def site_listing(site):
    """Name, size and time of every file of a site, to notice a site that was changed or deleted."""
    total = hashlib.sha256()
    for file in files_below(site):
        status = file.stat()
        total.update(f"{file} {status.st_size} {status.st_mtime_ns}".encode())
    return total.hexdigest()


def private_banks():
    """The folder that institution.yml names for banks, where it lies outside the repository."""
    for line in (ROOT / "institution.yml").read_text(encoding="utf-8").splitlines():
        if line.startswith("quizzes_folder:"):
            return [ROOT / line.split(":", 1)[1].strip().strip("\"'")]
    return []


def unchanged(wanted, site):
    """Whether the site was built from just these sources and is still as it was built."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return stamp == {"sources": wanted, "site": site_listing(site)}


def remember(wanted, site):
    """Note what the site was built from."""
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(json.dumps({"sources": wanted, "site": site_listing(site)}), encoding="utf-8")
