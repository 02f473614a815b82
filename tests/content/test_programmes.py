"""An entry of the programme library: what is read of it, and what stops a build, at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from peercourse.content.problems import ContentError
from peercourse.content.programmes import Programme, read_programmes, shown_programmes

ROOT = Path(__file__).resolve().parents[2]
HEAD = "key: ada2020team\n  name: A team\n  reference: Ada 2020\n  verification: abstract"


def one(tmp_path: Path, fields: str) -> Programme:
    """The entry of a file that has one, with these fields below those that every entry has."""
    path = tmp_path / "evidence" / "programmes.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"- {HEAD}\n{fields}", encoding="utf-8")
    (entry,) = read_programmes(tmp_path).values()
    return entry


@pytest.mark.parametrize(
    "gap", ["not_seen", "not described in the sources read", "not verified", "null", "[]", "{}", "[not_seen]", "''"]
)
def test_all_ways_to_say_that_nothing_was_seen_are_one(tmp_path: Path, gap: str) -> None:
    entry = one(tmp_path, f"  training: {gap}\n")
    assert entry.training is None
    assert entry.only_reference, "nothing else stands in it"


def test_what_does_not_apply_is_no_gap(tmp_path: Path) -> None:
    assert one(tmp_path, "  training: not applicable\n").training == "not applicable"


def test_an_entry_that_was_not_found_is_its_reference_whatever_else_stands_in_it(tmp_path: Path) -> None:
    entry = one(tmp_path, "  limits: [citation only]\n").model_copy(update={"verification": "not_found"})
    assert entry.only_reference


@pytest.mark.parametrize(
    ("model", "kind"),
    [
        ("one-to-one", "one-to-one"),
        ("group (also one-to-one, virtual)", "group"),
        ("'online, in small groups'", "online"),
        ("null", None),
        ("not verified", None),
    ],
)
def test_the_kind_is_what_the_model_begins_with(tmp_path: Path, model: str, kind: str | None) -> None:
    assert one(tmp_path, f"  model: {model}\n").kind == kind


def test_what_is_to_be_confirmed_is_not_read(tmp_path: Path) -> None:
    fields = (
        "  evaluation:\n  - It helped\n  - {finding: It healed, confirm_before_publication: true}\n"
        "  training: {hours: 5, confirm_before_publication: true}\n"
        "  escalation: {path: Known, confirm_before_publication: false}\n"
    )
    entry = one(tmp_path, fields)
    assert (entry.evaluation, entry.training, entry.escalation) == (("It helped",), None, {"path": "Known"})
    waiting = one(tmp_path, "  confirm_before_publication: true\n")
    assert waiting.as_fact().confirm
    assert shown_programmes({waiting.key: waiting}) == []


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ("  traning: None seen\n", "5: 0.traning", "did you mean 'training'?"),
        ("  model: buddies\n", "5: 0.model", "begin it with one of one-to-one, group, online"),
        ("  training: yes\n", "5: 0.training", "put it between quotes"),
        ("  setting_type: [ward]\n", "5: 0.setting_type.0", "write one of 'hospital', 'department'"),
        ("  further_sources:\n  - fact: It grew\n", "6: 0.further_sources.0.citation", "is missing; add it"),
        ("  setting: [Ward]\n", "5: 0.setting", "is read as a list"),
    ],
)
def test_a_mistake_is_named_at_its_line(tmp_path: Path, fields: str, place: str, words: str) -> None:
    with pytest.raises(ContentError) as error:
        one(tmp_path, fields)
    (problem,) = map(str, error.value.problems)
    assert problem.startswith(f"evidence/programmes.yaml:{place}"), problem
    assert words in problem


def test_a_key_that_is_none_and_a_key_that_stands_twice_are_named(tmp_path: Path) -> None:
    path = tmp_path / "evidence" / "programmes.yaml"
    path.parent.mkdir()
    path.write_text(f"- {HEAD}\n".replace("ada2020team", "index"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"programmes.yaml:1: 0.key: is 'index'; write first author, year"):
        read_programmes(tmp_path)
    path.write_text(f"- {HEAD}\n- {HEAD}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"programmes.yaml:5: 1.key: 'ada2020team' stands 2 times; keep one"):
        read_programmes(tmp_path)


def test_the_example_of_the_handbook_is_an_entry_as_it_stands() -> None:
    page = (ROOT / "handbook/pages/maintainers/add-a-programme.md").read_text(encoding="utf-8")
    example = page.split('```yaml title="evidence/programmes.yaml"\n')[1].split("```")[0]
    assert example in (ROOT / "evidence/programmes.yaml").read_text(encoding="utf-8")


def test_the_handbook_tells_of_every_field_that_an_entry_may_have() -> None:
    page = (ROOT / "handbook/pages/maintainers/add-a-programme.md").read_text(encoding="utf-8")
    assert [name for name in Programme.model_fields if f"`{name}`" not in page and f"`{name}:" not in page] == []
