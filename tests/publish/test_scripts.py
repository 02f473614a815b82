"""The scripts: plain Python, nothing done twice, and a clear sentence where something is missing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("build", "test", "serve", "check", "lock", "bench", "screenshots")


@pytest.mark.parametrize("name", [*SCRIPTS, "environment.py", "inputs.py", "postgres.py"])
def test_scripts_import_the_standard_library_alone(name: str) -> None:
    tree = ast.parse((ROOT / "scripts" / name).read_text(encoding="utf-8"))
    top_level = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    modules = {
        (node.module or "").split(".")[0] if isinstance(node, ast.ImportFrom) else node.names[0].name.split(".")[0]
        for node in top_level
    }
    assert modules <= sys.stdlib_module_names | {"environment", "inputs", "postgres"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_help_shows_an_example_and_does_nothing(name: str) -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / name), "--help"], capture_output=True, text=True, check=False, cwd="/"
    )
    assert result.returncode == 0, result.stderr
    assert f"scripts/{name}" in result.stdout or "uv" in result.stdout


def test_the_lock_has_hashes_and_no_index() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    requirements = [line for line in lines if "==" in line]
    assert len(requirements) > 100
    assert all(line.rstrip().endswith("\\") for line in requirements), "each requirement is followed by its hashes"
    assert not any(word in line for line in lines for word in ("index-url", "find-links", "://"))
    assert any(line.startswith("setuptools==") for line in requirements), "the build back end is pinned too"


def stamp_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[object, Path]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import inputs  # type: ignore[import-not-found]

    monkeypatch.setattr(inputs, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(inputs, "ROOT", tmp_path / "course")
    site = tmp_path / "course" / "_site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("home", encoding="utf-8")
    (tmp_path / "course" / "book").mkdir()
    (tmp_path / "course" / "book" / "index.md").write_text("# Home", encoding="utf-8")
    return inputs, site


def test_a_build_is_left_out_only_if_sources_and_site_are_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, site = stamp_for(tmp_path, monkeypatch)
    wanted = inputs.digest("preview")  # type: ignore[attr-defined]
    assert not inputs.unchanged(wanted, site)  # type: ignore[attr-defined]
    inputs.remember(wanted, site)  # type: ignore[attr-defined]
    assert inputs.unchanged(inputs.digest("preview"), site)  # type: ignore[attr-defined]
    assert not inputs.unchanged(inputs.digest("publish"), site)  # type: ignore[attr-defined]
    page = tmp_path / "course" / "book" / "index.md"
    page.write_text("# Home again", encoding="utf-8")
    assert not inputs.unchanged(inputs.digest("preview"), site)  # type: ignore[attr-defined]
    page.write_text("# Home", encoding="utf-8")
    (site / "index.html").unlink()
    assert not inputs.unchanged(inputs.digest("preview"), site)  # type: ignore[attr-defined]
