"""An unsafe phrase is named with its line and with what to write instead; in a marked counter-example it may stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from peercourse.content.checks import course_pages
from peercourse.content.counter_examples import yaml_texts
from peercourse.content.course import load_course
from peercourse.content.prose import passages
from peercourse.content.unsafe_phrase_checks import unsafe_phrase_problems
from peercourse.content.unsafe_phrases import FILE, UnsafePhrases, read_unsafe_phrases
from peercourse.content.yaml_source import parse_yaml

Change = tuple[str, str, str]
ROOT = Path(__file__).resolve().parents[2]
LESSON = "modules/02-active-listening/opening.md"
BANK = "quizzes/m2-active-listening.yml"
SLIPS = "modules/02-active-listening/practice/slips.yml"
TALK = "modules/02-active-listening/practice/conversations/the-last-bus.yml"
CARDS = "quizzes/role-play/cards.yml"
SECRET = "I won’t tell anyone."
METHOD = "He took an overdose."


@pytest.fixture
def told_after(course_copy: Path) -> Callable[..., list[str]]:
    """Put texts in the place of others in files of the copy; gives what is said about unsafe phrases."""

    def told(*changes: Change) -> list[str]:
        for file, old, new in changes:
            path = course_copy / file
            text = path.read_text(encoding="utf-8")
            assert old in text, f"{old!r} is not in {file}"
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        course = load_course(course_copy)
        return [str(problem) for problem in unsafe_phrase_problems(course, course_pages(course))]

    return told


@pytest.fixture(scope="module")
def unsafe() -> UnsafePhrases:
    return read_unsafe_phrases(ROOT)


def kinds_in(unsafe: UnsafePhrases, text: str) -> set[str]:
    return {use.kind.id for use in unsafe.uses(text)}


def line_of(course: Path, file: str, words: str) -> int:
    lines = (course / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_the_course_holds_none_outside_its_counter_examples(told_after) -> None:
    assert told_after() == []


def test_a_phrase_in_a_lesson_is_named_with_its_line_and_what_to_write(course_copy: Path, told_after) -> None:
    (problem,) = told_after((LESSON, "## The idea\n", "## The idea\n\nShe waits.\nHe committed suicide in May.\n"))
    line = line_of(course_copy, LESSON, "committed suicide")
    assert problem.startswith(f"{LESSON}:{line}: unsafe phrase: 'committed suicide' (committed-suicide). ")
    assert "Write “died by suicide”" in problem
    assert problem.endswith("put the line '% counter-example' directly above")


def test_the_check_of_the_whole_course_says_it_too(problems_after) -> None:
    problems = problems_after(LESSON, "## The idea\n", "## The idea\n\nIt was a cry for help.\n")
    assert any("'cry for help' (cry-for-help)" in problem for problem in problems)


EVERYWHERE: list[Change] = [
    ("book/before-you-use.md", "\n## ", f"\n{SECRET}\n\n## "),
    ("index.md", "\n## ", f"\n{SECRET}\n\n## "),
    (LESSON, "## The idea\n", f"## The idea\n\n{SECRET}\n"),
    ("modules/02-active-listening/module.yml", 'text: "', f'text: "{SECRET} '),
    ("modules/02-active-listening/practice/self-checks.yml", "stem: >-\n", f"stem: >-\n    {SECRET}\n"),
    ("modules/02-active-listening/practice/say-it-yourself.yml", "story: >-\n", f"story: >-\n    {SECRET}\n"),
    (SLIPS, "scene: >-\n", f"scene: >-\n    {SECRET}\n"),
    (TALK, "coach: >-\n", f"coach: >-\n          {SECRET}\n"),
    (BANK, "setting: ", f"setting: {SECRET} "),
    (CARDS, "try_for: ", f"try_for: {SECRET} "),
    ("quizzes/role-play/rubric.yml", 'full: "', f'full: "{SECRET} '),
    ("evidence/programmes.yaml", "  setting: ", f"  reference_note: {SECRET}\n  setting: "),
]


def test_it_is_found_wherever_people_read(told_after) -> None:
    problems = told_after(*EVERYWHERE)
    assert all("(secrecy)" in problem for problem in problems)
    assert sorted(problem.split(":")[0] for problem in problems) == sorted(file for file, _, _ in EVERYWHERE)


def test_in_a_counter_example_of_any_kind_it_may_stand(told_after) -> None:
    assert (
        told_after(
            (LESSON, "## The idea\n", f"## The idea\n\n% counter-example\n{SECRET}\n"),
            (BANK, "    setting: ", f"    # counter-example\n    setting: {SECRET} "),
            (BANK, "does_not_earn:\n", f'does_not_earn:\n              - "{SECRET}"\n'),
            (BANK, "harmful:\n", f'harmful:\n          - "{SECRET}"\n'),
            (CARDS, "closes: [", f"closes: [{SECRET}, "),
        )
        == []
    )


def test_a_colleague_may_ask_for_secrecy_and_may_not_name_a_method(course_copy: Path, told_after) -> None:
    assert told_after((TALK, "    says: ", f"    says: “{SECRET}” # ")) == []
    (problem,) = told_after((TALK, SECRET, METHOD))
    assert problem.startswith(f"{TALK}:{line_of(course_copy, TALK, METHOD)}: ")
    assert "(method)" in problem


def test_a_method_stands_nowhere_not_even_in_a_counter_example(told_after) -> None:
    problems = told_after(
        (LESSON, "## The idea\n", f"## The idea\n\n% counter-example\n{METHOD}\n"),
        (BANK, "harmful:\n", f'harmful:\n          - "{METHOD}"\n'),
    )
    assert [problem.split(":")[0] for problem in problems] == [LESSON, BANK]
    assert not any("put the line" in problem for problem in problems)


def counter_examples(page: str) -> list[str]:
    return [passage.text for passage in passages(page) if passage.counter_example]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("% counter-example\nYes.\n\nNo.\n", ["Yes."], id="paragraph"),
        pytest.param("% counter-example: why\nYes.\nYes.\n\nNo.\n", ["Yes.\nYes."], id="with a reason"),
        pytest.param("No.\n\n% counter-example\n- Yes.\n- Yes too.\n\nNo.\n", ["Yes.", "Yes too."], id="list"),
        pytest.param("- No.\n- No.\n  % counter-example\n  Yes.\n- No.\n", ["Yes."], id="inside a list"),
        pytest.param("% counter-example\n> Yes.\n\nNo.\n", ["Yes."], id="quotation"),
        pytest.param("% counter-example\nYes\n: Yes.\n\nNo.\n", ["Yes", "Yes."], id="definition"),
        pytest.param("% counter-example\n|Yes|\n|-|\n|Yes.|\n\nNo.\n", ["Yes", "Yes."], id="table"),
        pytest.param("% counter-example\n:::{note}\nYes.\n:::\nNo.\n", ["Yes."], id="directive"),
        pytest.param("% counter-example\n\nNo.\n", [], id="not directly above"),
        pytest.param("% a note\nNo.\n", [], id="another comment"),
        pytest.param(":::{say-avoid}\n- say: No.\n  avoid: Yes.\n  why: No.\n:::\n", ["Yes."], id="avoid"),
        pytest.param(":::{carry}\n- No.\n# counter-example\n- Yes.\n:::\n", ["Yes."], id="carry"),
        pytest.param('---\n# counter-example\ncontent_note: "Yes."\n---\nNo.\n', ["Yes."], id="front matter"),
    ],
)
def test_a_mark_covers_what_stands_directly_below_it_and_no_more(page: str, expected: list[str]) -> None:
    assert counter_examples(page) == expected


def test_passages_know_their_lines() -> None:
    page = (
        "---\nminutes: 1\ndescription: Three.\n---\n# Five\n\nSeven.\n\n:::{figure-svg} a\n:alt: Ten.\nEleven.\n:::\n"
    )
    page += "\n:::{note}\n:class: x\n\n- Seventeen.\n:::\n\n:::{carry}\n- Twenty-one.\n:::\n"
    lines = {passage.text: passage.line for passage in passages(page)}
    assert lines == {
        "Three.": 3, "Five": 5, "Seven.": 7, "Ten.": 10, "Eleven.": 11, "Seventeen.": 17, "Twenty-one.": 21,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param("{text: A, points: 0, rationale: B}", ["A"], id="earns nothing"),
        pytest.param("{text: A, points: 0.5, rationale: B}", [], id="earns something"),
        pytest.param("{text: A, points: 1, harm: true, rationale: B}", ["A"], id="harmful"),
        pytest.param("{text: A, points: 1, slip: advice, rationale: B}", ["A"], id="slip among options"),
        pytest.param("{text: A, points: 2, earns: [B], does_not_earn: [C, D]}", ["C", "D"], id="criterion"),
        pytest.param("{criteria: [], harmful: [A]}", ["A"], id="harmful answers"),
        pytest.param("{left: A, right: B, extra: [C]}", ["C"], id="fits nothing"),
        pytest.param("{hurts: {say: A, slip: advice, why: B}, helps: {say: C, why: D}}", ["A"], id="pair of replies"),
        pytest.param("{say: A, skill: repair, coach: B, goto: C}", [], id="reply with a skill"),
        pytest.param("{say: A, coach: B, goto: C}", ["A"], id="reply without a skill"),
        pytest.param("{do: A, slip: advice, coach: B, goto: C}", ["A"], id="reply with a slip"),
        pytest.param("{opens: [A], closes: [B]}", ["B"], id="role play"),
        pytest.param("# counter-example\nstory: A", ["A"], id="marked"),
        pytest.param("story: A\n# counter-example\nsetting: B", ["B"], id="marked further down"),
        pytest.param("# counter-example\n\nstory: A", [], id="not directly above"),
    ],
)
def test_what_does_not_help_is_a_counter_example_and_why_is_not(entry: str, expected: list[str]) -> None:
    found = yaml_texts(parse_yaml(entry, "x.yml"), entry)
    assert [text.text for text in found if text.counter_example and text.path[-1] not in ("slip", "goto")] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She committed suicide.", "committed-suicide"),
        ("A successful suicide attempt.", "success-or-failure"),
        ("After two failed attempts on his own life he came back.", "failed-attempt"),
        ("There is a suicide epidemic among doctors.", "suicide-epidemic"),
        ("He is only attention-seeking.", "attention-seeking"),
        ("She had saved up her tablets.", "method"),
        ("He wants to kill himself. He has forty tablets.", "dose"),
        ("That bridge is a hotspot for suicide.", "place"),
        ("He took his own life in the garage.", "place"),
        ("He speaks of suicide. Last year he cut himself.", "method-in-context"),
        ("What you tell me stays with me.", "secrecy"),
        ("This is just between you\nand me.", "secrecy"),
        ("It’s *completely* confidential.", "secrecy"),
        ("Promise me you won’t do anything.", "no-harm-promise"),
        ("You’re not thinking of doing anything silly, are you?", "begging-for-a-no"),
        ("You have PTSD, I think.", "diagnosis"),
        ("I think you’re depressed.", "diagnosis"),
        ("Let me debrief you.", "debrief-you"),
        ("Tell me exactly what happened.", "fact-finding"),
        ("Don’t worry, you’ll be fine.", "false-reassurance"),
        ("Don’t worry you’ll be fine.", "false-reassurance"),
        ("I can’t tell you how sorry I am, you’ll be fine.", "false-reassurance"),
        ("Never mind. You’ll be fine.", "false-reassurance"),
        ("I know exactly how you feel.", "knowing-how-they-feel"),
    ],
)
def test_these_are_unsafe(unsafe: UnsafePhrases, text: str, kind: str) -> None:
    assert kind in kinds_in(unsafe, text)


@pytest.mark.parametrize(
    "text",
    [
        "A peer never promises secrecy.",
        "Never promise secrecy, and never diagnose.",
        "Never say “you’ll be fine”.",
        "Do not say “you’ll be fine” or “time heals”.",
        "So never say: “you’ll come out of this stronger”.",
        "Nothing on this page says that you should have known.",
        "I can’t keep this between us.",
        "It is not strictly confidential.",
        "It stays between us, unless somebody is in danger.",
        "She died by suicide.",
        "After two failed attempts the line was in.",
        "He was given ten milligrams too much.",
        "They met on the bridge, and she asked about suicide.",
        "The overdose, ten milligrams too much, was found at the second check.",
        "He shot himself in the foot with that email, and cut himself on the tin.",
        "They drove into the car park and walked from the building to the train.",
        "He had spent his life on the railway.",
        "The ligature held.",
        "Nobody will know until Monday.",
        "You have major trauma in bay two.",
        "Are you depressed, or is it something else?",
        "Find out whether you have depression.",
        "There was nothing left between us but a table.",
    ],
)
def test_these_are_not(unsafe: UnsafePhrases, text: str) -> None:
    assert kinds_in(unsafe, text) == set()


def test_every_kind_has_a_reason_a_way_out_and_a_basis(unsafe: UnsafePhrases) -> None:
    assert len(unsafe.kinds) >= 20
    assert [kind.id for kind in unsafe.kinds if bool(kind.based_on) == kind.from_memory] == []
    assert {kind.id for kind in unsafe.kinds if kind.everywhere} == {"method", "method-in-context", "dose", "place"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        pytest.param('"man up"', '"(man up"', "is no regular expression", id="bracket"),
        pytest.param('"man up"', '"Man up"', "has a capital or a curly quote", id="capital"),
        pytest.param("- id: growth", "- id: blame", "'blame' stands twice", id="twice"),
        pytest.param("\n  colleague_may:", "\n  colleague_mya:", "did you mean 'colleague_may'?", id="field"),
        pytest.param("[suicide-and-distress-F07]", "[suicide-and-distress-F99]", "F99' is not in evidence/", id="fact"),
    ],
)
def test_a_mistake_in_the_list_is_named(told_after, old: str, new: str, words: str) -> None:
    assert any(problem.startswith(f"{FILE}:") and words in problem for problem in told_after((FILE, old, new)))


def test_without_the_list_nothing_is_built(course_copy: Path) -> None:
    (course_copy / FILE).unlink()
    (problem,) = unsafe_phrase_problems(load_course(course_copy), [])
    assert str(problem).startswith(f"{FILE}: cannot be read")
