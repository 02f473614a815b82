"""Every hostile file at once, among two hundred good ones: these are scored, and each of the others is named."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hostile_files import LOST, NO_NOTEBOOK, TRICKS, ZIPS, with_id

from peercourse.cli import main
from peercourse.grading.scores import quiz_rows

GOOD = 200
LINK = "it is a link to another file, not a file"
RIVAL = "has another file"
SECRET = ("KEY-RATIONALE", "GUIDE-", "HIDDEN TESTS", "MARK SCHEME", "assert ", "Traceback")


@dataclass
class Inbox:
    """What lies in the inbox, and what is to become of it.

    Attributes:
        refused: the beginning of a name as it is shown, and words of the reason.
        scores: points by trainee.
    """

    desk: Any
    zipped: Any
    refused: list[tuple[str, str]] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)

    def put(self, name: str, content: Any, why: str, shown: str = "") -> None:
        """Put a file that is to be refused."""
        self.desk.put(name, content)
        self.refused.append((shown or name, why))


def good_ones(inbox: Inbox, full: float) -> None:
    """Half of them in folders, half in Moodle's zip file; a third of each left blank, a third with one item blank."""
    desk, best = inbox.desk, inbox.desk.best()
    packed = {}
    for number in range(GOOD):
        trainee = f"good-{number:03}"
        answers, points = [(best, full), ({}, 0), ({**best, "first-words": ""}, full - 2)][number % 3]
        inbox.scores[trainee] = points
        notebook = desk.answered(trainee, answers)
        if number % 2:
            desk.put(f"{trainee}/corridor.ipynb", notebook)
        else:
            packed[f"Made Up_{5000 + number}_assignsubmission_file_/corridor.ipynb"] = notebook
    desk.put("moodle.zip", inbox.zipped(packed))


def bad_ones(inbox: Inbox, full: float) -> None:
    """Files that are no notebooks, tricky ones, zip files, and what is neither."""
    desk = inbox.desk
    for number, (_, make, why) in enumerate(NO_NOTEBOOK):
        inbox.put(f"bad-{number}/bad.ipynb", make(desk), why)
    for number, (what, make) in enumerate(TRICKS):
        desk.put(f"trick-{number}/corridor.ipynb", with_id(make(desk), f"trick-{number}"))
        inbox.scores[f"trick-{number}"] = full - LOST.get(what, 0)
    for number, (_, make_zip, entries) in enumerate(ZIPS):
        desk.put(f"zip-{number}.zip", make_zip(desk, inbox.zipped))
        inbox.refused += [(f"zip-{number}.zip{name}", why) for name, why in entries.items()]
    for name in ("answers.docx", "onlinetext.html"):
        inbox.put(name, b"x", "it is neither")
    for name in (".DS_Store", "__MACOSX/._good.ipynb", "Thumbs.db"):
        desk.put(name, b"x")
    inbox.put("\x1b[2Jevil\u202egnp.exe", b"x", "it is neither", "\ufffd[2Jevil\ufffdgnp.exe")
    inbox.put(
        "stranger/corridor.ipynb", desk.answered("stranger-1"), "the trainee ID stranger-1 is not in trainees.csv"
    )


def rivals(inbox: Inbox) -> None:
    """Several files for one ID, of which nobody knows which counts: two with a name for a shell, nine, and seventy."""
    desk = inbox.desk
    for name, words in (("$(touch canary)/`id`.ipynb", "a"), ("O'Brien & Roth (1)/a.ipynb", "b")):
        inbox.put(name, desk.answered("rival-1", words=words), "rival-1 ")
    for number in range(9):
        inbox.put(f"few-{number}/a.ipynb", desk.answered("rival-2", words=str(number)), "rival-2 ")
    for number in range(70):
        inbox.put(f"heap-{number}/a.ipynb", desk.answered("rival-3", words=str(number)), "more than 50 files")


def links(inbox: Inbox, outside: Path) -> None:
    """Links and pipes, where the system has them, and a name that is no text."""
    outside.mkdir()
    (outside / "secret.ipynb").write_text("{}")
    folder = inbox.desk.inbox
    for name, target in {"link.ipynb": outside / "secret.ipynb", "folder": outside, "circle": folder}.items():
        (folder / name).symlink_to(target)
        inbox.refused.append((name, LINK))
    (folder / "nowhere.ipynb").symlink_to(outside / "nowhere")
    os.mkfifo(folder / "pipe.ipynb")
    inbox.refused += [("nowhere.ipynb", LINK), ("pipe.ipynb", "it is a pipe or device, not a file")]
    if sys.platform == "linux":
        inbox.desk.put(os.fsdecode(b"In\xe9s \r/a.ipynb"), inbox.desk.answered("ines-1"))
        inbox.scores["ines-1"] = 13.5


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders, and links need rights")
def test_two_hundred_good_files_among_every_hostile_one(desk: Any, zipped: Any, tools: Any, tmp_path: Path) -> None:
    inbox = Inbox(desk, zipped)
    good_ones(inbox, tools["AUTOMATIC"])
    bad_ones(inbox, tools["AUTOMATIC"])
    rivals(inbox)
    links(inbox, tmp_path / "outside")
    listed = [*inbox.scores, "nurse-17", "rival-1", "rival-2", "rival-3"]
    (desk.folder.root / "trainees.csv").write_text("\n".join(["id", *listed]) + "\n")

    said = ""
    for command in (["collect", str(desk.inbox)], ["grade"]):
        result = CliRunner().invoke(main, [*command, "--grading", str(desk.folder.root)])
        assert result.exit_code == 0, result.output
        said += result.output
    lines = [line[2:] for line in said.splitlines() if line.startswith("- ")]
    for name, why in inbox.refused:
        assert any(line.startswith(f"{name}: ") and why in line for line in lines), (name, why, lines)
    assert len(lines) == len(inbox.refused)
    assert f"Scored {len(inbox.scores)}, up to date 0, not scored 0." in said
    assert {row.trainee: row.score for row in quiz_rows(desk.folder)} == inbox.scores
    assert sum(name.startswith("good-") for name in inbox.scores) == GOOD
    for word in SECRET:
        assert word not in said
    assert "\x1b" not in said
    assert not list(tmp_path.rglob("canary*"))
    assert not Path("canary").exists()
