"""Accounts, agreements, bills and charges in minor units, half-open days and the model's links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import RecordRejected


def test_the_published_billing_account_owes_what_its_receivable_balance_says(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF666_Account/BillingAccount.example.json"))

    assert said.nodes == {
        "BillingAccount tmforum:billing_account:5430": {
            "state": "Inactive",
            "payment_status": "In Arrears",
            "currency": "USD",
            "credit_limit": 1_000_000,
            "balance": 5_833,
            "cycle": "monthly",
        }
    }
    assert (said.facts, said.links, said.unknown) == (set(), set(), [])


def test_the_published_agreement_has_one_item_that_runs_as_long_as_it_does(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF651_Agreement/Agreement.example.json"))

    assert said.nodes == {
        "Agreement tmforum:agreement:40": {
            "status": "Pending",
            "party_name": "Happy Travellers",
            "period_from": "2018-06-12",
            "period_to": "2019-01-11",
        },
        "AgreementItem tmforum:agreement_item:40/1": {
            "starts_on": "2018-06-12",
            "ends_on": "2019-01-11",
        },
    }
    assert said.links == {
        ("tmforum:agreement:40", "HAS_ITEM", "tmforum:agreement_item:40/1"),
    }
    assert (said.facts, said.unknown) == (set(), [])


def test_the_published_bill_is_settled_and_on_its_account(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF678_Customer_Bill/CustomerBill.example.json"))

    assert said.nodes == {
        "Bill tmforum:customer_bill:CB-123": {
            "number": "780123456",
            "state": "settled",
            "issued_on": "2020-01-05",
            "due_on": "2020-01-15",
            "next_bill_on": "2020-02-05",
            "amount": 0,
            "remaining_amount": 0,
            "currency": "EUR",
        }
    }
    assert said.links == {("tmforum:customer_bill:CB-123", "ON", "tmforum:billing_account:A0815")}
    assert (said.facts, said.unknown) == (set(), [])


def test_the_published_rate_is_a_charge_of_one_month_on_a_bill_for_a_product(
    say: Callable[..., Any], published: Callable[[str], Any]
) -> None:
    said = say(published("TMF678_Customer_Bill/AppliedCustomerBillingRate.example.json"))

    me = "tmforum:applied_customer_billing_rate:ABR123"
    assert said.nodes == {
        f"Charge {me}": {
            "kind": "recurring",
            "amount": 4_000,
            "currency": "EUR",
            "period_from": "2019-12-01",
            "period_to": "2020-01-01",
            "is_billed": True,
        }
    }
    assert said.links == {
        ("tmforum:customer_bill:B123", "HAS_CHARGE", me),
        (me, "FOR", "tmforum:product:P-wfs-123"),
    }
    assert (said.facts, said.unknown) == (set(), [])


def test_an_agreement_binds_its_customers_and_governs_its_products(
    say: Callable[..., Any],
) -> None:
    said = say(
        {
            "@type": "Agreement",
            "id": "40",
            "agreementType": "master",
            "status": "approved",
            "agreementPeriod": {
                "startDateTime": "2024-01-01T00:00:00.000Z",
                "endDateTime": "2026-12-31T23:59:59.999Z",
            },
            "agreementAuthorization": [
                {"date": "2023-12-10T09:00:00Z", "state": "approved"},
                {"date": "2023-12-12T09:00:00Z", "state": "signed"},
                {"date": "2023-12-24T09:00:00Z", "state": "rejected"},
            ],
            "engagedParty": [
                {"@referredType": "Customer", "id": "c1"},
                {"role": "buyer", "partyOrPartyRole": {"@referredType": "Customer", "id": "c2"}},
                {"@referredType": "Organization", "id": "500"},
            ],
            "agreementItem": [
                {"id": "A", "product": [{"id": "p1"}, {"id": "p2"}]},
                {"product": {"id": "p3"}},
            ],
        }
    )

    assert said.nodes["Agreement tmforum:agreement:40"] == {
        "type": "master",
        "status": "approved",
        "signed_on": "2023-12-12",
        "period_from": "2024-01-01",
        "period_to": "2027-01-01",
    }
    assert said.facts == {
        ("tmforum:customer:c1", "PARTY_TO", "tmforum:agreement:40", "2024-01-01", ""),
        ("tmforum:customer:c2", "PARTY_TO", "tmforum:agreement:40", "2024-01-01", ""),
        ("tmforum:agreement_item:40/A", "GOVERNS", "tmforum:product:p1", "2024-01-01", ""),
        ("tmforum:agreement_item:40/A", "GOVERNS", "tmforum:product:p2", "2024-01-01", ""),
        ("tmforum:agreement_item:40/2", "GOVERNS", "tmforum:product:p3", "2024-01-01", ""),
    }


def test_an_account_is_billed_to_the_customer_it_names(say: Callable[..., Any]) -> None:
    said = say(
        {
            "@type": "BillingAccount",
            "id": "b1",
            "creditLimit": {"unit": "JPY", "value": 10_000},
            "relatedParty": [{"@referredType": "Customer", "id": "c1", "role": "payer"}],
            "accountBalance": [
                {"balanceType": "DisputedBalance", "amount": {"unit": "JPY", "value": 5}}
            ],
        }
    )

    assert said.nodes["BillingAccount tmforum:billing_account:b1"] == {
        "currency": "JPY",
        "credit_limit": 10_000,
    }
    assert said.facts == {
        ("tmforum:customer:c1", "BILLED_BY", "tmforum:billing_account:b1", "", "")
    }
    assert said.unknown == ["accountBalance[DisputedBalance]"]


@pytest.mark.parametrize(
    ("word", "amount", "expected"),
    [
        ("usageCharge", 1.5, {"kind": "usage", "amount": 1_500, "currency": "BHD"}),
        ("oneTimeCharge", 1.5, {"kind": "one_off", "amount": 1_500, "currency": "BHD"}),
        ("appliedBillingCredit", 1.5, {"kind": "credit", "amount": -1_500, "currency": "BHD"}),
        ("appliedBillingCredit", -1.5, {"kind": "credit", "amount": -1_500, "currency": "BHD"}),
        ("appliedBillingCharge", 1.5, {"amount": 1_500, "currency": "BHD"}),
    ],
)
def test_a_rate_becomes_the_kind_of_charge_it_says(
    say: Callable[..., Any], word: str, amount: float, expected: dict[str, Any]
) -> None:
    said = say(
        {
            "@type": "AppliedCustomerBillingRate",
            "id": "r",
            "type": word,
            "taxExcludedAmount": {"unit": "BHD", "value": amount},
        }
    )

    assert said.nodes["Charge tmforum:applied_customer_billing_rate:r"] == expected


@pytest.mark.parametrize(
    "state", ["new", "onHold", "validated", "sent", "partiallyPaid", "settled"]
)
def test_every_state_of_a_v5_bill_is_kept_as_the_standard_spells_it(
    say: Callable[..., Any], state: str
) -> None:
    said = say({"@type": "CustomerBill", "id": "b", "state": state.upper()})

    assert said.nodes["Bill tmforum:customer_bill:b"] == {"state": state}


@pytest.mark.parametrize(
    ("field", "payload"),
    [
        ("state", {"@type": "CustomerBill", "state": "lost"}),
        ("amountDue.unit", {"@type": "CustomerBill", "amountDue": {"unit": "€", "value": 1}}),
        (
            "amountDue.value",
            {"@type": "CustomerBill", "amountDue": {"unit": "JPY", "value": 0.5}},
        ),
        (
            "remainingAmount",
            {
                "@type": "CustomerBill",
                "amountDue": {"unit": "EUR", "value": 1},
                "remainingAmount": {"unit": "USD", "value": 1},
            },
        ),
        ("billDate", {"@type": "CustomerBill", "billDate": "31/02/2024"}),
        ("type", {"@type": "AppliedCustomerBillingRate", "type": "surprise"}),
        ("isBilled", {"@type": "AppliedCustomerBillingRate", "isBilled": "maybe"}),
    ],
)
def test_money_and_words_that_are_not_understood_reject_by_field(
    say: Callable[..., Any], field: str, payload: dict[str, Any]
) -> None:
    with pytest.raises(RecordRejected) as rejected:
        say({"id": "x", **payload})

    assert rejected.value.where == field
