"""Several attempts: what is one, how many there may be, which one counts, and what becomes of marks."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from peercourse.cli import main
from peercourse.content.host_rules import AttemptRules
from peercourse.grading.attempt_list import read_histories, rows
from peercourse.grading.attempt_rules import Fate, HandedIn, fates, write_rules
from peercourse.grading.course_folder import release_quizzes
from peercourse.grading.grade import grade
from peercourse.grading.gradebook import open_gradebook
from peercourse.grading.results import present_results, read_results
from peercourse.grading.scores import item_rows, quiz_rows

LOW, HALF = {"first-words": "c"}, {"first-words": "b"}  # nothing, and half a point
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def hand_in(desk: Any, day: int, answers: Any = None, words: str = "", trainee: str = "nurse-17") -> None:
    path = desk.put(f"{trainee}-{day}.ipynb", desk.answered(trainee, answers, words))
    time = (START + timedelta(days=day)).timestamp()
    os.utime(path, (time, time))


def ruled(desk: Any, **rules: Any) -> None:
    write_rules(desk.folder.root, AttemptRules(**rules))


def listed(desk: Any) -> list[tuple[str, ...]]:
    """Number, score, whether it counts, and why."""
    return [(row[3], row[5], row[8], row[9]) for row in rows(read_histories(desk.folder))[1:]]


def comment(desk: Any, text: str | None = None) -> str | None:
    """The marker's comment on the written answer, written first if one is given."""
    with open_gradebook(desk.folder.root) as gradebook:
        row = gradebook.find_comment("your-words", desk.quiz.id, desk.quiz.assignment, "nurse-17")
        if text is not None:
            row.manual_comment = text
            gradebook.db.commit()
        return str(row.manual_comment) if row.manual_comment is not None else None


