"""Attacks on the server's time: how soon each is refused, and what ordinary requests feel of it."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator
from itertools import cycle

import httpx
from corpus import write_register
from loading import load
from measure import Bench, Result
from serving import served

from graph.ids import node_id
from tests.api.attacks import ATTACKS, JSON, Attack

MILLISECONDS = 250
"""What a refusal may take, and how long the event loop may be away."""
TIMES = 5
A_SECOND = 20
"""Attacks and ordinary requests, each."""
SECONDS = 15
SLOW = 50
"""Connections that send their body a byte at a time meanwhile."""
COMPANIES = 5_000
ORDINARY = {
    "query": "query ($id: ID!) { legalEntity(id: $id) { id name status } "
    "ancestors(id: $id) { id name } signals(first: 20) { id message } }",
    "variables": {"id": node_id("bench:company:7")},
}


def attacks(bench: Bench) -> list[Result]:
    """Attacks that are refused: each by itself, then twenty a second beside ordinary requests."""
    bench.wipe()
    load(bench, write_register(bench.folder / "attacked.csv", min(COMPANIES, bench.size)))
    with served(bench) as address:
        return asyncio.run(_measured(address))


async def _measured(address: str) -> list[Result]:
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        await _ordinary(client, 3)
        alone = await _ordinary(client, SECONDS)
        each = [(await _refused(client, attack), name) for name, attack in ATTACKS.items()]
        async with _besieged(client), _slow_bodies(address):
            away, beside = await asyncio.gather(
                _looked_after(address, SECONDS), _ordinary(client, SECONDS)
            )
    slowest, name = max(each)
    p95 = [statistics.quantiles(taken, n=20)[-1] for taken in (beside, alone)]
    return [
        Result(f"slowest of {len(ATTACKS)} attacks to be refused", slowest, "ms", "limit", 0,
               MILLISECONDS, note=name),
        Result("longest that the event loop was away", away, "ms", "limit", 0, MILLISECONDS,
               note=f"{A_SECOND} attacks a second and {SLOW} slow bodies"),
        Result("ordinary requests under attack, p95", p95[0], "ms", "without", p95[1], 2),
    ]  # fmt: skip


async def _refused(client: httpx.AsyncClient, attack: Attack) -> float:
    """The fastest of several times, in milliseconds."""
    return min([await _once(client, attack) for _ in range(TIMES)])


async def _once(client: httpx.AsyncClient, attack: Attack) -> float:
    began = time.perf_counter()
    answer = await client.post("/graphql", content=attack.body, headers=JSON | attack.headers)
    taken = (time.perf_counter() - began) * 1000
    if answer.status_code != attack.status or attack.code not in answer.text:
        raise RuntimeError(answer.text[:300])
    return taken


async def _ordinary(client: httpx.AsyncClient, seconds: float) -> list[float]:
    """Milliseconds of ordinary requests at a steady rate, whatever the answers take."""

    async def one() -> float:
        began = time.perf_counter()
        answer = await client.post("/graphql", json=ORDINARY)
        if answer.status_code != 200 or b'"errors"' in answer.content:
            raise RuntimeError(answer.text[:300])
        return (time.perf_counter() - began) * 1000

    asked = []
    for _ in range(int(seconds * A_SECOND)):
        asked.append(asyncio.create_task(one()))
        await asyncio.sleep(1 / A_SECOND)
    return list(await asyncio.gather(*asked))


async def _looked_after(address: str, seconds: float) -> float:
    """The longest that the process did not say that it lives, in milliseconds."""
    longest, ends = 0.0, time.perf_counter() + seconds
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        while time.perf_counter() < ends:
            began = time.perf_counter()
            (await client.get("/health/live")).raise_for_status()
            longest = max(longest, (time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.005)
    return longest


@contextlib.asynccontextmanager
async def _besieged(client: httpx.AsyncClient) -> AsyncIterator[None]:
    """Attacks at a steady rate, one after the other, until the end of the block."""

    async def attacking() -> None:
        async with asyncio.TaskGroup() as group:
            for attack in cycle(ATTACKS.values()):
                group.create_task(_once(client, attack))
                await asyncio.sleep(1 / A_SECOND)

    async with _meanwhile(attacking()):
        yield


@contextlib.asynccontextmanager
async def _slow_bodies(address: str) -> AsyncIterator[None]:
    """Clients that send a body of many bytes slowly, and never its end."""
    host, _, port = address.removeprefix("http://").partition(":")
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: {address.removeprefix('http://')}\r\n"
        "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
    )

    async def trickling() -> None:
        writers = [(await asyncio.open_connection(host, int(port)))[1] for _ in range(SLOW)]
        try:
            for writer in writers:
                writer.write(head.encode())
            while True:
                for writer in writers:
                    if not writer.is_closing():
                        writer.write(b" ")
                await asyncio.sleep(0.2)
        finally:
            for writer in writers:
                writer.close()

    async with _meanwhile(trickling()):
        yield


@contextlib.asynccontextmanager
async def _meanwhile(work: object) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work)  # type: ignore[arg-type]
    try:
        yield
    finally:
        if task.done():
            task.result()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
