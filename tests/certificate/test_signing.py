"""A check says valid of what was signed with this key, and of nothing else, whatever somebody puts into a file."""

from __future__ import annotations

import datetime
import json
import unicodedata
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from peercourse.certificate.canonical import LARGEST, canonical
from peercourse.certificate.keys import fingerprint
from peercourse.certificate.signing import FORMAT, Verdict, check, sign

TODAY = datetime.date(2026, 11, 26)


@pytest.fixture(scope="session")
def signed(helpers: Any, key: Ed25519PrivateKey) -> bytes:
    return sign(helpers.certificate_of(name="Zoë Łukasz"), key)


def verdict(content: bytes, key: Ed25519PrivateKey, today: datetime.date = TODAY) -> Verdict:
    return check(content, key.public_key(), today).verdict


def test_what_was_signed_is_valid_and_read_as_it_was(helpers: Any, key: Ed25519PrivateKey, signed: bytes) -> None:
    checked = check(signed, key.public_key(), TODAY)
    assert checked.verdict is Verdict.VALID
    assert checked.certificate == helpers.certificate_of(name="Zoë Łukasz")


def test_the_same_certificate_gives_the_same_bytes_in_the_stated_form(
    helpers: Any, key: Ed25519PrivateKey, signed: bytes
) -> None:
    decomposed = helpers.certificate_of(name=unicodedata.normalize("NFD", "Zoë Łukasz"))
    assert sign(decomposed, key) == signed
    data = json.loads(signed)
    assert signed == canonical(data)
    key.public_key().verify(
        bytes.fromhex(data["signature"]),
        b"peercourse-certificate\n"
        + json.dumps(data["certificate"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(),
    )


def test_the_form_is_that_of_rfc_8785() -> None:
    # Texts from section 3.2.2.2 of the RFC and the escapes that its section 3.2.2.2 lists.
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/\u007f\u2028é"
    expected = '{"a":[],"b":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f\u2028é","literals":[null,true,false]}'
    assert canonical({"literals": [None, True, False], "b": text, "a": []}).decode() == expected


def test_on_the_day_after_the_last_it_has_expired(key: Ed25519PrivateKey, signed: bytes) -> None:
    assert verdict(signed, key, datetime.date(2027, 11, 26)) is Verdict.VALID
    assert verdict(signed, key, datetime.date(2027, 11, 27)) is Verdict.EXPIRED


@given(data=st.data())
def test_no_byte_can_be_changed(data: st.DataObject, key: Ed25519PrivateKey, signed: bytes) -> None:
    place = data.draw(st.integers(0, len(signed) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != signed[place]))
    changed = signed[:place] + bytes([byte]) + signed[place + 1 :]
    assert verdict(changed, key) not in {Verdict.VALID, Verdict.EXPIRED}


@given(data=st.data())
def test_no_piece_can_be_cut_out_or_put_in(data: st.DataObject, key: Ed25519PrivateKey, signed: bytes) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(signed)), st.integers(0, len(signed)))))
    changed = signed[:start] + data.draw(st.binary(max_size=20)) + signed[end:]
    found = check(changed, key.public_key(), TODAY)
    if found.certificate is not None:  # nothing but spaces between tokens, or another spelling of the same
        assert json.loads(changed) == json.loads(signed)


@pytest.mark.parametrize("field", ["name", "trainee", "valid_until", "institution", "number", "kind", "standing"])
def test_no_field_can_be_changed(field: str, key: Ed25519PrivateKey, signed: bytes) -> None:
    data = json.loads(signed)
    data["certificate"][field] = "2099-01-01" if field == "valid_until" else "another"
    assert verdict(canonical(data), key) is Verdict.CHANGED


def test_a_letter_that_looks_alike_is_a_change(key: Ed25519PrivateKey, signed: bytes) -> None:
    assert verdict(signed.replace(b"nurse-17", "nursе-17".encode()), key) is Verdict.CHANGED  # a Cyrillic е
    decomposed = unicodedata.normalize("NFD", signed.decode()).encode()
    assert decomposed != signed
    assert verdict(decomposed, key) is Verdict.CHANGED


def test_an_editor_that_lays_the_file_out_anew_breaks_nothing(key: Ed25519PrivateKey, signed: bytes) -> None:
    laid_out = json.dumps(json.loads(signed), indent=2).replace("\n", "\r\n")
    assert verdict(b"\xef\xbb\xbf" + laid_out.encode() + b"\r\n", key) is Verdict.VALID


