"""What a charge, a payment and a dispute of the American billing tables say."""

from __future__ import annotations

from datetime import date

from tests.loaders.billing_americas.conftest import mapped, said, shown


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
