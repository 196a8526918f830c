"""What is had and where it runs: TMF637 Product, TMF638 Service, TMF674 GeographicSite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.errors import RecordRejected
from graph.facts.claims import Claims, Ref, ref
from graph.model.catalogue import LABELS
from loaders.tmforum.agreements import item_key
from loaders.tmforum.reading import Reading, money, period, stated, typed_as

PRODUCT_STATES = (
    "created",
    "pendingActive",
    "cancelled",
    "active",
    "pendingTerminate",
    "terminated",
    "suspended",
    "aborted",
)
SERVICE_STATES = LABELS["Service"].properties["state"].values
OPERATING_STATUSES = LABELS["Service"].properties["operating_status"].values
PRODUCT_TRAITS = typed_as("Product", "accepted_on bandwidth_mbps bandwidth_band service_level")
SERVICE_TRAITS = typed_as(
    "Service",
    "bandwidth_mbps diversity tier role is_test access_kind access_path ceased_by "
    "supplier_ends_on supplier_notice_days",
)
SITE_TRAITS = typed_as("Site", "tier kind opened_on closed_on on_net on_net_since building_entry")
"""Characteristics, by the model's names, that are read; the names of others are free."""
OCCUPIES = frozenset({"occupant", "occupier", "tenant"})
"""Roles of a company at a site that say that it is there."""

_PRODUCT_LEFT_OUT = (
    "billingAccount",  # the model has no relationship from a product to its account
    "description",
    "isBundle",
    "isCustomerVisible",
    "name",
    "orderDate",
    "place",  # the service that realizes it says where
    "product",
    "productOrderItem",
    "productSerialNumber",
    "productSpecification",
    "productTerm",
    "realizingResource",
    "relatedParty",
    "externalIdentifier",
    "creationDate",
)
_SERVICE_LEFT_OUT = (
    "category",
    "description",
    "feature",
    "hasStarted",
    "isBundle",
    "isServiceEnabled",
    "isStateful",
    "relatedEntity",
    "relatedParty",
    "serviceDate",
    "serviceOrderItem",
    "serviceSpecification",
    "serviceType",
    "startMode",
    "supportingResource",
    "supportingService",
    "externalIdentifier",
)
_SITE_LEFT_OUT = (
    "calendar",
    "code",
    "creationDate",
    "description",
    "siteRelationship",
    "status",
    "externalIdentifier",
)


def product(read: Reading) -> Claims:
    """What a customer has, at what price, on which terms, made of which services."""
    claims = Claims()
    read.ignore(*_PRODUCT_LEFT_OUT)
    price, unit = _monthly(read)
    begins = read.on("startDate")
    had = claims.node(
        "Product",
        read.reference("product"),
        status=read.word("status", PRODUCT_STATES),
        starts_on=begins,
        terminates_on=read.end("terminationDate"),
        price=price,
        currency=unit,
        bundle=_bundle(read),
        **stated(PRODUCT_TRAITS, read.traits("productCharacteristic", PRODUCT_TRAITS)),
    )
    offering = read.referred("productOffering")
    if offering:
        bought = read.ref("ProductOffering", "product_offering", offering.id)
        claims.link("OF_OFFERING", had, bought)
    for service in read.all_referred("realizingService"):
        realizing = read.ref("Service", "service", service.id)
        claims.fact("REALIZED_BY", had, realizing, valid_from=begins)
    for terms in read.all_referred("agreement", "agreementItemId"):
        item = (terms.version or {}).get("agreementItemId")
        if item:
            line = read.ref("AgreementItem", "agreement_item", item_key(terms.id, item))
            claims.fact("GOVERNS", line, had)
    return read.report(claims)


def service(read: Reading) -> Claims:
    """A service that runs, and the sites where it ends."""
    claims = Claims()
    read.ignore(*_SERVICE_LEFT_OUT)
    cost, cost_unit = read.money("supplierCost")
    begins = read.on("startDate")
    running = claims.node(
        "Service",
        read.reference("service"),
        name=read.text("name"),
        state=read.word("state", SERVICE_STATES),
        operating_status=read.word("operatingStatus", OPERATING_STATUSES),
        activated_on=begins,
        ceased_on=read.end("endDate"),
        supplier_cost=cost,
        supplier_currency=cost_unit,
        **stated(SERVICE_TRAITS, read.traits("serviceCharacteristic", SERVICE_TRAITS)),
    )
    for other in _diverse(read):
        claims.fact("DIVERSE_FROM", running, read.ref("Service", "service", other))
    for place in read.all_referred("place"):
        if place.type in ("geographicsite", "geographicsiteref"):
            site = read.ref("Site", "geographic_site", place.id)
            claims.fact("DELIVERED_AT", running, site, valid_from=begins)
    return read.report(claims)


