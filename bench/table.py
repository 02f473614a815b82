"""A measure, its peer and its limit, and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Measure:
    """One line of the table.

    Attributes:
        name: what was measured.
        value: median of the runs.
        unit: its unit.
        limit: the limit it is held to; None if it is only shown.
        at_least: whether the limit is a lower one.
        peer: what stands beside it, in words.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    peer: str = ""

    @property
    def holds(self) -> bool:
        """Whether the value is within its limit."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def timed(action: Callable[[], object], runs: int, before: Callable[[], object] = lambda: None) -> float:
    """Median seconds of an action; ``before`` is called ahead of each run and not counted."""
    seconds = []
    for _ in range(runs):
        before()
        started = perf_counter()
        action()
        seconds.append(perf_counter() - started)
    return median(seconds)


def as_markdown(measures: Iterable[Measure], runs: int) -> str:
    """The table, for people and for the repository."""
    lines = [
        "# Measured",
        "",
        f"By `scripts/bench --check` on two cores: medians of {runs} runs. Limits stand in `limits.toml`.",
        "",
        "| measure | value | limit | beside it | holds |",
        "|---|---:|---:|---|---|",
    ]
    for measure in measures:
        sign = "≥" if measure.at_least else "≤"
        limit = "" if measure.limit is None else f"{sign} {measure.limit:g}"
        holds = "yes" if measure.holds else "**no**"
        lines.append(f"| {measure.name} | {measure.value:.3g} {measure.unit} | {limit} | {measure.peer} | {holds} |")
    return "\n".join(lines) + "\n"
