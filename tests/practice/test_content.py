"""The depth of practice that the course promises, counted in the files themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import get_args

import pytest

from peercourse.content.course import Course
from peercourse.practice.checks import longest_is_best
from peercourse.practice.conversation import YOU, Conversation
from peercourse.practice.graph import best_path, poor_path
from peercourse.practice.skills import Skill
from peercourse.quiz.item import Slip

OUT_OF_HOSPITAL = re.compile(r"\b(channel|home carers?|ambulance|garage|pharmacy|care home)", re.IGNORECASE)
PHONE_NUMBER = re.compile(r"(?:\+|\b[01])[\d ()-]{2,}\d\b|\b\d{3,}[ -]\d{3,}\b|\b(?:999|112|911|988|116 ?123)\b")
METHODS = re.compile(
    r"\b(noose|hang(?:ed|ing)? (?:him|her|my)self|overdos\w*|razor\w*|slit\w*|guns?|"
    r"jump(?:ed|ing)? (?:off|from|in front)|(?:off|from) (?:a|the) (?:bridge|roof)|railway line|carbon monoxide|"
    r"\d+ ?(?:mg|milligrams?|tablets|pills))\b",
    re.IGNORECASE,
)
MEDICINES = re.compile(
    r"\b(paracetamol|insulin|potassium|propofol|ketamine|morphine|fentanyl|opioids?|barbiturat\w*)\b",
    re.IGNORECASE,
)
DANGER = re.compile(r"suicid|better off without|kill (?:my|your)self|end(?:ing)? (?:your|my) life", re.IGNORECASE)
NAMES = [*(f"skills.{name}" for name in get_args(Skill)), *(f"slips.{name}" for name in get_args(Slip))]


@pytest.fixture(scope="module")
def conversations(real_course: Course) -> list[Conversation]:
    return [found for module in real_course.modules for found in module.practice.conversations.values()]


def replies_of(conversation: Conversation) -> Iterator[str]:
    for node in conversation.nodes.values():
        yield from (reply.words for reply in node.replies)


def skills_on_the_best_path(conversation: Conversation) -> set[str | None]:
    best = best_path(conversation)
    assert best
    return {conversation.nodes[turn.node].replies[turn.reply].skill for turn in best.turns}


def everything_written(course: Course) -> Iterator[tuple[str, str]]:
    """Every practice file of the course with its text."""
    for path in sorted(course.root.glob("modules/*/practice/**/*.yml")):
        yield path.relative_to(course.root).as_posix(), path.read_text(encoding="utf-8")


def test_there_are_seven_conversations(conversations: list[Conversation]) -> None:
    assert len(conversations) >= 7


def test_each_goes_on_for_eight_exchanges_and_can_end_in_three_ways(conversations: list[Conversation]) -> None:
    for conversation in conversations:
        best = best_path(conversation)
        assert best, conversation.id
        assert len(best.turns) >= 8, conversation.id
        assert len(conversation.endings) >= 3, conversation.id
        assert poor_path(conversation), conversation.id
        assert {ending.kind for ending in conversation.endings.values()} >= {"good", "poor"}, conversation.id


def test_one_is_out_of_hospital_and_one_is_a_group_chat(conversations: list[Conversation]) -> None:
    assert [one.id for one in conversations if OUT_OF_HOSPITAL.search(one.setting)]
    groups = [one for one in conversations if len(set(one.people) - {YOU}) >= 3 and "chat" in one.setting.lower()]
    assert groups
    for group in groups:
        writers = {line.who for node in group.nodes.values() for line in node.says}
        assert len(writers - {"", YOU}) >= 3, group.id
        assert "holding-the-group" in skills_on_the_best_path(group)


def endings_after(conversation: Conversation, name: str) -> set[str]:
    """Endings that can follow a turn, by going on until nothing new is met."""
    met, waiting = {name}, [name]
    while waiting:
        node = conversation.nodes.get(waiting.pop())
        new = {reply.goto for reply in node.replies} - met if node else set()
        met |= new
        waiting += new
    return met & set(conversation.endings)


def test_after_danger_was_disclosed_every_ending_is_a_handover(conversations: list[Conversation]) -> None:
    dangerous = [one for one in conversations if one.risk]
    assert dangerous
    for conversation in dangerous:
        for name in conversation.risk:
            after = endings_after(conversation, name)
            assert after, (conversation.id, name)
            assert all(conversation.endings[ending].handover for ending in after), (conversation.id, name)
    on_the_way = [one for one in dangerous if {turn.node for turn in (best_path(one) or ()).turns} & set(one.risk)]
    assert [one for one in on_the_way if "asking-about-suicide" in skills_on_the_best_path(one)]


def test_in_one_the_colleagues_no_is_respected(conversations: list[Conversation]) -> None:
    assert [one.id for one in conversations if "respecting-no" in skills_on_the_best_path(one)]


def test_there_are_slips_of_eight_kinds_and_prompts(real_course: Course) -> None:
    slips = [pair for module in real_course.modules for pair in module.practice.slips.values()]
    prompts = [prompt for module in real_course.modules for prompt in module.practice.own_words.values()]
    assert len(slips) >= 12
    assert len({pair.hurts.slip for pair in slips}) >= 8
    assert len(prompts) >= 6


def test_every_module_with_lessons_can_be_practised(real_course: Course) -> None:
    taught = [module for module in real_course.modules if module.lessons]
    assert taught
    for module in taught:
        pool = module.practice
        assert pool.conversations, module.settings.id
        assert pool.slips, module.settings.id
        assert pool.own_words, module.settings.id


@pytest.mark.parametrize("name", NAMES)
def test_what_helps_and_what_hurts_has_a_name_in_words(real_course: Course, name: str) -> None:
    said = real_course.words(name)
    assert said
    assert said != name


def test_who_always_takes_the_longest_reply_does_no_better_than_chance(conversations: list[Conversation]) -> None:
    assert longest_is_best(conversations) == []


def test_no_reply_stands_twice(real_course: Course, conversations: list[Conversation]) -> None:
    pairs = [pair for module in real_course.modules for pair in module.practice.slips.values()]
    prompts = [prompt for module in real_course.modules for prompt in module.practice.own_words.values()]
    said = [words for conversation in conversations for words in replies_of(conversation)]
    said += [words for pair in pairs for words in (pair.hurts.words, pair.helps.words)]
    said += [one.say for prompt in prompts for one in prompt.worked]
    counted = Counter(re.sub(r"[^\w]+", " ", words.lower()).strip() for words in said)
    assert [words for words, number in counted.items() if number > 1] == []


def test_no_telephone_number_stands_in_practice(real_course: Course) -> None:
    found = {name: PHONE_NUMBER.findall(text) for name, text in everything_written(real_course)}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def test_no_way_of_harming_oneself_is_named(real_course: Course) -> None:
    found = {name: [one[0] for one in METHODS.finditer(text)] for name, text in everything_written(real_course)}
    assert {name: words for name, words in found.items() if words} == {}


def test_where_suicide_is_spoken_of_no_medicine_is_named(
    real_course: Course, conversations: list[Conversation]
) -> None:
    """A ward has medicines, and elsewhere they may be named."""
    dangerous = [text for _, text in everything_written(real_course) if DANGER.search(text)]
    assert len(dangerous) >= sum(bool(one.risk) for one in conversations)
    assert [one[0] for text in dangerous for one in MEDICINES.finditer(text)] == []
