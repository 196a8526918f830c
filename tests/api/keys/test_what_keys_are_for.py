"""What a key is for: texts of one's own, feeds, figures; and how soon that ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.app import build_app
from api.feeds.lasting import stream
from api.feeds.reading import Reader
from api.feeds.registry import FEEDS
from api.http.bearer import FRESH
from api.http.problem import Problem
from graph.access.enrolled import enrol
from graph.access.key import SCOPES, create_key, revoke_key
from graph.access.principal import Role
from graph.connection import BatchSession
from graph.engine import Server
from graph.facts.outbox import append_rows
from graph.scope import Scope
from tests.api.feeds.log import MOMENT, step
from tests.api.keys.test_keys import NOW, QUESTION, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def app(empty_graph: Server, batches: BatchSession, clock: Clock) -> AsyncIterator[FastAPI]:
    """The application as it runs, on an empty graph."""
    app = build_app(empty_graph, anonymous=False, clock=clock)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


@pytest.fixture
def key(batches: BatchSession) -> Callable[..., dict[str, str]]:
    """The header of a new key of a new principal."""
    number = count()

    def key(role: Role = Role.leader, **given: Any) -> dict[str, str]:
        principal = enrol(batches, f"{role} {next(number)}", role, now=NOW)
        given = {"now": NOW, "scopes": SCOPES} | given
        return {"authorization": f"Bearer {create_key(batches, principal, **given)[0]}"}

    return key


async def test_a_key_that_is_not_for_texts_of_ones_own_asks_trusted_documents_alone(
    client: httpx.AsyncClient, key: Callable[..., dict[str, str]]
) -> None:
    header = key(scopes=("api:read",))
    accept = {"accept": "application/graphql-response+json"}
    refused = await client.post("/graphql", json=QUESTION, headers=header | accept)
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["extensions"]["code"] == "TRUSTED_DOCUMENTS_ONLY"
    own = await client.post("/graphql", json=QUESTION, headers=key())
    assert own.json()["data"] == {"sources": []}


async def test_feeds_are_for_keys_that_are_for_feeds(
    client: httpx.AsyncClient, key: Callable[..., dict[str, str]]
) -> None:
    for path in ("/feeds/all", "/feeds/all/snapshot"):
        assert (await client.get(path)).status_code == 401
        assert (await client.get(path, headers=key(scopes=("api:read",)))).status_code == 403
        assert (await client.get(path, headers=key(scopes=("feeds:read",)))).status_code == 200


async def test_figures_are_for_administrators(
    client: httpx.AsyncClient, key: Callable[..., dict[str, str]]
) -> None:
    assert (await client.get("/metrics")).status_code == 401
    assert (await client.get("/metrics", headers=key(Role.leader))).status_code == 403
    told = await client.get("/metrics", headers=key(Role.administrator))
    assert (told.status_code, "footprint_statements_total" in told.text) == (200, True)


async def test_a_key_that_ends_while_a_poll_waits_is_told_nothing(
    client: httpx.AsyncClient,
    key: Callable[..., dict[str, str]],
    batches: BatchSession,
    clock: Clock,
) -> None:
    header = key()
    asked = client.get("/feeds/all", params={"after": "now", "wait": 20}, headers=header)
    waiting = asyncio.create_task(asked)
    await asyncio.sleep(0.5)
    revoke_key(batches, header["authorization"].removeprefix("Bearer "), now=NOW)
    clock.now = NOW + FRESH
    rows = [step("a", None, "open")]
    await asyncio.to_thread(
        batches.write, lambda tx: append_rows(tx, rows, moment=MOMENT, run="test")
    )
    assert (await waiting).status_code == 401


async def test_a_stream_tells_nothing_once_its_key_is_gone(
    app: FastAPI, batches: BatchSession
) -> None:
    state = app.state
    rows = [step("a", None, "open")]
    batches.write(lambda tx: append_rows(tx, rows, moment=MOMENT, run="test"))
    reader = Reader(state.graph, state.feeds.watch, FEEDS["all"], "http://localhost")

    async def gone() -> Reader:
        raise Problem(401, "UNAUTHENTICATED", "a valid API key is needed")

    told = [one async for one in stream(reader, await reader.begin(None), gone)]
    assert [b"UNAUTHENTICATED" in one for one in told] == [False, True]


async def test_a_stream_goes_on_with_the_eyes_that_its_key_has_now(
    app: FastAPI, batches: BatchSession
) -> None:
    state = app.state
    rows = [step("a", None, "open")]
    batches.write(lambda tx: append_rows(tx, rows, moment=MOMENT, run="test"))
    reader = Reader(state.graph, state.feeds.watch, FEEDS["all"], "http://localhost")
    blind = Reader(
        state.graph.seen_by(Scope("partner", ())), state.feeds.watch, FEEDS["all"], reader.base
    )
    asked = 0

    async def again() -> Reader:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise Problem(401, "UNAUTHENTICATED", "that is enough")
        return blind

    place = await reader.begin(None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.feeds.lasting.HEARTBEAT", 0.1)
        told = [one async for one in stream(reader, place, again)]
    assert len(told) == 2
    assert b"UNAUTHENTICATED" in told[-1]
