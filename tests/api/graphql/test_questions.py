"""Companies, what is above them, what changed, signals and sources: whole answers over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from graph.connection import BatchSession
from graph.settings import ROOT
from tests.queries.conftest import Register, register
from tests.queries.register import company, entity_id, under

__all__ = ["register"]

Ask = Callable[..., Any]
A, B = entity_id("A"), entity_id("B")


@pytest.fixture
def family(register: Register) -> None:
    register(company("A", country="DE"), company("B", under("A", "2020-01-01", share=0.6)))


@pytest.mark.usefixtures("family")
async def test_a_company_is_told_by_its_id(ask: Ask) -> None:
    answer = await ask(
        "query ($id: ID!) { legalEntity(id: $id) { id name jurisdiction isStub childCount"
        " firstSeenAt } }",
        id=A,
    )

    assert answer == {
        "data": {
            "legalEntity": {
                "id": A, "name": "A", "jurisdiction": "DE", "isStub": False, "childCount": 1,
                "firstSeenAt": "2026-01-02T00:00:00Z",
            }
        }
    }  # fmt: skip
    assert await ask('{ legalEntity(id: "nobody") { id } }') == {"data": {"legalEntity": None}}


@pytest.mark.usefixtures("family")
async def test_what_is_above_a_company_comes_nearest_first(ask: Ask) -> None:
    answer = await ask(
        "query ($id: ID!) { ancestors(id: $id) { id name depth share validFrom } }", id=B
    )

    assert answer["data"]["ancestors"] == [
        {"id": A, "name": "A", "depth": 1, "share": 0.6, "validFrom": "2020-01-01"}
    ]


async def test_what_changed_in_a_family_says_who_said_so(ask: Ask, register: Register) -> None:
    register(company("A"), on="2024-01-01", known="2024-01-02")
    register(company("A"), company("B", under("A", "2024-06-01")), on="2024-06-01",
             known="2024-06-02")  # fmt: skip
    answer = await ask(
        """
        query ($id: ID!) {
          hierarchyChanges(id: $id, fromOn: "2024-01-01", toOn: "2024-12-31") {
            kind entityId name toId happenedOn knownAt source
          }
        }
        """,
        id=A,
    )

    assert answer["data"]["hierarchyChanges"] == [
        {
            "kind": "added", "entityId": B, "name": "B", "toId": A, "happenedOn": "2024-06-01",
            "knownAt": "2024-06-02T00:00:00Z", "source": "toy",
        }
    ]  # fmt: skip


@pytest.mark.usefixtures("family")
async def test_companies_are_found_by_name_and_sources_say_how_fresh_they_are(ask: Ask) -> None:
    answer = await ask(
        '{ search(text: "b", first: 1) { id matched by } sources { id name isStale asOf } }'
    )

    assert answer["data"] == {
        "search": [{"id": B, "matched": "B", "by": "name"}],
        "sources": [{"id": "toy", "name": "Toy register", "isStale": False, "asOf": "2026-01-01"}],
    }


async def test_signals_are_those_that_a_seller_sees_unless_states_say(
    ask: Ask, batches: BatchSession
) -> None:
    batches.run(
        """
        CREATE (account:Account {id: 'account', name: 'Acme'})
        WITH account UNWIND [['one', 'open', 0.9], ['two', 'cleared', 0.5]] AS row
        CREATE (:Signal {id: row[0], rule: 'r', state: row[1], score: row[2], severity: 'high',
          message: 'Do it.', action: 'Do it now.', act_by: date('2026-02-01'),
          value: ['EUR 100'], opened_at: datetime('2026-01-01T00:00:00Z'),
          valid_on: date('2026-01-02')})-[:OF_ACCOUNT]->(account)
        """
    )
    fields = "id state message actBy value score accountName openedAt validOn"
    shown = await ask(f"{{ signals {{ {fields} }} }}")
    cleared = await ask('{ signals(states: [cleared], accountId: "account") { id } }')
    refused = await ask("{ signals(first: 101) { id } }")

    assert shown["data"]["signals"] == [
        {
            "id": "one", "state": "open", "message": "Do it.", "actBy": "2026-02-01",
            "value": ["EUR 100"], "score": 0.9, "accountName": "Acme",
            "openedAt": "2026-01-01T00:00:00Z", "validOn": "2026-01-02",
        }
    ]  # fmt: skip
    assert cleared["data"]["signals"] == [{"id": "two"}]
    assert refused["errors"][0]["message"] == "first is 101"


async def test_the_example_of_the_readme_is_answered(client: httpx.AsyncClient) -> None:
    shown = (ROOT / "api" / "README.md").read_text(encoding="utf-8")
    (body,) = re.findall(r"-d '(.+)'", shown)
    headers = {"content-type": "application/json"}
    answer = await client.post("/graphql", content=body, headers=headers)

    assert answer.json()["data"] == {"search": [], "signals": []}
