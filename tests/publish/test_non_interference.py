"""Keys and the site do not touch: other keys, the same site, byte for byte."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "book", "modules", "quizzes", "evidence", "handbook", "src", "index.md", "institution.yml",
    "_toc.yml", "_config.yml",
)  # fmt: skip
BANK = Path("quizzes") / "m2-active-listening.yml"


@pytest.fixture(scope="module")
def course_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, root / part)
    return root


def other_keys(bank: dict[str, Any]) -> dict[str, Any]:
    """The same questions with every key turned round; what trainees may know (maximum points, texts) stays."""
    for scenario in bank["scenarios"]:
        for item in scenario["items"]:
            item.pop("rationale", None)
            if "options" in item:
                keys = [{**option, "rationale": "A wholly different reason."} for option in item["options"]]
                texts = [option["text"] for option in item["options"]]
                for key in keys:
                    key.pop("slip", None)
                    if key["points"] <= 0:
                        key["harm"] = not key.get("harm", False)
                item["options"] = [{**key, "text": text} for key, text in zip(keys, texts[1:] + texts[:1], strict=True)]
            elif item["type"] == "order":
                item |= {"lines": item["lines"][::-1], "rationale": "A wholly different reason."}
            elif item["type"] == "match":
                rights = [pair["right"] for pair in item["pairs"]]
                for pair, right in zip(item["pairs"], rights[1:] + rights[:1], strict=True):
                    pair |= {"right": right, "rationale": "A wholly different reason."}
            elif item["type"] == "triage":
                for line in item["lines"]:
                    line |= {"level": {"green": "red", "amber": "green", "red": "amber"}[line["level"]]}
                    line["rationale"] = "A wholly different reason."
            else:
                total = sum(criterion["points"] for criterion in item["criteria"])
                item["criteria"] = [
                    {"id": "other", "points": total, "text": "Another", "earns": ["X"], "does_not_earn": ["Y"]}
                ]
                item["harmful"] = ["Something else"]
    return bank


def book_of(root: Path, out: Path) -> dict[str, str]:
    """Hash of every file of the book that this copy's own program builds."""
    code = (
        "import pathlib, sys; from peercourse.publish.site import build_book\n"
        "build_book(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), publish=False)"
    )
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    subprocess.run([sys.executable, "-c", code, str(root), str(out)], check=True, env=environment, cwd=root)
    html = next(out.rglob("index.html")).parent
    return {
        path.relative_to(html).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(html.rglob("*"))
        if path.is_file() and path.suffix not in {".doctree", ".pickle"}
    }


@pytest.mark.slow
def test_other_keys_give_the_same_site_and_a_leak_would_show(course_copy: Path, tmp_path: Path) -> None:
    path = course_copy / BANK
    original = path.read_text(encoding="utf-8")
    changed = yaml.safe_dump(other_keys(yaml.safe_load(original)), sort_keys=False, allow_unicode=True)

    first = book_of(course_copy, tmp_path / "book")
    path.write_text(changed, encoding="utf-8")
    assert book_of(course_copy, tmp_path / "book") == first
    assert any(name.startswith("quizzes/") and name.endswith(".ipynb") for name in first)

    single = course_copy / "src" / "peercourse" / "quiz" / "types" / "single.py"
    honest = single.read_text(encoding="utf-8")
    leaky = honest.replace("stem=self.stem", "stem=f'{self.stem} {self.options[0].rationale}'", 1)
    assert leaky != honest
    single.write_text(leaky, encoding="utf-8")
    with_leak = book_of(course_copy, tmp_path / "book")
    path.write_text(original, encoding="utf-8")
    assert book_of(course_copy, tmp_path / "book") != with_leak
