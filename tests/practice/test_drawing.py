"""The picture of a conversation's graph: everything is in it once, and nothing lies over anything else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from peercourse.cli import main
from peercourse.content.course import Course
from peercourse.practice.conversation import Conversation
from peercourse.practice.drawing import BOX_HEIGHT, COLOURS, ROW, drawing

SVG = "{http://www.w3.org/2000/svg}"
KINDS = {colour: kind for kind, colour in COLOURS.items()}
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A box with the texts that stand in it."""

    left: float
    top: float
    right: float
    bottom: float
    texts: tuple[str, ...]

    def holds(self, point: Point, slack: float = 0) -> bool:
        x, y = point
        return self.left - slack < x < self.right + slack and self.top - slack < y < self.bottom + slack


@dataclass(frozen=True)
class Picture:
    """A drawing as it would be seen."""

    width: float
    height: float
    boxes: dict[str, Box]
    lines: list[tuple[str, list[Point]]]  # kind and points of each, from its turn to what follows

    def ends(self, points: list[Point]) -> tuple[str, str]:
        """Names of the boxes at which a line begins and ends."""
        found = [[name for name, box in self.boxes.items() if box.holds(one, 1.5)] for one in (points[0], points[-1])]
        ((start,), (end,)) = found
        return start, end


def sampled(way: str) -> list[Point]:
    """Points along a path of cubic curves and straight lines."""
    assert re.fullmatch(r"M[^A-Z]+([CLV][^A-Z]+)+", way)
    points: list[Point] = []
    for command, text in re.findall(r"([MCLV])([^A-Z]+)", way):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]
        if command == "V":
            numbers = [points[-1][0], *numbers]
        corners = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            points += corners
        elif command == "C":
            points += curve(points[-1], *corners)
        else:
            points += curve(points[-1], points[-1], *corners * 2)
    return points


def tip_of(way: str) -> Point:
    """The point at which an arrow ends."""
    x, y = re.findall(r"-?\d+(?:\.\d+)?", way)[:2]
    return float(x), float(y)


def curve(a: Point, b: Point, c: Point, d: Point) -> Iterator[Point]:
    for t in (step / 40 for step in range(1, 41)):
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        yield tuple(sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))  # type: ignore[misc]


def seen(conversation: Conversation) -> Picture:
    root = ET.fromstring(drawing(conversation))  # noqa: S314  (our own)
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    texts = [(float(one.attrib["x"]), float(one.attrib["y"]), one.text or "") for one in root.iter(f"{SVG}text")]
    boxes = {}
    for one in list(root.iter(f"{SVG}rect"))[1:]:  # the first one is the paper
        left, top, wide, high = (float(one.attrib[name]) for name in ("x", "y", "width", "height"))
        box = Box(left, top, left + wide, top + high, ())
        inside = tuple(text for x, y, text in texts if box.holds((x, y)))
        assert inside[0] not in boxes, f"{inside[0]} is drawn twice"
        boxes[inside[0]] = Box(left, top, left + wide, top + high, inside)
    lines = [
        (KINDS[one.attrib["stroke"]], sampled(one.attrib["d"]))
        for one in root.iter(f"{SVG}path")
        if "stroke" in one.attrib
    ]
    return Picture(width, height, boxes, lines)


def kind_of(reply: Any) -> str:
    return "skill" if reply.skill else "slip" if reply.slip else "neither"


def complete(conversation: Conversation, picture: Picture) -> None:
    """Every turn and ending is drawn once, and each way between two of them once a kind."""
    assert set(picture.boxes) == {*conversation.nodes, *conversation.endings}
    replies = [(name, reply) for name, node in conversation.nodes.items() for reply in node.replies]
    expected = {(name, reply.goto, kind_of(reply)) for name, reply in replies}
    assert Counter((*picture.ends(points), kind) for kind, points in picture.lines) == Counter(expected)