def geographic_site(read: Reading) -> Claims:
    """A site, its address where the place is given by value, and who is there."""
    claims = Claims()
    read.ignore(*_SITE_LEFT_OUT)
    address, city, country = _address(read.parts("place"))
    site = claims.node(
        "Site",
        read.reference("geographic_site"),
        name=read.text("name"),
        address=address,
        city=city,
        country=country,
        **stated(SITE_TRAITS, read.traits("siteCharacteristic", SITE_TRAITS)),
    )
    if country:
        claims.link("IN_COUNTRY", site, ref("Country", f"country:{country}"))
    for party in read.all_referred("relatedParty", "validFor", "confidence"):
        if party.role in OCCUPIES and party.type in ("organization", "organizationref"):
            entity = read.ref("LegalEntity", "organization", party.id)
            _occupy(claims, entity, site, party.version or {})
    return read.report(claims)


def _occupy(claims: Claims, entity: Ref, site: Ref, given: Mapping[str, Any]) -> None:
    """State who is there, since when and how surely, where the source says so."""
    there = period(given.get("validFor") or {}, "relatedParty.validFor")
    sure = given.get("confidence")
    claims.fact(
        "OCCUPIES",
        entity,
        site,
        valid_from=there.start,
        valid_to=there.end,
        confidence=float(sure) if isinstance(sure, int | float) else None,
    )


def _bundle(read: Reading) -> str | None:
    """The product that this one is part of; other relations between products are left out."""
    for relation in read.parts("productRelationship"):
        kind = str(relation.get("relationshipType") or "").casefold()
        if kind == "bundledby":
            return str((relation.get("product") or {}).get("id") or "") or None
    return None


def _diverse(read: Reading) -> list[str]:
    """Services that this one is sold as diverse from; other relations are left out."""
    return [
        str(relation["service"]["id"])
        for relation in read.parts("serviceRelationship")
        if str(relation.get("relationshipType") or "").casefold() == "diversefrom"
        and (relation.get("service") or {}).get("id")
    ]


def _monthly(read: Reading) -> tuple[int | None, str | None]:
    """The sum of the recurring prices a month; another period or kind of price is reported."""
    total: int | None = None
    units: set[str] = set()
    for one in read.parts("productPrice"):
        every = str(one.get("recurringChargePeriod") or one.get("recurringChargePeriodType") or "")
        kind, length = str(one.get("priceType") or ""), one.get("recurringChargePeriodLength")
        amounts = one.get("price") or {}
        amount, unit = money(amounts.get("dutyFreeAmount") or {}, "productPrice.dutyFreeAmount")
        monthly = every.casefold() in ("month", "monthly", "1 month") and length in (None, 1)
        if kind.casefold() != "recurring" or not monthly or amount is None or unit is None:
            read.unmapped(f"productPrice[{kind} {every}]".replace(" ]", "]"))
            continue
        total = (total or 0) + amount
        units.add(unit)
    if len(units) > 1:
        raise RecordRejected(
            f"recurring prices in {' and '.join(sorted(units))}",
            where="productPrice",
            remedy="ask the source for one currency a product",
        )
    return total, next(iter(units), None)


def _address(places: list[dict[str, Any]]) -> tuple[str | None, str | None, str | None]:
    """Address on one line, city and country code, from a GeographicAddress given by value."""
    for given in places:
        inner = given.get("place")
        place = inner if isinstance(inner, dict) else given
        street = " ".join(
            str(place[name]) for name in ("streetNr", "streetName", "streetType") if place.get(name)
        )
        town = " ".join(str(place[name]) for name in ("postcode", "city") if place.get(name))
        parts = [
            street,
            town,
            str(place.get("stateOrProvince") or ""),
            str(place.get("country") or ""),
        ]
        if street or town:
            country = str(place.get("country") or "")
            code = country.upper() if len(country) == 2 and country.isalpha() else None
            return ", ".join(part for part in parts if part), place.get("city"), code
    return None, None, None
