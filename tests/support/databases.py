"""A real PostgreSQL: a server for each test process, in a temporary folder, and a database for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from postgres import server_programs

NO_POSTGRES = (
    "no PostgreSQL: pg_ctl is neither on PATH nor in /usr/lib/postgresql (get it with: apt-get install postgresql)"
)
OWNER = "peercourse"
SETTINGS = "-c listen_addresses= -c fsync=off -c max_connections=40"
"""No network, and no waiting for the disk: nothing in it outlives the tests."""


def unprivileged() -> dict[str, Any]:
    """Options to run a program as somebody else than root, as PostgreSQL insists; none where it is not root."""
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def run(folder: Path, program: Path, *words: str) -> None:
    """Run one of PostgreSQL's programs; what it says is in a file, since the server inherits where it may write."""
    said = folder / "said.txt"
    with said.open("w") as out:
        status = subprocess.call([program, *words], cwd=folder, stdout=out, stderr=out, **unprivileged())
    assert status == 0, f"{program.name} stopped: {said.read_text()}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """The folder of a server's socket. Without PostgreSQL its tests are skipped by name, and fail where CI=true."""
    programs = server_programs() if os.name == "posix" else None
    if programs is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_POSTGRES)
    # Not among pytest's own folders: only root may enter them, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="peercourse-postgres-"))
    data = folder / "data"
    try:
        if account := unprivileged():
            os.chown(folder, account["user"], account["group"])
        options = ("--auth=trust", f"--username={OWNER}", "--encoding=UTF8", "--locale=C", "--no-sync")
        run(folder, programs / "initdb", "-D", str(data), *options)
        run(folder, programs / "pg_ctl", "-D", str(data), "-w", "-o", f"{SETTINGS} -k {folder}", "start")
        try:
            yield folder
        finally:
            run(folder, programs / "pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_database(postgres_server: Path) -> Callable[[], str]:
    """Makes an empty database and gives its address."""
    import psycopg

    numbers = count(1)

    def make() -> str:
        name = f"gradebook_{next(numbers)}"
        with psycopg.connect(host=str(postgres_server), user=OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql://{OWNER}@/{name}?host={postgres_server}"

    return make


@pytest.fixture
def database(new_database: Callable[[], str]) -> str:
    """The address of an empty database."""
    return new_database()
