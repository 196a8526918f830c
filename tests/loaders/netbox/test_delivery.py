"""Deliveries of NetBox: the demo whole, repeated, shrunk and in any order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.evidence import EvidenceStore
from graph.facts.run import Run

LATER = datetime(2026, 2, 2, tzinfo=UTC)


def test_every_record_of_the_demo_is_loaded_or_ignored_by_name_and_the_counts_add_up(
    load: Callable[..., Run],
    batches: BatchSession,
    facts: Callable[[str], Any],
    demo: Path,
) -> None:
    run = load("netbox", demo, full=True)

    assert (run.read, run.loaded, run.ignored, run.rejected, run.duplicate) == (
        6_915,
        189,
        6_726,
        0,
        0,
    )
    assert (run.status, run.adds_up, run.warnings) == ("COMPLETE", True, [])
    assert dict(
        batches.rows(
            "MATCH (node) WHERE node.reference STARTS WITH 'netbox:' "
            "RETURN labels(node)[0], count(*)"
        )
    ) == {
        "Region": 67,
        "Site": 24,
        "LegalEntity": 20,
        "Customer": 11,
        "ProductOffering": 4,
        "Service": 29,
        "Product": 29,
    }
    assert batches.rows("MATCH (node {stub: true}) RETURN node.reference") == []
    assert {name: len(facts(name)) for name in ("OCCUPIES", "PLAYS", "REALIZED_BY")} == {
        "OCCUPIES": 24,
        "PLAYS": 11,
        "REALIZED_BY": 29,
    }
    ends = Counter(fact[0] for fact in facts("DELIVERED_AT"))
    assert Counter(ends.values()) == {1: 26, 2: 3}


def test_no_credential_of_the_demo_reaches_the_evidence_or_the_graph(
    load: Callable[..., Run], batches: BatchSession, evidence: EvidenceStore, demo: Path
) -> None:
    secrets = [
        str(record["fields"][name])
        for record in json.loads(demo.read_text("utf-8"))
        for name in ("password", "session_data", "email", "key")
        if record["model"] in ("auth.user", "sessions.session", "users.token", "tenancy.contact")
        and record["fields"].get(name)
    ]
    run = load("netbox", demo)
    entries = list(evidence.entries("netbox", run.id))
    kept = "\n".join(entry.payload.decode() + entry.reason for entry in entries)
    (properties,) = batches.row("MATCH (node) RETURN collect(toString(properties(node).name))")

    assert len(secrets) >= 15
    assert len(entries) == 189
    assert [secret for secret in secrets if secret in kept or secret in properties] == []
    assert "pbkdf2" not in kept


def test_the_same_export_twice_changes_nothing(
    load: Callable[..., Run], export: Callable[..., Path], facts: Callable[[str], Any]
) -> None:
    first = load("netbox", export(), full=True)
    before = facts("DELIVERED_AT"), facts("OCCUPIES")

    again = load("netbox", export(), full=True, as_of="2026-02-01", now=LATER)

    assert (first.loaded, again.unchanged, again.loaded, again.changed) == (9, 9, 0, 0)
    assert (again.status, again.facts_opened, again.facts_closed) == ("COMPLETE", 0, 0)
    assert (facts("DELIVERED_AT"), facts("OCCUPIES")) == before


def test_a_full_export_without_an_end_of_a_circuit_ends_that_fact_behind_the_guard(
    load: Callable[..., Run], export: Callable[..., Path], facts: Callable[[str], Any]
) -> None:
    load("netbox", export(), full=True)

    held = load("netbox", export("z"), full=True, as_of="2026-02-01", now=LATER, guard=0.1)
    still = facts("DELIVERED_AT")
    closed = load("netbox", export("z"), full=True, as_of="2026-02-01", now=LATER, guard=0.2)

    near = ("netbox:circuit:1", "DELIVERED_AT", "netbox:site:1", "2024-05-01", "9999-12-31")
    assert (held.closing, held.absent) == ("held", 1)
    assert still == {
        near,
        ("netbox:circuit:1", "DELIVERED_AT", "netbox:site:2", "2024-05-01", "9999-12-31"),
    }
    assert (closed.closing, closed.closed) == ("applied", 1)
    assert facts("DELIVERED_AT") == {
        near,
        ("netbox:circuit:1", "FORMER_DELIVERED_AT", "netbox:site:2", "2024-05-01", "2026-02-01"),
    }


def test_a_delivery_that_is_not_full_ends_nothing(
    load: Callable[..., Run], export: Callable[..., Path], facts: Callable[[str], Any]
) -> None:
    load("netbox", export())
    before = facts("DELIVERED_AT")

    run = load("netbox", export("z", "a"), as_of="2026-02-01", now=LATER)

    assert (run.closing, facts("DELIVERED_AT")) == ("none", before)


def test_a_site_that_moves_to_another_tenant_changes_hands_on_the_day_of_the_change(
    load: Callable[..., Run], export: Callable[..., Path], facts: Callable[[str], Any]
) -> None:
    load("netbox", export("far"))

    moved = {"tenant": 6, "last_updated": "2026-01-20T08:00:00Z"}
    load("netbox", export("far", near=moved), as_of="2026-02-01", now=LATER)

    assert facts("OCCUPIES") == {
        ("netbox:tenant:5", "FORMER_OCCUPIES", "netbox:site:1", "2024-05-01", "2026-01-20"),
        ("netbox:tenant:6", "OCCUPIES", "netbox:site:1", "2026-01-20", "9999-12-31"),
    }


def test_a_day_that_does_not_exist_waits_in_quarantine_until_it_is_mended(
    load: Callable[..., Run],
    batches: BatchSession,
    export: Callable[..., Path],
    facts: Callable[[str], Any],
) -> None:
    waiting = (
        "MATCH (item:Quarantined {status: 'open'}) "
        "RETURN item.record_type, item.native_id, item.field, item.file"
    )
    bad = load("netbox", export(circuit={"install_date": "2024-02-31"}))
    before = batches.rows(waiting)

    good = load(
        "netbox", export(circuit={"install_date": "2024-02-29"}), as_of="2026-02-01", now=LATER
    )

    assert (bad.status, bad.rejected, bad.loaded) == ("PARTIAL", 1, 8)
    assert before == [("circuit", "1", "install_date", "export.json")]
    assert (good.status, good.loaded, good.unchanged) == ("COMPLETE", 1, 8)
    assert batches.rows(waiting) == []
    assert facts("REALIZED_BY") == {
        ("netbox:product:1", "REALIZED_BY", "netbox:circuit:1", "2024-02-29", "9999-12-31")
    }


@pytest.mark.parametrize("step", [1, -1])
def test_the_order_of_records_plays_no_part(
    load: Callable[..., Run], batches: BatchSession, export: Callable[..., Path], step: int
) -> None:
    path = export()
    path.write_text(json.dumps(json.loads(path.read_text())[::step]))

    load("netbox", path, batch_rows=2)

    assert set(
        batches.rows(
            "MATCH (start)-[drawn]->(end) WHERE drawn.record IS NOT NULL "
            "RETURN start.reference, type(drawn), coalesce(end.reference, end.value)"
        )
    ) == {
        ("netbox:site:1", "IN_REGION", "netbox:region:1"),
        ("netbox:site:2", "IN_REGION", "netbox:region:1"),
        ("netbox:tenant:5", "OCCUPIES", "netbox:site:1"),
        ("netbox:tenant:5", "OCCUPIES", "netbox:site:2"),
        ("netbox:tenant:5", "PLAYS", "netbox:customer:5"),
        ("netbox:tenant:5", "HAS_NAME", "Alpha"),
        ("netbox:provider:1", "HAS_NAME", "Carrier"),
        ("netbox:product:1", "REALIZED_BY", "netbox:circuit:1"),
        ("netbox:product:1", "OF_OFFERING", "netbox:circuit_type:2"),
        ("netbox:circuit:1", "DELIVERED_AT", "netbox:site:1"),
        ("netbox:circuit:1", "DELIVERED_AT", "netbox:site:2"),
    }
    assert batches.rows("MATCH (node {stub: true}) RETURN node.reference") == []
