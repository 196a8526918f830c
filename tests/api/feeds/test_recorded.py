"""What is really written to the log is as its schemas and CloudEvents say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import orjson
import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from api.feeds.registry import kinds, schema_of
from graph.connection import BatchSession
from graph.facts.outbox import SOURCE_LOADED
from rules.engine.life.answering import Answer, Person, answer, take_back
from rules.engine.runs.run import Order, run_rules
from tests.queries.register import Toy, company, under, write
from tests.rules.engine import days

NUMBER = ["duns", "100000007"]


async def told(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    """Every event, after each was checked."""
    answered = await client.get("/feeds/all?limit=1000")
    events: list[dict[str, Any]] = answered.json()
    for event in events:
        read = JSONFormat().read(CloudEvent, orjson.dumps(event))
        assert (read.get_id(), read.get_extension("sequence")) == (event["id"], event["sequence"])
        schema = orjson.loads(schema_of(kinds()[event["type"]].schema))
        jsonschema_rs.validate(schema, event["data"])
        assert event["dataschema"].endswith(f"/feeds/schemas/{kinds()[event['type']].schema}")
    assert [int(one["sequence"]) for one in events] == list(range(1, len(events) + 1))
    return events


def types(events: list[dict[str, Any]]) -> set[str]:
    return {one["type"].removeprefix("footprint.") for one in events}


async def test_loads_tell_of_subjects_trees_and_merges(
    client: httpx.AsyncClient, register: Callable[..., Any]
) -> None:
    register(company("A"), company("B", under("A")), company("C"), known="2026-01-01")
    register(company("A", country="DE"), company("B", under("C")), company("C"), known="2026-01-02")
    register(
        company("A", identifiers=[NUMBER]),
        company("C", identifiers=[NUMBER]),
        company("D", under("A")),
        known="2026-01-03",
    )
    assert types(await told(client)) == {
        "source.loaded.v1",
        "legal_entity.changed.v1",
        "hierarchy.changed.v1",
        "legal_entity.merged.v1",
    }


async def test_runs_of_rules_and_people_tell_of_signals(
    client: httpx.AsyncClient, batches: BatchSession
) -> None:
    """Rules as they are in the catalogue, asked of a session: nothing here is hostile."""
    days.build(batches)
    for day in (0, 4):
        days.dawn(batches, day)
        now = datetime.combine(days.day_of(day), datetime.min.time(), UTC)
        run_rules(batches, Order(days.pairs(), days.day_of(day), now), _asked(batches))
    (first, *_) = batches.rows(days.ANSWERABLE)
    ada = Person("ada", datetime(2026, 10, 6, tzinfo=UTC))
    answer(batches, first[0], Answer("already_known", "seen before"), ada)
    take_back(batches, first[0], ada)
    events = await told(client)
    assert types(events) >= {"signal.opened.v1", "signal.changed.v1", "signal.cleared.v1"}
    assert [one["data"] for one in events if "by" in one["data"]] == [
        {**events[-2]["data"], "before": "open", "after": "closed", "by": "ada"},
        {**events[-1]["data"], "before": "closed", "after": "open", "by": "ada"},
    ]


def _asked(session: BatchSession) -> Callable[..., Any]:
    return lambda pair, parameters: session.rows(pair.statement.text, **parameters)


class Breaking(Toy):
    """A register that breaks off as no source should."""

    def extract(self, delivery: Any) -> Any:
        yield from super().extract(delivery)
        raise RuntimeError("a fault of ours")


async def test_a_first_load_that_breaks_off_is_told_once(
    client: httpx.AsyncClient, load: Callable[..., Any], batches: BatchSession, tmp_path: Path
) -> None:
    path = write(tmp_path, "toy", *(company(name) for name in "ABCDEFGHIJKLMNOPQRST"))
    with pytest.raises(RuntimeError):
        load(Breaking(), path, as_of="2026-01-01", batch_rows=1)
    assert batches.row("MATCH (run:LoadRun) RETURN run.status, run.loaded > 0") == ("FAILED", True)
    assert types(await told(client)) == {"source.loaded.v1"}
    load(Toy(), path, as_of="2026-01-02", now=datetime(2026, 1, 3, tzinfo=UTC), full=True)
    assert [one["type"] for one in await told(client)].count(SOURCE_LOADED) == 1
