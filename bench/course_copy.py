"""A copy of the course with a filled-in institution file, so that a publishing build can be measured."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import yaml

PARTS = ("book", "modules", "quizzes", "evidence", "handbook", "index.md", "institution.yml", "_toc.yml", "_config.yml")


def copy_course(root: Path, target: Path, site_url: str) -> Path:
    """Copy what a build reads, and fill in the contacts with invented ones.

    Args:
        root: the course folder.
        target: the copy; replaced.
        site_url: address under which the site will be measured.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for part in PARTS:
        source = root / part
        if source.is_dir():
            shutil.copytree(source, target / part)
        else:
            shutil.copy(source, target / part)
    path = target / "institution.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    today = datetime.date.today()
    settings |= {
        "name": "Measured Hospital",
        "country": "Nowhere",
        "site_url": site_url,
        "example": False,
        "sign_off": {"name": "Nobody", "role": "Measurement", "date": today.isoformat()},
        "contacts_reviewed": today.isoformat(),
        "contacts_review_due": (today + datetime.timedelta(days=30)).isoformat(),
    }
    for contact in settings["contacts"].values():
        contact |= {
            "number": "000 000",
            "where": "",
            "hours": "always",
            "source": "invented",
            "checked": today.isoformat(),
        }
    path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return target
