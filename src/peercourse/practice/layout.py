"""Where turns and endings stand in the picture of a conversation's graph, and where its lines pass.

The layout is the layered one of Sugiyama, Tagawa and Toda (1981): rows by the longest way from the start, a bend in
every row that a line passes, and each row in the order of what it hangs on.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

import networkx

from peercourse.practice.graph import Graph

BOX_WIDTH, BOX_HEIGHT, BEND_WIDTH, GAP, ROW, MARGIN = 170, 46, 14, 26, 104, 34
"""Sizes in the picture's own units, at full size pixels."""

SWEEPS = 8
"""Times that rows are put in order by their neighbours; more changes nothing in conversations of this size."""


@dataclass(frozen=True)
class Bend:
    """A place in a row where a line from one name to another passes."""

    start: str
    end: str


Cell = str | Bend


@dataclass(frozen=True)
class Place:
    """Centre of a box or a bend."""

    x: float
    y: float


def rows_of(graph: Graph, start: str) -> list[list[Cell]]:
    """Names in rows, each below everything that leads to it apart from ways back, and a bend wherever a line passes."""
    whole = networkx.DiGraph(graph.subgraph([start, *networkx.descendants(graph, start)]))
    forward = whole.copy()
    forward.remove_edges_from(_ways_back(whole, start))
    rows: list[list[Cell]] = [sorted(row) for row in networkx.topological_generations(forward)]
    row_of = {name: index for index, row in enumerate(rows) for name in row}
    above: dict[tuple[int, Cell], list[Cell]] = {}
    for one, other in sorted(whole.edges):
        upper, lower = sorted((one, other), key=row_of.__getitem__)
        between = range(row_of[upper] + 1, row_of[lower])
        for index in between:
            rows[index].append(Bend(one, other))
        cells: list[Cell] = [upper, *(Bend(one, other) for _ in between), lower]
        for index, (first, second) in enumerate(pairwise(cells), start=row_of[upper] + 1):
            above.setdefault((index, second), []).append(first)
    for _ in range(SWEEPS):
        for index in range(1, len(rows)):
            column = {cell: place for place, cell in enumerate(rows[index - 1])}
            middle = {cell: mean(column[one] for one in above[index, cell]) for cell in rows[index]}
            rows[index].sort(key=middle.__getitem__)
    return rows


def _ways_back(graph: Graph, start: str) -> list[tuple[str, str]]:
    """Edges that lead back to a turn on the way to themselves, or stay in it; without them there is no loop."""
    on_the_way = [start]
    back = []
    for one, other, kind in networkx.dfs_labeled_edges(graph, start):
        if kind == "nontree" and other in on_the_way:
            back.append((one, other))
        elif kind == "forward" and one != other:
            on_the_way.append(other)
        elif kind == "reverse" and one != other:
            on_the_way.remove(other)
    return back


def places_of(rows: list[list[Cell]]) -> list[dict[Cell, Place]]:
    """Where the cells of each row stand, every row in the middle."""
    widest = max(map(_width, rows))
    places: list[dict[Cell, Place]] = []
    for index, row in enumerate(rows):
        left = MARGIN + (widest - _width(row)) / 2
        found = {}
        for cell in row:
            width = _cell_width(cell)
            found[cell] = Place(left + width / 2, MARGIN + BOX_HEIGHT / 2 + index * ROW)
            left += width + GAP
        places.append(found)
    return places


def _width(row: list[Cell]) -> float:
    return sum(_cell_width(cell) + GAP for cell in row) - GAP


def _cell_width(cell: Cell) -> float:
    return BOX_WIDTH if isinstance(cell, str) else BEND_WIDTH
