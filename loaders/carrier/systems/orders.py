"""Orders in TMF622 terms with their milestones, and the quotes before them in TMF648 terms."""

from __future__ import annotations

from typing import Any

from loaders.carrier.native import native_id
from loaders.carrier.observation import Seen
from loaders.carrier.referring import (
    known,
    money,
    of_crm,
    offering_id,
    period,
    product_id,
    service_id,
    site_id,
)
from loaders.carrier.world.cluster import Cluster
from loaders.carrier.world.sales import Order, Quote, QuoteItem
from loaders.carrier.writing import Part

SYSTEM = "orders"


class _Orders:
    def __init__(self, part: Part) -> None:
        self._quote = part.json_lines("quotes")
        self._order = part.json_lines("orders")

    def write(self, seen: Seen, cluster: Cluster | None) -> None:
        """Format one quote or order."""
        thing = seen.thing
        if isinstance(thing, Quote) and cluster is not None:
            self._quote(known(_quoted(seen, thing, cluster)))
        elif isinstance(thing, Order):
            self._order(known(_ordered(seen, thing)))

    def close(self) -> None:
        """Nothing is left to write."""


def _ordered(seen: Seen, order: Order) -> dict[str, Any]:
    reached = [stage for stage in order.stages if stage.at.date() <= seen.on]
    done = order.completed_at
    return {
        "@type": "ProductOrder",
        "id": seen.native_id,
        "externalId": order.number,
        "state": order.status.at(seen.on),
        "stateChangeDate": str(order.status.since(seen.on)),
        "orderDate": order.ordered_at.isoformat(),
        "expectedCompletionDate": str(order.committed_on.at(seen.on)),
        "completionDate": done.isoformat() if done and done.date() <= seen.on else None,
        "quote": [{"id": native_id(SYSTEM, "quote", order.quote)}] if order.quote else None,
        "productOrderMilestone": [
            {"name": one.name, "milestoneDate": one.at.isoformat(), "status": "Completed"}
            for one in reached
        ],
        "productOrderJeopardyAlert": [
            {"jeopardyType": one.blocker, "alertDate": one.at.isoformat()}
            for one in reached
            if one.blocker
        ],
        "productOrderItem": [
            {"id": "1", "action": order.action, "quantity": 1, "product": _product(order)}
        ],
    }


def _product(order: Order) -> dict[str, Any]:
    gone = {"realizingService": [{"id": service_id(order.replaces)}]} if order.replaces else None
    return known(
        {
            "id": product_id(order.service),
            "realizingService": [{"id": service_id(order.service)}],
            "place": [{"id": site_id(order.site), "@referredType": "GeographicSite"}]
            if order.site
            else None,
            "productRelationship": [{"relationshipType": "replaces", "product": gone}]
            if gone
            else None,
        }
    )


def _quoted(seen: Seen, quote: Quote, cluster: Cluster) -> dict[str, Any]:
    account = cluster.opportunities[quote.opportunity].account if quote.opportunity else ""
    return {
        "@type": "Quote",
        "id": seen.native_id,
        "externalId": quote.number,
        "version": str(quote.version),
        "state": quote.state.at(seen.on),
        "stateChangeDate": str(quote.state.since(seen.on)),
        "quoteDate": str(quote.created_on),
        "validFor": period(quote.created_on, quote.valid_to.at(seen.on)),
        "salesOpportunity": {"id": of_crm("opportunity", account, cluster, quote.opportunity)}
        if account
        else None,
        "relatedParty": [
            {
                "id": native_id(SYSTEM, "entity", quote.entity),
                "name": quote.party_name,
                "role": "customer",
                "@referredType": "Customer",
            }
        ],
        "authorization": _leave(seen, quote),
        "quoteItem": [_line(quote, item) for item in quote.items],
    }


def _leave(seen: Seen, quote: Quote) -> list[dict[str, Any]]:
    asked, given = (
        moment.isoformat() if moment and moment.date() <= seen.on else None
        for moment in (quote.requested_at, quote.approved_at)
    )
    if not asked and not quote.approver:
        return []
    approver = [{"name": quote.approver}] if quote.approver else None
    state = "approved" if given else "pending"
    return [
        known({"requestedDate": asked, "givenDate": given, "state": state, "approver": approver})
    ]


def _line(quote: Quote, item: QuoteItem) -> dict[str, Any]:
    allowed = item.exception_approved_on
    return known(
        {
            "id": native_id(SYSTEM, "item", item.key),
            "action": item.action,
            "quantity": 1,
            "productOffering": {"id": offering_id(item.offering)} if item.offering else None,
            "product": known(
                {
                    "place": [{"id": site_id(item.site), "@referredType": "GeographicSite"}]
                    if item.site
                    else None,
                    "productCharacteristic": [
                        {"name": "bandwidthMbps", "value": item.bandwidth_mbps}
                    ],
                }
            ),
            "quoteItemPrice": [
                {
                    "priceType": "recurring",
                    "recurringChargePeriod": "month",
                    "price": {"dutyFreeAmount": money(item.price, quote.currency)},
                    "priceAlteration": [
                        {
                            "priceType": "discount",
                            "price": {"percentage": round(item.discount * 100, 4)},
                        }
                    ],
                }
            ],
            "listPrice": money(item.list_price, quote.currency),
            "promisedDate": str(item.promised_on) if item.promised_on else None,
            "quoteItemAuthorization": [{"state": "approved", "givenDate": str(allowed)}]
            if allowed
            else None,
        }
    )


def export(part: Part) -> _Orders:
    """Begin one part of a delivery."""
    return _Orders(part)
