"""A toy source whose delivery is a Python list, and what a graph holds as plain values."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from graph.connection import BatchSession
from graph.errors import RecordRejected, SourceError
from graph.evidence import EvidenceStore
from graph.facts.claims import Claims, ref
from graph.facts.run import Run
from loaders.identifiers import own, state
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec
from loaders.sync import Order, sync

SPEC = {
    "title": "Toy",
    "publisher": "nobody",
    "licence": "none",
    "holds": ["registry"],
    "freshness_sla": "P1D",
    "scope": "all",
    "record_types": {"company": "one company"},
}


class ToySource(Source):
    """Records given as (native id, payload); see `company` for what a payload may say."""

    name: ClassVar[str] = "toy"

    def __init__(self, records: list[tuple[str, dict[str, Any]]], **spec: Any) -> None:
        super().__init__(SourceSpec.model_validate(SPEC | spec))
        self.records = records
        self.breaks_after: int | None = None
        self.stalls_after: int | None = None
        self.pause = 0.0
        self.expected: int | None = None
        self.covers = ["company"]

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        if self.expected is not None:
            delivery.expect(self.expected)
        for line, (native_id, payload) in enumerate(self.records, 1):
            if self.breaks_after is not None and line > self.breaks_after:
                raise SourceError("the file is cut off", where=f"toy:{line}", remedy="fetch again")
            if self.stalls_after is not None and line > self.stalls_after:
                time.sleep(self.pause)
            yield RawRecord(payload.get("type", "company"), native_id, payload, "toy", line)
        for record_type in self.covers:
            delivery.cover(record_type)

    def transform(self, record: RawRecord) -> Claims:
        payload, claims = record.payload, Claims()
        if payload.get("bad"):
            raise RecordRejected("bad", where="bad", remedy="mend it")
        reference = payload.get("reference") or own(self.name, "company", record.native_id)
        described = {
            name: payload[name] for name in ("name", "status", "jurisdiction") if name in payload
        }
        entity = claims.node("LegalEntity", reference, **described)
        for value, begin, end in payload.get("names", []):
            claims.name(entity, value, valid_from=_day(begin), valid_to=_day(end))
        for parent in payload.get("parents", []):
            claims.fact(
                "PARENT_IN",
                entity,
                ref("LegalEntity", own("toy", "company", parent["of"])),
                valid_from=_day(parent.get("from")),
                valid_to=_day(parent.get("to")),
                view=parent.get("view", "legal"),
                share=parent.get("share"),
                planned=parent.get("planned"),
            )
        for scheme, value in payload.get("identifiers", []):
            state(claims, entity, scheme, value)
        for other in payload.get("same_as", []):
            claims.same.append((entity, ref("LegalEntity", other), "cross-reference"))
        claims.correction = payload.get("correction", "")
        claims.happened_on = _day(payload.get("happened_on"))
        return claims


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(slots=True)
class Toy:
    """Loads lists of records, a day later each time unless told otherwise."""

    session: BatchSession
    evidence: EvidenceStore
    now: datetime = datetime.fromisoformat("2026-01-01T12:00:00+00:00")
    runs: list[Run] = field(default_factory=list)

    def source(self, *records: tuple[str, dict[str, Any]], name: str = "toy", **spec: Any) -> Any:
        kind = type("ToyNamed", (ToySource,), {"name": name})
        return kind(list(records), **spec)

    def load(
        self,
        records: list[tuple[str, dict[str, Any]]] | ToySource,
        *,
        full: bool = True,
        days: int = 1,
        session: Any = None,
        **order: Any,
    ) -> Run:
        self.now += timedelta(days=days)
        source = records if isinstance(records, Source) else self.source(*records)
        order.setdefault("as_of", self.now.date())
        asked = Order(Path("toy"), now=self.now, full=full, **order)
        run = sync(source, asked, session or self.session, self.evidence)
        self.runs.append(run)
        return run


@pytest.fixture
def toy(batches: BatchSession, evidence: EvidenceStore) -> Toy:
    """Loads toy records into an empty graph."""
    return Toy(batches, evidence)


DUMP = """
CALL {
  MATCH (node) WHERE NOT node:LoadRun AND NOT node:FeedHead AND NOT node:Lease
    AND NOT node:Migration AND NOT node:SourceSystem
  RETURN labels(node)[0] + toString(node.id) AS place, properties(node) AS held
  UNION ALL
  MATCH (start)-[edge]->(end) WHERE NOT type(edge) IN ['OF']
  RETURN toString(start.id) + type(edge) + toString(end.id) AS place, properties(edge) AS held
}
RETURN place, held
"""


@pytest.fixture
def dump(batches: BatchSession) -> Callable[[], list[str]]:
    """Everything in the graph but runs and plumbing, as sorted text."""

    def dump() -> list[str]:
        rows = batches.rows(DUMP)
        return sorted(f"{place} {sorted(held.items())}" for place, held in rows)

    return dump


INVARIANTS = {
    "a plain fact is neither valid nor believed today": """
        MATCH ()-[fact]->() WHERE fact.recorded_from IS NOT NULL
          AND NOT type(fact) STARTS WITH 'FORMER_' AND NOT type(fact) STARTS WITH 'PLANNED_'
          AND (fact.valid_from > date($today) OR fact.valid_to <= date($today)
               OR fact.recorded_to < datetime('9999-12-31T00:00:00Z') OR fact.planned)
        RETURN fact.id""",
    "a fact that holds today is not of the plain type": """
        MATCH ()-[fact]->() WHERE fact.recorded_to = datetime('9999-12-31T00:00:00Z')
          AND fact.valid_from <= date($today) AND date($today) < fact.valid_to
          AND fact.planned IS NULL
          AND (type(fact) STARTS WITH 'FORMER_' OR type(fact) STARTS WITH 'PLANNED_')
        RETURN fact.id""",
    "two versions of one fact meet in both clocks": """
        MATCH (start)-[fact]->() WHERE fact.recorded_from IS NOT NULL
        MATCH (start)-[other {id: fact.id}]->()
        WHERE elementId(fact) < elementId(other)
          AND fact.valid_from < other.valid_to AND other.valid_from < fact.valid_to
          AND fact.recorded_from < other.recorded_to AND other.recorded_from < fact.recorded_to
        RETURN fact.id""",
    "a believed fact ended without a complete run or a changed record": """
        MATCH (start)-[fact]->() WHERE fact.reason = 'no longer stated by its record'
          AND fact.recorded_to = datetime('9999-12-31T00:00:00Z')
        MATCH (run:LoadRun {moment: fact.recorded_from})
        WHERE NOT run.closing = 'applied' AND NOT run.changed > 0
        RETURN fact.id""",
    "the counts of a run do not add up": """
        MATCH (run:LoadRun) WHERE run.read <> run.loaded + run.changed + run.unchanged
          + run.duplicate + run.ignored + run.rejected
        RETURN run.id""",
    "a run that is not complete has closed": """
        MATCH (run:LoadRun) WHERE run.closed > 0 AND run.status <> 'COMPLETE' RETURN run.id""",
    "two current versions of one record": """
        MATCH (record:SourceRecord) WHERE record.recorded_to = datetime('9999-12-31T00:00:00Z')
        WITH record.key AS key, count(*) AS versions WHERE versions > 1 RETURN key""",
    "a gap or a repetition in the numbers of events": """
        MATCH (event:Event) WITH count(event) AS events, max(event.sequence) AS last,
          count(DISTINCT event.sequence) AS numbers
        WHERE events <> numbers OR events <> last RETURN toString(last)""",
}


@pytest.fixture
def broken(batches: BatchSession) -> Callable[[date], list[str]]:
    """The invariants that the graph breaks on a day; none, if all is well."""
    union = " UNION ALL ".join(
        f"CALL {{ {statement} AS place }} RETURN '{sentence}' AS sentence, place"
        for sentence, statement in INVARIANTS.items()
    )

    def broken(today: date) -> list[str]:
        rows = batches.rows(union, today=today)
        return [f"{sentence}: {place}" for sentence, place in rows]

    return broken
