"""Deliveries of TM Forum resources: repeated, shrunk, broken, in any order, and what joins them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.connection import BatchSession
from graph.evidence import EvidenceStore
from graph.facts.run import Run

LEI = "213800WSGIIZCXF1P572"
LATER = datetime(2026, 2, 2, tzinfo=UTC)

CHAIN: list[dict[str, Any]] = [
    {
        "@type": "Customer",
        "id": "c",
        "engagedParty": {"@referredType": "Organization", "id": "o"},
        "account": [{"@referredType": "BillingAccount", "id": "b"}],
        "validFor": {"startDateTime": "2024-01-01T00:00:00Z"},
    },
    {
        "@type": "Organization",
        "id": "o",
        "tradingName": "Alpha",
        "organizationIdentification": [{"identificationType": "LEI", "identificationId": LEI}],
    },
    {"@type": "BillingAccount", "id": "b", "state": "Active"},
    {
        "@type": "Agreement",
        "id": "a",
        "agreementPeriod": {"startDateTime": "2024-01-01T00:00:00Z"},
        "engagedParty": [{"@referredType": "Customer", "id": "c"}],
        "agreementItem": [{"id": "1", "product": [{"id": "p"}]}],
    },
    {"@type": "Product", "id": "p", "realizingService": [{"id": "s"}]},
    {
        "@type": "Service",
        "id": "s",
        "state": "active",
        "place": [{"id": "x", "@referredType": "GeographicSite"}],
    },
    {"@type": "GeographicSite", "id": "x", "name": "Lyon"},
    {"@type": "CustomerBill", "id": "i", "billingAccount": {"id": "b"}},
    {
        "@type": "AppliedCustomerBillingRate",
        "id": "r",
        "bill": {"id": "i"},
        "product": {"id": "p"},
        "taxExcludedAmount": {"unit": "EUR", "value": 9.99},
    },
]

DRAWN = {
    (f"lei:{LEI}", "PLAYS", "tmforum:customer:c"),
    (f"lei:{LEI}", "HAS_NAME", "Alpha"),
    (f"lei:{LEI}", "HAS_IDENTIFIER", LEI),
    ("tmforum:customer:c", "BILLED_BY", "tmforum:billing_account:b"),
    ("tmforum:customer:c", "PARTY_TO", "tmforum:agreement:a"),
    ("tmforum:agreement:a", "HAS_ITEM", "tmforum:agreement_item:a/1"),
    ("tmforum:agreement_item:a/1", "GOVERNS", "tmforum:product:p"),
    ("tmforum:product:p", "REALIZED_BY", "tmforum:service:s"),
    ("tmforum:service:s", "DELIVERED_AT", "tmforum:geographic_site:x"),
    ("tmforum:customer_bill:i", "ON", "tmforum:billing_account:b"),
    ("tmforum:customer_bill:i", "HAS_CHARGE", "tmforum:applied_customer_billing_rate:r"),
    ("tmforum:applied_customer_billing_rate:r", "FOR", "tmforum:product:p"),
}


@pytest.fixture
def deliver(tmp_path: Path) -> Callable[..., Path]:
    """A folder with these resources, one a line."""

    def deliver(*resources: dict[str, Any], file: str = "resources.ndjson") -> Path:
        lines = "\n".join(json.dumps(resource) for resource in resources)
        folder = tmp_path / "delivery"
        folder.mkdir(exist_ok=True)
        (folder / file).write_text(lines + "\n")
        return folder

    return deliver


@pytest.fixture
def drawn(batches: BatchSession) -> Callable[[], set[tuple[Any, ...]]]:
    """Every relationship that a record states: (start, type, end) by reference."""

    def drawn() -> set[tuple[Any, ...]]:
        return set(
            batches.rows(
                "MATCH (start)-[drawn]->(end) WHERE drawn.record IS NOT NULL "
                "RETURN start.reference, type(drawn), coalesce(end.reference, end.value)"
            )
        )

    return drawn


@pytest.mark.parametrize("step", [1, -1])
def test_resources_in_any_order_join_into_one_chain_from_company_to_site(
    load: Callable[..., Run],
    batches: BatchSession,
    deliver: Callable[..., Path],
    drawn: Callable[[], set[Any]],
    step: int,
) -> None:
    run = load("tmforum", deliver(*CHAIN[::step]), batch_rows=2)

    assert (run.status, run.loaded, run.adds_up) == ("COMPLETE", 9, True)
    assert drawn() == DRAWN
    assert batches.rows("MATCH (node {stub: true}) RETURN node.reference") == []


def test_the_same_delivery_twice_changes_nothing(
    load: Callable[..., Run], deliver: Callable[..., Path], drawn: Callable[[], set[Any]]
) -> None:
    load("tmforum", deliver(*CHAIN), full=True)

    again = load("tmforum", deliver(*CHAIN), full=True, as_of="2026-02-01", now=LATER)

    assert (again.status, again.unchanged, again.loaded, again.changed) == ("COMPLETE", 9, 0, 0)
    assert (again.facts_opened, again.facts_closed, drawn()) == (0, 0, DRAWN)


def test_a_full_delivery_without_a_customer_ends_what_it_said_and_the_guard_is_kept(
    load: Callable[..., Run], deliver: Callable[..., Path], facts: Callable[[str], Any]
) -> None:
    other = {**CHAIN[0], "id": "d", "account": []}
    load("tmforum", deliver(*CHAIN, other), full=True)

    held = load(
        "tmforum", deliver(*CHAIN[1:], other), full=True, as_of="2026-02-01", now=LATER, guard=0.05
    )
    before = facts("PLAYS")
    closed = load("tmforum", deliver(*CHAIN[1:], other), full=True, as_of="2026-02-01", now=LATER)

    assert (held.closing, held.absent) == ("held", 1)
    assert {fact[1] for fact in before} == {"PLAYS"}
    assert (closed.closing, closed.closed) == ("applied", 1)
    assert facts("PLAYS") == {
        (f"lei:{LEI}", "FORMER_PLAYS", "tmforum:customer:c", "2024-01-01", "2026-02-01"),
        (f"lei:{LEI}", "PLAYS", "tmforum:customer:d", "2024-01-01", "9999-12-31"),
    }


def test_an_ended_service_keeps_its_facts(
    load: Callable[..., Run],
    deliver: Callable[..., Path],
    facts: Callable[[str], Any],
    node: Callable[[str], dict[str, Any]],
) -> None:
    load("tmforum", deliver(*CHAIN), as_of="2026-01-01")
    ended = {**CHAIN[5], "state": "terminated", "endDate": "2026-01-15T00:00:00Z"}

    load("tmforum", deliver(ended), as_of="2026-02-01", now=LATER)

    service = node("tmforum:service:s")
    assert (service["state"], str(service["ceased_on"])) == ("terminated", "2026-01-15")
    assert {fact[1] for fact in facts("DELIVERED_AT")} == {"DELIVERED_AT"}
    assert {fact[1] for fact in facts("REALIZED_BY")} == {"REALIZED_BY"}


def test_a_charge_that_moves_to_another_bill_leaves_the_first(
    load: Callable[..., Run], deliver: Callable[..., Path], drawn: Callable[[], set[Any]]
) -> None:
    load("tmforum", deliver(*CHAIN))

    load("tmforum", deliver({**CHAIN[8], "bill": {"id": "j"}}), as_of="2026-02-01", now=LATER)

    assert {one for one in drawn() if one[1] == "HAS_CHARGE"} == {
        ("tmforum:customer_bill:j", "HAS_CHARGE", "tmforum:applied_customer_billing_rate:r")
    }


def test_a_day_that_does_not_exist_waits_in_quarantine_until_it_is_mended(
    load: Callable[..., Run], batches: BatchSession, deliver: Callable[..., Path]
) -> None:
    waiting = (
        "MATCH (item:Quarantined {status: 'open'}) "
        "RETURN item.record_type, item.native_id, item.field, item.line"
    )
    bill = {"@type": "CustomerBill", "id": "i"}
    bad = load("tmforum", deliver(CHAIN[2], {**bill, "billDate": "2024-02-31T00:00:00Z"}))
    before = batches.rows(waiting)

    good = load(
        "tmforum",
        deliver(CHAIN[2], {**bill, "billDate": "2024-02-29T00:00:00Z"}),
        as_of="2026-02-01",
        now=LATER,
    )

    assert (bad.status, bad.rejected, bad.loaded) == ("PARTIAL", 1, 1)
    assert before == [("customer_bill", "i", "billDate", 2)]
    assert (good.status, good.loaded, good.unchanged) == ("COMPLETE", 1, 1)
    assert batches.rows(waiting) == []


def test_a_resource_that_comes_twice_with_different_content_is_not_chosen_for_us(
    load: Callable[..., Run], deliver: Callable[..., Path]
) -> None:
    deliver(CHAIN[6], file="1.json")
    folder = deliver({**CHAIN[6], "name": "Paris"}, file="2.json")

    run = load("tmforum", folder)

    assert (run.status, run.loaded, run.rejected) == ("PARTIAL", 1, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b'{"@type": "Customer", "id": "c", ', "not JSON"),
        (b'{"@type": "Quote", "id": "q",}', "not JSON"),
        ('{"@type": "GeographicSite", "name": "Z\u00fcrich"}'.encode("latin-1"), "not JSON"),
        (b'["Customer"]', "a record must be an object"),
    ],
)
def test_a_broken_file_is_named_and_the_others_count(
    load: Callable[..., Run], deliver: Callable[..., Path], content: bytes, said: str
) -> None:
    folder = deliver(*CHAIN)
    (folder / "broken.json").write_bytes(content)

    run = load("tmforum", folder, full=True)

    assert (run.status, run.loaded, run.closing) == ("PARTIAL", 9, "none")
    assert said in run.reason
    assert "broken.json" in run.reason


def test_a_byte_order_mark_an_unknown_field_and_an_unknown_resource_are_dealt_with(
    load: Callable[..., Run],
    batches: BatchSession,
    evidence: EvidenceStore,
    tmp_path: Path,
) -> None:
    resources = [
        {"@type": "GeographicSite", "id": "x", "name": "Lyon", "altitude": 173},
        {"@type": "Spaceship", "id": "y", "pilot": "Jane"},
        {"@type": "Individual", "id": "z", "givenName": "Joe"},
    ]
    path = tmp_path / "sites.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(resources).encode())

    run = load("tmforum", path)
    kept = b"".join(entry.payload for entry in evidence.entries("tmforum", run.id))

    assert (run.status, run.loaded, run.rejected, run.ignored) == ("PARTIAL", 1, 1, 1)
    assert [warning.partition(":")[0] for warning in run.warnings] == [
        "field altitude of geographic_site is not mapped"
    ]
    assert batches.rows("MATCH (item:Quarantined) RETURN item.reason") == [
        (
            "no known resource: neither @type ('Spaceship'), @baseType, a telling field "
            "nor href says which",
        )
    ]
    assert [name for name in (b"Jane", b"Joe") if name in kept] == []


def test_the_published_samples_load_and_name_the_one_that_is_no_json(
    load: Callable[..., Run], shared: Path
) -> None:
    run = load("tmforum", shared / "tmforum" / "samples_v4")

    assert (run.read, run.loaded, run.ignored, run.rejected) == (43, 11, 32, 0)
    assert (run.status, run.adds_up, run.warnings) == ("PARTIAL", True, [])
    assert "Quote.example.json:35" in run.reason
