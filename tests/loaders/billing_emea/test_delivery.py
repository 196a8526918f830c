"""Whole deliveries of XML bills, healthy and broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graph.connection import BatchSession
from graph.facts.run import Run
from tests.loaders.billing_emea.conftest import ACCOUNT, BILL, document

Load = Callable[..., Run]
Write = Callable[..., Path]


def test_a_delivery_is_loaded_and_twice_changes_nothing(load: Load, delivery: Write) -> None:
    folder = delivery(document(ACCOUNT), document(BILL))
    first = load("billing_emea", folder, full=True)
    again = load("billing_emea", folder, full=True, as_of="2026-01-02")

    assert (first.status, first.read, first.loaded, first.warnings) == ("COMPLETE", 2, 2, [])
    assert first.record_types == ["billingAccount", "customerBill"]
    assert (again.unchanged, again.facts_opened, again.closed) == (2, 0, 0)


def test_a_moment_without_a_zone_is_london_s(
    load: Load, delivery: Write, batches: BatchSession
) -> None:
    load("billing_emea", delivery(document(ACCOUNT)))

    assert batches.rows(
        "MATCH (record:SourceRecord) RETURN toString(record.happened_at) AS at"
    ) == [("2026-06-30T23:30:00Z",)]


def test_half_a_file_keeps_what_was_read_and_closes_nothing(load: Load, delivery: Write) -> None:
    text = document(ACCOUNT, BILL, BILL.replace("4711", "4712"))
    run = load("billing_emea", delivery(text[: len(text) * 7 // 10]), full=True)

    assert (run.status, run.loaded, run.closing) == ("PARTIAL", 2, "none")
    assert "not whole XML" in run.reason


def test_a_broken_file_does_not_keep_the_others_from_being_read(
    load: Load, delivery: Write
) -> None:
    run = load("billing_emea", delivery("<billing", document(ACCOUNT), ""), full=True)

    assert (run.status, run.loaded) == ("PARTIAL", 1)
    assert run.reason.count("not whole XML") == 2


def test_another_encoding_than_declared_is_named(load: Load, delivery: Write) -> None:
    latin = document(ACCOUNT.replace("Nordholm", "Nørdholm")).encode("latin-1")
    run = load("billing_emea", delivery(latin), full=True)

    assert (run.status, run.loaded) == ("PARTIAL", 0)
    assert "not whole XML" in run.reason


def test_an_encoding_that_is_declared_is_read(
    load: Load, delivery: Write, batches: BatchSession
) -> None:
    declared = '<?xml version="1.0" encoding="ISO-8859-1"?>' + document(
        ACCOUNT.replace("Nordholm", "Nørdholm")
    )
    load("billing_emea", delivery(declared.encode("latin-1")), full=True)

    assert batches.rows("MATCH (one:BillingAccount) RETURN one.party_name AS name") == [
        ("Nørdholm AG",)
    ]


def test_unknown_elements_are_reported_by_path_and_unknown_resources_kept_back(
    load: Load, delivery: Write
) -> None:
    bill = BILL.replace("<billNo>", "<mood>good</mood><billNo>").replace(
        "<type>recurringCharge", "<colour>red</colour><type>recurringCharge"
    )
    run = load("billing_emea", delivery(document(ACCOUNT, bill, '<quote id="1"/>')), full=True)

    assert (run.status, run.read, run.loaded, run.rejected) == ("PARTIAL", 3, 2, 1)
    assert [warning.split(" is not")[0] for warning in run.warnings] == [
        "field mood of customerBill",
        "field appliedCustomerBillingRate.colour of customerBill",
    ]


def test_a_renamed_element_and_one_bill_with_two_contents_go_to_quarantine(
    load: Load, delivery: Write
) -> None:
    renamed = BILL.replace("amountDue", "totalDue").replace("4711", "4712")
    other = BILL.replace("sent", "settled")
    run = load("billing_emea", delivery(document(BILL, renamed, other)), full=True)

    assert (run.read, run.loaded, run.rejected, run.adds_up) == (3, 1, 2, True)


def test_a_document_type_is_refused_and_its_entities_are_not_read(
    load: Load, delivery: Write, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not yours")
    text = f'<!DOCTYPE b [<!ENTITY x SYSTEM "file://{secret}">]>' + document(
        ACCOUNT.replace("<name>Nordholm AG", "<name>&x;Nordholm")
    )
    run = load("billing_emea", delivery(text), full=True)

    assert (run.status, run.read) == ("PARTIAL", 0)
    assert "the file declares a document type" in run.reason
