"""What an XML resource says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import RecordRejected
from graph.facts.claims import Claims
from loaders.source import Delivery, RawRecord, find_source
from tests.loaders.billing_emea.conftest import ACCOUNT, BILL, document


def mapped(text: str, tmp_path: Path) -> Claims:
    """What the one resource of a document says."""
    source, path = find_source("billing_emea"), tmp_path / "one.xml"
    path.write_text(document(text), encoding="utf-8")
    (record,) = source.extract(Delivery(path))
    assert isinstance(record, RawRecord)
    return source.transform(record)


def said(claims: Claims) -> set[tuple[str, str, str]]:
    both = [*claims.facts, *claims.links]
    return {(one.start.reference, one.type, one.end.reference) for one in both}


def shown(claims: Claims, label: str) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in node.properties.items() if value is not None}
        for node in claims.nodes
        if node.ref.label == label
    ]


def test_an_account_and_the_customer_that_holds_it(tmp_path: Path) -> None:
    claims = mapped(
        """<billingAccount id="1001"><name>Nordholm AG</name><state>suspended</state>
        <currency>CHF</currency><paymentStatus>due</paymentStatus>
        <creditLimit unit="CHF">5000.00</creditLimit>
        <accountBalance><balanceType>receivableBalance</balanceType>
          <amount unit="CHF">12.50</amount></accountBalance>
        <accountBalance><balanceType>unappliedPayment</balanceType>
          <amount unit="CHF">0.75</amount></accountBalance>
        <billStructure><cycleSpecification><frequency>monthly</frequency></cycleSpecification>
        </billStructure>
        <paymentPlan><startDateTime>2026-10-02</startDateTime></paymentPlan>
        <validFor><startDateTime>2019-04-01T00:00:00</startDateTime></validFor>
        <commitment id="A1/1"/>
        <relatedParty id="C7" role="customer"><name>Nordholm AG</name>
          <organizationIdentification><identificationType>VAT</identificationType>
            <identificationId>CHE-107.787.577 IVA</identificationId></organizationIdentification>
          <organizationIdentification><identificationType>registry</identificationType>
            <identificationId>CHE-107.787.577</identificationId>
            <issuingAuthority>RA000548</issuingAuthority></organizationIdentification>
          <address><street>Rue 1</street><postcode>1204</postcode><city>Genève</city>
            <country>CH</country></address>
        </relatedParty></billingAccount>""",
        tmp_path,
    )

    party, customer = "billing_emea:party:C7", "billing_emea:customer:1001"
    account = "billing_emea:billing_account:1001"
    assert said(claims) == {
        (party, "HAS_NAME", "name:trading::Nordholm AG"),
        (party, "HAS_IDENTIFIER", "identifier:vat:CHE107787577IVA"),
        (party, "HAS_IDENTIFIER", "identifier:registry:RA000548:CHE-107.787.577"),
        (party, "PLAYS", customer),
        (customer, "BILLED_BY", account),
        (account, "COUNTS_TOWARD", "contracts:commitment:A1/1"),
    }
    assert shown(claims, "BillingAccount") == [
        {
            "party_name": "Nordholm AG",
            "state": "Suspended",
            "payment_status": "due",
            "currency": "CHF",
            "credit_limit": 500_000,
            "balance": 1250,
            "unapplied_amount": 75,
            "payment_plan_on": date(2026, 10, 2),
            "cycle": "monthly",
        }
    ]
    assert shown(claims, "LegalEntity") == [
        {
            "name": "Nordholm AG",
            "hq_address": "Rue 1, 1204, Genève, CH",
            "hq_city": "Genève",
            "hq_country": "CH",
        }
    ]
    assert claims.unknown == claims.odd == []


def test_an_account_whose_customer_has_no_number_is_an_orphan(tmp_path: Path) -> None:
    claims = mapped(ACCOUNT.replace('id="C7" ', ""), tmp_path)

    assert said(claims) == set()
    assert claims.odd == ["the account has no customer"]


def test_a_bill_with_its_charges_and_its_tax_apart(tmp_path: Path) -> None:
    claims = mapped(
        BILL.replace(
            "<state>",
            "<billingPeriod><startDateTime>2026-10-01</startDateTime>"
            "<endDateTime>2026-10-31T23:59:59</endDateTime></billingPeriod><state>",
        ),
        tmp_path,
    )

    bill = "billing_emea:bill:4711"
    assert said(claims) == {
        (bill, "ON", "billing_emea:billing_account:1001"),
        (bill, "HAS_CHARGE", "billing_emea:charge:4711-1"),
        (bill, "HAS_CHARGE", "billing_emea:charge:4711-2"),
        ("billing_emea:charge:4711-1", "FOR", "inventory:product:P-17"),
    }
    assert shown(claims, "Bill") == [
        {
            "number": "B-1",
            "state": "sent",
            "period_from": date(2026, 10, 1),
            "period_to": date(2026, 11, 1),
            "issued_on": date(2026, 10, 5),
            "due_on": date(2026, 11, 4),
            "amount": 23800,
            "tax_amount": 3800,
            "currency": "EUR",
        }
    ]
    assert shown(claims, "Charge") == [
        {"kind": "recurring", "amount": 25000, "currency": "EUR", "is_billed": True},
        {"kind": "credit", "amount": -5000, "currency": "EUR", "is_billed": True},
    ]
    assert claims.odd == claims.unknown == []


@pytest.mark.parametrize(
    ("before", "after", "odd"),
    [
        ("250.00", "251.00", "the lines do not add up to the bill without its tax"),
        (">38.00", ">39.00", "net amount and tax do not add up to the amount due"),
        ('"EUR">250', '"GBP">250', "the bill has lines in another currency"),
    ],
)
def test_sums_that_do_not_agree_are_kept_and_said(
    before: str, after: str, odd: str, tmp_path: Path
) -> None:
    claims = mapped(BILL.replace(before, after), tmp_path)

    assert claims.odd == [odd]
    assert shown(claims, "Bill")[0]["amount"] == 23800


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("recurringCharge", "magic", "'magic' is not one of recurringCharge"),
        ('unit="EUR">38', 'unit="GBP">38', "taxAmount is in GBP where the record is in EUR"),
        ("238.00", "238,00", "is not an amount"),
        ("2026-11-04", "04.11.2026", "is not a day"),
        ('<billingAccount id="1001"/>', "", "lacks its amountDue or its billingAccount"),
        ("sent", "lost", "'lost' is not one of new"),
    ],
)
def test_what_cannot_be_read_is_refused(before: str, after: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(RecordRejected, match=why):
        mapped(BILL.replace(before, after), tmp_path)


def test_a_payment_settles_its_bill_and_a_dispute_is_of_one(tmp_path: Path) -> None:
    paid = mapped(
        """<payment id="Y1"><amount unit="ZAR">10.00</amount><paymentDate>2026-10-20</paymentDate>
        <paymentMethod>transfer</paymentMethod><account id="1001"/><bill id="4711"/></payment>""",
        tmp_path,
    )
    disputed = mapped(
        """<dispute id="D1"><amount unit="AED">5</amount><openedDate>2026-10-21</openedDate>
        <status>open</status><billingAccount id="1001"/><bill id="4711"/></dispute>""",
        tmp_path,
    )

    assert said(paid) == {
        ("billing_emea:payment:Y1", "ON", "billing_emea:billing_account:1001"),
        ("billing_emea:payment:Y1", "SETTLES", "billing_emea:bill:4711"),
    }
    assert shown(paid, "Payment") == [
        {"amount": 1000, "currency": "ZAR", "paid_on": date(2026, 10, 20), "method": "transfer"}
    ]
    assert shown(disputed, "Dispute") == [
        {"amount": 500, "currency": "AED", "state": "open", "opened_on": date(2026, 10, 21)}
    ]
