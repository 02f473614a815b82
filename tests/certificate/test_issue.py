"""From a real gradebook to certificates: once, kept, replaced when something changed, and never deleted."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from peercourse.certificate.make import months_later
from peercourse.content.host_rules import CertificateRules
from peercourse.demo.marker import DemoSettings, write_marker
from peercourse.grading.files import GradingError
from peercourse.grading.grade import grade

TODAY = datetime.date(2026, 11, 26)


def test_each_gets_what_was_earned_and_hears_what_is_missing(three: Any, helpers: Any) -> None:
    report = three.issue()
    assert [(one.trainee, one.kind) for one in report.issued] == [("amal", "certificate"), ("bela", "theory-completed")]
    ((cleo,), (bela,)) = report.refused, report.theory
    assert [(piece.title, piece.why, piece.then) for piece in cleo.missing] == [
        ("In the corridor", "waits for a marker", "peercourse mark")
    ]
    assert [piece.why for piece in bela.missing] == ["not handed in"]
    assert three.files("cleo") == {}
    (amal,) = three.signed("amal")
    assert (amal.issued, amal.valid_until, amal.standing) == (TODAY, datetime.date(2027, 11, 26), "real")
    assert [(piece.kind, piece.title) for piece in amal.completed] == [
        ("quiz", "In the corridor"), ("observation", "Observed role play"),
    ]  # fmt: skip
    pdfs = {name: helpers.words_of_pdf(three.files(name)[_pdf(three, name)]) for name in ("amal", "bela")}
    assert "An observer has watched the holder in a role play, and it was passed." in pdfs["amal"]
    assert "Theory completed" in pdfs["bela"]
    assert "This is no certificate of competence. Practice was not observed" in pdfs["bela"]
    assert "An observer has watched" not in pdfs["bela"]


def _pdf(office: Any, trainee: str) -> str:
    (name,) = (name for name in office.files(trainee) if name.endswith(".pdf") and "earlier" not in name)
    return str(name)


def test_a_certificate_holds_no_score_no_answer_and_nobody_else(three: Any, helpers: Any) -> None:
    three.issue()
    for name, content in three.files("amal").items():
        text = helpers.words_of_pdf(content) if name.endswith(".pdf") else content.decode()
        for secret in ("bela", "cleo", "You stayed", "17.5", "13.5", "KEY-RATIONALE", "GUIDE", "points"):
            assert secret not in text, (name, secret)


def test_issuing_again_changes_no_byte(three: Any) -> None:
    three.issue()
    before = {name: three.files(name) for name in ("amal", "bela")}
    report = three.issue(today=datetime.date(2027, 1, 5))
    assert (report.issued, report.typeset, len(report.unchanged)) == ([], [], 2)
    assert {name: three.files(name) for name in ("amal", "bela")} == before
    assert report.expired == []


def test_a_piece_that_was_missing_makes_a_certificate_and_keeps_the_theory(three: Any) -> None:
    three.issue()
    before = three.files("bela")
    three.watched("bela")
    report = three.issue()
    assert [(one.trainee, one.kind, one.replaces) for one in report.issued] == [("bela", "certificate", "")]
    assert before.items() <= three.files("bela").items()


def test_what_changed_is_issued_anew_in_place_of_the_earlier_one_which_is_kept(three: Any) -> None:
    three.issue()
    before = three.files("amal")
    roster = three.desk.folder.root / "trainees.csv"
    roster.write_text("id,name\nAMAL,Amal  Haddad\nbela,\ncleo,\n", encoding="utf-8")
    report = three.issue()
    (new,) = report.issued
    (old,) = (one for one in three.signed("amal") if one.number != new.number)
    assert (new.name, new.replaces, old.name) == ("Amal Haddad", old.number, "")
    assert before.items() <= three.files("amal").items()
    assert three.issue().issued == []


def test_who_no_longer_passes_is_named_and_nothing_is_deleted(three: Any) -> None:
    three.issue()
    before = three.files("amal")
    three.desk.marked("amal", -9)
    report = three.issue()
    ((lost, decision),) = report.lost
    assert (lost.trainee, [piece.why for piece in decision.missing]) == ("amal", ["not passed"])
    assert three.files("amal") == before
    three.desk.marked("amal", 4)
    report = three.issue()
    assert (report.lost, report.issued, len(report.unchanged)) == ([], [], 2)


def test_a_failed_second_observation_file_takes_nothing_away_in_silence(three: Any) -> None:
    three.issue()
    three.watched("amal", passed=False)
    report = three.issue()
    assert [lost.kind for lost, _ in report.lost] == ["certificate"]
    assert [one.kind for one in report.issued] == ["theory-completed"]


def test_an_answer_handed_in_again_is_no_pass_until_it_is_scored(three: Any) -> None:
    three.desk.put("amal/corridor.ipynb", three.desk.answered("amal", words="Something else."))
    three.desk.collect()
    report = three.issue("amal")
    assert [piece.why for piece in report.refused[0].missing] == ["not scored by the present keys"]
    grade(three.desk.folder)
    assert [piece.why for piece in three.issue("amal").refused[0].missing] == ["waits for a marker"]


def test_a_corrected_bank_that_was_not_released_stops_every_certificate(three: Any, tools: Any, tmp_path: Path) -> None:
    corrected = tools["bank_of"](tools["BANK"].replace("points: 0.5", "points: 1"), tmp_path)
    three.course = type(three.course)(**{**three.course.__dict__, "quizzes": {corrected.id: corrected}})
    report = three.issue()
    assert report.issued == []
    assert {piece.why for one in report.refused for piece in one.missing} >= {
        "its bank was changed after it was released"
    }


def test_one_trainee_alone_and_nobody(three: Any) -> None:
    assert [one.trainee for one in three.issue("amal").issued] == ["amal"]
    assert three.files("bela") == {}
    with pytest.raises(GradingError, match="dora has handed in nothing that counts"):
        three.issue("dora")


def test_who_is_on_the_list_and_handed_in_nothing_is_named_and_who_is_not_gets_none(three: Any) -> None:
    (three.desk.folder.root / "trainees.csv").write_text("id\nbela\ncleo\ndora\n", encoding="utf-8")
    report = three.issue()
    missing = {one.trainee: [piece.why for piece in one.missing] for one in report.refused}
    assert missing["dora"] == ["not handed in", "not handed in"]
    assert missing["amal"] == ["the ID is not on the list"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("amal," + "x" * 81, ":2: the name is longer than 80 characters"),
        ("amal,Amal \u202egnp.exe", ":2: the name holds a sign that cannot be seen"),
        ("amal,Amal Haddad\nAmal,Amal Hadad", ":3: amal has two names"),
    ],
)
def test_a_name_that_cannot_stand_on_paper_is_refused_with_its_line(three: Any, line: str, why: str) -> None:
    (three.desk.folder.root / "trainees.csv").write_text(f"id,name\n{line}\n", encoding="utf-8")
    with pytest.raises(GradingError) as raised:
        three.issue()
    assert why in str(raised.value)
    assert three.files("amal") == {}


def test_a_name_that_no_font_shows_stops_that_one_certificate_alone(three: Any) -> None:
    (three.desk.folder.root / "trainees.csv").write_text("id,name\namal,\U0001308b\nbela,Bela\n", encoding="utf-8")
    report = three.issue()
    assert [one.trainee for one in report.issued] == ["bela"]
    ((trainee, why),) = report.unshown
    assert (trainee, three.files("amal")) == ("amal", {})
    assert why.startswith("no font on this machine shows '\U0001308b'; install one")


def test_an_expired_one_is_named_and_renewed_on_demand(three: Any) -> None:
    three.issue("amal")
    later = datetime.date(2027, 11, 27)
    report = three.issue("amal", today=later)
    assert ([one.trainee for one in report.expired], report.issued) == (["amal"], [])
    before = three.files("amal")
    (new,) = three.issue("amal", today=later, renew=True).issued
    assert (new.issued, new.valid_until) == (later, datetime.date(2028, 11, 27))
    assert new.replaces == three.issue("amal", today=later).unchanged[0].replaces
    assert before.items() <= three.files("amal").items()
    assert three.issue("amal", today=later).expired == []


def test_a_signed_file_that_was_changed_does_not_count_and_stays(three: Any) -> None:
    three.issue("amal")
    place = three.desk.folder.root / "certificates" / "amal"
    (path,) = place.glob("*.json")
    forged = path.read_bytes().replace(b'"name":""', b'"name":"Somebody"')
    path.write_bytes(forged)
    report = three.issue("amal")
    assert report.others == [path]
    assert path.read_bytes() == forged
    assert [one.name for one in report.issued] == [""]


def test_a_paper_is_made_again_where_it_is_lost_and_kept_where_it_was_changed(three: Any) -> None:
    three.issue("amal")
    place = three.desk.folder.root / "certificates" / "amal"
    (pdf,) = place.glob("*.pdf")
    made = pdf.read_bytes()
    pdf.unlink()
    assert [one.trainee for one in three.issue("amal").typeset] == ["amal"]
    assert pdf.read_bytes() == made
    pdf.write_bytes(b"%PDF by hand")
    three.issue("amal")
    assert pdf.read_bytes() == made
    assert (place / f"{pdf.stem}.earlier-1.pdf").read_bytes() == b"%PDF by hand"
    assert len(list(place.glob("*.json"))) == 1


def test_made_up_trainees_and_an_example_institution_get_nothing_that_certifies(three: Any, helpers: Any) -> None:
    three.institution(example=True)
    assert [one.standing for one in three.issue("amal").issued] == ["specimen"]
    assert "SPECIMEN. The institution has not filled in" in helpers.words_of_pdf(
        three.files("amal")[_pdf(three, "amal")]
    )
    write_marker(three.desk.folder.root, DemoSettings(3, 1))
    (new,) = three.issue("amal").issued
    assert new.standing == "synthetic"
    name = next(name for name in three.files("amal") if new.number in name and name.endswith(".pdf"))
    assert "SYNTHETIC. Nobody with this ID exists." in helpers.words_of_pdf(three.files("amal")[name])


def test_settings_stand_on_it_and_the_institutions_own_template_is_used(three: Any, helpers: Any) -> None:
    rules = {
        "valid_months": 3, "hours": 14.5, "course_version": "2026 autumn",
        "signatories": [{"name": "Dr Asta Lind", "role": "Clinical lead"}], "key_url": "https://example.org/key.pem",
    }  # fmt: skip
    three.institution(certificate=CertificateRules.model_validate(rules))
    (new,) = three.issue("amal").issued
    assert new.valid_until == datetime.date(2027, 2, 26)
    shown = helpers.words_of_pdf(three.files("amal")[_pdf(three, "amal")])
    for said in ("14.5 hours", "No accredited hours", "2026 autumn", "Dr Asta Lind", "https://example.org/key.pem"):
        assert said in shown
    (three.course.root / "certificate.typ").write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n= Ours\n#data.holder", "utf-8"
    )
    report = three.issue("amal")
    assert ([one.number for one in report.typeset], report.issued) == ([new.number], [])
    assert helpers.words_of_pdf(three.files("amal")[_pdf(three, "amal")]) == "Ours amal"
    assert len([name for name in three.files("amal") if "earlier-1" in name]) == 1


def test_a_mistake_in_the_institutions_template_is_named_and_leaves_nothing(three: Any) -> None:
    (three.course.root / "certificate.typ").write_text('#set document(title: "x")\n#read("/etc/passwd")', "utf-8")
    with pytest.raises(GradingError, match=r"certificate\.typ does not give an accessible PDF: .*not found"):
        three.issue("amal")
    assert three.files("amal") == {}
    three.institution(certificate=CertificateRules(template="ours.typ"))
    with pytest.raises(GradingError, match=r"certificate\.template: ours\.typ is not there"):
        three.issue("amal")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-01-31", 1, "2026-02-28"), ("2026-11-26", 12, "2027-11-26"), ("2024-02-29", 12, "2025-02-28"),
     ("2026-03-31", 1, "2026-04-30"), ("2026-12-31", 2, "2027-02-28"), ("2026-12-01", 60, "2031-12-01")],
)  # fmt: skip
def test_months_end_where_the_month_does(day: str, months: int, then: str) -> None:
    assert str(months_later(datetime.date.fromisoformat(day), months)) == then


def test_numbers_are_random_and_each_names_the_one_before(three: Any) -> None:
    new = [three.issue("amal", renew=True).issued[0] for _ in range(6)]
    assert len({part for one in new for part in one.number.split("-")}) == 24
    assert [one.replaces for one in new] == ["", *(one.number for one in new[:-1])]
    assert [one.number for one in three.issue("amal").unchanged] == [new[-1].number]


def test_somebody_elses_certificate_in_a_folder_is_nobodys(three: Any) -> None:
    three.issue("amal")
    (name,) = (name for name in three.files("amal") if name.endswith(".json"))
    folder = three.desk.folder.root / "certificates" / "cleo"
    folder.mkdir()
    (folder / name).write_bytes(three.files("amal")[name])
    report = three.issue("cleo")
    assert (report.others, report.lost, len(report.refused)) == ([folder / name], [], 1)
