"""Small drawings as plain SVG: dots, bars, intervals. Colours come from the page's style sheet, light and dark.

Drawn by ourselves: three kinds of marks in one box. A library would bring its own styles, which the page's security
rule refuses, and no table behind the drawing. They are 360 units wide, so that letters of 12 units can be read on a
phone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, SIDE, FOOT, DOT = 360, 24, 34, 5.0
TALLEST = 12
"""Dots in a pile; above this bars are drawn."""
NAMES = 76
"""Room for the names of rows."""


@dataclass(frozen=True)
class Axis:
    """A scale from left to right.

    Attributes:
        low: the value at the left end.
        high: the value at the right end.
        step: between two numbers on it.
        unit: what stands behind a number.
        name: what stands below the scale.
    """

    low: float
    high: float
    step: float
    name: str
    unit: str = ""

    def numbers(self) -> list[float]:
        """Values that are written on it."""
        return [self.low + place * self.step for place in range(round((self.high - self.low) / self.step) + 1)]


@dataclass(frozen=True)
class Range:
    """A row of an interval drawing."""

    name: str
    value: float
    low: float
    high: float


def piles(counts: Mapping[float, int], axis: Axis, title: str, mark: float | None = None) -> Markup:
    """A pile of dots at each value; bars where there are too many for dots.

    Args:
        counts: how many at which value, in units of the axis.
        axis: from end to end.
        title: what it shows, for those who cannot see it.
        mark: a line, such as the pass mark.
    """
    most = max(counts.values(), default=0)
    height = min(max(most, 3), TALLEST) * 2.2 * DOT + 12
    at = _scale(axis, SIDE)
    parts = [_foot(axis, at, height)]
    if mark is not None:
        parts.append(_line(at(mark), 0, at(mark), height, "mark"))
    for value, number in sorted(counts.items()):
        x = at(value)
        if most <= TALLEST:
            dots = (height - (2.2 * row + 1.2) * DOT for row in range(number))
            parts += [Markup('<circle cx="{}" cy="{}" r="{}"/>').format(_n(x), _n(y), _n(DOT)) for y in dots]
        else:
            top = number / most * (height - 16)
            parts += [_bar(x - 5, height, 10, top), _text(x, height - top - 3, str(number), "small")]
    return _svg(parts, height + FOOT, title)


def columns(rows: Sequence[tuple[str, int]], title: str) -> Markup:
    """A bar for each name, in order; the first, the last and one in the middle have their names written."""
    height, most = 90.0, max((number for _, number in rows), default=0)
    step = (WIDTH - 2 * SIDE) / max(len(rows), 1)
    named = {0: "start", len(rows) - 1: "end"} if len(rows) > 1 else {0: "middle"}
    parts = [_line(SIDE, height, WIDTH - SIDE, height, "axis")]
    for place, (name, number) in enumerate(rows):
        x, bar = SIDE + place * step, number / most * (height - 16) if most else 0
        parts.append(_bar(x + step * 0.1, height, min(step * 0.8, 30), bar))
        if number and len(rows) <= 24:
            parts.append(_text(x + step * 0.1 + min(step * 0.8, 30) / 2, height - bar - 3, str(number), "small"))
        if place in named:
            edge = {"start": SIDE, "end": WIDTH - SIDE, "middle": WIDTH / 2}[named[place]]
            parts.append(_text(edge, height + 16, name, named[place]))
    return _svg(parts, height + 22, title)


def intervals(rows: Sequence[Range], axis: Axis, title: str) -> Markup:
    """A dot and a line for each row: a value and its interval; a line stands at zero."""
    height, at = len(rows) * 24.0 + 6, _scale(axis, NAMES)
    parts = [_foot(axis, at, height)]
    if axis.low <= 0 <= axis.high:
        parts.append(_line(at(0), 0, at(0), height, "mark"))
    for place, row in enumerate(rows):
        y = place * 24 + 16
        parts.append(_text(NAMES - 12, y + 4, row.name, "end"))
        parts.append(_line(at(max(row.low, axis.low)), y, at(min(row.high, axis.high)), y, "range"))
        parts.append(Markup('<circle cx="{}" cy="{}" r="{}"/>').format(_n(at(row.value)), y, _n(DOT)))
    return _svg(parts, height + FOOT, title)


def share_bar(share: float) -> Markup:
    """A share of 1 as a bar, beside a number that says the same."""
    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" width="100" height="10" aria-hidden="true" focusable="false">'
        '<rect class="rest" width="100" height="10"/><rect width="{}" height="10"/></svg>'
    ).format(_n(100 * share))


def _scale(axis: Axis, left: float) -> Callable[[float], float]:
    room = WIDTH - SIDE - left
    return lambda value: left + (value - axis.low) / (axis.high - axis.low) * room


def _foot(axis: Axis, at: Callable[[float], float], height: float) -> Markup:
    numbers = (
        _text(at(value), height + 15, f"{value:g}{axis.unit}".replace("-", "\N{MINUS SIGN}"), "middle")
        for value in axis.numbers()
    )
    middle = (at(axis.low) + at(axis.high)) / 2
    line = _line(at(axis.low), height, at(axis.high), height, "axis")
    return Markup("").join([line, *numbers, _text(middle, height + 30, axis.name, "middle")])


def _svg(parts: Iterable[Markup], height: float, title: str) -> Markup:
    return Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, _n(height), title, Markup("").join(parts)
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(kind, _n(x1), _n(y1), _n(x2), _n(y2))


def _bar(x: float, foot: float, width: float, height: float) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}"/>').format(
        _n(x), _n(foot - height), _n(width), _n(height)
    )


def _text(x: float, y: float, text: str, kind: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, _n(x), _n(y), text)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
