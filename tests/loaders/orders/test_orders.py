"""Orders with what they do to services, how far they are and what holds them up; quotes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import RecordRejected
from loaders.source import RawRecord, Source
from tests.loaders.saying import Said

Say = Callable[[dict[str, Any]], Said]

ORDER: dict[str, Any] = {
    "@type": "ProductOrder",
    "id": "ORD-1",
    "state": "inProgress",
    "orderDate": "2026-08-01T09:00:00+02:00",
    "requestedCompletionDate": "2026-09-15",
    "expectedCompletionDate": "2026-10-20",
    "quote": [{"id": "Q-1"}],
    "productOrderMilestone": [
        {"name": "acknowledged", "milestoneDate": "2026-08-01T09:00:00Z", "status": "Completed"},
        {"name": "design", "milestoneDate": "2026-08-20T09:00:00Z", "status": "Completed"},
        {"name": "build", "milestoneDate": "2026-10-01T09:00:00Z", "status": "Yet-To-Reach"},
    ],
    "productOrderJeopardyAlert": [
        {"jeopardyType": "supplier_delay", "alertDate": "2026-08-25T12:00:00Z"}
    ],
    "productOrderItem": [
        {
            "id": "1",
            "action": "add",
            "product": {"id": "P-2", "realizingService": [{"id": "S-2"}]},
            "productOrderItemRelationship": [{"id": "2", "relationshipType": "replaces"}],
        },
        {
            "id": "2",
            "action": "delete",
            "product": {"id": "P-1", "realizingService": [{"id": "S-1"}]},
        },
        {"id": "3", "action": "noChange", "product": {"realizingService": [{"id": "S-3"}]}},
    ],
}
QUOTE: dict[str, Any] = {
    "@type": "Quote",
    "id": "Q-1",
    "externalId": "2026/0815",
    "version": "2",
    "state": "pending",
    "stateChangeDate": "2026-07-20",
    "quoteDate": "2026-07-01",
    "validFor": {"startDateTime": "2026-07-01", "endDateTime": "2026-09-01"},
    "salesOpportunity": {"id": "crm_emea:opportunity:opp-7"},
    "relatedParty": [{"id": "c", "name": "Alpha", "role": "customer", "@referredType": "Customer"}],
    "authorization": [
        {
            "requestedDate": "2026-07-20T08:00:00Z",
            "state": "pending",
            "approver": [{"name": "R. L."}],
        }
    ],
    "quoteItem": [
        {
            "id": "1",
            "action": "add",
            "productOffering": {"id": "O-1"},
            "product": {
                "place": [{"id": "SITE-1", "@referredType": "GeographicSite"}],
                "productCharacteristic": [{"name": "bandwidthMbps", "value": 500}],
            },
            "quoteItemPrice": [
                {
                    "priceType": "recurring",
                    "recurringChargePeriod": "month",
                    "price": {"dutyFreeAmount": {"unit": "EUR", "value": 600}},
                    "priceAlteration": [{"priceType": "discount", "price": {"percentage": 25}}],
                }
            ],
            "listPrice": {"unit": "EUR", "value": 800},
            "promisedDate": "2026-11-01",
            "quoteItemAuthorization": [{"state": "approved", "givenDate": "2026-07-21"}],
        }
    ],
}


def test_an_order_says_what_it_does_how_far_it_is_and_what_holds_it_up(say: Say) -> None:
    said = say(ORDER)

    assert said.nodes == {
        "Order orders:order:ORD-1": {
            "status": "inProgress",
            "ordered_at": "2026-08-01 07:00:00+00:00",
            "requested_on": "2026-09-15",
            "committed_on": "2026-10-20",
            "stage": "design",
            "stage_since": "2026-08-20",
            "blocker": "supplier_delay",
            "blocked_since": "2026-08-25",
        }
    }
    assert said.links == {
        ("orders:order:ORD-1", "FULFILS", "orders:quote:Q-1"),
        ("orders:order:ORD-1", "DELIVERS", "inventory:service:S-2"),
        ("orders:order:ORD-1", "DELIVERS", "inventory:service:S-1"),
        ("orders:order:ORD-1", "REPLACES", "inventory:service:S-1"),
    }
    assert (said.unknown, said.odd) == ([], [])


def test_each_line_says_its_action_of_its_own(source: Source) -> None:
    claims = source.transform(RawRecord("product_order", "ORD-1", ORDER))

    assert {
        (link.end.reference, link.properties["action"])
        for link in claims.links
        if link.type == "DELIVERS"
    } == {("inventory:service:S-2", "add"), ("inventory:service:S-1", "delete")}


@pytest.mark.parametrize(
    "later",
    [
        {"state": "completed"},
        {
            "productOrderMilestone": [
                {"name": "build", "milestoneDate": "2026-08-26T00:00:00Z", "status": "Completed"}
            ]
        },
    ],
)
def test_an_order_that_is_over_or_went_on_is_held_up_by_nothing(
    say: Say, later: dict[str, Any]
) -> None:
    said = say({**ORDER, **later})

    assert "blocker" not in said.nodes["Order orders:order:ORD-1"]


def test_the_service_of_a_replaced_product_goes(say: Say) -> None:
    old = {"relationshipType": "replaces", "product": {"realizingService": [{"id": "S-9"}]}}
    product = {"realizingService": [{"id": "S-8"}], "productRelationship": [old]}

    said = say(
        {
            "@type": "ProductOrder",
            "id": "o",
            "productOrderItem": [{"action": "add", "product": product}],
        }
    )

    assert ("orders:order:o", "REPLACES", "inventory:service:S-9") in said.links


def test_a_line_that_names_no_service_is_kept_and_said(say: Say) -> None:
    said = say({"@type": "ProductOrder", "id": "o", "productOrderItem": [{"action": "add"}]})

    assert said.links == set()
    assert said.odd == ["a line of the order names no service"]


def test_an_unknown_action_is_refused(say: Say) -> None:
    with pytest.raises(RecordRejected, match="explode"):
        say({"@type": "ProductOrder", "id": "o", "productOrderItem": [{"action": "explode"}]})


def test_a_quote_says_its_lines_its_discount_and_who_is_asked(say: Say) -> None:
    said = say(QUOTE)

    assert said.nodes == {
        "QuoteItem orders:quote_item:Q-1/1": {
            "action": "add",
            "bandwidth_mbps": 500.0,
            "price": 60_000,
            "list_price": 80_000,
            "currency": "EUR",
            "discount": 0.25,
            "promised_on": "2026-11-01",
            "exception_approved_on": "2026-07-21",
        },
        "Quote orders:quote:Q-1": {
            "number": "2026/0815",
            "party_name": "Alpha",
            "state": "pending",
            "state_since": "2026-07-20",
            "version": "2",
            "created_on": "2026-07-01",
            "valid_to": "2026-09-01",
            "amount": 60_000,
            "currency": "EUR",
            "discount": 0.25,
            "requested_at": "2026-07-20 08:00:00+00:00",
            "approver": "R. L.",
        },
    }
    assert said.links == {
        ("orders:quote:Q-1", "HAS_LINE", "orders:quote_item:Q-1/1"),
        ("orders:quote:Q-1", "QUOTES", "crm_emea:opportunity:opp-7"),
        ("orders:quote_item:Q-1/1", "FOR_OFFERING", "catalogue:offering:O-1"),
        ("orders:quote_item:Q-1/1", "FOR_SITE", "inventory:site:SITE-1"),
    }
    assert (said.unknown, said.odd) == ([], [])


def test_lines_in_two_currencies_have_no_sum(say: Say) -> None:
    (line,) = QUOTE["quoteItem"]
    dollars = {"dutyFreeAmount": {"unit": "USD", "value": 600}}
    price = {"priceType": "recurring", "recurringChargePeriod": "month", "price": dollars}
    other = {"id": "2", "action": "add", "quoteItemPrice": [price]}

    said = say({**QUOTE, "quoteItem": [line, other]})

    assert "amount" not in said.nodes["Quote orders:quote:Q-1"]
    assert said.nodes["QuoteItem orders:quote_item:Q-1/2"]["currency"] == "USD"
