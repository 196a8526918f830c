"""A resource is known by what it says of itself, and natural persons are kept out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SourceError
from loaders.source import Delivery, Ignored, RawRecord, Source, Unreadable


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ({"@type": "Organization"}, "organization"),
        ({"@type": "organization"}, "organization"),
        ({"@type": "AcmeCustomer", "@baseType": "Customer"}, "customer"),
        ({"@type": "SpecialAccount", "@baseType": "PartyAccount"}, "party_account"),
        ({"@type": "FinantialAccount"}, "financial_account"),
        ({"perceivedSeverity": "major"}, "alarm"),
        ({"ackedAlarm": [{"perceivedSeverity": "major"}]}, "ack_alarms"),
        ({"commentedAlarm": [{}], "href": "/alarm/v4/ackAlarms/1"}, "comment_alarms"),
        ({"creditProfile": [{}], "href": "/v4/partyRole/1"}, "party_role"),
        ({"creditProfile": [{}]}, "customer"),
        ({"href": "https://host/tmf-api/product/v4/product/1"}, "product"),
        ({"href": "https://host/tmf-api/Customer_Bill/v4/customerBill/CB-1"}, "customer_bill"),
        ({"givenName": "Jane"}, "individual"),
    ],
)
def test_a_resource_is_known_by_type_then_telling_fields_then_address(
    extracted: Callable[..., Any], payload: dict[str, Any], kind: str
) -> None:
    (item,) = extracted({"id": "1", **payload})

    assert item.record_type == kind


@pytest.mark.parametrize(
    "payload",
    [
        {"id": "1", "name": "?"},
        {"id": "1", "@type": "Spaceship", "password": "open sesame"},
        {"id": "1", "href": "https://host/tmf-api/accountManagement/v4/account/1"},
    ],
)
def test_an_unknown_resource_is_unreadable_with_its_field_names_and_not_its_values(
    extracted: Callable[..., Any], payload: dict[str, Any]
) -> None:
    (item,) = extracted(payload, file="Customer.json")

    assert isinstance(item, Unreadable)
    assert (item.record_type, item.native_id) == ("unknown", "1")
    assert item.reason.startswith("no known resource")
    assert item.text == f"fields: {', '.join(sorted(payload))}"


def test_a_resource_without_an_id_is_unreadable(extracted: Callable[..., Any]) -> None:
    (item,) = extracted({"@type": "Customer"})

    assert isinstance(item, Unreadable)
    assert item.reason == "the customer has no id"


def test_persons_and_customers_who_are_persons_are_counted_and_not_kept(
    extracted: Callable[..., Any],
) -> None:
    items = extracted(
        {"@type": "Individual", "id": "1", "givenName": "Jane"},
        {
            "@type": "Customer",
            "id": "2",
            "engagedParty": {"@referredType": "Individual", "id": "1", "name": "Jane"},
        },
    )

    assert [(type(item), item.record_type) for item in items] == [(Ignored, "individual")] * 2


def test_related_persons_and_contacts_are_taken_out_before_evidence_is_kept(
    extracted: Callable[..., Any],
) -> None:
    (item,) = extracted(
        {
            "@type": "Organization",
            "id": "1",
            "contactMedium": [{"characteristic": {"emailAddress": "jane@alpha.example"}}],
            "note": [{"author": "Jane"}],
            "relatedParty": [
                {"id": "2", "@referredType": "Individual", "name": "Jane"},
                {"id": "3", "href": "https://host/v4/individual/3", "name": "Joe"},
                {"role": "boss", "partyOrPartyRole": {"id": "4", "@referredType": "Individual"}},
                {"id": "5", "@referredType": "Organization", "name": "Beta"},
            ],
        }
    )

    assert isinstance(item, RawRecord)
    assert item.payload == {
        "@type": "Organization",
        "id": "1",
        "relatedParty": [{"id": "5", "@referredType": "Organization", "name": "Beta"}],
    }


def test_every_published_sample_is_mapped_or_ignored_by_name_and_the_invalid_one_is_named(
    source: Source, shared: Path
) -> None:
    delivery = Delivery(shared / "tmforum" / "samples_v4")
    items: list[Any] = []

    with pytest.raises(SourceError, match=r"Quote\.example\.json"):
        items.extend(source.extract(delivery))

    assert Counter(type(item).__name__ for item in items) == {"RawRecord": 11, "Ignored": 32}
    without_a_sample = {"product_offering", "product_offering_price", "product_order", "quote"}
    assert {item.record_type for item in items if isinstance(item, RawRecord)} == set(
        source.spec.record_types
    ) - without_a_sample
    assert delivery.covered == set()
