"""Server-sent events: as they come, resumed where they ended, and nothing left of who goes."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import orjson
import pytest
from httpx_sse import ServerSentEvent, connect_sse

from api.feeds.lasting import Lasting
from api.feeds.seats import Seats
from api.http.problem import Problem
from graph.connection import BatchSession
from graph.facts import outbox
from tests.api.feeds.log import step

REQUEST = b"GET /feeds/all HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
STREAM = {"accept": "text/event-stream"}


@contextmanager
def heard(address: str, **headers: str) -> Iterator[Iterator[ServerSentEvent]]:
    """The events of a stream, which is left at the end."""
    with (
        httpx.Client(timeout=30) as client,
        connect_sse(client, "GET", address, headers=headers) as source,
    ):
        events = source.iter_sse()
        yield events
        events.close()  # type: ignore[attr-defined]


def listen(address: str, count: int, **headers: str) -> list[ServerSentEvent]:
    """The first so many events."""
    with heard(f"{address}/feeds/all", **headers) as events:
        return [next(events) for _ in range(count)]


def test_a_stream_is_resumed_after_its_last_event(served: str, tell: Any) -> None:
    tell(*(step(str(number), None, "open") for number in range(5)))
    first = listen(served, 3)
    rest = listen(served, 2, **{"Last-Event-ID": first[-1].id})
    told = [orjson.loads(one.data) for one in [*first, *rest]]
    assert [one["subject"] for one in told] == [f"Signal/{number}" for number in range(5)]
    assert {one.event for one in first} == {"footprint.signal.changed.v1"}


def test_a_stream_and_a_poll_share_one_cursor(served: str, tell: Any) -> None:
    tell(*(step(str(number), None, "open") for number in range(3)))
    (first,) = listen(served, 1)
    polled = httpx.get(f"{served}/feeds/all", params={"after": first.id}).json()
    assert [one["subject"] for one in polled] == ["Signal/1", "Signal/2"]


def test_a_stream_tells_what_comes_while_it_is_open(served: str, tell: Any) -> None:
    with heard(f"{served}/feeds/signals?after=now") as events:
        for name in "ab":
            tell(step(name, None, "open"))
            assert orjson.loads(next(events).data)["subject"] == f"Signal/{name}"


def test_an_idle_stream_shows_that_it_lives(served: str, monkeypatch: Any) -> None:
    monkeypatch.setattr("api.feeds.lasting.HEARTBEAT", 0.2)
    with httpx.stream("GET", f"{served}/feeds/all", headers=STREAM, timeout=10) as answer:
        lines = (line for line in answer.iter_lines() if line)
        assert [next(lines) for _ in range(3)] == [
            ": feed all",
            ": still here",
            ": still here",
        ]


def test_a_stream_ends_with_the_problem_when_the_log_begins_anew(
    served: str, tell: Any, batches: BatchSession
) -> None:
    tell(step("a", None, "open"))
    with heard(f"{served}/feeds/all") as events:
        next(events)
        outbox.restart(batches)
        last = next(events)
        assert (last.event, orjson.loads(last.data)["code"]) == ("problem", "EPOCH_CHANGED")
        assert list(events) == []


def test_a_cursor_that_is_none_is_refused_before_the_stream(served: str) -> None:
    answer = httpx.get(f"{served}/feeds/all", headers=STREAM | {"Last-Event-ID": "nonsense"})
    assert (answer.status_code, answer.json()["code"]) == (400, "UNKNOWN_CURSOR")


@pytest.fixture
def seats(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many seats are held by streams."""
    held: list[int] = [0]
    take, leave = Seats.take, Seats.leave
    monkeypatch.setattr(Seats, "take", lambda self: (take(self), held.append(held.pop() + 1))[1])
    monkeypatch.setattr(Seats, "leave", lambda self: (leave(self), held.append(held.pop() - 1))[1])
    return lambda: held[0]


def test_a_client_that_goes_away_frees_its_seat(
    served: str, seats: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.feeds.lasting.HEARTBEAT", 0.5)
    host, _, port = served.removeprefix("http://").partition(":")
    clients = [socket.create_connection((host, int(port))) for _ in range(5)]
    for one in clients:
        one.sendall(REQUEST)
    for one in clients:
        heard = b""
        while b"still here" not in heard:
            heard += one.recv(1024)
    assert seats() == 5
    for one in clients:
        one.close()
    _until(lambda: seats() == 0)


async def test_a_client_that_reads_nothing_is_let_go(monkeypatch: Any) -> None:
    monkeypatch.setattr("api.feeds.lasting.PATIENCE", 0.05)
    seats = Seats(1, "streams")

    async def never() -> Any:
        yield b"x"

    async def blocked(message: Any) -> None:
        if message["type"] == "http.response.body":
            await asyncio.sleep(60)

    async def receive() -> Any:
        await asyncio.sleep(60)

    answer = Lasting(never(), seats, "text/plain")
    assert seats.free == 0
    with pytest.raises(Problem, match="all 1 streams are in use"):
        seats.take()
    began = time.monotonic()
    await answer({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, blocked)
    assert seats.free == 1
    assert time.monotonic() - began < 30


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
