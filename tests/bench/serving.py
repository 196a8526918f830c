"""Families over HTTP, beside the bare column statement and beside the library's own executor."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import httpx
from asking import BARE_COLUMNS, interleaved
from corpus import write_register
from loading import load
from measure import Bench, Result

from graph.connection import open_reads
from graph.ids import node_id

OBJECTS, COLUMNS = 5_000, 50_000
TEN_FIELDS = "id parentId depth name jurisdiction status category endedOn isStub share"
DOCUMENTS = {
    "objects": f"query ($id: ID!) {{ hierarchy(id: $id) {{ entities {{ {TEN_FIELDS} }} }} }}",
    "columns": "query ($id: ID!) { hierarchy(id: $id) { columns(of: [id, parentId, depth, name, "
    "jurisdiction, status, category, endedOn, isStub]) } }",
}


def hierarchy_over_http(bench: Bench) -> list[Result]:
    """5,000 companies of ten typed fields, and 50,000 as columns, over HTTP."""
    results = []
    for size, kind, goal in ((OBJECTS, "objects", 1.5), (COLUMNS, "columns", 1.3)):
        count = min(size, bench.size)
        bench.wipe()
        load(bench, write_register(bench.folder / f"{kind}.csv", count))
        with served(bench) as ours, served(bench, "stock") as stock:
            bare, fast, slow = asyncio.run(_measured(bench, DOCUMENTS[kind], ours, stock))
        what = f"hierarchy of {count:,} companies as {kind} over HTTP"
        results.append(Result(what, fast, "s", "bare columns (nine)", bare, goal))
        if kind == "objects":
            results.append(Result(f"{what}, times faster", slow, "s", "ours", fast, 6, "higher",
                                  note="the library's executor on the same statement"))  # fmt: skip
    return results


async def _measured(bench: Bench, document: str, *addresses: str) -> list[float]:
    root = node_id("bench:company:0")
    body = {"query": document, "variables": {"id": root}}
    async with open_reads(bench.server) as graph, httpx.AsyncClient(timeout=120) as client:

        async def bare() -> None:
            await graph.rows(BARE_COLUMNS, root_id=root)

        async def ask(address: str) -> None:
            answer = await client.post(f"{address}/graphql", json=body)
            if answer.status_code != 200 or b'"errors"' in answer.content:
                raise RuntimeError(answer.text[:300])

        return await interleaved(bare, *(lambda it=it: ask(it) for it in addresses))  # type: ignore[misc]


@contextmanager
def served(bench: Bench, *how: str) -> Iterator[str]:
    """The application on the bench's server, in a process of its own, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"FOOTPRINT_TEST_SERVER": json.dumps(asdict(bench.server))}
    child = Path(__file__).parent / "child_serve.py"
    process = subprocess.Popen(
        [sys.executable, str(child), str(port), *how], env=os.environ | given
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{address}/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            if process.poll() is not None:
                raise RuntimeError("the application ended at its start") from None
        time.sleep(0.1)
    raise RuntimeError("the application does not answer")
