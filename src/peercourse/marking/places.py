"""Where marking keeps its files in the grading folder: workbooks, code lists and marks by criterion."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from peercourse.grading.files import GradingError, write_file
from peercourse.grading.folder import GradingFolder
from peercourse.marking.model import Export, Marker


def workbook_file(folder: GradingFolder, export: Export, marker: Marker) -> Path:
    """Where a workbook goes if nobody says otherwise."""
    return folder.root / "marking" / f"{export.assignment}-{export.export}{ending(marker)}.xlsx"


def ending(marker: Marker) -> str:
    """What a file's name ends in; nothing where there is one marker."""
    return "" if marker == "one" else f"-{marker}"


def seed_file(folder: GradingFolder) -> Path:
    """The secret of :mod:`peercourse.marking.codes`."""
    return folder.root / "marking" / "codes" / "seed.txt"


def write_export(folder: GradingFolder, export: Export) -> None:
    """Keep an export's code list."""
    write_file(_export_file(folder, export.export), export.model_dump_json(indent=1) + "\n")


def read_exports(folder: GradingFolder) -> dict[str, Export]:
    """Every export of the folder by its id.

    Raises:
        GradingError: a code list is damaged.
    """
    paths = sorted((folder.root / "marking" / "codes").glob("*.json"))
    return {path.stem: _read(path) for path in paths}


def _export_file(folder: GradingFolder, export: str) -> Path:
    return folder.root / "marking" / "codes" / f"{export}.json"


def _read(path: Path) -> Export:
    try:
        return Export.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise GradingError(
            f"{path}, the code list of a marking file, cannot be read; take it back from a backup, or move it away "
            "and export anew"
        ) from None
