"""A partner is told of its accounts' subjects, and of nothing else: not even how much there was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import orjson
import pytest

from graph.connection import BatchSession
from graph.facts.outbox import HIERARCHY_CHANGED
from tests.api.feeds.log import step
from tests.api.feeds.test_over_http import following, subjects

FAMILIES = """
UNWIND ['alpha', 'beta'] AS name
CREATE (account:Account {id: name})<-[:IN_FAMILY {view: 'legal', own: true}]-
       (:LegalEntity {id: name + '-top'})
CREATE (:Signal {id: name + '-signal', rule: 'r', state: 'open'})-[:OF_ACCOUNT]->(account)
"""


@pytest.fixture(autouse=True)
def families(batches: BatchSession) -> None:
    batches.run(FAMILIES)


def below(child: str, *parents: str) -> list[str]:
    told = [
        {"view": "legal", "parent_id": one, "is_controlling": True, "is_cut": False}
        for one in parents
    ]
    return [HIERARCHY_CHANGED, f"LegalEntity/{child}", orjson.dumps({"parents": told}).decode()]


async def test_a_partner_is_told_of_its_own_alone(
    client: httpx.AsyncClient, tell: Any, seen_by: Callable[..., None]
) -> None:
    tell(*(step(f"{one}-signal", None, "open") for one in ("beta", "alpha", "beta")))
    for accounts, told in (((), "beta alpha beta"), (("alpha",), "alpha"), (("gamma",), "")):
        seen_by(*accounts)
        answer = await client.get("/feeds/signals")
        assert subjects(answer) == [f"Signal/{one}-signal" for one in told.split()]


async def test_the_accounts_that_held_when_it_was_written_decide(
    client: httpx.AsyncClient, tell: Any, seen_by: Callable[..., None], batches: BatchSession
) -> None:
    tell(step("alpha-signal", None, "open"))
    batches.run(
        "MATCH (signal:Signal {id: 'alpha-signal'})-[old:OF_ACCOUNT]->(), (to:Account {id: 'beta'})"
        " DELETE old CREATE (signal)-[:OF_ACCOUNT]->(to)"
    )
    tell(step("alpha-signal", "open", "cleared", "cleared"))
    seen_by("alpha")
    (told,) = (await client.get("/feeds/signals")).json()
    assert told["data"]["after"] == "open"
    seen_by("beta")
    (told,) = (await client.get("/feeds/signals")).json()
    assert told["data"]["after"] == "cleared"


async def test_a_partner_cannot_count_what_others_are_told(
    client: httpx.AsyncClient, tell: Any, seen_by: Callable[..., None]
) -> None:
    seen_by("alpha")
    begun = following(await client.get("/feeds/signals?after=now"))
    idle = await client.get(begun)
    tell(*(step("beta-signal", "open", "snoozed") for _ in range(50)))
    await asyncio.sleep(0.15)
    again = await client.get(begun, headers={"if-none-match": idle.headers["etag"]})
    assert (again.status_code, following(again)) == (304, begun)
    tell(step("alpha-signal", "open", "cleared", "cleared"))
    await asyncio.sleep(0.15)
    answer = await client.get(begun)
    (event,) = answer.json()
    assert event.keys() & {"sequence"} == set()
    assert subjects(await client.get(following(answer))) == []


async def test_what_is_not_for_a_partner_is_passed_over_without_end(
    client: httpx.AsyncClient, tell: Any, seen_by: Callable[..., None], monkeypatch: Any
) -> None:
    monkeypatch.setattr("api.feeds.reading.SCANNED", 5)
    monkeypatch.setattr("api.feeds.reading.SCANS", 2)
    tell(*(step("beta-signal", "open", "snoozed") for _ in range(33)))
    tell(step("alpha-signal", None, "open"))
    seen_by("alpha")
    address, told = "/feeds/signals", []
    for _ in range(5):
        answer = await client.get(address)
        told += subjects(answer)
        address = following(answer)
    assert told == ["Signal/alpha-signal"]


async def test_a_parent_out_of_sight_has_no_id(
    client: httpx.AsyncClient, tell: Any, seen_by: Callable[..., None], batches: BatchSession
) -> None:
    batches.run(
        "MATCH (top:LegalEntity {id: 'alpha-top'}), (other:LegalEntity {id: 'beta-top'}) "
        "CREATE (top)-[:PARENT_IN {id: 'f', view: 'legal', controlling: true}]->(other)"
    )
    tell(below("alpha-top", "beta-top"), below("beta-top"))
    known = {}
    for accounts in ((), ("alpha",), ("beta",), ("alpha", "beta")):
        seen_by(*accounts)
        events = (await client.get("/feeds/hierarchy")).json()
        lines = (await client.get("/feeds/hierarchy/snapshot")).text.splitlines()
        state = [orjson.loads(line) for line in lines][1:-1]
        known[accounts] = [
            {one["subject"]: [up["parent_id"] for up in one["data"]["parents"]] for one in told}
            for told in (events, state)
        ]
    top, other = "LegalEntity/alpha-top", "LegalEntity/beta-top"
    whole = [{top: ["beta-top"], other: []}, {top: ["beta-top"]}]
    assert known == {
        (): whole,
        ("alpha",): [{top: [None]}, {top: [None]}],
        ("beta",): [{other: []}, {}],  # the other company is of another account
        ("alpha", "beta"): whole,
    }


async def test_everybody_is_told_that_a_source_was_loaded(
    client: httpx.AsyncClient, tell: Any, seen_by: Callable[..., None]
) -> None:
    tell(["footprint.source.loaded.v1", "SourceSystem/crm", '{"source":"crm","run":"1"}'])
    seen_by("alpha")
    assert subjects(await client.get("/feeds/hierarchy")) == ["SourceSystem/crm"]


async def test_a_snapshot_holds_the_partners_own_alone(
    client: httpx.AsyncClient, tell: Any, seen_by: Callable[..., None]
) -> None:
    seen_by("alpha")
    lines = (await client.get("/feeds/signals/snapshot")).text.splitlines()
    told = [orjson.loads(line) for line in lines]
    assert [one.get("subject") for one in told] == [None, "Signal/alpha-signal", None]
    assert told[-1] == {"end": True, "count": 1}
