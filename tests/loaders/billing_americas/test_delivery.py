"""Whole deliveries of the American billing tables, healthy and broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph.connection import BatchSession
from graph.facts.run import Run
from tests.loaders.billing_americas.conftest import (
    ACCOUNT,
    ACCOUNTS,
    CHARGE_LINES,
    CHARGES,
    INVOICE,
    INVOICES,
)

Load = Callable[..., Run]
Write = Callable[..., Path]


def whole(delivery: Write, **files: str | bytes) -> Path:
    given: dict[str, str | bytes] = {
        "a": ACCOUNTS + ACCOUNT,
        "b": INVOICES + INVOICE,
        "c": CHARGES + CHARGE_LINES,
    }
    return delivery(**{**given, **files})


def test_a_whole_delivery_is_loaded_and_twice_changes_nothing(
    load: Load, delivery: Write, node: Callable[[str], dict[str, Any]]
) -> None:
    first = load("billing_americas", whole(delivery), full=True)
    again = load("billing_americas", whole(delivery), full=True, as_of="2026-01-02")

    assert (first.status, first.read, first.loaded, first.warnings) == ("COMPLETE", 4, 4, [])
    assert first.record_types == ["account", "charge", "invoice"]
    assert (again.unchanged, again.facts_opened, again.facts_closed) == (4, 0, 0)
    assert node("billing_americas:charge:L-2")["amount"] == -5000
    assert node("inventory:product:P-1") == {"label": "Product", "stub": True}


def test_invoices_that_their_lines_do_not_add_up_to_are_named(load: Load, delivery: Write) -> None:
    other = "I-2,1001,11/01/2026,12/01/2026,USD,99.00,1.00,100.00,100.00,Open\n"
    mixed = "I-3,1001,11/01/2026,12/01/2026,USD,99.00,1.00,100.00,100.00,Open\n"
    alone = "I-4,1001,11/01/2026,12/01/2026,USD,99.00,1.00,100.00,100.00,Open\n"
    lines = "L-3,I-2,MRC,,,98.00,USD\nL-4,I-3,MRC,,,99.00,CAD\n"

    run = load(
        "billing_americas",
        whole(
            delivery,
            b=INVOICES + INVOICE + other + mixed + alone,
            c=CHARGES + CHARGE_LINES + lines,
            repeated=CHARGES + CHARGE_LINES,
        ),
    )

    assert (run.status, run.rejected, run.duplicate) == ("COMPLETE", 0, 2)
    assert run.warnings == [
        "invoice: the lines do not add up to the bill without its tax: 1 times, first at b.csv:3",
        "invoice: the bill has lines in another currency: 1 times, first at b.csv:4",
    ]


def test_an_account_without_a_customer_is_kept(
    load: Load, delivery: Write, batches: BatchSession
) -> None:
    orphan = ACCOUNT.replace("C7", "").replace("1001", "1002")
    run = load("billing_americas", delivery(a=ACCOUNTS + ACCOUNT + orphan))

    assert run.warnings == ["account: the account has no customer: 1 times, first at a.csv:3"]
    assert batches.rows(
        "MATCH (account:BillingAccount) WHERE NOT (:Customer)-[:BILLED_BY]->(account) "
        "RETURN account.party_name AS name"
    ) == [("Hudson Paper Inc.",)]


def test_a_moment_without_a_zone_is_new_york_s(
    load: Load, delivery: Write, batches: BatchSession
) -> None:
    load("billing_americas", delivery(a=ACCOUNTS + ACCOUNT))

    assert batches.rows(
        "MATCH (record:SourceRecord) RETURN toString(record.happened_at) AS at"
    ) == [("2026-11-04T04:15:00Z",)]


def test_a_file_that_is_cut_off_keeps_what_was_read_and_the_other_files(
    load: Load, delivery: Write
) -> None:
    cut = INVOICES + INVOICE + "I-2,1001,11/0"
    run = load("billing_americas", whole(delivery, b=cut), full=True)

    assert (run.status, run.read, run.loaded, run.closing) == ("PARTIAL", 4, 4, "none")
    assert "3 fields where the header has 10: cut off or a stray delimiter" in run.reason


def test_another_encoding_is_named_with_its_byte(load: Load, delivery: Write) -> None:
    latin = (ACCOUNTS + ACCOUNT.replace("Hudson", "Québec")).encode("latin-1")
    run = load("billing_americas", whole(delivery, a=latin), full=True)

    assert (run.status, run.loaded) == ("PARTIAL", 3)
    assert "byte b'\\xe9' is not utf-8-sig" in run.reason


def test_a_new_column_is_reported_and_a_renamed_one_goes_to_quarantine(
    load: Load, delivery: Write, batches: BatchSession
) -> None:
    renamed = INVOICES.replace("total_amount", "amount_due").replace("balance_due", "mood")
    run = load("billing_americas", whole(delivery, b=renamed + INVOICE), full=True)

    assert (run.status, run.read, run.loaded, run.rejected) == ("PARTIAL", 4, 3, 1)
    assert batches.rows("MATCH (item:Quarantined) RETURN item.field AS field") == [
        ("total_amount",)
    ]


def test_an_unknown_column_is_reported_by_its_name(load: Load, delivery: Write) -> None:
    header, row = INVOICES.replace("\n", ",mood\n"), INVOICE.replace("\n", ",good\n")
    run = load("billing_americas", whole(delivery, b=header + row), full=True)

    assert (run.status, run.loaded) == ("COMPLETE", 4)
    assert run.warnings == [
        "field mood of invoice is not mapped: in 1 records, first at b.csv:2; map it or ignore it "
        "by name"
    ]


def test_a_changed_header_is_named_and_the_other_files_count(load: Load, delivery: Write) -> None:
    changed = CHARGES.replace("charge_id", "line_id") + CHARGE_LINES
    run = load("billing_americas", whole(delivery, c=changed), full=True)

    assert (run.status, run.loaded) == ("PARTIAL", 2)
    assert "the nearest, charge, needs charge_id too" in run.reason


def test_one_invoice_with_two_contents_is_refused(load: Load, delivery: Write) -> None:
    twice = INVOICES + INVOICE + INVOICE.replace("162.00,Open", "0.00,Paid")
    run = load("billing_americas", whole(delivery, b=twice), full=True)

    assert (run.status, run.read, run.loaded, run.rejected) == ("PARTIAL", 5, 4, 1)
    assert run.adds_up


def test_half_a_delivery_closes_only_what_its_files_hold(load: Load, delivery: Write) -> None:
    load("billing_americas", whole(delivery), full=True)
    folder = whole(delivery)
    (folder / "c.csv").unlink()

    run = load("billing_americas", folder, full=True, as_of="2026-01-02")

    assert (run.status, run.record_types) == ("COMPLETE", ["account", "invoice"])
    assert (run.unchanged, run.absent, run.closed) == (2, 0, 0)


def test_an_empty_file_is_named(load: Load, delivery: Write) -> None:
    run = load("billing_americas", whole(delivery, b=""), full=True)

    assert (run.status, run.loaded) == ("PARTIAL", 3)
    assert "no export that is known has this header" in run.reason
