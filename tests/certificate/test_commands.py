"""The commands as people run them: keys once, issue, verify without a course folder."""

from __future__ import annotations

import datetime
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from peercourse.certificate.keys import public_pem
from peercourse.certificate.signing import sign
from peercourse.cli import main

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["certificate", *map(str, arguments)])


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder as far as the keys need one."""
    folder = tmp_path / "hospital"
    folder.mkdir()
    for name in ("institution.yml", "_toc.yml"):
        shutil.copy(ROOT / name, folder / name)
    monkeypatch.chdir(folder)
    return folder


def test_the_pair_is_made_once_and_never_written_over(here: Path) -> None:
    first = run("key")
    assert first.exit_code == 0, first.output
    private, public = here / "grading/certificates/certificate-key.private.pem", here / "certificate-key.pem"
    assert "Made a pair of keys." in first.output
    assert "Back the private key up" in first.output
    if os.name == "posix":
        assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert (here / "grading/certificates/.gitignore").read_text("utf-8").endswith("\n*\n")
    assert b"PRIVATE" not in public.read_bytes()
    before = private.read_bytes(), public.read_bytes()
    again = run("key")
    assert "is there already; nothing was overwritten" in again.output
    assert (private.read_bytes(), public.read_bytes()) == before
    public.unlink()
    run("key")
    assert public.read_bytes() == before[1]


def test_a_key_that_is_missing_or_of_another_pair_is_named(here: Path) -> None:
    run("key")
    private = here / "grading/certificates/certificate-key.private.pem"
    kept = private.rename(here / "kept.pem")
    lost = run("key")
    assert (lost.exit_code, private.exists()) == (1, False)
    assert "copy certificate-key.private.pem there from your back-up" in lost.output
    (here / "certificate-key.pem").rename(here / "old.pem")
    run("key")
    (here / "old.pem").replace(here / "certificate-key.pem")
    assert "does not belong to" in run("key").output
    private.write_bytes(b"")
    assert "holds no private key of ours" in run("key").output
    kept.replace(private)
    assert run("key").exit_code == 0


@pytest.fixture
def shown(tmp_path: Path, helpers: Any, key: Ed25519PrivateKey, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is no course folder, as of somebody who was shown a certificate and has the institution's key."""
    folder = tmp_path / "ward"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "hospital.pem").write_bytes(public_pem(key.public_key()))
    (folder / "certificate.json").write_bytes(sign(helpers.certificate_of(), key))
    return folder


def test_verify_says_what_is_certified_and_for_how_long(shown: Path, helpers: Any, key: Ed25519PrivateKey) -> None:
    long = {"issued": "2026-11-26", "valid_until": "2999-01-01"}
    for name, fields, status, says in (
        ("valid", long, 0, "VALID: genuine"),
        ("theory", {**long, "kind": "theory-completed"}, 0, "Theory completed: no certificate of competence"),
        ("expired", {"issued": "2019-01-01", "valid_until": "2020-01-01"}, 3, "EXPIRED on 2020-01-01"),
        ("specimen", {**long, "standing": "specimen"}, 4, "SPECIMEN: the signature is right, and it certifies nothing"),
        ("made up", {**long, "standing": "synthetic"}, 4, "SYNTHETIC: the signature is right"),
    ):
        days = {name: datetime.date.fromisoformat(fields[name]) for name in ("issued", "valid_until")}
        (shown / "shown.json").write_bytes(sign(helpers.certificate_of(**{**fields, **days}), key))
        result = run("verify", "shown.json", "--key", "hospital.pem")
        assert (result.exit_code, says in result.output) == (status, True), (name, result.output)
        assert "holder: Ines Roth" in result.output
        assert f"valid until: {fields['valid_until']}" in result.output


