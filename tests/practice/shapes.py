"""Conversations made up by Hypothesis: their shape counts, and nobody would say what is said in them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from peercourse.practice.conversation import Conversation

_KINDS = st.sampled_from(["skill", "slip", "neither"])
_ENDINGS = st.sampled_from(["good", "mixed", "poor"])


def _reply(kind: str, goto: str, place: int, length: int) -> dict[str, Any]:
    named = {"skill": {"skill": "staying"}, "slip": {"slip": "advice"}, "neither": {}}[kind]
    return {"say": f"{place}{'a' * length}", "coach": "Because.", "goto": goto, **named}


def made_up(
    nodes: dict[str, list[tuple[str, str, int]]], endings: dict[str, tuple[str, bool]], risk: list[str]
) -> Conversation:
    """A conversation of this shape: replies as kind, goto and length; endings as kind and whether a handover."""
    shape = {
        name: {
            "says": "Yes.",
            "shows": {"open": 2, "distress": 2},
            "replies": [_reply(kind, goto, place, length) for place, (kind, goto, length) in enumerate(replies)],
        }
        for name, replies in nodes.items()
    }
    words = {"title": "So", "text": "So.", "debrief": "So.", "next": "So."}
    return Conversation.model_validate(
        {
            "id": "made-up", "title": "Made up", "minutes": 5, "outcomes": ["m1.1"], "competences": ["COM01"],
            "setting": "Nowhere", "people": {"Ewa": "nurse", "you": "supporter"}, "opening": "So.",
            "start": next(iter(nodes)), "nodes": shape, "risk": risk,
            "endings": {name: {"kind": kind, "handover": over, **words} for name, (kind, over) in endings.items()},
        }
    )  # fmt: skip


@st.composite
def any_conversation(draw: DrawFn, strangers: tuple[str, ...] = (), most_nodes: int = 12) -> Conversation:
    """A conversation of any shape, mostly one with faults; ``strangers`` are names that a goto may have besides."""
    names = [f"n{place}" for place in range(draw(st.integers(2, most_nodes)))]
    ends = [f"e{place}" for place in range(draw(st.integers(1, 4)))]
    reply = st.tuples(_KINDS, st.sampled_from([*names, *ends, *strangers]), st.integers(1, 9))
    nodes = {name: draw(st.lists(reply, min_size=2, max_size=4)) for name in names}
    endings = {name: (draw(_ENDINGS), draw(st.booleans())) for name in ends}
    return made_up(nodes, endings, draw(st.lists(st.sampled_from(names), unique=True, max_size=3)))


@st.composite
def sound_conversation(draw: DrawFn) -> Conversation:
    """A conversation without faults: each turn leads on to the next, the last one to every ending, others anywhere."""
    names = [f"n{place}" for place in range(draw(st.integers(2, 12)))]
    ends = [f"e{place}" for place in range(draw(st.integers(2, 4)))]
    others = st.tuples(_KINDS, st.sampled_from([*names, *ends]), st.integers(1, 9))
    nodes = {
        name: [("skill", following, 3), *draw(st.lists(others, min_size=1, max_size=3))]
        for name, following in zip(names, [*names[1:], ends[0]], strict=True)
    }
    nodes[names[-1]] = [("skill", name, 3) for name in ends]
    endings = {name: ("good" if name == "e0" else draw(_ENDINGS), draw(st.booleans())) for name in ends}
    return made_up(nodes, endings, [])
