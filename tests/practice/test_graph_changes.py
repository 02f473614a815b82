"""What must not change in the checks of a conversation's graph when something else does."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from peercourse.practice.checks import faults
from peercourse.practice.conversation import Conversation
from peercourse.practice.graph import best_path, graph_of, poor_path, reachable


def renamed(conversation: Conversation, new: dict[str, str]) -> Conversation:
    """The same conversation with other names of nodes and endings."""
    data: dict[str, Any] = conversation.model_dump()
    for node in data["nodes"].values():
        for reply in node["replies"]:
            reply["goto"] = new[reply["goto"]]
    for part in ("nodes", "endings"):
        data[part] = {new[name]: entry for name, entry in data[part].items()}
    return Conversation.model_validate(
        {**data, "start": new[data["start"]], "risk": [new[name] for name in data["risk"]]}
    )


def changed(conversation: Conversation, **fields: Any) -> Conversation:
    return Conversation.model_validate({**conversation.model_dump(), **fields})


@given(data=st.data())
def test_one_reply_more_never_cuts_anything_off(shapes: ModuleType, data: DataObject) -> None:
    conversation = data.draw(shapes.any_conversation())
    nodes = conversation.model_dump()["nodes"]
    goto = data.draw(st.sampled_from([*nodes, *conversation.endings]))
    reply = {"say": "One more.", "coach": "So.", "goto": goto}
    name = data.draw(st.sampled_from(list(nodes)))
    nodes[name]["replies"] = [*nodes[name]["replies"], reply]
    more = changed(conversation, nodes=nodes)
    assert reachable(graph_of(conversation), conversation.start) <= reachable(graph_of(more), more.start)
    assert (best_path(conversation) is None) or best_path(more) == best_path(conversation)


@given(data=st.data())
def test_where_every_ending_is_a_handover_danger_needs_no_mending(shapes: ModuleType, data: DataObject) -> None:
    conversation = data.draw(shapes.any_conversation())
    endings = conversation.model_dump()["endings"]
    over = changed(conversation, endings={name: {**one, "handover": True} for name, one in endings.items()})
    kept = {fault for fault in faults(conversation) if "follows danger" not in fault.message}
    assert set(faults(over)) == kept


@given(data=st.data())
def test_other_names_change_nothing_but_names(shapes: ModuleType, data: DataObject) -> None:
    conversation = data.draw(shapes.any_conversation())
    names = [*conversation.nodes, *conversation.endings]
    mixed = data.draw(st.permutations(range(len(names))))
    new = {name: f"name-{place:02}" for name, place in zip(names, mixed, strict=True)}
    old = {other: name for name, other in new.items()}

    def back(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        return tuple(old.get(part, part) if isinstance(part, str) else part for part in path)

    other = renamed(conversation, new)
    told = {(fault.path, fault.message.split("(")[0]) for fault in faults(conversation)}
    assert {(back(fault.path), fault.message.split("(")[0]) for fault in faults(other)} == told
    for path in (best_path, poor_path):
        one, two = path(conversation), path(other)
        assert (one and (len(one.turns), one.ending)) == (two and (len(two.turns), old[two.ending]))
