"""The catalogue: offerings and price books in TMF620 terms, market prices and rates."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import known, money, offering_id, period
from loaders.carrier.world.catalogue import ExchangeRate, Offering, PriceIndex, PriceRule
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.writing import Part

SYSTEM = "catalogue"


class _Catalogue:
    def __init__(self, part: Part) -> None:
        self._put = part.json_lines("catalogue")
        self._countries = part.carrier.countries
        self._rules: dict[str, list[str]] = defaultdict(list)
        for rule in part.carrier.price_rules:
            self._rules[rule.offering].append(native_id(SYSTEM, "price_rule", rule.key))

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one offering, price, market price or rate."""
        thing = seen.thing
        if isinstance(thing, Offering):
            self._put(self._offering(seen, thing))
        elif isinstance(thing, PriceRule):
            self._put(self._price(seen, thing))
        elif isinstance(thing, PriceIndex):
            self._put(_index(seen, thing))
        elif isinstance(thing, ExchangeRate):
            self._put(_rate(seen, thing))

    def close(self) -> None:
        """Nothing is left to write."""

    def _offering(self, seen: Seen, offering: Offering) -> dict[str, Any]:
        traits = {
            "bandwidthBand": offering.bandwidth_band,
            "leadTimeDays": offering.lead_time_days,
            "sharedByGroup": offering.shared_by_group,
        }
        return known(
            {
                "@type": "ProductOffering",
                "id": seen.native_id,
                "name": offering.name,
                "lifecycleStatus": "Retired" if offering.retires_on <= seen.on else "Launched",
                "validFor": period(offering.launched_on, offering.retires_on),
                "category": [{"id": offering.family, "name": offering.family}],
                "place": [
                    {"id": code, "@referredType": "Country"} for code in offering.available_in
                ],
                "prodSpecCharValueUse": [
                    {"name": name, "productSpecCharacteristicValue": [{"value": value}]}
                    for name, value in traits.items()
                    if value != ""
                ],
                "productOfferingPrice": [{"id": one} for one in self._rules[offering.key]],
            }
        )

    def _price(self, seen: Seen, rule: PriceRule) -> dict[str, Any]:
        region = self._countries[rule.country].sales_region
        return known(
            {
                "@type": "CarrierPrice",
                "@baseType": "ProductOfferingPrice",
                "id": seen.native_id,
                "priceType": "recurring",
                "recurringChargePeriodType": "month",
                "recurringChargePeriodLength": 1,
                "price": money(rule.list_price.at(seen.on), rule.currency),
                "priceBook": {"id": region, "name": f"Price book {region}"},
                "place": [{"id": rule.country, "@referredType": "Country"}],
                "productOfferingTerm": [
                    {"duration": {"amount": rule.term_months, "units": "month"}}
                ],
                "floorPrice": money(rule.floor_price, rule.currency),
                "maxDiscount": rule.max_discount,
                "sellerRole": rule.role,
                "validFor": period(rule.valid_from, rule.valid_to),
            }
        )


def _index(seen: Seen, index: PriceIndex) -> dict[str, Any]:
    return {
        "@type": "PriceIndex",
        "id": seen.native_id,
        "productOffering": {"id": offering_id(index.offering)},
        "place": {"id": index.country},
        "month": str(index.month),
        "median": money(index.median, index.currency),
    }


def _rate(seen: Seen, rate: ExchangeRate) -> dict[str, Any]:
    """Turned over: the world says what a unit is worth, the treasury how many a euro buys."""
    return {
        "@type": "ExchangeRate",
        "id": seen.native_id,
        "currency": rate.currency,
        "base": rate.base,
        "rate": round(1 / rate.rate, 6),
        "on": str(rate.on),
    }


def export(part: Part) -> _Catalogue:
    """Begin one part of a delivery."""
    return _Catalogue(part)
