"""Products, the services that realize them and the sites where they end, across systems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import RecordRejected
from tests.loaders.saying import Said

Say = Callable[[dict[str, Any]], Said]

PRODUCT: dict[str, Any] = {
    "@type": "Product",
    "id": "P-1",
    "status": "active",
    "startDate": "2024-03-01",
    "productOffering": {"id": "O-1", "name": "Ethernet Line"},
    "realizingService": [{"id": "S-1"}],
    "agreement": [{"id": "A-1", "agreementItemId": "1"}],
    "productPrice": [
        {
            "priceType": "recurring",
            "recurringChargePeriod": "month",
            "price": {"dutyFreeAmount": {"unit": "JPY", "value": 120000}},
        }
    ],
    "productCharacteristic": [
        {"name": "bandwidthMbps", "value": 500},
        {"name": "bandwidth_band", "value": "100-1000"},
        {"name": "serviceLevel", "value": "gold"},
        {"name": "acceptedOn", "value": "2024-03-05"},
        {"name": "moodLighting", "value": "blue"},
    ],
    "productRelationship": [{"relationshipType": "bundledBy", "product": {"id": "P-0"}}],
}
SERVICE: dict[str, Any] = {
    "@type": "Service",
    "id": "S-1",
    "name": "LON-FRA-ETH-004512",
    "state": "active",
    "operatingStatus": "degraded",
    "startDate": "2024-03-01",
    "place": [{"id": "SITE-1", "@referredType": "GeographicSite"}],
    "serviceCharacteristic": [
        {"name": "bandwidthMbps", "value": 500},
        {"name": "role", "value": "primary"},
        {"name": "accessKind", "value": "off_net"},
        {"name": "accessPath", "value": "FRA-D-17"},
        {"name": "supplierEndsOn", "value": "2027-01-01"},
        {"name": "supplierNoticeDays", "value": 90},
    ],
    "supplierCost": {"unit": "GBP", "value": 310.25},
    "serviceRelationship": [{"relationshipType": "diverseFrom", "service": {"id": "S-2"}}],
}
SITE: dict[str, Any] = {
    "@type": "GeographicSite",
    "id": "SITE-1",
    "name": "Plant Frankfurt",
    "place": [
        {
            "@type": "GeographicAddress",
            "streetName": "Hafenstr. 1",
            "postcode": "60327",
            "city": "Frankfurt am Main",
            "country": "de",
        }
    ],
    "siteCharacteristic": [
        {"name": "tier", "value": "1"},
        {"name": "kind", "value": "plant"},
        {"name": "onNet", "value": True},
        {"name": "onNetSince", "value": "2025-05-01"},
    ],
    "relatedParty": [
        {
            "id": "crm_emea:account:77",
            "role": "occupant",
            "@referredType": "Organization",
            "validFor": {"startDateTime": "2023-01-01"},
            "confidence": 0.8,
        }
    ],
}


def test_a_product_joins_offering_service_and_agreement_of_three_systems(say: Say) -> None:
    said = say(PRODUCT)

    assert said.nodes == {
        "Product inventory:product:P-1": {
            "status": "active",
            "starts_on": "2024-03-01",
            "accepted_on": "2024-03-05",
            "price": 120_000,
            "currency": "JPY",
            "bandwidth_mbps": 500,
            "bandwidth_band": "100-1000",
            "service_level": "gold",
            "bundle": "P-0",
        }
    }
    assert said.links == {("inventory:product:P-1", "OF_OFFERING", "catalogue:offering:O-1")}
    assert said.facts == {
        ("inventory:product:P-1", "REALIZED_BY", "inventory:service:S-1", "2024-03-01", ""),
        ("contracts:agreement_item:A-1/1", "GOVERNS", "inventory:product:P-1", "", ""),
    }
    assert said.unknown == []


def test_a_service_says_how_it_runs_on_whose_line_and_from_which_it_is_diverse(say: Say) -> None:
    said = say(SERVICE)

    assert said.nodes == {
        "Service inventory:service:S-1": {
            "name": "LON-FRA-ETH-004512",
            "state": "active",
            "operating_status": "degraded",
            "activated_on": "2024-03-01",
            "bandwidth_mbps": 500,
            "role": "primary",
            "access_kind": "off_net",
            "access_path": "FRA-D-17",
            "supplier_ends_on": "2027-01-01",
            "supplier_notice_days": 90,
            "supplier_cost": 31_025,
            "supplier_currency": "GBP",
        }
    }
    assert said.facts == {
        ("inventory:service:S-1", "DELIVERED_AT", "inventory:site:SITE-1", "2024-03-01", ""),
        ("inventory:service:S-1", "DIVERSE_FROM", "inventory:service:S-2", "", ""),
    }
    assert said.unknown == []


def test_a_site_says_where_it_is_and_who_is_there_since_when(say: Say) -> None:
    said = say(SITE)

    assert said.nodes == {
        "Site inventory:site:SITE-1": {
            "name": "Plant Frankfurt",
            "address": "Hafenstr. 1, 60327 Frankfurt am Main, de",
            "city": "Frankfurt am Main",
            "country": "DE",
            "tier": "1",
            "kind": "plant",
            "on_net": True,
            "on_net_since": "2025-05-01",
        }
    }
    assert said.links == {("inventory:site:SITE-1", "IN_COUNTRY", "country:DE")}
    assert said.facts == {
        ("crm_emea:account:77", "OCCUPIES", "inventory:site:SITE-1", "2023-01-01", "")
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [("bandwidthMbps", "fast"), ("supplierEndsOn", "2027-13-01"), ("supplierNoticeDays", 1.5)],
)
def test_a_characteristic_of_another_type_is_refused(say: Say, name: str, value: Any) -> None:
    with pytest.raises(RecordRejected):
        say({**SERVICE, "serviceCharacteristic": [{"name": name, "value": value}]})
