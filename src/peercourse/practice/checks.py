"""What must be mended in conversations: in each one its graph, and over all of them what would give the best away."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from peercourse.content.yaml_source import FieldPath
from peercourse.practice.conversation import YOU, Conversation, Node
from peercourse.practice.graph import Graph, best_path, ends, graph_of, loop_through, path_between, reachable

DANGER = re.compile(
    r"better off without me|kill (?:myself|him|her|them)|wish i (?:was|were) dead|not wake up|end(?:ing)? it all"
    r"|(?:don['’]t|do not) want to (?:live|wake up|be here any ?more)",
    re.IGNORECASE,
)
"""Words of a colleague that belong under ``risk``. Only a net under the author: danger has other words too."""


@dataclass(frozen=True)
class Fault:
    """Something to mend.

    Attributes:
        path: the field in the conversation's file.
        message: what is wrong and what to do.
    """

    path: FieldPath
    message: str


def faults(conversation: Conversation) -> list[Fault]:
    """Everything that is wrong between the parts of a conversation; empty if all is well."""
    graph = graph_of(conversation)
    found = [*_unknown_names(conversation), *_people(conversation)]
    # With a wrong name in it the graph is not the author's; what it would show is noise.
    return found or [
        *_unreachable(conversation, graph),
        *_without_end(conversation, graph),
        *_endings(conversation),
        *_risk(conversation, graph),
        *_unmarked_danger(conversation),
    ]


def _unknown_names(conversation: Conversation) -> Iterator[Fault]:
    names = [*conversation.nodes, *conversation.endings]
    if conversation.start not in conversation.nodes:
        yield Fault(("start",), f"'{conversation.start}' is no node{_near(conversation.start, conversation.nodes)}")
    for name in conversation.endings:
        if name in conversation.nodes:
            yield Fault(("endings", name), "is the name of a node too; rename one of them")
    for name, node in conversation.nodes.items():
        for place, reply in enumerate(node.replies):
            if reply.goto not in names:
                path = ("nodes", name, "replies", place, "goto")
                yield Fault(path, f"'{reply.goto}' is neither a node nor an ending{_near(reply.goto, names)}")
    for place, name in enumerate(conversation.risk):
        if name not in conversation.nodes:
            yield Fault(("risk", place), f"'{name}' is no node{_near(name, conversation.nodes)}")


def _near(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(names), n=1)
    return f"; did you mean '{near[0]}'?" if near else "; correct the name or write it"


def _people(conversation: Conversation) -> Iterator[Fault]:
    if YOU not in conversation.people or conversation.colleague == YOU:
        yield Fault(("people",), f"begins with the colleague and holds '{YOU}' too; write both")
    for name, node in conversation.nodes.items():
        for place, line in enumerate(node.says):
            if line.who and line.who not in conversation.people:
                path = ("nodes", name, "says", place, "who")
                yield Fault(path, f"'{line.who}' is not among the people{_near(line.who, conversation.people)}")


def _unreachable(conversation: Conversation, graph: Graph) -> Iterator[Fault]:
    reached = reachable(graph, conversation.start)
    for kind, names in (("nodes", conversation.nodes), ("endings", conversation.endings)):
        for name in names:
            if name not in reached:
                yield Fault((kind, name), "can't be reached from the start; let a reply go there, or remove it")


def _without_end(conversation: Conversation, graph: Graph) -> Iterator[Fault]:
    ending = ends(graph, set(conversation.endings))
    for name in conversation.nodes:
        if name not in ending:
            loop = " → ".join(loop_through(graph, name))
            yield Fault(
                ("nodes", name), f"never comes to an end ({loop}, a loop with no way out); let a reply lead out"
            )


def _endings(conversation: Conversation) -> Iterator[Fault]:
    if not any(ending.kind == "good" for ending in conversation.endings.values()):
        yield Fault(("endings",), "hold no good one; write one")
    elif best_path(conversation) is None:
        message = "no path from here to a good ending uses replies with a skill alone; there is no best path"
        yield Fault(("start",), message)


def _risk(conversation: Conversation, graph: Graph) -> Iterator[Fault]:
    for name in conversation.risk:
        for ending in sorted(reachable(graph, name) & set(conversation.endings)):
            if not conversation.endings[ending].handover:
                way = " → ".join(path_between(graph, name, ending))
                message = f"follows danger that was disclosed ({way}) and is no handover; end it with one"
                yield Fault(("endings", ending, "handover"), message)


def _unmarked_danger(conversation: Conversation) -> Iterator[Fault]:
    for name, node in conversation.nodes.items():
        found = DANGER.search(_spoken(node))
        if found and name not in conversation.risk:
            message = f"says '{found[0]}' but is not under 'risk'; add it there, or change the words"
            yield Fault(("nodes", name, "says"), message)


def _spoken(node: Node) -> str:
    return " ".join(line.text for line in node.says)


def longest_is_best(conversations: Iterable[Conversation]) -> list[tuple[str, str]]:
    """Nodes whose longest reply is a best one, if that is so more often than chance would have it; else nothing.

    A learner who always takes the longest reply must not do better than one who closes the eyes and points. Counted are
    nodes in which some replies show a skill and some do not; equal lengths share the place.

    Returns:
        Ids of conversation and node, as they come; empty where length gives nothing away.
    """
    given_away: list[tuple[str, str]] = []
    observed = expected = Fraction(0)
    for conversation in conversations:
        for name, node in conversation.nodes.items():
            best = [reply.skill is not None for reply in node.replies]
            if all(best) or not any(best):
                continue
            length = max(len(reply.words) for reply in node.replies)
            longest = [is_best for is_best, reply in zip(best, node.replies, strict=True) if len(reply.words) == length]
            observed += Fraction(sum(longest), len(longest))
            expected += Fraction(sum(best), len(best))
            given_away += [(conversation.id, name)] if any(longest) else []
    return given_away if observed > expected else []
