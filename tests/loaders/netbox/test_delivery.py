"""Deliveries of NetBox: the demo whole, repeated, shrunk, broken, in any order and page by page."""

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
from loaders.netbox.source import TYPES
from loaders.source import Source

DEMO = "telecom_crm/netbox_demo/netbox-demo-v3.6.json"
LATER = datetime(2026, 2, 2, tzinfo=UTC)


@pytest.fixture
def demo(shared: Path) -> Path:
    """The published demo export."""
    return shared / DEMO


@pytest.fixture
def export(tmp_path: Path, django: Callable[..., Any]) -> Callable[..., Path]:
    """A small export: two sites of one tenant and a circuit between them, less what is left out."""

    def export(*without: str, name: str = "export.json", **changed: Any) -> Path:
        records = {
            "region": django("dcim.region", 1, name="Ohio", slug="ohio"),
            "near": django("dcim.site", 1, name="Near", status="active", region=1, tenant=5),
            "far": django("dcim.site", 2, name="Far", status="active", region=1, tenant=5),
            "tenant": django("tenancy.tenant", 5, name="Alpha"),
            "provider": django("circuits.provider", 1, name="Carrier"),
            "type": django("circuits.circuittype", 2, name="MPLS"),
            "circuit": django("circuits.circuit", 1, cid="K1", type=2, status="active"),
            "a": django("circuits.circuittermination", 1, circuit=1, term_side="A", site=1),
            "z": django("circuits.circuittermination", 2, circuit=1, term_side="Z", site=2),
            "user": django("auth.user", 1, password="pbkdf2_sha256$hash"),
        }
        for key, fields in changed.items():
            records[key]["fields"].update(fields)
        path = tmp_path / name
        kept = [record for key, record in records.items() if key not in without]
        path.write_text(json.dumps(kept))
        return path

    return export


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


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b'[{"model": "dcim.region", "pk": 1, "fie', "not JSON"),
        ('[{"name": "Z\u00fcrich"}]'.encode("latin-1"), "not JSON"),
        (b"[1, 2]", "a record must be an object"),
    ],
)
def test_a_broken_file_is_named_and_the_others_count(
    load: Callable[..., Run],
    export: Callable[..., Path],
    tmp_path: Path,
    content: bytes,
    said: str,
) -> None:
    export(name="whole.json")
    (tmp_path / "broken.json").write_bytes(content)

    run = load("netbox", tmp_path, full=True)

    assert (run.status, run.loaded, run.closing) == ("PARTIAL", 9, "none")
    assert said in run.reason
    assert "broken.json" in run.reason


def test_a_byte_order_mark_is_no_content(
    load: Callable[..., Run], export: Callable[..., Path]
) -> None:
    path = export()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    run = load("netbox", path)

    assert (run.status, run.loaded) == ("COMPLETE", 9)


def test_an_object_that_comes_twice_with_different_content_is_not_chosen_for_us(
    load: Callable[..., Run], export: Callable[..., Path], tmp_path: Path
) -> None:
    export(name="1.json")
    export(name="2.json", near={"name": "Nearer"})

    run = load("netbox", tmp_path)

    assert (run.status, run.loaded, run.duplicate, run.rejected) == ("PARTIAL", 9, 8, 1)


def test_pages_that_hold_less_than_they_announce_end_nothing(
    load: Callable[..., Run], tmp_path: Path
) -> None:
    def page(number: int, count: int) -> None:
        url = f"https://netbox.example/api/dcim/regions/{number}/"
        result = {"id": number, "url": url, "name": f"R{number}", "slug": f"r{number}"}
        document = {"count": count, "next": None, "results": [result]}
        (folder / f"regions-{number}.json").write_text(json.dumps(document))

    folder = tmp_path / "pages"
    folder.mkdir()
    page(1, 2)
    short = load("netbox", folder, full=True)
    page(2, 2)
    whole = load("netbox", folder, full=True, as_of="2026-02-01", now=LATER)

    assert (short.status, short.reason) == (
        "PARTIAL",
        "the delivery announces 2 records and holds 1",
    )
    assert (whole.status, whole.reason, whole.loaded, whole.unchanged) == ("COMPLETE", "", 1, 1)


def test_all_models_of_the_demo_are_named(source: Source, demo: Path) -> None:
    models = {record["model"] for record in json.loads(demo.read_text("utf-8"))}

    assert models <= set(TYPES) | set(source.spec.ignores)
