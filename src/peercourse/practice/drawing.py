"""A conversation's graph as an SVG picture for its author: turns in rows from the start down, endings by their kind.

Replies with a skill are green and whole, slips red and dashed, others grey and dotted; the best path is drawn thicker.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise
from pathlib import Path

from peercourse.practice.conversation import Conversation, Reply
from peercourse.practice.graph import best_path, graph_of
from peercourse.practice.layout import BOX_HEIGHT, BOX_WIDTH, GAP, MARGIN, ROW, Bend, Cell, Place, places_of, rows_of

ASIDE = 12
"""Units by which a line that leads up stands beside one that leads down."""

COLOURS = {"skill": "#2a6240", "slip": "#9c2a22", "neither": "#8d8372"}
DASHES = {"skill": "", "slip": "7 4", "neither": "2 4"}
FILLS = {"good": "#e6efe4", "mixed": "#f8edd5", "poor": "#f9e8e3"}


def draw_all(conversations: Iterable[Conversation], folder: Path) -> None:
    """Write ``<id>.svg`` for each conversation into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for conversation in conversations:
        (folder / f"{conversation.id}.svg").write_text(drawing(conversation), encoding="utf-8")


def drawing(conversation: Conversation) -> str:
    """The graph as SVG text.

    Args:
        conversation: one without faults.
    """
    rows = rows_of(graph_of(conversation), conversation.start)
    places = places_of(rows)
    width = max(place.x for row in places for place in row.values()) + BOX_WIDTH / 2 + MARGIN + 2 * GAP
    height = len(rows) * ROW + MARGIN
    best = _best_steps(conversation)
    lines = {_edge(name, reply, places, best) for name, node in conversation.nodes.items() for reply in node.replies}
    boxes = [_box(conversation, cell, row[cell]) for row in places for cell in row if isinstance(cell, str)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        'font-family="system-ui, sans-serif" font-size="13">\n'
        f"<title>{escape(conversation.title)}: turns, replies and endings</title>\n"
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fffdf8"/>\n'
        + "\n".join([*sorted(lines), *boxes])
        + "\n</svg>\n"
    )


def _best_steps(conversation: Conversation) -> set[tuple[str, str]]:
    best = best_path(conversation)
    return set(pairwise([*(turn.node for turn in best.turns), best.ending])) if best else set()


def _edge(name: str, reply: Reply, places: list[dict[Cell, Place]], best: set[tuple[str, str]]) -> str:
    kind = "skill" if reply.skill else "slip" if reply.slip else "neither"
    thick = 3 if kind == "skill" and (name, reply.goto) in best else 1.4
    dash = f' stroke-dasharray="{DASHES[kind]}"' if DASHES[kind] else ""
    way, tip = _way(name, reply.goto, places)
    arrow = f'<path d="{tip}" fill="{COLOURS[kind]}"/>' if tip else ""
    return f'<path d="{way}" fill="none" stroke="{COLOURS[kind]}" stroke-width="{thick}"{dash}/>{arrow}'


def _way(start: str, end: str, places: list[dict[Cell, Place]]) -> tuple[str, str]:
    """The line from one box to another, and the tip of an arrow where it does not lead down.

    It goes from edge to edge by its bends; beside the box where a reply stays in its turn.
    """
    one = next(row[start] for row in places if start in row)
    other = next(row[end] for row in places if end in row)
    if start == end:
        edge, side = f"{one.x + BOX_WIDTH / 2:.0f}", f"{one.x + BOX_WIDTH / 2 + GAP:.0f}"
        out, back = f"{one.y - 9:.0f}", f"{one.y + 9:.0f}"
        return f"M{edge} {out}C{side} {out} {side} {back} {edge} {back}", f"M{edge} {back}l8 -4v8z"
    bends = [row[Bend(start, end)] for row in places if Bend(start, end) in row]
    if other.y > one.y:
        return _curve(_stops(one, bends, other)), ""
    # A little aside, since a line that leads down may join the same two boxes.
    lower, upper = Place(one.x + ASIDE, one.y), Place(other.x + ASIDE, other.y)
    return _curve(_stops(upper, bends, lower)[::-1]), f"M{upper.x:.0f} {upper.y + BOX_HEIGHT / 2:.0f}l-4 8h8z"


def _stops(upper: Place, bends: list[Place], lower: Place) -> list[tuple[float, float]]:
    """The lower edge of a box, the height of every row that the line passes, the upper edge of another box."""
    half = BOX_HEIGHT / 2
    passed = [(bend.x, y) for bend in bends for y in (bend.y - half, bend.y + half)]
    return [(upper.x, upper.y + half), *passed, (lower.x, lower.y - half)]


def _curve(stops: list[tuple[float, float]]) -> str:
    """Curved between rows, straight past them."""
    way = f"M{stops[0][0]:.0f} {stops[0][1]:.0f}"
    for place, ((from_x, from_y), (to_x, to_y)) in enumerate(pairwise(stops)):
        middle = (from_y + to_y) / 2
        between_rows = place % 2 == 0
        curve = f"C{from_x:.0f} {middle:.0f} {to_x:.0f} {middle:.0f} {to_x:.0f} {to_y:.0f}"
        way += curve if between_rows else f"L{to_x:.0f} {to_y:.0f}"
    return way


def _box(conversation: Conversation, name: str, place: Place) -> str:
    ending = conversation.endings.get(name)
    fill = FILLS[ending.kind] if ending else "#faf7f1"
    second = ending.kind + (", handover" if ending.handover else "") if ending else _beginning(conversation, name)
    edge = COLOURS["slip"] if name in conversation.risk else "#5d554a"
    left, top = place.x - BOX_WIDTH / 2, place.y - BOX_HEIGHT / 2
    radius = 22 if ending else 5
    return (
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="{radius}" fill="{fill}" '
        f'stroke="{edge}"/><text x="{place.x:.0f}" y="{place.y - 4:.0f}" text-anchor="middle" font-weight="600" '
        f'fill="#26221d">{escape(name)}</text><text x="{place.x:.0f}" y="{place.y + 14:.0f}" text-anchor="middle" '
        f'fill="#5d554a" font-size="11">{escape(second)}</text>'
    )


def _beginning(conversation: Conversation, name: str) -> str:
    node = conversation.nodes[name]
    text = node.says[0].text if node.says else node.scene or ""
    return text if len(text) <= 26 else text[:25].rsplit(" ", 1)[0] + " …"
