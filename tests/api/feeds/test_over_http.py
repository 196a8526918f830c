"""Feeds as a client polls them."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any

import httpx
import orjson
import pytest
from fastapi import FastAPI

from graph.connection import BatchSession, ReadSession
from graph.facts import outbox
from tests.api.feeds.log import MOMENT, step

NDJSON = {"accept": "application/x-ndjson"}


def following(answer: httpx.Response) -> str:
    """The address of the next page."""
    found = re.search(r'<([^>]+)>; rel="next"', answer.headers["link"])
    assert found
    return found[1]


def subjects(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["subject"] for one in answer.json()]


async def test_an_event_is_a_cloudevent(client: httpx.AsyncClient, tell: Any) -> None:
    tell(step("a", None, "open", "opened"))
    answer = await client.get("/feeds/signals")
    assert answer.headers["content-type"] == "application/cloudevents-batch+json"
    (event,) = answer.json()
    assert re.fullmatch(r"[0-9a-f-]{36}", event.pop("id"))
    assert event == {
        "specversion": "1.0",
        "source": "urn:footprint:feed",
        "type": "footprint.signal.opened.v1",
        "subject": "Signal/a",
        "time": MOMENT,
        "partitionkey": "Signal/a",
        "epoch": 1,
        "sequence": "000000000001",
        "datacontenttype": "application/json",
        "dataschema": "http://localhost/feeds/schemas/signal.v1",
        "data": {"rule": "r", "before": None, "after": "open"},
    }
    schema = await client.get(event["dataschema"])
    assert (schema.status_code, schema.json()["title"]) == (200, "Step of a signal")


async def test_pages_follow_one_another_until_nothing_is_left(
    client: httpx.AsyncClient, tell: Any
) -> None:
    tell(*(step(str(number), None, "open") for number in range(7)))
    told, address = [], "/feeds/all?limit=3"
    while page := subjects(answer := await client.get(address)):
        told.append(page)
        address = following(answer)
    assert told == [[f"Signal/{n}" for n in one] for one in ("012", "345", "6")]
    tell(step("new", None, "open"))
    await asyncio.sleep(0.15)  # so long a look at the head is believed
    assert subjects(await client.get(address)) == ["Signal/new"]


async def test_lines_and_batches_tell_the_same(client: httpx.AsyncClient, tell: Any) -> None:
    tell(step("a", None, "open"), step("b", None, "open"))
    lines = await client.get("/feeds/all", headers=NDJSON)
    assert lines.headers["content-type"] == "application/x-ndjson"
    told = [orjson.loads(line) for line in lines.text.splitlines()]
    assert told == (await client.get("/feeds/all", headers={"accept": "application/json"})).json()


async def test_a_feed_tells_its_own_types_alone(client: httpx.AsyncClient, tell: Any) -> None:
    tell(step("a", None, "open"), ["footprint.bill.changed.v1", "Bill/b", "{}"])
    assert subjects(await client.get("/feeds/signals")) == ["Signal/a"]
    assert subjects(await client.get("/feeds/hierarchy")) == []
    assert subjects(await client.get("/feeds/all")) == ["Signal/a", "Bill/b"]


async def test_an_idle_poll_is_answered_304_with_an_empty_body(
    client: httpx.AsyncClient, tell: Any
) -> None:
    tell(step("a", None, "open"))
    address = following(await client.get("/feeds/all"))
    first = await client.get(address)
    assert subjects(first) == []
    headers = {"if-none-match": first.headers["etag"]}
    idle = await client.get(address, headers=headers)
    assert (idle.status_code, idle.content, following(idle)) == (304, b"", following(first))
    tell(step("b", None, "open"))
    await asyncio.sleep(0.15)
    assert subjects(await client.get(address, headers=headers)) == ["Signal/b"]


async def test_a_long_poll_ends_with_the_first_event(
    client: httpx.AsyncClient, tell: Any, app: FastAPI
) -> None:
    poll = asyncio.create_task(client.get("/feeds/signals?after=now&wait=30"))
    while not app.state.feeds.watch._waiting:
        await asyncio.sleep(0.01)
    began = time.monotonic()
    await asyncio.to_thread(tell, step("a", None, "open"))
    assert subjects(await poll) == ["Signal/a"]
    assert time.monotonic() - began < 10


async def test_a_long_poll_of_nothing_ends_in_time(client: httpx.AsyncClient, tell: Any) -> None:
    answer = await client.get("/feeds/signals?wait=1")
    assert subjects(answer) == []


async def test_however_many_wait_one_statement_looks(
    client: httpx.AsyncClient, tell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    rows = ReadSession.rows

    async def noted(self: ReadSession, cypher: str, **parameters: Any) -> Any:
        sent.append("head" if "cursor_key" in cypher else "events")
        return await rows(self, cypher, **parameters)

    monkeypatch.setattr(ReadSession, "rows", noted)
    await asyncio.gather(*(client.get("/feeds/all?after=now&wait=2") for _ in range(50)))
    assert sent.count("head") <= 20  # every quarter of a second, and when they came
    assert sent.count("events") <= 50  # one each, when they came


async def test_whoever_waits_leaves_nothing_behind(
    client: httpx.AsyncClient, tell: Any, app: FastAPI
) -> None:
    poll = asyncio.create_task(client.get("/feeds/signals?wait=30"))
    while not app.state.feeds.watch._waiting:
        await asyncio.sleep(0.01)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    assert app.state.feeds.watch._waiting == 0
    assert app.state.feeds.waits.free == 1_000


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/feeds/gossip", 404, "UNKNOWN_FEED"),
        ("/feeds/gossip/snapshot", 404, "UNKNOWN_FEED"),
        ("/feeds/schemas/gossip", 404, "UNKNOWN_SCHEMA"),
        ("/feeds/all?after=nonsense", 400, "UNKNOWN_CURSOR"),
        ("/feeds/all?limit=0", 400, "PARAMETER"),
        ("/feeds/all?limit=1001", 400, "PARAMETER"),
        ("/feeds/all?wait=31", 400, "PARAMETER"),
        ("/feeds/all?wait=-1", 400, "PARAMETER"),
        ("/feeds/all?since=2026", 400, "PARAMETER"),
    ],
)
async def test_what_cannot_be_answered_is_told_as_a_problem(
    client: httpx.AsyncClient, address: str, status: int, code: str
) -> None:
    answer = await client.get(address)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_media_type_that_is_not_offered_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get("/feeds/all", headers={"accept": "application/atom+xml"})
    assert (answer.status_code, answer.json()["code"]) == (406, "NOT_ACCEPTABLE")


async def test_a_cursor_of_another_epoch_is_sent_to_the_snapshot(
    client: httpx.AsyncClient, tell: Any, batches: BatchSession
) -> None:
    tell(step("a", None, "open"))
    address = following(await client.get("/feeds/all"))
    assert outbox.restart(batches) == 2
    tell(step("b", None, "open"), step("c", None, "open"))
    await asyncio.sleep(0.15)
    answer = await client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (410, "EPOCH_CHANGED")
    assert answer.json()["snapshot"] == "/feeds/all/snapshot"
    assert subjects(await client.get("/feeds/all")) == ["Signal/b", "Signal/c"]


async def test_a_cursor_ahead_of_a_restored_log_is_sent_to_the_snapshot(
    client: httpx.AsyncClient, tell: Any, batches: BatchSession
) -> None:
    tell(step("a", None, "open"), step("b", None, "open"))
    address = following(await client.get("/feeds/all"))
    batches.run("MATCH (head:FeedHead) SET head.sequence = 1")
    batches.run("MATCH (event:Event {sequence: 2}) DELETE event")
    await asyncio.sleep(0.15)
    answer = await client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (410, "EPOCH_CHANGED")


async def test_a_cursor_before_what_is_kept_is_sent_to_the_snapshot(
    client: httpx.AsyncClient, tell: Any, batches: BatchSession
) -> None:
    tell(*(step(name, None, "open") for name in "abc"), moment="2025-01-01T00:00:00Z")
    tell(step("d", None, "open"))
    before, at = [following(await client.get(f"/feeds/all?limit={n}")) for n in (2, 3)]
    assert outbox.forget(batches, "2026-01-01T00:00:00Z") == 3
    await asyncio.sleep(0.15)
    answer = await client.get(before)
    assert (answer.status_code, answer.json()["code"]) == (410, "CURSOR_TOO_OLD")
    assert subjects(await client.get(at)) == ["Signal/d"]
    assert subjects(await client.get("/feeds/all")) == ["Signal/d"]


async def test_a_gap_is_never_passed(
    client: httpx.AsyncClient, tell: Any, batches: BatchSession
) -> None:
    """As a statement sees it that reads while a transaction is being written."""
    tell(*(step(name, None, "open") for name in "abcd"))
    batches.run("MATCH (event:Event {sequence: 3}) SET event.sequence = 99")
    answer = await client.get("/feeds/all")
    assert subjects(answer) == ["Signal/a", "Signal/b"]
    batches.run("MATCH (event:Event {sequence: 99}) SET event.sequence = 3")
    assert subjects(await client.get(following(answer))) == ["Signal/c", "Signal/d"]


async def test_the_feeds_name_themselves(client: httpx.AsyncClient) -> None:
    told = (await client.get("/feeds")).json()["feeds"]
    assert [one["name"] for one in told] == ["signals", "hierarchy", "all"]
    for one in told:
        assert (await client.get(one["events"])).status_code == 200
        assert (await client.get(one["snapshot"])).status_code == 200


async def test_before_anything_was_loaded_it_says_so(
    client: httpx.AsyncClient, emptied: Callable[[], Any]
) -> None:
    emptied()
    answer = await client.get("/feeds/all")
    assert (answer.status_code, answer.json()["code"]) == (503, "FEED_NOT_BEGUN")