def test_a_forger_who_brings_a_key_along_is_not_believed(helpers: Any, key: Ed25519PrivateKey, signed: bytes) -> None:
    forger = Ed25519PrivateKey.generate()
    forged = sign(helpers.certificate_of(name="Forger"), forger)
    assert verdict(forged, key) is Verdict.OTHER_KEY
    as_ours = {**json.loads(forged), "key": fingerprint(key.public_key())}
    assert verdict(canonical(as_ours), key) is Verdict.CHANGED
    assert verdict(canonical({**as_ours, "public_key": "-----BEGIN PUBLIC KEY-----"}), key) is Verdict.NO_CERTIFICATE
    assert verdict(signed, forger) is Verdict.OTHER_KEY


def test_a_signature_has_one_spelling(key: Ed25519PrivateKey, signed: bytes) -> None:
    data = json.loads(signed)
    for spelt in (data["signature"].upper(), " " + data["signature"], data["signature"] + "00"):
        assert verdict(canonical({**data, "signature": spelt}), key) is Verdict.CHANGED


def deep(depth: int) -> bytes:
    return b'{"certificate":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"


HOSTILE = {
    "empty": (b"", "is no JSON text"),
    "not JSON": (b"certificate", "is no JSON text"),
    "not UTF-8": (b'{"format":"\xff"}', "is no JSON text"),
    "UTF-16": ('{"format": 1}'.encode("utf-16"), "is no JSON text"),
    "an array": (b"[]", "is JSON, but no object"),
    "deep": (deep(5_000), "is nested too deeply"),
    "deep arrays": (b"[" * 60_000, "is nested too deeply"),
    "huge": (b'{"a":"' + b"x" * LARGEST + b'"}', "is larger than 64 kB"),
    "NaN": (b'{"a":NaN}', "holds the number NaN, and a certificate has whole numbers alone"),
    "infinity": (b'{"a":-Infinity}', "holds the number -Infinity, and a certificate has whole numbers alone"),
    "overflow": (b'{"a":1e999}', "holds the number 1e999, and a certificate has whole numbers alone"),
    "a number of many digits": (b'{"a":' + b"9" * 10_000 + b"}", "is no JSON text"),
    "a field twice": (b'{"format":"a","format":"b"}', "names a field twice"),
    "a field twice, spelt otherwise": (b'{"key":"a","k\\u0065y":"b"}', "names a field twice"),
    "names that look alike": ('{"fоrmat":"a"}'.encode(), "is JSON, but not a certificate of this course"),
    "another object": (b'{"a":1}', "is JSON, but not a certificate of this course"),
    "a list for a certificate": (
        f'{{"format":"{FORMAT}","certificate":[],"key":"","signature":""}}'.encode(),
        "is JSON, but not a certificate of this course",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_no_certificate_and_says_why(name: str, key: Ed25519PrivateKey) -> None:
    content, why = HOSTILE[name]
    checked = check(content, key.public_key(), TODAY)
    assert (checked.verdict, checked.certificate, checked.why) == (Verdict.NO_CERTIFICATE, None, why)


@pytest.mark.parametrize(
    "inside", [{"name": "\ud800"}, {"a": [[[[1]]]]}, {}], ids=["half a character", "other fields", "nothing"]
)
def test_what_nobody_signed_is_changed(inside: dict[str, Any], key: Ed25519PrivateKey) -> None:
    data = {"format": FORMAT, "certificate": inside, "key": fingerprint(key.public_key()), "signature": "0" * 128}
    for signature in ("0" * 128, "0" * 126, "z" * 128, 7, None, "A" * 128):
        content = json.dumps({**data, "signature": signature}).encode()
        assert verdict(content, key) is Verdict.CHANGED


def test_a_form_of_a_later_program_is_said_to_be_one(helpers: Any, key: Ed25519PrivateKey) -> None:
    content = {**helpers.certificate_of().model_dump(mode="json"), "version": 2}
    whole = {
        "format": FORMAT,
        "certificate": content,
        "key": fingerprint(key.public_key()),
        "signature": key.sign(FORMAT.encode() + b"\n" + canonical(content)).hex(),
    }
    checked = check(canonical(whole), key.public_key(), TODAY)
    assert (checked.verdict, checked.certificate) == (Verdict.NO_CERTIFICATE, None)
    assert checked.why == "has a form that this version of the program does not know"
