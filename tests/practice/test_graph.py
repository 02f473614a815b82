"""The checks of a conversation's graph find what a search over all its paths finds, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from types import ModuleType
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from peercourse.practice.checks import faults
from peercourse.practice.conversation import Conversation
from peercourse.practice.graph import Path, best_path, ends, graph_of, poor_path, reachable

Found = set[tuple[tuple[str | int, ...], str]]


# By hand: plain searches that share nothing with the product.


def steps(conversation: Conversation, *, skill_only: bool = False) -> set[tuple[str, str]]:
    return {
        (name, reply.goto)
        for name, node in conversation.nodes.items()
        for reply in node.replies
        if reply.skill or not skill_only
    }


def following(known: set[tuple[str, str]], start: str) -> set[str]:
    """What can follow a name, by going on until nothing new is met."""
    met, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        new = {other for one, other in known if one == here} - met
        met |= new
        waiting += new
    return met


def fewest_replies(conversation: Conversation, kind: str, *, skill_only: bool = False) -> int | None:
    """Replies on the shortest way from the start to an ending of a kind, by trying all ways of every length."""
    known = steps(conversation, skill_only=skill_only)
    wanted = {name for name, ending in conversation.endings.items() if ending.kind == kind}
    here = {conversation.start}
    for length in range(len(conversation.nodes) + 1):
        if here & wanted:
            return length
        here = {other for one, other in known if one in here}
    return None


def faults_by_hand(conversation: Conversation) -> Found:
    """Place and first words of every fault between the parts of a conversation whose names are all right."""
    known, endings = steps(conversation), set(conversation.endings)
    reached = following(known, conversation.start)
    found: Found = {(("nodes", name), "can't be reached") for name in set(conversation.nodes) - reached}
    found |= {(("endings", name), "can't be reached") for name in endings - reached}
    found |= {(("nodes", name), "never comes") for name in conversation.nodes if not following(known, name) & endings}
    if not any(ending.kind == "good" for ending in conversation.endings.values()):
        found.add((("endings",), "hold no good"))
    elif fewest_replies(conversation, "good", skill_only=True) is None:
        found.add((("start",), "no path from"))
    for name in conversation.risk:
        for ending in following(known, name) & endings:
            if not conversation.endings[ending].handover:
                found.add((("endings", ending, "handover"), "follows danger that"))
    return found


def named(conversation: Conversation, expected: Found) -> Found:
    """Faults of the product, each with as many first words as are expected somewhere."""
    openings = {words for _, words in expected} | {"can't be reached", "never comes", "follows danger that"}
    return {
        (fault.path, next((words for words in openings if fault.message.startswith(words)), fault.message))
        for fault in faults(conversation)
    }


# What the product says.


@given(data=st.data())
def test_faults_are_those_that_a_search_by_hand_finds(shapes: ModuleType, data: DataObject) -> None:
    conversation = data.draw(shapes.any_conversation())
    expected = faults_by_hand(conversation)
    assert named(conversation, expected) == expected


@given(data=st.data())
def test_what_can_follow_and_what_ends_is_what_a_search_by_hand_finds(shapes: ModuleType, data: DataObject) -> None:
    conversation = data.draw(shapes.any_conversation())
    graph, known, endings = graph_of(conversation), steps(conversation), set(conversation.endings)
    for name in (*conversation.nodes, *conversation.endings):
        assert reachable(graph, name) == following(known, name)
    everything = {*conversation.nodes, *conversation.endings}
    assert ends(graph, endings) == {name for name in everything if following(known, name) & endings}
    assert reachable(graph, "nobody") == set()


def replies_along(conversation: Conversation, path: Path) -> Iterator[Any]:
    """The replies of a path; each must lead to the next turn, and the last one to its ending."""
    assert path.turns[0].node == conversation.start
    for turn, goal in zip(path.turns, [*(turn.node for turn in path.turns[1:]), path.ending], strict=True):
        reply = conversation.nodes[turn.node].replies[turn.reply]
        assert reply.goto == goal
        yield reply


@given(data=st.data())
def test_the_best_path_shows_a_skill_at_every_turn_and_is_a_shortest_one(shapes: ModuleType, data: DataObject) -> None:
    conversation = data.draw(shapes.any_conversation())
    best, fewest = best_path(conversation), fewest_replies(conversation, "good", skill_only=True)
    assert (len(best.turns) if best else None) == fewest
    if best:
        assert all(reply.skill for reply in replies_along(conversation, best))
        assert conversation.endings[best.ending].kind == "good"


@given(data=st.data())
def test_the_poor_path_is_a_shortest_one_of_any_replies(shapes: ModuleType, data: DataObject) -> None:
    conversation = data.draw(shapes.any_conversation())
    poor = poor_path(conversation)
    assert (len(poor.turns) if poor else None) == fewest_replies(conversation, "poor")
    if poor:
        assert list(replies_along(conversation, poor))
        assert conversation.endings[poor.ending].kind == "poor"


@given(data=st.data())
def test_a_loop_or_a_way_that_a_message_names_is_there(shapes: ModuleType, data: DataObject) -> None:
    conversation = data.draw(shapes.any_conversation())
    known = steps(conversation)
    for fault in faults(conversation):
        if "→" in fault.message:
            way = fault.message.split("(")[1].split(")")[0].split(",")[0].split(" → ")
            assert set(pairwise(way)) <= known
            loop = fault.message.startswith("never")
            assert way[0] == way[-1] if loop else (way[0] in conversation.risk and way[-1] == fault.path[1])


@given(data=st.data())
def test_every_unknown_name_is_told_and_nothing_else_then(shapes: ModuleType, data: DataObject) -> None:
    conversation = data.draw(shapes.any_conversation(strangers=("n00", "zzzz")))
    expected = {
        ("nodes", name, "replies", place, "goto"): reply.goto
        for name, node in conversation.nodes.items()
        for place, reply in enumerate(node.replies)
        if reply.goto in {"n00", "zzzz"}
    }
    found = {fault.path: fault.message for fault in faults(conversation)}
    if expected:
        assert found.keys() == expected.keys()
        for path, name in expected.items():
            near = "did you mean 'n0'?" if name == "n00" else "correct the name"
            assert found[path].startswith(f"'{name}' is neither a node nor an ending; {near}")
    else:
        assert named(conversation, faults_by_hand(conversation)) == faults_by_hand(conversation)
