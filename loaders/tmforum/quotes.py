"""What is offered: TMF648 Quote; its list prices and the opportunity are of our extension."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from graph.facts.claims import Claims, Ref
from graph.model.catalogue import LABELS
from loaders.dates import at, day
from loaders.tmforum.reading import Reading, money

STATES = ("pending", "inProgress", "approved", "accepted", "rejected", "cancelled")
ACTIONS = LABELS["QuoteItem"].properties["action"].values
_LEFT_OUT = (
    "agreement",
    "billingAccount",
    "category",
    "description",
    "effectiveQuoteCompletionDate",
    "expectedFulfillmentStartDate",
    "expectedQuoteCompletionDate",
    "instantSyncQuote",
    "productOfferingQualification",
    "quoteTotalPrice",
    "requestedQuoteCompletionDate",
    "externalIdentifier",
)
_ITEM_LEFT_OUT = (
    "appointment",
    "attachment",
    "productOfferingQualificationItem",
    "quantity",
    "quoteItem",
    "quoteItemRelationship",
    "relatedParty",
    "state",
)


def quote(read: Reading) -> Claims:
    """One version of an offer, with its lines, and the opportunity that it answers."""
    claims = Claims()
    read.ignore(*_LEFT_OUT)
    requested, given, approver = _leave(read.parts("authorization"))
    parties = list(read.all_referred("relatedParty"))
    lines = [_line(claims, read, item) for item in read.inner("quoteItem")]
    amount, unit, discount = _total(lines)
    offered = claims.node(
        "Quote",
        read.reference("quote"),
        number=read.text("externalId"),
        party_name=next((one.name for one in parties if one.role == "customer"), None),
        state=read.word("state", STATES),
        state_since=read.on("stateChangeDate"),
        version=read.text("version"),
        created_on=read.on("quoteDate"),
        valid_to=read.period("validFor").end,
        amount=amount,
        currency=unit,
        discount=discount,
        requested_at=requested,
        approved_at=given,
        approver=approver,
    )
    for line, *_ in lines:
        claims.link("HAS_LINE", offered, line)
    for opportunity in read.all_referred("salesOpportunity"):
        claims.link("QUOTES", offered, read.ref("Opportunity", "opportunity", opportunity.id))
    return read.report(claims)


Line = tuple[Ref, int | None, int | None, str | None]
"""Node, price and list price a month, currency."""


def _line(claims: Claims, read: Reading, item: Reading) -> Line:
    item.ignore(*_ITEM_LEFT_OUT)
    price, unit, discount = _monthly(item)
    listed, listed_unit = item.money("listPrice")
    if listed_unit not in (None, unit):
        item.unmapped("listPrice")
        listed = None
    if discount is None and listed and price is not None:
        discount = round(1 - price / listed, 6)
    sites, bandwidth = _where(read, item)
    line = claims.node(
        "QuoteItem",
        read.reference("quote_item", f"{read.native_id}/{item.native_id}"),
        action=item.word("action", ACTIONS),
        bandwidth_mbps=bandwidth,
        price=price,
        list_price=listed,
        currency=unit,
        discount=discount,
        promised_on=item.on("promisedDate"),
        exception_approved_on=_exception(item.parts("quoteItemAuthorization")),
    )
    for offering in item.all_referred("productOffering"):
        sold = read.ref("ProductOffering", "product_offering", offering.id)
        claims.link("FOR_OFFERING", line, sold)
    for site in sites:
        claims.link("FOR_SITE", line, site)
    return line, price, listed, unit


def _where(read: Reading, item: Reading) -> tuple[list[Ref], float | None]:
    """The sites that a line is for, and the bandwidth in Mbit/s that it offers there."""
    sites: list[Ref] = []
    bandwidth = None
    for product in item.inner("product"):
        product.ignore("name", "@referredType", "realizingService", "productSpecification")
        given = product.characteristics("productCharacteristic").get("bandwidthmbps")
        bandwidth = float(given) if isinstance(given, int | float) else bandwidth
        for place in product.all_referred("place"):
            if place.type in ("geographicsite", "geographicsiteref"):
                sites.append(read.ref("Site", "geographic_site", place.id))
    return sites, bandwidth


def _monthly(item: Reading) -> tuple[int | None, str | None, float | None]:
    """The price a month without tax, its currency, and the discount that it is given with."""
    for one in item.parts("quoteItemPrice"):
        kind = str(one.get("priceType") or "").casefold()
        every = str(one.get("recurringChargePeriod") or "").casefold()
        if kind not in ("recurring", "recurringcharge") or every not in ("month", "monthly"):
            item.unmapped(f"quoteItemPrice[{kind} {every}]".replace(" ]", "]"))
            continue
        amount, unit = money((one.get("price") or {}).get("dutyFreeAmount") or {}, "quoteItemPrice")
        shares = [
            (change.get("price") or {}).get("percentage")
            for change in one.get("priceAlteration") or []
            if str(change.get("priceType") or "").casefold() == "discount"
        ]
        discount = next((float(share) / 100 for share in shares if share is not None), None)
        return amount, unit, discount
    return None, None, None


def _total(lines: list[Line]) -> tuple[int | None, str | None, float | None]:
    """The sum a month of lines in one currency, and its discount where all have a list price."""
    units = {unit for _, price, _, unit in lines if price is not None}
    if len(units) != 1:
        return None, None, None
    amount = sum(price for _, price, _, _ in lines if price is not None)
    listed = [price for _, _, price, _ in lines if price]
    whole = sum(listed) if len(listed) == len(lines) else 0
    return amount, units.pop(), round(1 - amount / whole, 6) if whole else None


def _leave(given: list[dict[str, Any]]) -> tuple[datetime | None, datetime | None, str | None]:
    """When leave was asked and given, and whose it is; the last authorization counts."""
    if not given:
        return None, None, None
    last = given[-1]
    approvers = last.get("approver") or [{}]
    approver = approvers[0] if isinstance(approvers, list) else approvers
    return (
        at(last.get("requestedDate"), field="authorization.requestedDate"),
        at(last.get("givenDate"), field="authorization.givenDate"),
        approver.get("name") or last.get("name"),
    )


def _exception(given: list[dict[str, Any]]) -> date | None:
    """The day on which a price outside the limits was allowed."""
    days = [
        day(one.get("givenDate"), field="quoteItemAuthorization.givenDate")
        for one in given
        if str(one.get("state") or "").casefold() == "approved"
    ]
    return max((one for one in days if one), default=None)