def run(desk: Any, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--grading", str(desk.folder.root)])
    assert result.exit_code == 0, result.output
    return result.output


@given(
    st.dictionaries(st.integers(0, 9), st.sampled_from("abcde"), min_size=1, max_size=8),
    st.builds(AttemptRules, most=st.integers(0, 4), counts=st.sampled_from(["first", "last", "best"])),
    st.integers(1, 3),
)
def test_however_often_files_are_collected_the_same_attempt_counts(
    handed_in: dict[int, str], rules: AttemptRules, parts: int
) -> None:
    files = [HandedIn(digest, START + timedelta(days=day)) for day, digest in sorted(handed_in.items())]

    def collected(runs: list[list[HandedIn]]) -> tuple[HandedIn | None, set[str]]:
        present, others = None, set()
        for run in runs:
            found = fates(present, others, run, rules, allowed=False)
            assert found.count(Fate.TAKEN) <= 1
            for file, fate in zip(run, found, strict=True):
                if fate is Fate.KEPT:
                    others.add(file.digest)
                elif fate is Fate.TAKEN:
                    others |= {present.digest} if present else set()
                    present = file
        return present, others | ({present.digest} if present else set())

    present, attempts = collected([files])
    size = -(-len(files) // parts)
    in_parts = [files[start : start + size] for start in range(0, len(files), size)]
    assert collected(in_parts) == collected([files, files]) == (present, attempts)
    order = list(dict.fromkeys(file.digest for file in files))
    allowed = order[: rules.most or None]
    assert attempts == set(allowed)
    if rules.counts == "first":
        assert present == files[0]
    else:
        assert present is not None
        assert present.digest == [file.digest for file in files if file.digest in allowed][-1]


def test_the_last_counts_unless_a_rule_says_otherwise(desk: Any, tools: Any) -> None:
    hand_in(desk, 1)
    hand_in(desk, 2, LOW)
    assert [entry.name for entry in desk.collect().taken] == ["nurse-17-2.ipynb"]
    grade(desk.folder)
    assert listed(desk) == [("1", "13.5", "no", "a later one counts"), ("2", "0", "yes", "the last one")]
    assert [row.score for row in quiz_rows(desk.folder)] == [0]


def test_where_the_first_counts_a_later_file_is_kept_beside(desk: Any) -> None:
    ruled(desk, counts="first")
    hand_in(desk, 1, LOW)
    desk.collect()
    grade(desk.folder)
    hand_in(desk, 2)
    ((kept, why),) = desk.collect().kept
    assert (kept.name, why) == ("nurse-17-2.ipynb", "nurse-17 handed in before, and the first attempt counts")
    assert grade(desk.folder).graded == []
    assert listed(desk) == [("1", "0", "yes", "the first one"), ("2", "13.5", "no", "the first one counts")]
    hand_in(desk, 0, HALF)  # it comes to light later, and was the first
    assert [entry.name for entry in desk.collect().taken] == ["nurse-17-0.ipynb"]
    assert len(read_histories(desk.folder)[0].tried) == 3


def test_the_best_counts_and_one_that_waits_for_marks_decides_nothing(desk: Any) -> None:
    ruled(desk, counts="best")
    hand_in(desk, 1, words="What was it like?")
    desk.collect()
    grade(desk.folder)
    desk.marked("nurse-17", 2)
    comment(desk, "About the old words.")
    hand_in(desk, 2, desk.best(), words="Tell me more, if you like.")
    desk.collect()
    assert [row.passed for row in quiz_rows(desk.folder)] == ["not scored yet"]
    grade(desk.folder)
    assert desk.grades("nurse-17")["your-words"] == (None, 2, True)  # the mark of the old words is none of the new
    assert listed(desk) == [
        ("1", "15.5", "yes", "the best so far"),
        ("2", "", "no", "waiting for marking"),
    ]
    (row,) = quiz_rows(desk.folder)
    assert (row.score, row.passed, row.submitted_at) == (15.5, "yes", "2026-03-03 08:00 UTC")
    (result,) = read_results(desk.folder)
    assert (result.score, result.items[-1].answer) == (15.5, "What was it like?")
    assert result.comments == {"your-words": "About the old words."}
    assert comment(desk) is None  # it is not shown under the new words
    assert present_results(desk.folder)[0].items[-1].answer == "Tell me more, if you like."
    desk.marked("nurse-17", 4)
    assert [one[2] for one in listed(desk)] == ["no", "yes"]
    assert read_results(desk.folder)[0].score == 17.5
    desk.marked("nurse-17", 1)
    assert read_results(desk.folder)[0].score == 15.5
    assert [(row.score, row.marked) for row in item_rows(desk.folder)][-1] == (2, "by hand")


def test_an_earlier_attempt_is_scored_by_the_corrected_key(desk: Any, tools: Any, tmp_path: Any) -> None:
    ruled(desk, counts="best")
    hand_in(desk, 1, desk.best() | HALF)
    hand_in(desk, 2, LOW)
    desk.collect()
    grade(desk.folder)
    (before,) = (row.score for row in quiz_rows(desk.folder))
    corrected = tools["bank_of"](tools["BANK"].replace("points: 0.5", "points: 1.5"), tmp_path)
    release_quizzes([corrected], desk.folder.root, lambda _: None)
    grade(desk.folder)
    (row,) = quiz_rows(desk.folder)
    assert (before, row.score) == (12, 13)


def test_over_the_limit_a_file_stays_in_the_inbox_until_the_trainer_grants_one_more(desk: Any) -> None:
    ruled(desk, most=2)
    for day, answers in ((1, None), (2, LOW), (3, HALF)):
        hand_in(desk, day, answers)
    report = desk.collect()
    (refusal,) = report.refused
    assert refusal.name == "nurse-17-3.ipynb"
    assert refusal.why == (
        "nurse-17 has used up the 2 attempts that institution.yml allows; the file stays in the inbox, "
        "and for one attempt more, collect again with --allow nurse-17"
    )
    assert "'c'" in desk.submitted("nurse-17")["first-words"]
    assert (desk.inbox / "nurse-17-3.ipynb").is_file()
    grade(desk.folder)
    said = run(desk, "attempts")
    assert "Did not pass, and have no attempt left:\n- nurse-17, corridor: 0 points, 13.125 pass" in said
    run(desk, "collect", str(desk.inbox), "--allow", "NURSE-17")
    assert "'b'" in desk.submitted("nurse-17")["first-words"]
    hand_in(desk, 4, {})
    assert [one.name for one in desk.collect().refused] == ["nurse-17-4.ipynb"]  # it was one more, not any number
    grade(desk.folder)
    assert len(listed(desk)) == 3


def test_the_same_answers_again_are_no_attempt(desk: Any) -> None:
    ruled(desk, most=1)
    for day in (1, 2, 3):
        hand_in(desk, day, words="Mine")
    report = desk.collect()
    assert (len(report.taken), report.refused, report.kept) == (1, [], [])
    again = desk.collect()
    assert (again.taken, again.refused, again.kept) == ([], [], [])
    grade(desk.folder)
    assert [one[0] for one in listed(desk)] == ["1"]


def test_unchanged_words_keep_their_mark_in_a_retake(desk: Any) -> None:
    hand_in(desk, 1, LOW, words="What was it like?")
    desk.collect()
    grade(desk.folder)
    desk.marked("nurse-17", 3)
    hand_in(desk, 2, words="What was it like?")
    desk.collect()
    grade(desk.folder)
    assert desk.grades("nurse-17")["your-words"] == (None, 3, False)
    assert [one[1] for one in listed(desk)] == ["3", "16.5"]


def test_without_a_pass_mark_there_are_no_rules(desk: Any) -> None:
    ruled(desk, most=1, counts="first")
    record = desk.folder.read()
    desk.folder.write({name: type(entry)(**{**entry.__dict__, "pass_mark": None}) for name, entry in record.items()})
    hand_in(desk, 1)
    hand_in(desk, 2, LOW)
    assert [entry.name for entry in desk.collect().taken] == ["nurse-17-2.ipynb"]


def test_the_command_lists_attempts_and_says_who_may_try_again(desk: Any) -> None:
    ruled(desk, most=3)
    hand_in(desk, 1, LOW)
    hand_in(desk, 1, None, trainee="porter-3")
    desk.collect()
    grade(desk.folder)
    said = run(desk, "attempts")
    assert "May try again:\n- nurse-17, corridor: 0 points, 13.125 pass; 2 attempts left\n" in said
    assert "- porter-3" not in said
    assert "the only one" in said
    table = run(desk, "attempts", "--trainee", "PORTER-3", "--csv", "-").splitlines()
    assert table[1:] == ["porter-3,corridor,1,1,2026-03-03 08:00 UTC,13.5,17.5,yes,yes,the only one"]
    damaged = desk.folder.root / "rules.json"
    damaged.write_text('{"most": -1}')
    result = CliRunner().invoke(main, ["attempts", "--grading", str(desk.folder.root)])
    assert result.output.strip() == f"{damaged} is damaged; delete that file and run: peercourse quiz release"


@pytest.mark.parametrize("damaged", ["{", "[]", '{"cells": 3}'])
def test_an_attempt_that_was_damaged_later_stops_nobody_and_is_taken_in_again(desk: Any, damaged: str) -> None:
    desk.put("amal/1.ipynb", desk.answered("amal", words="Mine."))
    desk.collect()
    path = desk.folder.submitted("amal", desk.released)
    whole = path.read_text(encoding="utf-8")
    path.write_text(damaged)
    desk.put("bela/1.ipynb", desk.answered("bela"))
    assert {one.trainee for one in desk.collect().taken} == {"amal", "bela"}
    assert path.read_text(encoding="utf-8") == whole
    assert [one.read_text() for one in (desk.folder.root / "earlier").rglob("*.ipynb")] == [damaged]
