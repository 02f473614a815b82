"""JSON in one form alone, so that the same data are the same bytes; and reading JSON that anybody may have written.

The form is the JSON Canonicalization Scheme (RFC 8785) for the values that certificates hold: objects with names in
ASCII, arrays, texts, booleans and small whole numbers. There Python's own writer gives just what the scheme asks for:
names sorted, nothing between tokens, UTF-8, and in texts the shortest escape for ``"``, the backslash and control
characters and none for anything else. Texts are not normalised by it; certificates hold them in normal form C.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

LARGEST = 64 * 1024
"""Bytes; a certificate has about two thousand."""


class NotPlainJsonError(Exception):
    """Bytes are no JSON as certificates use it. The message goes on from "the file"."""


def canonical(data: Any) -> bytes:
    """Data as bytes.

    Args:
        data: objects, arrays, texts, booleans and whole numbers.

    Raises:
        ValueError: a text holds half of a character (a lone surrogate).
    """
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8")


def read_json(content: bytes) -> dict[str, Any]:
    """An object out of bytes from anywhere. Nothing is guessed: what two readers could read differently is refused.

    Args:
        content: at most ``LARGEST`` bytes.

    Raises:
        NotPlainJsonError: it is too large, nested too deeply, no UTF-8, no JSON, no object, names a field twice, or
            holds a number with a point.
    """
    if len(content) > LARGEST:
        raise NotPlainJsonError(f"is larger than {LARGEST // 1024} kB")
    try:
        data = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_different_names,
            parse_float=_refuse,
            parse_constant=_refuse,
        )
    except RecursionError:
        raise NotPlainJsonError("is nested too deeply") from None
    except ValueError:
        raise NotPlainJsonError("is no JSON text") from None
    if not isinstance(data, dict):
        raise NotPlainJsonError("is JSON, but no object")
    return data


def _different_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotPlainJsonError("names a field twice")
    return found


def _refuse(number: str) -> NoReturn:
    raise NotPlainJsonError(f"holds the number {number[:20]}, and a certificate has whole numbers alone")