def apart(picture: Picture) -> None:
    """No box lies over another, and everything is on the paper."""
    for one, other in combinations(picture.boxes.values(), 2):
        assert one.right < other.left or other.right < one.left or one.bottom < other.top or other.bottom < one.top
    corners = [corner for box in picture.boxes.values() for corner in ((box.left, box.top), (box.right, box.bottom))]
    for x, y in [*corners, *(point for _, points in picture.lines for point in points)]:
        assert 0 <= x <= picture.width
        assert 0 <= y <= picture.height


def through_boxes(picture: Picture) -> list[tuple[str, str, str]]:
    """Lines over several rows that pass through a box: where they begin and end, and the box in between."""
    found = []
    for _, points in picture.lines:
        if abs(points[-1][1] - points[0][1]) > 2 * ROW - BOX_HEIGHT - 1:
            start, end = picture.ends(points)
            others = [name for name in picture.boxes if name not in {start, end}]
            found += [
                (start, end, name) for name in others if any(picture.boxes[name].holds(one, -1) for one in points)
            ]
    return found


@given(data=st.data())
def test_everything_is_drawn_once_and_on_the_paper(shapes: ModuleType, data: DataObject) -> None:
    conversation = data.draw(shapes.sound_conversation())
    picture = seen(conversation)
    complete(conversation, picture)
    apart(picture)


@given(data=st.data())
def test_no_long_line_passes_through_a_box(shapes: ModuleType, data: DataObject) -> None:
    assert through_boxes(seen(data.draw(shapes.sound_conversation()))) == []


def test_the_same_holds_for_every_conversation_of_the_course(real_course: Course) -> None:
    crossed = {}
    for module in real_course.modules:
        for conversation in module.practice.conversations.values():
            picture = seen(conversation)
            complete(conversation, picture)
            apart(picture)
            crossed[conversation.id] = through_boxes(picture)
    assert crossed == {name: [] for name in crossed}


def test_a_way_back_is_drawn_and_so_is_a_reply_that_leads_nowhere(shapes: ModuleType) -> None:
    ways = {"n0": [("skill", "n1", 3), ("slip", "n0", 3)], "n1": [("skill", "e0", 3), ("slip", "n0", 3)]}
    picture = seen(shapes.made_up(ways, {"e0": ("good", False)}, []))
    lines = {picture.ends(points): points for _, points in picture.lines}
    assert lines.keys() == {("n0", "n1"), ("n0", "n0"), ("n1", "e0"), ("n1", "n0")}
    xs, ys = zip(*lines["n0", "n0"], strict=True)
    assert max(xs) > picture.boxes["n0"].right
    assert max(ys) > min(ys)


def test_what_people_say_is_shown_as_they_say_it(shapes: ModuleType) -> None:
    conversation = shapes.made_up({"n0": [("skill", "e0", 3), ("slip", "e0", 3)]}, {"e0": ("good", True)}, ["n0"])
    data = conversation.model_dump()
    data["title"], data["nodes"]["n0"]["says"] = 'A & B < "C"', 'R & D\'s < "x"'
    text = drawing(Conversation.model_validate(data))
    assert 'A & B < "C": turns, replies and endings' in {one.text for one in ET.fromstring(text).iter()}  # noqa: S314
    assert seen(Conversation.model_validate(data)).boxes["n0"].texts[1] == 'R & D\'s < "x"'
    assert seen(conversation).boxes["e0"].texts[1] == "good, handover"


@pytest.mark.parametrize("option", [["--graphs", "pictures"], []])
def test_the_check_draws_a_picture_of_each(
    course_folder: Path, monkeypatch: pytest.MonkeyPatch, option: list[str]
) -> None:
    monkeypatch.chdir(course_folder)
    result = CliRunner().invoke(main, ["check", *option])
    assert result.exit_code == 0, result.output
    folder = course_folder / (option[1] if option else ".cache/conversations")
    assert [path.name for path in folder.iterdir()] == ["after-the-round.svg"]
    assert f"drawn in {option[1] if option else folder}" in result.output
    assert ET.parse(folder / "after-the-round.svg").getroot().tag == f"{SVG}svg"  # noqa: S314
