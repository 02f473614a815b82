"""Where PostgreSQL's own programs are, and how to get them for the tests. Standard library alone."""

import os
import re
import shutil
import subprocess
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
"""Debian and Ubuntu keep the server's programs here, a folder a version, and not on PATH."""


def server_programs():
    """The folder with ``initdb`` and ``pg_ctl``, of the newest version; None where there is none."""
    versions = sorted(
        DEBIAN.glob("*/bin/pg_ctl"), key=lambda path: [int(part) for part in re.findall(r"\d+", str(path))]
    )
    on_path = shutil.which("pg_ctl")
    found = [*([Path(on_path).resolve()] if on_path else []), *versions]
    return next((path.parent for path in reversed(found) if (path.parent / "initdb").exists()), None)


def ensure_postgres():
    """Debian's package where PostgreSQL is missing and can be had; the tests say what to do where it cannot."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if server_programs() is not None or not root or shutil.which("apt-get") is None:
        return
    print("No PostgreSQL is installed; trying Debian's package.", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-qq", "--yes", "--no-install-recommends", "postgresql"]):
        subprocess.call(["apt-get", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
