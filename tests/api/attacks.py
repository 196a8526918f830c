"""Requests that would keep a server busy, and the code by which each is refused.

For tests/api/http/test_attacks.py, which looks at the codes, and tests/bench, which takes the time.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from typing import Any

from tests.api.graphql.test_measure import doubling

JSON = {"content-type": "application/json", "accept": "application/graphql-response+json"}


@dataclass(frozen=True, slots=True)
class Attack:
    """A body, and what it is answered."""

    status: int
    code: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def text(code: str, query: str, status: int = 422, **more: Any) -> Attack:
    """A document that is refused."""
    return Attack(status, code, json.dumps({"query": query, **more}).encode())


def nested(opening: str, middle: str, closing: str, depth: int) -> str:
    return opening * depth + middle + closing * depth


def many(part: str, count: int) -> str:
    """The part again and again; `%d` in it is the number of the time."""
    return " ".join(part.replace("%d", str(n)) for n in range(count))


def trees(count: int, what: str) -> str:
    return "{ " + many(f'x%d: hierarchy(id: "%d") {{ {what} }}', count) + " }"


SIDE_BY_SIDE = (
    "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(50))
    + " fragment F50 on Query { __typename }"
)
A_TEXT = "query ($text: String!) { search(text: $text) { id } }"
INVALID = "GRAPHQL_VALIDATION_FAILED"
ATTACKS = {
    "fragments that double": text("LEVELS_LIMIT", doubling(25)),
    "fragments that double side by side": text("ROOT_FIELDS_LIMIT", SIDE_BY_SIDE),
    "fragments that spread each other": text(
        INVALID, "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
    ),
    "aliases": text("ALIASES_LIMIT", f"{{ {many('x%d: __typename', 150)} }}"),
    "equal fields": text("TOKENS_LIMIT", f"{{ {many('__typename', 4_000)} }}"),
    "equal fields that are not there": text(INVALID, f"{{ sources {{ {many('nothing', 590)} }} }}"),
    "root fields": text("ROOT_FIELDS_LIMIT", f"{{ {many('sources { id }', 100)} }}"),
    "levels": text("LEVELS_LIMIT", nested("{ a ", "{ id }", "}", 150)),
    "brackets that never close": text("LEVELS_LIMIT", "{a" * 20_000),
    "comments of 256 kB": text("BODY_LIMIT", "#x\n" * 85_000 + "{ __typename }", 413),
    "comments of 45 kB": text("COMMENTS_LIMIT", "#x\n" * 10_000 + "{ __typename }"),
    "a list 10,000 deep": text(
        "LEVELS_LIMIT", f"{{ search(text: {nested('[', '', ']', 10_000)}) {{ id }} }}"
    ),
    "an object 5,000 deep": text(
        "TOKENS_LIMIT", f"{{ search(text: {nested('{a:', '1', '}', 5_000)}) {{ id }} }}"
    ),
    "variables 20,000 deep": Attack(
        400, "NOT_JSON",
        b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 20_000 + b"]" * 20_000 + b"}}",
    ),
    "a text of 60,000 letters": text("BAD_USER_INPUT", A_TEXT, 200,
                                     variables={"text": "a " * 30_000}),
    "10,000 variables for one": text("BAD_USER_INPUT", A_TEXT, 400,
                                     variables={"text": list(range(10_000))}),
    "a number of 5,000 digits": text(
        INVALID, f"{{ signals(first: {'9' * 5_000}) {{ id }} }}"
    ),
    "a list of a million": text("NODES_LIMIT", "{ signals(first: 1000000) { id } }"),
    "three large families": text("NODES_LIMIT", trees(3, "entities { id }")),
    "ten families as columns": text("COST_LIMIT", trees(10, "columns")),
    "a schema of its own schema": text(
        INVALID, "{ __schema { types { " + nested("fields { type { ", "name", " } }", 4) + " } } }"
    ),
    "the schema again and again": text(
        "ROOT_FIELDS_LIMIT", f"{{ {many('x%d: __schema { types { name } }', 15)} }}"
    ),
    "directives": text(INVALID, f"{{ __typename {many('@include(if: true)', 80)} }}"),
    "variables that nobody uses": text(
        INVALID, f"query ({many('$v%d: Int', 140)}) {{ __typename }}"
    ),
    "operations": text("OPERATION_RESOLUTION_FAILURE", many("query q%d { __typename }", 110)),
    "a name of 60,000 letters": text("OPERATION_RESOLUTION_FAILURE", "query a { __typename }",
                                     operationName="b" * 60_000),
    "a document id of 60,000 letters": Attack(
        404, "DOCUMENT_NOT_FOUND", json.dumps({"documentId": "c" * 60_000}).encode()
    ),
    "a batch": Attack(
        400, "NOT_A_REQUEST", json.dumps([{"query": "{ __typename }"}] * 1_000).encode()
    ),
    "half a letter": Attack(
        400, "NOT_JSON", b'{"query": "{ search(text: \\"\\ud800\\") { id } }"}'
    ),
    "bytes that are no text": Attack(400, "NOT_JSON", b"\xff\xfe" * 20_000),
    "a body of 256 kB": Attack(413, "BODY_LIMIT", b" " * 256_000),
    "a body that unpacks to 100 MB": Attack(
        415, "MEDIA_TYPE", gzip.compress(b" " * 10**8), {"content-encoding": "gzip"}
    ),
    "a subscription": text(INVALID, "subscription { sources { id } }"),
    "a mutation": text(INVALID, "mutation { sources { id } }"),
}  # fmt: skip
