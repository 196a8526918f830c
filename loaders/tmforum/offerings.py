"""What can be bought, and at which price: TMF620 ProductOffering and ProductOfferingPrice.

The standard has no field for the least price, the largest discount and whose limit it is; those
are of our extension, described in loaders/catalogue/README.md.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims, ref
from loaders.dates import day
from loaders.tmforum.reading import Reading

PRICE_KINDS = {
    "recurring": "recurring",
    "recurringCharge": "recurring",
    "oneTime": "one_off",
    "oneTimeCharge": "one_off",
    "usage": "usage",
    "usageCharge": "usage",
}
_MONTHS = {"month": 1, "months": 1, "quarter": 3, "year": 12, "years": 12}
_OFFERING_LEFT_OUT = (
    "agreement",
    "attachment",
    "bundledProductOffering",
    "channel",
    "description",
    "isBundle",
    "isSellable",
    "marketSegment",
    "productOfferingRelationship",
    "productOfferingTerm",
    "productSpecification",
    "resourceCandidate",
    "serviceCandidate",
    "serviceLevelAgreement",
    "statusReason",
    "version",
    "externalIdentifier",
)
_PRICE_LEFT_OUT = (
    "bundledPopRelationship",
    "constraint",
    "description",
    "isBundle",
    "lifecycleStatus",
    "popRelationship",
    "pricingLogicAlgorithm",
    "tax",
    "unitOfMeasure",
    "version",
    "externalIdentifier",
)


def product_offering(read: Reading) -> Claims:
    """An offering, where it can be had, until when, and what prices it has."""
    claims = Claims()
    read.ignore(*_OFFERING_LEFT_OUT)
    claims.happened_on = read.on("lastUpdate")
    sold, traits = read.period("validFor"), read.characteristics("prodSpecCharValueUse")
    supported_until = day(traits.get("endofsupport"), field="prodSpecCharValueUse.endOfSupport")
    offering = claims.node(
        "ProductOffering",
        read.reference("product_offering"),
        name=read.text("name"),
        family=_family(read),
        bandwidth_band=traits.get("bandwidthband"),
        status=read.text("lifecycleStatus"),
        lead_time_days=_whole(traits.get("leadtimedays"), "leadTimeDays"),
        sale_ends_on=sold.end,
        support_ends_on=supported_until,
        retires_on=_first(sold.end, supported_until),
        shared_by_group=traits.get("sharedbygroup"),
    )
    for place in read.all_referred("place"):
        country = ref("Country", f"country:{country_code(place.id)}")
        claims.fact("AVAILABLE_IN", offering, country, valid_from=sold.start)
    prices = list(read.all_referred("productOfferingPrice"))
    for price in prices:
        rule = read.ref("PriceRule", "product_offering_price", price.id)
        claims.link("PRICES", rule, offering)
    if not prices:
        claims.odd.append("the offering has no price")
    return read.report(claims)


def product_offering_price(read: Reading) -> Claims:
    """A line of a price book: list price, floor, and how far whose discount may go."""
    claims = Claims()
    read.ignore(*_PRICE_LEFT_OUT)
    claims.happened_on = read.on("lastUpdate")
    kind = read.word("priceType", PRICE_KINDS, needed=True)
    listed, unit = read.money("price")
    floor, floor_unit = read.money("floorPrice")
    if floor_unit not in (None, unit):
        raise RecordRejected(
            f"the floor is in {floor_unit} and the price in {unit}",
            where="floorPrice",
            remedy="ask the catalogue for one currency a price",
        )
    traits = read.characteristics("prodSpecCharValueUse")
    book, places, valid = read.referred("priceBook"), list(read.all_referred("place")), _valid(read)
    if len(places) > 1:
        read.unmapped("place[2]")
    claims.node(
        "PriceRule",
        read.reference("product_offering_price"),
        name=read.text("name"),
        book=(book.name or book.id) if book else None,
        kind=PRICE_KINDS[kind] if kind else None,
        country=country_code(places[0].id) if places else None,
        region=book.id if book else None,
        bandwidth_band=traits.get("bandwidthband"),
        term_months=_term(read),
        currency=unit,
        list_amount=listed,
        floor_amount=floor,
        max_discount=read.number("maxDiscount", share=True),
        role=read.text("sellerRole"),
        valid_from=valid[0],
        valid_to=valid[1],
    )
    _report_period(read)
    if listed is None:
        claims.odd.append("the price has no amount")
    if listed is not None and floor is not None and floor > listed:
        claims.odd.append("the floor is above the list price")
    return read.report(claims)


def country_code(value: str) -> str:
    """An ISO 3166-1 alpha-2 code; RecordRejected for anything else."""
    code = value.strip().upper()
    if len(code) != 2 or not code.isalpha():
        raise RecordRejected(
            f"{value!r} is no country code", where="place", remedy="write ISO 3166-1 alpha-2"
        )
    return code


def _family(read: Reading) -> str | None:
    """The offering's first category; an offering in two is of the first one's family."""
    return next((one.name or one.id for one in read.all_referred("category", "version")), None)


def _valid(read: Reading) -> tuple[date | None, date | None]:
    valid = read.period("validFor")
    return valid.start, valid.end


def _term(read: Reading) -> int | None:
    """The length of contract that a price asks for, in months; the first term counts."""
    terms = read.parts("productOfferingTerm")
    duration: dict[str, Any] = (terms[0].get("duration") or {}) if terms else {}
    unit = str(duration.get("units") or "month").casefold()
    if not duration:
        return None
    if unit not in _MONTHS:
        raise RecordRejected(
            f"a term in {unit!r}", where="productOfferingTerm", remedy="write it in months"
        )
    return int(duration.get("amount") or 0) * _MONTHS[unit] or None


def _report_period(read: Reading) -> None:
    """Report a recurring price of another period than the month, which is what amounts are."""
    every = read.text("recurringChargePeriodType")
    length = read.number("recurringChargePeriodLength")
    if (every or "month").casefold() not in ("month", "monthly") or length not in (None, 1.0):
        read.unmapped(f"recurringChargePeriodType[{every}]")


def _whole(value: Any, name: str) -> int | None:
    if value is None:
        return None
    if not str(value).isdigit():
        raise RecordRejected(f"{value!r} is no number of days", where=name, remedy="write days")
    return int(value)


def _first(*days: date | None) -> date | None:
    return min((one for one in days if one), default=None)