def test_verify_says_what_is_wrong(shown: Path, helpers: Any, key: Ed25519PrivateKey) -> None:
    genuine = (shown / "certificate.json").read_bytes()
    (shown / "changed.json").write_bytes(genuine.replace(b"Ines Roth", b"Ivan Roth"))
    (shown / "forged.json").write_bytes(sign(helpers.certificate_of(), Ed25519PrivateKey.generate()))
    (shown / "paper.pdf").write_bytes(b"%PDF-1.7")
    (shown / "photo.json").write_bytes(b"\x89PNG")
    (shown / "private.pem").write_bytes(b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n")
    (shown / "huge.json").write_bytes(b" " * 3_000_000)
    for file, public, says in (
        ("changed.json", "hospital.pem", "NOT GENUINE: it was changed after it was signed"),
        ("forged.json", "hospital.pem", "SIGNED BY ANOTHER KEY"),
        ("paper.pdf", "hospital.pem", "is the paper, which proves nothing; ask for the .json file"),
        ("photo.json", "hospital.pem", "NOT A CERTIFICATE: the file is no JSON text."),
        ("huge.json", "hospital.pem", "NOT A CERTIFICATE: the file is larger than 64 kB."),
        ("missing.json", "hospital.pem", "missing.json cannot be read"),
        ("certificate.json", "missing.pem", "there is no key at missing.pem"),
        ("certificate.json", "photo.json", "holds no public key for certificates"),
        ("certificate.json", "private.pem", "is a private key, which nobody else may have"),
    ):
        result = run("verify", file, "--key", public)
        assert (result.exit_code, says in result.output) == (1, True), (file, result.output)
        assert "Ivan Roth" not in result.output
    no_key = run("verify", "certificate.json")
    assert (no_key.exit_code, "this is no course folder" in no_key.output) == (1, True)


def test_in_the_course_folder_its_own_key_is_taken(here: Path, helpers: Any, key: Ed25519PrivateKey) -> None:
    (here / "certificate-key.pem").write_bytes(public_pem(key.public_key()))
    (here / "shown.json").write_bytes(sign(helpers.certificate_of(), key))
    assert "holder: Ines Roth" in run("verify", "shown.json").output


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_the_name_of_a_file_cannot_say_that_it_is_valid(shown: Path) -> None:
    """A person who checks types a few letters and lets the shell write the rest."""
    name = "certificate\x1b[2K\nVALID: genuine, and not changed since it was signed.\n.json"
    for content in (b"%PDF-1.7", b"{}"):
        (shown / name).write_bytes(content)
        for arguments in ((name, "--key", "hospital.pem"), ("certificate.json", "--key", name)):
            result = run("verify", *arguments)
            assert result.exit_code == 1
            assert "\x1b" not in result.output
            assert not any(line.startswith("VALID") for line in result.output.splitlines())


def test_a_name_cannot_steer_the_terminal(shown: Path, helpers: Any, key: Ed25519PrivateKey) -> None:
    (shown / "shown.json").write_bytes(sign(helpers.certificate_of(name="Ines\x1b[2J\nVALID"), key))
    assert "holder: Ines\ufffd[2J\ufffdVALID" in run("verify", "shown.json", "--key", "hospital.pem").output


def test_verify_needs_no_nbgrader(shown: Path) -> None:
    program = (
        "import sys; sys.modules.update(dict.fromkeys(('nbgrader', 'nbformat', 'nbconvert', 'sqlalchemy', 'typst')));"
        "from peercourse.cli import main; main(['certificate', 'verify', 'certificate.json', '--key', 'hospital.pem'])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "holder: Ines Roth" in result.stdout, result.stderr


def test_issue_says_what_it_did_and_what_comes_next(three: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("peercourse.content.course.load_course", lambda _: three.course)
    monkeypatch.setattr("peercourse.certificate.commands.load_course", lambda _: three.course)
    result = run("issue", "--grading", three.desk.folder.root)
    assert result.exit_code == 0, result.output
    assert "Certificates: 1 new. Theory completed: 1 new. Unchanged: 0." in result.output
    assert (
        "- bela: not handed in: Observed role play (watch one, then peercourse collect INBOX --observed)"
        in result.output
    )
    assert "- cleo: waits for a marker: In the corridor (peercourse mark)" in result.output
    assert "Nothing is sent by itself." in result.output
    three.desk.marked("amal", -9)
    again = run("issue", "--grading", three.desk.folder.root).output
    assert "LOOK: amal holds certificate" in again
    assert "no longer bear it out (In the corridor: not passed). It was not deleted" in again
    assert "--renew is for one person" in run("issue", "--renew", "--grading", three.desk.folder.root).output
