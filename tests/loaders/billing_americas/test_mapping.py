"""What a row of the American billing tables says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import RecordRejected
from tests.loaders.billing_americas.conftest import mapped, said, shown

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
