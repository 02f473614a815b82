"""Grade a folder in a process of its own, and say as JSON what it took: ``python -m bench.graded FOLDER``. Linux."""

from __future__ import annotations

import json
import sys
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time


@dataclass(frozen=True)
class Graded:
    """What a run took, start-up apart.

    Attributes:
        submissions: how many were scored.
        seconds: by the clock.
        processor: seconds of processor time.
        megabytes: the most memory that the process held, start-up included.
    """

    submissions: int
    seconds: float
    processor: float
    megabytes: float


def grade_folder(root: Path) -> Graded:
    """Score all that lies in a grading folder."""
    import peercourse.grading.bulk  # noqa: F401  (start-up: imports take as long as hundreds of submissions)
    from peercourse.grading.folder import GradingFolder
    from peercourse.grading.grade import grade

    started, processor = perf_counter(), process_time()
    report = grade(GradingFolder(root), engine="bulk")
    seconds, processor = perf_counter() - started, process_time() - processor
    if report.failed:
        raise RuntimeError(f"{len(report.failed)} submissions were not graded; the measure says nothing")
    return Graded(len(report.graded), seconds, processor, _peak())


def _peak() -> float:
    """Most memory held so far, in megabytes.

    Not by ``getrusage``: a process begins there with the peak of the one that started it.
    """
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # SQLAlchemy's, about how nbgrader uses it
    print(json.dumps(asdict(grade_folder(Path(sys.argv[1])))))
