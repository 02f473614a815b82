"""Run every measure, print the table, and say which limit does not hold."""

from __future__ import annotations

import argparse
import functools
import socket
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from bench import builds, cohort, grading, lighthouse, practice
from bench.course_copy import copy_course
from bench.table import Measure, as_markdown
from peercourse.publish.site import build_site

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "bench" / "results.md"


def main() -> int:
    """Measure what is asked for; 1 if a limit does not hold."""
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--check", action="store_true", help="exit with 1 beyond a limit, and write bench/results.md")
    parser.add_argument("--runs", type=int, default=5, help="runs a measure (default 5)")
    parser.add_argument("--only", choices=["lighthouse", "practice", "builds", "grading", "cohort"], action="append")
    arguments = parser.parse_args()
    limits = tomllib.loads((ROOT / "bench" / "limits.toml").read_text(encoding="utf-8"))
    cache = ROOT / ".cache" / "bench"
    port = _free_port()
    course = copy_course(ROOT, cache / "course", f"http://127.0.0.1:{port}/")

    @functools.cache
    def site() -> Path:
        return build_site(course, cache / "site", publish=True, say=lambda _: None)

    def pages() -> list[Measure]:
        plain = builds.build_plain(course)
        return lighthouse.measure(site(), plain, cache, port, arguments.runs, limits["lighthouse"])

    parts: dict[str, Callable[[], list[Measure]]] = {
        "lighthouse": pages,
        "practice": lambda: practice.measure(site(), cache / "practice", port, arguments.runs, limits["practice"]),
        "builds": lambda: builds.measure(course, ROOT, arguments.runs, limits["build"]),
        "grading": lambda: grading.measure(ROOT, cache / "grading", arguments.runs, limits["grading"]),
        "cohort": lambda: cohort.measure(ROOT, cache / "cohort", arguments.runs, limits["cohort"]),
    }
    measures: list[Measure] = []
    for name, part in parts.items():
        if arguments.only and name not in arguments.only:
            continue
        print(f"Measuring {name} ({arguments.runs} runs)", flush=True)
        try:
            measures += part()
        except lighthouse.LighthouseMissingError as error:
            print(f"{name} cannot be measured: {error}")
            return 1
    table = as_markdown(measures, arguments.runs)
    print("\n" + table)
    if arguments.check and not arguments.only:
        TABLE.write_text(table, encoding="utf-8")
    beyond = [measure.name for measure in measures if not measure.holds]
    if beyond:
        print(f"Beyond its limit: {', '.join(beyond)}.")
    else:
        print("Every limit holds.")
    return 1 if beyond and arguments.check else 0


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port: int = chosen.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
