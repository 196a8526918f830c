"""Offerings with their prices, limits and ends, and what the market pays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import RecordRejected
from tests.loaders.saying import Said

Say = Callable[[dict[str, Any]], Said]

OFFERING: dict[str, Any] = {
    "@type": "ProductOffering",
    "id": "O-1",
    "name": "Ethernet Line",
    "lifecycleStatus": "Launched",
    "lastUpdate": "2026-09-30T10:00:00Z",
    "validFor": {"startDateTime": "2020-01-01", "endDateTime": "2027-06-30"},
    "category": [{"id": "ethernet", "name": "ethernet"}],
    "place": [{"id": "DE", "@referredType": "Country"}, {"id": "fr", "@referredType": "Country"}],
    "prodSpecCharValueUse": [
        {"name": "bandwidthBand", "productSpecCharacteristicValue": [{"value": "100-1000"}]},
        {"name": "leadTimeDays", "productSpecCharacteristicValue": [{"value": 45}]},
        {"name": "endOfSupport", "productSpecCharacteristicValue": [{"value": "2027-01-31"}]},
        {"name": "sharedByGroup", "productSpecCharacteristicValue": [{"value": False}]},
        {"name": "colour of the router", "productSpecCharacteristicValue": [{"value": "grey"}]},
    ],
    "productOfferingPrice": [{"id": "PR-1"}, {"id": "PR-2"}],
}
PRICE: dict[str, Any] = {
    "@type": "CarrierPrice",
    "@baseType": "ProductOfferingPrice",
    "id": "PR-1",
    "name": "Ethernet Line, Germany, 36 months",
    "priceType": "recurring",
    "recurringChargePeriodType": "month",
    "recurringChargePeriodLength": 1,
    "price": {"unit": "EUR", "value": 900},
    "priceBook": {"id": "emea", "name": "EMEA 2026"},
    "place": [{"id": "DE"}],
    "productOfferingTerm": [{"name": "36 months", "duration": {"amount": 3, "units": "year"}}],
    "floorPrice": {"unit": "EUR", "value": 700},
    "maxDiscount": 0.15,
    "sellerRole": "team_lead",
    "validFor": {"startDateTime": "2026-01-01", "endDateTime": "2027-01-01"},
}


def test_an_offering_says_where_until_when_and_at_which_prices_it_is_had(say: Say) -> None:
    said = say(OFFERING)

    assert said.nodes == {
        "ProductOffering catalogue:offering:O-1": {
            "name": "Ethernet Line",
            "family": "ethernet",
            "bandwidth_band": "100-1000",
            "status": "Launched",
            "lead_time_days": 45,
            "sale_ends_on": "2027-06-30",
            "support_ends_on": "2027-01-31",
            "retires_on": "2027-01-31",
            "shared_by_group": False,
        }
    }
    assert said.facts == {
        ("catalogue:offering:O-1", "AVAILABLE_IN", "country:DE", "2020-01-01", ""),
        ("catalogue:offering:O-1", "AVAILABLE_IN", "country:FR", "2020-01-01", ""),
    }
    assert said.links == {
        ("catalogue:price:PR-1", "PRICES", "catalogue:offering:O-1"),
        ("catalogue:price:PR-2", "PRICES", "catalogue:offering:O-1"),
    }
    assert (said.unknown, said.odd) == ([], [])


def test_an_offering_without_a_price_is_kept_and_said(say: Say) -> None:
    said = say({"@type": "ProductOffering", "id": "O-2", "name": "Odd"})

    assert said.nodes == {"ProductOffering catalogue:offering:O-2": {"name": "Odd"}}
    assert said.odd == ["the offering has no price"]


def test_a_price_is_a_line_of_its_book_with_floor_limit_and_whose_limit_it_is(say: Say) -> None:
    said = say(PRICE)

    assert said.nodes == {
        "PriceRule catalogue:price:PR-1": {
            "name": "Ethernet Line, Germany, 36 months",
            "book": "EMEA 2026",
            "region": "emea",
            "kind": "recurring",
            "country": "DE",
            "term_months": 36,
            "currency": "EUR",
            "list_amount": 90_000,
            "floor_amount": 70_000,
            "max_discount": 0.15,
            "role": "team_lead",
            "valid_from": "2026-01-01",
            "valid_to": "2027-01-01",
        }
    }
    assert (said.links, said.unknown, said.odd) == (set(), [], [])


def test_a_floor_above_the_list_price_is_kept_and_said(say: Say) -> None:
    said = say({**PRICE, "floorPrice": {"unit": "EUR", "value": 901}})

    assert said.odd == ["the floor is above the list price"]


def test_a_price_of_another_period_is_reported_and_not_taken_for_a_month(say: Say) -> None:
    said = say({**PRICE, "recurringChargePeriodType": "quarter"})

    assert said.unknown == ["recurringChargePeriodType[quarter]"]


def test_a_market_price_and_a_rate_stand_beside_the_offerings(say: Say) -> None:
    index = {
        "@type": "PriceIndex",
        "id": "I-1",
        "productOffering": {"id": "O-1"},
        "place": {"id": "DE"},
        "month": "2026-09-15",
        "median": {"unit": "EUR", "value": 820},
    }
    rate = {
        "@type": "ExchangeRate",
        "id": "USD-2026-09",
        "currency": "USD",
        "base": "EUR",
        "rate": 1.25,
        "on": "2026-09-30",
    }

    said, converted = say(index), say(rate)

    assert said.nodes == {
        "PriceIndex catalogue:price_index:I-1": {
            "country": "DE",
            "month": "2026-09-01",
            "currency": "EUR",
            "median": 82_000,
        }
    }
    assert said.links == {("catalogue:price_index:I-1", "PRICES", "catalogue:offering:O-1")}
    assert converted.nodes == {
        "ExchangeRate catalogue:exchange_rate:USD-2026-09": {
            "currency": "USD",
            "base": "EUR",
            "rate": 1.25,
            "on": "2026-09-30",
        }
    }


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({**OFFERING, "place": [{"id": "Germany"}]}, "place"),
        ({**PRICE, "priceType": "barter"}, "priceType"),
        ({**PRICE, "floorPrice": {"unit": "USD", "value": 1}}, "floorPrice"),
        ({**PRICE, "maxDiscount": 15}, "maxDiscount"),
        ({**PRICE, "price": {"unit": "EUR", "value": 9.999}}, "price.value"),
        ({"@type": "ExchangeRate", "id": "r", "currency": "USD", "base": "EUR", "rate": 0}, "rate"),
        ({"@type": "PriceIndex", "id": "i", "month": "2026-09-01"}, "median"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_field(
    say: Say, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(RecordRejected) as refused:
        say(wrong)

    assert refused.value.where == field
