"""The paths through a conversation, as a directed graph of its nodes and endings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import networkx

from peercourse.practice.conversation import Conversation, Reply


@dataclass(frozen=True)
class Turn:
    """A node with the reply that is given there, by its place among the replies."""

    node: str
    reply: int


@dataclass(frozen=True)
class Path:
    """Turns from the start to an ending."""

    turns: tuple[Turn, ...]
    ending: str


Graph: TypeAlias = networkx.DiGraph
"""Names of nodes and endings; an edge holds ``reply``, the place of the first reply that leads along it."""


def graph_of(conversation: Conversation, wanted: Callable[[Reply], bool] = lambda _: True) -> Graph:
    """The conversation as a graph.

    Args:
        conversation: where a ``goto`` names nothing, its edge is left out.
        wanted: which replies count.
    """
    graph = Graph()
    graph.add_nodes_from([*conversation.nodes, *conversation.endings])
    for name, node in conversation.nodes.items():
        for place, reply in enumerate(node.replies):
            if reply.goto in graph and wanted(reply) and not graph.has_edge(name, reply.goto):
                graph.add_edge(name, reply.goto, reply=place)
    return graph


def reachable(graph: Graph, start: str) -> set[str]:
    """Everything that can follow a name, itself included; nothing for an unknown name."""
    return {start, *networkx.descendants(graph, start)} if start in graph else set()


def ends(graph: Graph, endings: set[str]) -> set[str]:
    """Every name from which an ending can be reached, the endings included."""
    return endings.union(*(networkx.ancestors(graph, ending) for ending in endings if ending in graph))


def loop_through(graph: Graph, name: str) -> list[str]:
    """A loop on the way from a name that has no end: names in order, the first one again at last."""
    try:
        edges = networkx.find_cycle(graph, name)
    except networkx.NetworkXNoCycle:
        return []
    return [edges[0][0], *(edge[1] for edge in edges)]


def best_path(conversation: Conversation) -> Path | None:
    """The shortest path to a good ending along replies that show a skill; None where there is none."""
    graph = graph_of(conversation, lambda reply: reply.skill is not None)
    good = [name for name, ending in conversation.endings.items() if ending.kind == "good"]
    return _shortest(conversation, graph, good)


def poor_path(conversation: Conversation) -> Path | None:
    """The shortest path to a poor ending; None where there is none."""
    poor = [name for name, ending in conversation.endings.items() if ending.kind == "poor"]
    return _shortest(conversation, graph_of(conversation), poor)


def _shortest(conversation: Conversation, graph: Graph, endings: list[str]) -> Path | None:
    if conversation.start not in conversation.nodes:
        return None
    found = networkx.single_source_shortest_path(graph, conversation.start)
    paths = sorted((found[ending] for ending in endings if ending in found), key=len)
    if not paths:
        return None
    steps = zip(paths[0][:-1], paths[0][1:], strict=True)
    return Path(tuple(Turn(one, graph.edges[one, other]["reply"]) for one, other in steps), paths[0][-1])


def path_between(graph: Graph, start: str, end: str) -> list[str]:
    """The shortest way from one name to another, both included."""
    return list(networkx.shortest_path(graph, start, end))
