"""Length must not give the best reply away: the check counts as exact fractions do, in any order."""

from __future__ import annotations

from fractions import Fraction
from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from peercourse.practice.checks import longest_is_best
from peercourse.practice.conversation import Conversation


def above_chance(conversations: list[Conversation]) -> bool:
    """Whether the longest reply is a best one more often than by pointing blindly, in exact fractions."""
    seen = chance = Fraction(0)
    for conversation in conversations:
        for node in conversation.nodes.values():
            skilled = [reply for reply in node.replies if reply.skill]
            if 0 < len(skilled) < len(node.replies):
                most = max(len(reply.words) for reply in node.replies)
                longest = [reply for reply in node.replies if len(reply.words) == most]
                seen += Fraction(sum(reply in skilled for reply in longest), len(longest))
                chance += Fraction(len(skilled), len(node.replies))
    return seen > chance


@given(data=st.data())
def test_length_is_complained_of_exactly_when_it_helps_more_than_chance(shapes: ModuleType, data: DataObject) -> None:
    conversations = data.draw(st.lists(shapes.any_conversation(most_nodes=6), max_size=4))
    assert bool(longest_is_best(conversations)) == above_chance(conversations)


@given(data=st.data())
def test_the_order_of_conversations_nodes_and_replies_says_nothing(shapes: ModuleType, data: DataObject) -> None:
    conversations = data.draw(st.lists(shapes.any_conversation(most_nodes=6), min_size=1, max_size=3))
    mixed = []
    for conversation in data.draw(st.permutations(conversations)):
        nodes = dict(data.draw(st.permutations(list(conversation.model_dump()["nodes"].items()))))
        for node in nodes.values():
            node["replies"] = data.draw(st.permutations(node["replies"]))
        mixed.append(Conversation.model_validate({**conversation.model_dump(), "nodes": nodes}))
    assert set(longest_is_best(mixed)) == set(longest_is_best(conversations))


def by_length(shapes: ModuleType, best: int, other: int) -> Conversation:
    """Twenty turns whose best reply and other replies have these lengths."""
    names = [f"n{place}" for place in range(20)]
    goals = zip(names, [*names[1:], "e0"], strict=True)
    nodes = {name: [("skill", goal, best), ("slip", goal, other), ("neither", goal, other)] for name, goal in goals}
    return shapes.made_up(nodes, {"e0": ("good", False)}, [])


def test_where_the_longest_is_never_best_nothing_is_said(shapes: ModuleType) -> None:
    assert longest_is_best([by_length(shapes, best=4, other=9)]) == []


def test_where_length_says_nothing_nothing_is_said(shapes: ModuleType) -> None:
    assert longest_is_best([by_length(shapes, best=5, other=5)]) == []


def test_as_often_as_chance_is_not_more_often(shapes: ModuleType) -> None:
    # Best replies, all replies, best ones among the longest, longest ones: both sums are seven thirds.
    counts = [(2, 5, 1, 2), (3, 5, 1, 3), (2, 3, 2, 3), (1, 3, 1, 2), (1, 3, 1, 3)]
    nodes = {}
    for number, (best, replies, best_and_long, long) in enumerate(counts):
        skilled = [("skill", "e0", 9 if place < best_and_long else 4) for place in range(best)]
        others = [("slip", "e0", 9 if place < long - best_and_long else 4) for place in range(replies - best)]
        nodes[f"n{number}"] = [*skilled, *others]
    assert longest_is_best([shapes.made_up(nodes, {"e0": ("good", False)}, [])]) == []


def test_where_the_longest_is_always_best_every_turn_is_named(shapes: ModuleType) -> None:
    assert longest_is_best([by_length(shapes, best=9, other=4)]) == [("made-up", f"n{place}") for place in range(20)]
