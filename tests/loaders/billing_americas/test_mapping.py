"""What a row of the American billing tables says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.source import RawRecord, find_source


def mapped(record_type: str, native_id: str, **payload: str) -> Claims:
    source = find_source("billing_americas")
    return source.transform(RawRecord(record_type, native_id, payload, "f.csv", 2))


def said(claims: Claims) -> set[tuple[Any, ...]]:
    """Facts with their first day, and links."""
    facts = {
        (one.start.reference, one.type, one.end.reference, one.valid_from) for one in claims.facts
    }
    return facts | {(one.start.reference, one.type, one.end.reference) for one in claims.links}


def shown(claims: Claims, label: str) -> dict[str, Any]:
    """The properties of the one node of this label, without those that are empty."""
    (found,) = [node for node in claims.nodes if node.ref.label == label]
    return {name: value for name, value in found.properties.items() if value is not None}


ACCOUNT = {
    "account_number": "1001",
    "customer_number": "C7",
    "account_name": "Hudson Paper Inc.",
    "currency": "USD",
    "status": "Active",
    "opened_date": "02/28/2019",
}


class TestAccount:
    def test_its_holder_plays_the_customer_that_is_billed(self) -> None:
        claims = mapped("account", "1001", **ACCOUNT)

        opened = date(2019, 2, 28)
        party, customer = "billing_americas:party:C7", "billing_americas:customer:1001"
        assert said(claims) == {
            (party, "HAS_NAME", "name:trading::Hudson Paper Inc.", None),
            (party, "PLAYS", customer, opened),
            (customer, "BILLED_BY", "billing_americas:billing_account:1001", opened),
        }
        assert claims.odd == claims.unknown == []

    def test_money_is_in_minor_units_and_days_are_american(self) -> None:
        claims = mapped(
            "account",
            "1001",
            **ACCOUNT,
            status_date="03/01/2024",
            credit_limit="5000.00",
            balance="12.5",
            unapplied_amount="0.75",
            payment_plan_date="11/02/2026",
            payment_status="in arrears",
            bill_cycle="M15",
            updated_at="2026-11-03 23:15:00",
        )

        assert shown(claims, "BillingAccount") == {
            "party_name": "Hudson Paper Inc.",
            "state": "Active",
            "state_since": date(2024, 3, 1),
            "payment_status": "in arrears",
            "currency": "USD",
            "credit_limit": 500_000,
            "balance": 1250,
            "unapplied_amount": 75,
            "payment_plan_on": date(2026, 11, 2),
            "cycle": "M15",
        }
        assert claims.happened_on == date(2026, 11, 3)

    def test_its_numbers_are_kept_and_those_that_fail_their_check_are_marked(self) -> None:
        claims = mapped(
            "account",
            "1001",
            **ACCOUNT,
            lei="5493001kjtiigc8y1r12",
            duns_number="31-415-9265",
            tax_id="11.222.333/0001-82",
            tax_id_type="CNPJ",
            registration_number="hrb 12",
        )

        numbers = {
            (node.properties["scheme"], node.properties["value"], node.properties["is_valid"])
            for node in claims.nodes
            if node.ref.label == "Identifier"
        }
        assert numbers == {
            ("lei", "5493001KJTIIGC8Y1R12", True),
            ("duns", "314159265", True),
            ("cnpj", "11222333000182", False),
            ("registry", "HRB 12", False),
        }
        assert shown(claims, "LegalEntity")["lei"] == "5493001KJTIIGC8Y1R12"

    def test_an_account_without_a_customer_is_kept_and_said(self) -> None:
        claims = mapped("account", "1001", **{**ACCOUNT, "customer_number": ""})

        assert said(claims) == set()
        assert shown(claims, "BillingAccount")["party_name"] == "Hudson Paper Inc."
        assert claims.odd == ["the account has no customer"]

    def test_who_pays_for_it_stands_above_it_in_the_billing_view(self) -> None:
        claims = mapped("account", "1001", **ACCOUNT, payer_customer_number="C1")

        (above,) = [fact for fact in claims.facts if fact.type == "PARENT_IN"]
        assert (above.start.reference, above.end.reference, above.properties["view"]) == (
            "billing_americas:party:C7",
            "billing_americas:party:C1",
            "billing",
        )

    def test_what_is_billed_on_it_counts_toward_commitments(self) -> None:
        claims = mapped("account", "1001", **ACCOUNT, commitments="A-1/1 A-1/2")

        counted = {one.end.reference for one in claims.facts if one.type == "COUNTS_TOWARD"}
        assert counted == {"contracts:commitment:A-1/1", "contracts:commitment:A-1/2"}

    def test_a_state_that_nobody_knows_is_refused(self) -> None:
        with pytest.raises(RecordRejected, match="'Zombie' is not one of active, closed"):
            mapped("account", "1001", **{**ACCOUNT, "status": "Zombie"})


INVOICE = {
    "invoice_number": "I-1",
    "account_number": "1001",
    "currency": "USD",
    "total_amount": "162.00",
}


class TestInvoice:
    def test_it_is_a_bill_on_its_account_with_its_tax_apart(self) -> None:
        claims = mapped(
            "invoice",
            "I-1",
            **INVOICE,
            invoice_date="11/01/2026",
            due_date="12/01/2026",
            period_start="10/01/2026",
            period_end="10/31/2026",
            subtotal="150.00",
            tax_amount="12.00",
            balance_due="100.00",
            status="Partial",
        )

        assert shown(claims, "Bill") == {
            "number": "I-1",
            "state": "partiallyPaid",
            "period_from": date(2026, 10, 1),
            "period_to": date(2026, 11, 1),
            "issued_on": date(2026, 11, 1),
            "due_on": date(2026, 12, 1),
            "amount": 16200,
            "tax_amount": 1200,
            "remaining_amount": 10000,
            "currency": "USD",
        }
        assert said(claims) == {
            ("billing_americas:bill:I-1", "ON", "billing_americas:billing_account:1001")
        }
        assert claims.odd == []

    def test_net_and_tax_that_make_another_sum_are_kept_and_said(self) -> None:
        claims = mapped("invoice", "I-1", **INVOICE, subtotal="150.00", tax_amount="12.01")

        assert shown(claims, "Bill")["tax_amount"] == 1201
        assert claims.odd == ["net amount and tax do not add up to the amount due"]

    def test_a_period_that_ends_before_it_begins_is_kept_and_said(self) -> None:
        claims = mapped(
            "invoice", "I-1", **INVOICE, period_start="10/31/2026", period_end="10/01/2026"
        )

        assert shown(claims, "Bill")["period_to"] == date(2026, 10, 2)
        assert claims.odd == ["the period ends before it begins"]

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"currency": "US$"}, "'US\\$' is no currency of ISO 4217"),
            ({"total_amount": "162.005"}, "is no whole number of minor units"),
            ({"total_amount": "1,620.00"}, "'1,620.00' is not an amount"),
            ({"due_date": "2026-12-01"}, "is not a day"),
            ({"due_date": "02/30/2026"}, "is not a day"),
            ({"total_amount": ""}, "has no total_amount"),
            ({"account_number": " "}, "has no account_number"),
        ],
    )
    def test_what_cannot_be_read_is_refused_not_guessed(self, wrong: Any, why: str) -> None:
        with pytest.raises(RecordRejected, match=why):
            mapped("invoice", "I-1", **{**INVOICE, **wrong})


class TestCharge:
    def test_it_is_for_the_product_and_the_service_of_the_inventory(self) -> None:
        claims = mapped(
            "charge",
            "L-1",
            invoice_number="I-1",
            charge_type="MRC",
            product_id="P-1",
            service_id="S-1",
            amount="200.00",
            currency="USD",
            contributory="Y",
            discount_end_date="01/01/2027",
        )

        charge = "billing_americas:charge:L-1"
        assert said(claims) == {
            ("billing_americas:bill:I-1", "HAS_CHARGE", charge),
            (charge, "FOR", "inventory:product:P-1"),
            (charge, "FOR", "inventory:service:S-1"),
        }
        assert shown(claims, "Charge") == {
            "kind": "recurring",
            "amount": 20000,
            "currency": "USD",
            "is_billed": True,
            "contributory": True,
            "discount_ends_on": date(2027, 1, 1),
        }

    def test_a_credit_is_negative_with_its_reason_and_waits_on_the_account(self) -> None:
        claims = mapped(
            "charge",
            "L-2",
            account_number="1001",
            charge_type="Credit",
            reason_code="service_level",
            amount="-50.00",
            currency="BRL",
        )

        assert shown(claims, "Charge") == {
            "kind": "credit",
            "reason": "service_level",
            "amount": -5000,
            "currency": "BRL",
            "is_billed": False,
        }
        assert said(claims) == {
            ("billing_americas:charge:L-2", "ON", "billing_americas:billing_account:1001")
        }


def test_a_payment_settles_its_invoice_and_without_one_is_paid_on_account() -> None:
    row = {"account_number": "1001", "payment_date": "11/20/2026", "currency": "MXN"}
    applied = mapped("payment", "Y-1", **row, amount="100", invoice_number="I-1", method="wire")
    free = mapped("payment", "Y-2", **row, amount="-100")

    on = ("ON", "billing_americas:billing_account:1001")
    assert said(applied) == {
        ("billing_americas:payment:Y-1", *on),
        ("billing_americas:payment:Y-1", "SETTLES", "billing_americas:bill:I-1"),
    }
    assert shown(applied, "Payment") == {
        "amount": 10000,
        "currency": "MXN",
        "paid_on": date(2026, 11, 20),
        "method": "wire",
    }
    assert said(free) == {("billing_americas:payment:Y-2", *on)}
    assert shown(free, "Payment")["amount"] == -10000


def test_a_dispute_is_of_its_invoice() -> None:
    claims = mapped(
        "dispute",
        "D-1",
        account_number="1001",
        invoice_number="I-1",
        opened_date="11/10/2026",
        amount="50.00",
        currency="CAD",
        reason="rate",
        status="open",
    )

    assert said(claims) == {
        ("billing_americas:dispute:D-1", "ON", "billing_americas:billing_account:1001"),
        ("billing_americas:dispute:D-1", "DISPUTES", "billing_americas:bill:I-1"),
    }
    assert shown(claims, "Dispute") == {
        "amount": 5000,
        "currency": "CAD",
        "reason": "rate",
        "state": "open",
        "opened_on": date(2026, 11, 10),
    }
