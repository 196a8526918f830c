"""Asking beside the bare engine: a large tree, the same as of a day, and search by name."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

from corpus import write_register
from loading import load
from measure import Bench, Result

from graph.connection import ReadSession, open_reads
from graph.ids import node_id
from queries.entity.find import matches
from queries.hierarchy.hierarchy import family

TREE = 50_000
NAMES = 1_000_000
ROUNDS = 9

# The shortest statement that gives the same tree: other views and joint ventures are in PARENT_IN.
BARE_COLUMNS = """
// Public: the bare statement that ours is measured beside.
MATCH path = (root:LegalEntity {id: $root_id})
             <-[:PARENT_IN*0..64 {view: 'legal', controlling: true}]-(entity)
WITH entity, length(path) AS depth, nodes(path)[-2] AS parent
RETURN collect(entity.id) AS ids, collect(coalesce(parent.id, '')) AS parent_ids,
       collect(depth) AS depths, collect(coalesce(entity.name, '')) AS names,
       collect(coalesce(entity.jurisdiction, '')) AS jurisdictions,
       collect(coalesce(entity.status, '')) AS statuses,
       collect(coalesce(entity.category, '')) AS categories,
       collect(coalesce(toString(entity.ended_on), '')) AS ended_ons,
       collect(coalesce(entity.stub, false)) AS stubs
"""


def tree(bench: Bench) -> list[Result]:
    """A tree of 50,000 companies beside the bare column statement, and as of a day beside today."""
    size = min(TREE, bench.size)
    bench.wipe()
    load(bench, write_register(bench.folder / "tree.csv", size))
    before = datetime.now(UTC)
    later = write_register(bench.folder / "later.csv", size + 1)
    load(bench, later, as_of="2026-01-02")
    return asyncio.run(_tree(bench, size, before))


async def _tree(bench: Bench, size: int, moment: datetime) -> list[Result]:
    root = node_id("bench:company:0")
    day = date(2025, 6, 30)
    async with open_reads(bench.server) as graph:

        async def bare() -> int:
            rows = await graph.rows(BARE_COLUMNS, root_id=root)
            return len(rows[0][0])

        async def today() -> int:
            found = await family(graph, root_id=root)
            return len(found.ids) if found else 0

        async def as_of() -> int:
            found = await family(graph, root_id=root, valid_on=day)
            return len(found.ids) if found else 0

        async def as_known() -> int:
            found = await family(graph, root_id=root, valid_on=day, known_at=moment)
            return len(found.ids) if found else 0

        works = (bare, today, as_of, as_known)
        counts = [await work() for work in works]
        if counts != [size + 1, size + 1, size + 1, size]:
            raise RuntimeError(f"the trees differ in size: {counts}, {size} loaded")
        plain, now, then, known = await interleaved(*works)
    what = f"tree of {size:,} companies in columns"
    return [
        Result(what, now, "s", "bare columns", plain, 1.2),
        Result(f"{what}, as of a day", then, "s", "the same today", now, 1.15),
        Result(
            f"{what}, as of a day and a moment before the last load",
            known,
            "s",
            "the same today",
            now,
            1.15,
        ),
    ]


async def interleaved(*works: Callable[[], Awaitable[Any]]) -> list[float]:
    """The fastest of several rounds of each, taken in turn so that all meet the same noise."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            began = time.perf_counter()
            await work()
            seconds[place].append(time.perf_counter() - began)
    return [min(taken) for taken in seconds]


def search(bench: Bench) -> list[Result]:
    """Search by name among a million (five sizes of the run): the slowest of twenty."""
    size = min(NAMES, 5 * bench.size)
    if bench.kept.get("in the graph") != size:
        bench.wipe()
        load(bench, write_register(bench.folder / "names.csv", size))
    taken = asyncio.run(_searches(bench, size))
    p95 = statistics.quantiles(taken, n=20)[-1]
    note = f"median {statistics.median(taken):.1f} ms of {len(taken)}"
    return [Result(f"search in {size:,} names, p95", p95, "ms", "limit", 0, 25, note=note)]


KINDS = (
    "company {0:07d} holdings",
    "Compány {0:07d}",
    "company {0:07d} hold",
    "comp {0:07d} hold",
    "compani {0:07d} holdings",
    "company {0:07d} holdings gmbh",
    "holdings company",
)
"""As people type: whole, accented, not finished, shortened, misspelt, a word too many, too wide."""


async def _searches(bench: Bench, size: int) -> list[float]:
    asked = [kind.format(number * 7919 % size) for number in range(40) for kind in KINDS]
    taken = []
    async with open_reads(bench.server) as graph:
        for text in asked[: 5 * len(KINDS)]:
            await _one(graph, text)
        for text in asked:
            began = time.perf_counter()
            await _one(graph, text)
            taken.append((time.perf_counter() - began) * 1000)
    return taken


async def _one(graph: ReadSession, text: str) -> None:
    if not await matches(graph, text, limit=10):
        raise RuntimeError(f"nothing found for {text!r}")
