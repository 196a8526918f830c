"""Opaque cursors: a place in one question's order, and in no other's.

A cursor grants nothing: what may be seen is asked of the graph on every page.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any

import orjson

from api.graphql.refusal import Refusal

DIGEST_BYTES = 8
LONGEST = 2_000
"""Characters of a cursor that are looked at at all."""


def cursor(question: Any, *place: str | int | None) -> str:
    """A place in the order of what a question finds; the question is what JSON can say."""
    body = orjson.dumps(place)
    return base64.urlsafe_b64encode(_digest(question, body) + body).decode().rstrip("=")


def place_of(question: Any, text: str) -> list[Any]:
    """The place of a cursor; raises Refusal when it was changed or is of another question."""
    try:
        read = base64.b64decode(text[:LONGEST] + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise _refused() from None
    digest, body = read[:DIGEST_BYTES], read[DIGEST_BYTES:]
    if len(text) > LONGEST or digest != _digest(question, body):
        raise _refused()
    found: list[Any] = orjson.loads(body)
    if cursor(question, *found) != text:
        raise _refused()  # another spelling of the same bytes
    return found


def _digest(question: Any, body: bytes) -> bytes:
    return hashlib.blake2b(orjson.dumps(question) + b"\n" + body, digest_size=DIGEST_BYTES).digest()


def _refused() -> Refusal:
    return Refusal(
        "INVALID_CURSOR",
        "the cursor was changed, or belongs to another search, filter or sort",
        remedy="begin again without `after`",
    )
