"""Rejected records are kept as they came, and load once the mapping understands them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.connection import BatchSession
from graph.errors import RecordRejected
from graph.evidence import EvidenceStore
from graph.facts import quarantine
from graph.facts.claims import Claims
from graph.facts.run import Run
from loaders.files import json_records
from loaders.retry import retry_quarantined
from loaders.source import Delivery, Extracted, RawRecord, Source, SourceSpec, Unreadable

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LATER = datetime(2026, 2, 1, tzinfo=UTC)
Deliver = Callable[..., Run]


class People(Source):
    """Sellers in teams; words that are not in `understood` are refused."""

    name = "people"

    def __init__(self, *understood: str) -> None:
        super().__init__(
            SourceSpec(
                title="People",
                publisher="a test",
                licence="none",
                holds=("registry",),
                freshness_sla="P1D",
                scope="all",
                record_types={"seller": "a person"},
            )
        )
        self.understood = understood

    def extract(self, delivery: Delivery) -> Iterator[Extracted]:
        for line, payload in json_records(delivery.path):
            if "id" in payload:
                yield RawRecord("seller", payload["id"], payload, delivery.path.name, line)
            else:
                yield Unreadable("seller", "", "?", "no seller", "ask", delivery.path.name, line)
        delivery.cover("seller")

    def transform(self, record: RawRecord) -> Claims:
        role = record.payload["role"]
        if role not in self.understood:
            raise RecordRejected(f"no role {role!r}", where="role", remedy="map it")
        claims = Claims()
        seller = claims.node("Seller", f"people:seller:{record.native_id}", role=role)
        team = claims.node("Team", f"people:team:{record.payload.get('team', 1)}", name="A team")
        claims.fact("MEMBER_OF", seller, team)
        return claims


@pytest.fixture
def deliver(load: Callable[..., Run], tmp_path: Path) -> Deliver:
    def deliver(*records: dict[str, Any], **order: Any) -> Run:
        path = tmp_path / "people.ndjson"
        path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in records))
        return load(People("manager"), path, **order)

    return deliver


@pytest.fixture
def retry(batches: BatchSession, evidence: EvidenceStore) -> Callable[..., list[tuple[Any, ...]]]:
    def retry(*understood: str, only: str | None = None) -> list[tuple[Any, ...]]:
        runs = retry_quarantined(People(*understood), batches, evidence, now=NOW, only=only)
        return [(run.status, run.read, run.loaded, run.changed, run.rejected) for run in runs]

    return retry


Retry = Callable[..., list[tuple[Any, ...]]]


def waiting(session: BatchSession) -> list[tuple[str, str]]:
    return [(item.native_id, item.reason) for item in quarantine.items(session)]


def test_what_is_understood_now_loads_as_of_its_delivery_and_leaves_quarantine(
    deliver: Deliver,
    retry: Retry,
    batches: BatchSession,
    facts: Callable[[str], set[tuple[Any, ...]]],
) -> None:
    deliver({"id": "1", "role": "boss"}, {"id": "2", "role": "chief"}, as_of="2026-01-15")

    assert retry("boss") == [("PARTIAL", 2, 1, 0, 1)]
    assert waiting(batches) == [("2", "no role 'chief'")]
    assert facts("MEMBER_OF") == {
        ("people:seller:1", "MEMBER_OF", "people:team:1", "2026-01-15", "9999-12-31")
    }
    assert retry("boss", "chief") == [("COMPLETE", 1, 1, 0, 0)]
    assert waiting(batches) == []
    assert retry("boss", "chief") == []


def test_the_same_record_delivered_again_after_a_retry_is_unchanged(
    deliver: Deliver, retry: Retry
) -> None:
    deliver({"id": "1", "role": "boss"})
    retry("boss")
    run = deliver({"id": "1", "role": "boss"}, as_of="2026-02-01")

    assert (run.status, run.read, run.unchanged) == ("COMPLETE", 1, 1)


def test_what_several_deliveries_said_of_a_record_is_tried_in_their_order(
    deliver: Deliver,
    retry: Retry,
    batches: BatchSession,
    node: Callable[[str], dict[str, Any]],
    facts: Callable[[str], set[tuple[Any, ...]]],
) -> None:
    deliver({"id": "1", "role": "boss", "team": "1"}, as_of="2026-01-01")
    deliver({"id": "1", "role": "chief", "team": "2"}, as_of="2026-02-01", now=LATER)

    assert retry("boss", "chief") == [("COMPLETE", 1, 1, 0, 0), ("COMPLETE", 1, 0, 1, 0)]
    assert node("people:seller:1") == {"label": "Seller", "role": "chief"}
    assert facts("MEMBER_OF") == {
        ("people:seller:1", "FORMER_MEMBER_OF", "people:team:1", "2026-01-01", "2026-02-01"),
        ("people:seller:1", "MEMBER_OF", "people:team:2", "2026-02-01", "9999-12-31"),
    }
    assert waiting(batches) == []


def test_newer_content_that_is_still_not_understood_goes_on_waiting(
    deliver: Deliver, retry: Retry, batches: BatchSession, node: Callable[[str], dict[str, Any]]
) -> None:
    deliver({"id": "1", "role": "boss"}, as_of="2026-01-01")
    deliver({"id": "1", "role": "chief"}, as_of="2026-02-01", now=LATER)

    assert retry("boss") == [("COMPLETE", 1, 1, 0, 0), ("PARTIAL", 1, 0, 0, 1)]
    assert node("people:seller:1") == {"label": "Seller", "role": "boss"}
    assert waiting(batches) == [("1", "no role 'chief'")]
    assert retry("boss", "chief") == [("COMPLETE", 1, 0, 1, 0)]
    assert node("people:seller:1") == {"label": "Seller", "role": "chief"}


def test_older_content_that_is_not_understood_does_not_come_after_newer(
    deliver: Deliver, retry: Retry, batches: BatchSession, node: Callable[[str], dict[str, Any]]
) -> None:
    deliver({"id": "1", "role": "boss"}, as_of="2026-01-01")
    deliver({"id": "1", "role": "chief"}, as_of="2026-02-01", now=LATER)

    assert retry("chief") == [("PARTIAL", 1, 0, 0, 1), ("COMPLETE", 1, 1, 0, 0)]
    assert waiting(batches) == []
    assert retry("boss", "chief") == []
    assert node("people:seller:1") == {"label": "Seller", "role": "chief"}


def test_older_content_is_not_tried_alone_while_newer_waits(
    deliver: Deliver, retry: Retry, batches: BatchSession
) -> None:
    deliver({"id": "1", "role": "boss"}, as_of="2026-01-01")
    deliver({"id": "1", "role": "chief"}, as_of="2026-02-01", now=LATER)
    older = next(item for item in quarantine.items(batches) if item.reason == "no role 'boss'")

    assert retry("boss", "chief", only=older.id) == []


def test_a_record_that_was_known_is_changed_by_its_retried_version(
    deliver: Deliver, retry: Retry, node: Callable[[str], dict[str, Any]]
) -> None:
    deliver({"id": "1", "role": "manager"})
    deliver({"id": "1", "role": "boss"}, as_of="2026-02-01")

    assert retry("boss") == [("COMPLETE", 1, 0, 1, 0)]
    assert node("people:seller:1") == {"label": "Seller", "role": "boss"}


def test_a_twin_and_what_is_no_record_wait_for_a_person(
    deliver: Deliver, retry: Retry, batches: BatchSession, node: Callable[[str], dict[str, Any]]
) -> None:
    deliver({"id": "1", "role": "manager"}, {"id": "1", "role": "boss"}, {"name": "nobody"})
    twin = next(item for item in quarantine.items(batches) if item.native_id == "1")

    assert retry("manager", "boss") == []
    assert retry("manager", "boss", only=twin.id) == [("COMPLETE", 1, 0, 1, 0)]
    assert node("people:seller:1") == {"label": "Seller", "role": "boss"}
    assert waiting(batches) == [("people.ndjson#3", "no seller")]
