"""A snapshot and the tail from its cursor on are the same as every event from the first."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import httpx
import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.feeds.reading import Reader
from api.feeds.registry import FEEDS
from api.feeds.snapshot import snapshot
from api.feeds.watch import Watch
from graph.connection import BatchSession, OneTransaction, open_reads
from graph.engine import Server
from graph.facts import outbox
from graph.facts.outbox import append_rows
from rules.engine.life.news import news
from tests.api.feeds.log import MOMENT, State, fold
from tests.queries.register import company, under

STATES = ("candidate", "open", "acknowledged", "snoozed", "cleared", "retracted", "closed")
STEPS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(STATES)), max_size=12)
WRITE = """
MERGE (signal:Signal {id: $id})
WITH signal, signal.state AS before
SET signal.state = $state, signal.rule = 'r'
RETURN before AS before
"""


def write(session: BatchSession, id: str, state: str) -> None:
    """One step of a signal and its event, in one transaction."""

    def work(transaction: Any) -> None:
        ((before,),) = OneTransaction(transaction).run(WRITE, id=id, state=state)
        row = news(id, rule="r", before=before, after=state)
        append_rows(transaction, [row], moment=MOMENT, run="test")

    session.write(work)


async def told_after(reader: Reader, cursor: str | None) -> list[dict[str, Any]]:
    """Every event after a cursor."""
    place, told = await reader.begin(cursor), []
    while (page := await reader.page(place, 3)).events:
        told += [orjson.loads(one.json) for one in page.events]
        place = page.after
    return told


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=STEPS, during=STEPS, after=STEPS)
async def test_steps_of_signals(
    batches: BatchSession, empty_graph: Server, before: Any, during: Any, after: Any
) -> None:
    batches.run("MATCH (signal:Signal) DETACH DELETE signal")
    outbox.begin(batches)
    outbox.restart(batches)
    async with open_reads(empty_graph) as graph:
        watch = Watch(graph)
        reader = Reader(graph, watch, FEEDS["signals"], "http://localhost")
        for one in before:
            write(batches, *one)
        lines = snapshot(reader)
        first = await anext(lines)
        for one in during:
            write(batches, *one)
        *state, end = [line async for line in lines]
        for one in after:
            write(batches, *one)
        await watch.head(age=0)
        followed = fold(fold({}, state), await told_after(reader, first["cursor"]))
        replayed = fold({}, await told_after(reader, None))
        stand = batches.rows("MATCH (s:Signal) WHERE s.state IN $living RETURN s.id, s.state",
                             living=["candidate", "open", "acknowledged", "snoozed"])  # fmt: skip
        assert followed == replayed == {f"Signal/{id}": held for id, held in stand}
        assert end == {"end": True, "count": len(state)}


async def test_trees_that_loads_change(
    client: httpx.AsyncClient, register: Callable[..., Any], batches: BatchSession
) -> None:
    chance, names = random.Random(7), "ABCDEFGHIJ"
    cursors: list[tuple[str, State]] = []
    for day in range(1, 6):
        records = [
            company(
                name,
                *(
                    under(parent, since=f"2020-01-0{chance.randint(1, 9)}", view=view)
                    for view in ("legal", "commercial")
                    for parent in chance.sample(names.replace(name, ""), chance.randint(0, 2))
                ),
            )
            for name in names
            if chance.random() < 0.95
        ]
        register(*records, known=f"2026-01-0{day}")
        lines = (await client.get("/feeds/hierarchy/snapshot")).text.splitlines()
        first, *state, _ = [orjson.loads(line) for line in lines]
        cursors.append((first["cursor"], fold({}, state)))
    (_, end) = cursors[-1]
    assert len(end) > 3
    for cursor, state in cursors:
        events = (await client.get(f"/feeds/hierarchy?after={cursor}&limit=1000")).json()
        assert fold(state, events) == end


async def test_while_a_graph_is_made_anew_there_is_no_snapshot(
    client: httpx.AsyncClient, batches: BatchSession
) -> None:
    batches.run("MATCH (head:FeedHead) SET head.rebuilding = true")
    answer = await client.get("/feeds/all/snapshot")
    assert (answer.status_code, answer.json()["code"]) == (503, "REBUILDING")
    assert answer.headers["retry-after"] == "60"
