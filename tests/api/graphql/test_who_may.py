"""Who may decide what, asked of every role; judgements and held runs over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.app import build_app
from api.graphql.schema import build_schema
from api.graphql.who_may import WHO_MAY
from graph.access.principal import Role
from graph.connection import BatchSession
from graph.engine import Server
from graph.evidence import EvidenceStore
from graph.facts.run import Run
from tests.api.graphql.deciding import (
    ACT,
    APPROVE,
    ENTRIES,
    JUDGE,
    WITHDRAW,
    Keyed,
    code_of,
    data_of,
    people,
    send,
    ticking,
)
from tests.graph.facts.test_judging import OTHERS, TWO

UNKNOWN: dict[str, tuple[str, dict[str, str]]] = {
    "actOnSignal": (ACT, {"signalId": "x", "action": "accept", "reason": "x"}),
    "approveHeldRun": (APPROVE, {"runId": "x"}),
    "judge": (JUDGE, {"left": "x", "right": "y", "verdict": "same", "reason": "x"}),
    "withdrawJudgement": (WITHDRAW, {"judgementId": "x", "reason": "x"}),
}
"""Each mutation with ids that nothing has: who may is answered NOT_FOUND."""


@pytest.fixture
def keyed(batches: BatchSession) -> Keyed:
    return people(batches)


@pytest.fixture
async def app(empty_graph: Server, evidence: EvidenceStore) -> AsyncIterator[FastAPI]:
    app = build_app(empty_graph, anonymous=False, clock=ticking(), evidence=evidence)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


def test_every_mutation_is_in_the_table() -> None:
    assert set(build_schema().mutation_type.fields) == set(WHO_MAY) == set(UNKNOWN)


async def test_each_role_decides_what_is_its_work(client: httpx.AsyncClient, keyed: Keyed) -> None:
    may: dict[str, list[str]] = {}
    for role in Role:
        header = keyed(role)
        told = {
            act: code_of(await send(client, header, document, clientMutationId="c", **given))
            for act, (document, given) in UNKNOWN.items()
        }
        assert set(told.values()) <= {"NOT_FOUND", "FORBIDDEN"}
        may[role] = [act for act, code in told.items() if code == "NOT_FOUND"]
    assert may == {
        "account_executive": ["actOnSignal"],
        "regional_lead": ["actOnSignal"],
        "leader": [],
        "steward": ["approveHeldRun", "judge", "withdrawJudgement"],
        "rule_author": [],
        "partner": [],
        "administrator": list(UNKNOWN),
    }


async def test_a_judgement_is_written_once_and_withdrawn(
    client: httpx.AsyncClient, keyed: Keyed, batches: BatchSession
) -> None:
    batches.run(TWO)
    batches.run(OTHERS)
    steward = keyed(Role.steward)
    given = {"clientMutationId": "c", "left": "e2", "right": "e1", "reason": "another number"}
    first = data_of(await send(client, steward, JUDGE, verdict="different", **given))
    again = data_of(await send(client, steward, JUDGE, verdict="different", **given))
    assert first == again == {
        "clientMutationId": "c", "judgementId": first["judgementId"], "left": "k1", "right": "k2",
        "verdict": "different", "supersedes": "model",
    }  # fmt: skip
    conflict = await send(client, steward, JUDGE, verdict="same", **given)
    assert code_of(conflict) == "CONFLICT"
    mine = {"judgementId": first["judgementId"], "reason": "I was wrong"}
    gone = data_of(await send(client, steward, WITHDRAW, clientMutationId="d", **mine))
    assert gone["judgementId"] == first["judgementId"]
    stands = (
        "MATCH (j:Judgement {decided_by: 'steward 0'}) RETURN j.verdict, j.retracted_at IS NULL"
    )
    assert batches.rows(stands) == [("different", False)]
    assert [row[1:] for row in batches.rows(ENTRIES)] == [
        ("judge", "done", None), ("judge", "refused", "CONFLICT"),
        ("withdrawJudgement", "done", None),
    ]  # fmt: skip


@pytest.fixture
def held(load: Callable[..., Run], tmp_path: Path) -> Run:
    """A run that waits: four of five companies are not in the second delivery."""

    def export(count: int) -> Path:
        rows = "".join(f"{number},Company {number},,false,\n" for number in range(count))
        path = tmp_path / f"accounts-{count}.csv"
        path.write_text(f"id,name,parent_id,is_deleted,created_date\n{rows}", encoding="utf-8")
        return path

    load("crm", export(5), full=True)
    return load("crm", export(1), full=True, as_of="2026-02-01")


async def test_a_held_run_is_approved_once_while_others_are_answered(
    app: FastAPI, client: httpx.AsyncClient, keyed: Keyed, held: Run, batches: BatchSession
) -> None:
    assert held.closing == "held"
    steward = keyed(Role.steward)
    given: dict[str, Any] = {"clientMutationId": "c", "runId": held.id}
    short = await send(client, steward, APPROVE, clientMutationId="b", runId=held.id[:8])
    assert code_of(short) == "NOT_FOUND"
    with app.state.hand.loads:  # as if another load were on its way
        waiting = [asyncio.create_task(send(client, steward, APPROVE, **given)) for _ in range(2)]
        asked = await client.post("/graphql", json={"query": "{ sources { id } }"}, headers=steward)
        assert asked.json()["data"] == {"sources": [{"id": "crm"}]}
        assert not any(one.done() for one in waiting)
    first, second = map(data_of, await asyncio.gather(*waiting))
    closing = batches.row("MATCH (r:LoadRun {id: $id}) RETURN r.closing", id=held.id)
    (done,) = batches.rows("MATCH (r:LoadRun {mode: 'approval'}) RETURN r.id, r.closed")
    assert (closing, done[1]) == (("approved",), 4)
    assert first == second == {
        "clientMutationId": "c", "runId": done[0], "sourceId": "crm", "closed": 4,
        "factsClosed": first["factsClosed"],
    }  # fmt: skip
    late = await send(client, steward, APPROVE, clientMutationId="d", runId=held.id)
    assert code_of(late) == "BAD_USER_INPUT"
    assert [row[2:] for row in batches.rows(ENTRIES)] == [
        ("begun", None), ("refused", "NOT_FOUND"), ("begun", None), ("done", None),
        ("begun", None), ("refused", "BAD_USER_INPUT"),
    ]  # fmt: skip
