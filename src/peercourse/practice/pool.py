"""Everything in a module's ``practice`` folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from peercourse.content.problems import Collector, ContentError, Problem, relative_name
from peercourse.content.typed import read_model
from peercourse.content.yaml_source import Source, read_yaml
from peercourse.practice.conversation import Conversation
from peercourse.practice.own_words import OwnWords
from peercourse.practice.slip_pair import SlipPair
from peercourse.quiz.item import Item
from peercourse.quiz.types import PracticeItem

SELF_CHECKS = "self-checks.yml"
SLIPS = "slips.yml"
OWN_WORDS = "say-it-yourself.yml"
CONVERSATIONS = "conversations"


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Named)


@dataclass(frozen=True)
class Pool:
    """What can be practised in a module, by id.

    Attributes:
        self_checks: questions with feedback on every answer.
        slips: pairs of replies.
        own_words: prompts to write to.
        conversations: branching conversations.
        sources: the files that were read, by their name in the folder, for the places of problems.
    """

    self_checks: Mapping[str, Item] = field(default_factory=dict)
    slips: Mapping[str, SlipPair] = field(default_factory=dict)
    own_words: Mapping[str, OwnWords] = field(default_factory=dict)
    conversations: Mapping[str, Conversation] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)


def conversation_file(conversation_id: str) -> str:
    """Name of a conversation's file within the ``practice`` folder."""
    return f"{CONVERSATIONS}/{conversation_id}.yml"


def read_pool(folder: Path, root: Path) -> Pool:
    """Read a module's ``practice`` folder; what is not there is empty.

    Args:
        folder: the ``practice`` folder.
        root: the course folder, from which files are named.

    Raises:
        ContentError: with every problem in the folder.
    """
    collector = Collector()
    sources: dict[str, Source] = {}
    self_checks = collector.attempt(lambda: _entries(folder, SELF_CHECKS, tuple[PracticeItem, ...], root, sources))
    slips = collector.attempt(lambda: _entries(folder, SLIPS, tuple[SlipPair, ...], root, sources))
    own_words = collector.attempt(lambda: _entries(folder, OWN_WORDS, tuple[OwnWords, ...], root, sources))
    collector.problems += _unread(folder, root)
    files = sorted((folder / CONVERSATIONS).glob("*.yml"))
    conversations = [collector.attempt(lambda: _conversation(path, root, sources)) for path in files]  # noqa: B023
    collector.stop_if_any()
    return Pool(
        self_checks=self_checks or {},
        slips=slips or {},
        own_words=own_words or {},
        conversations={found.id: found for found in conversations if found is not None},
        sources=sources,
    )


def _entries(
    folder: Path, name: str, model: type[tuple[Entry, ...]], root: Path, sources: dict[str, Source]
) -> dict[str, Entry]:
    if not (folder / name).exists():
        return {}
    source = sources[name] = read_yaml(folder / name, relative_name(folder / name, root))
    found: dict[str, Entry] = {}
    twice: list[Problem] = []
    for index, entry in enumerate(read_model(source, model)):
        if entry.id in found:
            twice.append(source.problem((index, "id"), f"'{entry.id}' stands twice; rename one of them"))
        found[entry.id] = entry
    if twice:
        raise ContentError(twice)
    return found


def _unread(folder: Path, root: Path) -> list[Problem]:
    """Files that an author may take for practice and that nothing reads; hidden ones are left alone."""
    known = {folder / name for name in (SELF_CHECKS, SLIPS, OWN_WORDS)}
    known |= set((folder / CONVERSATIONS).glob("*.yml"))
    kinds = f"{CONVERSATIONS}/NAME.yml, {SELF_CHECKS}, {SLIPS} or {OWN_WORDS}"
    return [
        Problem(relative_name(path, root), 0, "", f"is read by nothing; name it {kinds}, or remove it")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path not in known and not path.name.startswith(".")
    ]


def _conversation(path: Path, root: Path, sources: dict[str, Source]) -> Conversation:
    source = read_yaml(path, relative_name(path, root))
    conversation = read_model(source, Conversation)
    if conversation.id != path.stem:
        raise ContentError([source.problem(("id",), f"is '{conversation.id}'; write the file's name, '{path.stem}'")])
    sources[conversation_file(conversation.id)] = source
    return conversation
