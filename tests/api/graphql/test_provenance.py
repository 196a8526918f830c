"""Why a value is shown, over HTTP: record, load and what lost, in one statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.queries.conftest import Register, register
from tests.queries.register import company, entity_id, under

__all__ = ["register"]
Ask = Callable[..., Any]
A, B = entity_id("A"), entity_id("B")
QUERY = """
query ($id: ID!, $property: String) {
  why(id: $id, property: $property) {
    entityId name
    values { property value isShown system recordType nativeId file line knownAt }
    facts { factId type tense startId endId validFrom isStartAssumed knownFrom knownTo details
      system nativeId }
    aliases { aliasId }
  }
}
"""
RECORD = {"recordType": "company", "nativeId": "B", "line": 1}
NAMES = [
    RECORD | {"property": "name", "value": "Best", "isShown": True, "system": "best",
              "file": "best-2026-02-02.jsonl", "knownAt": "2026-02-02T00:00:00Z"},
    RECORD | {"property": "name", "value": "B", "isShown": False, "system": "toy", "line": 2,
              "file": "toy-2026-01-02.jsonl", "knownAt": "2026-01-02T00:00:00Z"},
]  # fmt: skip


@pytest.fixture
def told_twice(register: Register) -> None:
    register(company("A"), company("B", under("A", "2020-01-01", share=0.6)))
    register(company("B", name="Best"), known="2026-02-02", source="best", precedence=1)


@pytest.mark.usefixtures("told_twice")
async def test_a_property_is_told_with_what_lost_by_one_statement(
    ask: Ask, statements: list[str]
) -> None:
    told = (await ask(QUERY, id=B, property="name"))["data"]["why"]

    assert len(statements) == 1
    assert (told["entityId"], told["name"], told["aliases"]) == (B, "Best", [])
    assert told["values"] == NAMES
    assert {one["type"] for one in told["facts"]} == {"HAS_NAME"}
    assert await ask(QUERY, id="nobody") == {"data": {"why": None}}


@pytest.mark.usefixtures("told_twice")
async def test_a_fact_is_told_by_its_own_id_by_its_kind_and_by_its_beginning(ask: Ask) -> None:
    (parent,) = (await ask(QUERY, id=B, property="parent"))["data"]["why"]["facts"]
    alone = (await ask(QUERY, id=parent["factId"]))["data"]["why"]
    begun = (await ask(QUERY, id=B, property=parent["factId"][:8]))["data"]["why"]

    assert {name: parent[name] for name in parent if name != "factId"} == {
        "type": "PARENT_IN", "tense": "present", "startId": B, "endId": A,
        "validFrom": "2020-01-01", "isStartAssumed": False, "system": "toy", "nativeId": "B",
        "knownFrom": "2026-01-02T00:00:00Z", "knownTo": None,
        "details": "view legal  share 0.6  controlling true",
    }  # fmt: skip
    assert alone == {"entityId": None, "name": None, "values": [], "facts": [parent], "aliases": []}
    assert begun["facts"] == [parent]


async def test_a_property_is_no_novel(ask: Ask) -> None:
    (error,) = (await ask(QUERY, id=A, property="x" * 301))["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
