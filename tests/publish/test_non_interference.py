"""Keys and the site do not touch: other keys, the same site, byte for byte."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from small_course import PAGES, build, write_course

from peercourse.publish.site import LEFT_OUT, build_book

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ("book", "modules", "quizzes", "evidence", "index.md", "institution.yml", "_toc.yml", "_config.yml")
REASON = "A wholly different reason."


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    root.mkdir()
    for part in CONTENT:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, root / part)
        else:
            shutil.copy(ROOT / part, root / part)
    return root


def other_keys(bank: dict[str, Any]) -> dict[str, Any]:
    """The same questions with every key turned round; what trainees may know (maximum points, texts) stays."""
    for scenario in bank["scenarios"]:
        for item in scenario["items"]:
            item.pop("rationale", None)
            if "options" in item:
                keys = [{**option, "rationale": REASON} for option in item["options"]]
                texts = [option["text"] for option in item["options"]]
                for key in keys:
                    key.pop("slip", None)
                    if key["points"] <= 0:
                        key["harm"] = not key.get("harm", False)
                item["options"] = [{**key, "text": text} for key, text in zip(keys, texts[1:] + texts[:1], strict=True)]
            elif item["type"] == "order":
                item |= {"lines": item["lines"][::-1], "rationale": REASON}
            elif item["type"] == "match":
                rights = [pair["right"] for pair in item["pairs"]]
                for pair, right in zip(item["pairs"], rights[1:] + rights[:1], strict=True):
                    pair |= {"right": right, "rationale": REASON}
            elif item["type"] == "triage":
                for line in item["lines"]:
                    line |= {"level": {"green": "red", "amber": "green", "red": "amber"}[line["level"]]}
                    line["rationale"] = REASON
            else:
                total = sum(criterion["points"] for criterion in item["criteria"])
                item["criteria"] = [
                    {"id": "other", "points": total, "text": "Another", "earns": ["X"], "does_not_earn": ["Y"]}
                ]
                item["harmful"] = ["Something else"]
    return bank


def turn_keys(path: Path) -> None:
    """Turn the keys of a bank round in its file."""
    changed = other_keys(yaml.safe_load(path.read_text(encoding="utf-8")))
    path.write_text(yaml.safe_dump(changed, sort_keys=False, allow_unicode=True), encoding="utf-8")


def files_of(folder: Path) -> dict[str, str]:
    """Hash of every file that is published of a book."""
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        name.as_posix(): hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in found
        if name.parts[0] not in (*LEFT_OUT, "handbook") and not name.name.startswith(".")
    }


@pytest.mark.slow
def test_other_keys_give_the_same_site(site: Path, course_copy: Path, tmp_path: Path) -> None:
    """Every bank of the course with its keys turned round, against the course's own site."""
    banks = sorted((course_copy / "quizzes").glob("m*.yml"))
    assert len(banks) == 6
    for path in banks:
        turn_keys(path)
        assert path.read_text(encoding="utf-8") != (ROOT / "quizzes" / path.name).read_text(encoding="utf-8")
    ours, theirs = files_of(site), files_of(build_book(course_copy, tmp_path / "book", publish=False))
    assert [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)] == []
    assert len([name for name in ours if name.startswith("quizzes/") and name.endswith(".ipynb")]) > len(banks)


@pytest.mark.slow
def test_a_leak_would_show(tmp_path: Path) -> None:
    """A program that leaks, built twice with different keys, and looked at in the same way."""
    root = write_course(tmp_path / "course", PAGES)
    program = tmp_path / "src"
    shutil.copytree(ROOT / "src", program, ignore=shutil.ignore_patterns("__pycache__"))
    single = program / "peercourse" / "quiz" / "types" / "single.py"
    honest = single.read_text(encoding="utf-8")
    leaky = honest.replace("stem=self.stem", "stem=f'{self.stem} {self.options[0].rationale}'", 1)
    assert leaky != honest
    single.write_text(leaky, encoding="utf-8")
    ours = build(root, tmp_path / "ours", program)
    turn_keys(root / "quizzes" / "m1-one.yml")
    theirs = build(root, tmp_path / "theirs", program)
    assert (ours.status, theirs.status) == (0, 0), ours.said + theirs.said
    before, after = files_of(ours.folder), files_of(theirs.folder)
    different = {name for name in {**before, **after} if before.get(name) != after.get(name)}
    assert {"modules/01-one/quiz.html", "quizzes/m1-one.ipynb"} <= different
    assert REASON in theirs.page("modules/01-one/quiz.html")
