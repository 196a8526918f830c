"""What is ordered: TMF622 ProductOrder with the milestones and jeopardy alerts of version 5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from graph.facts.claims import Claims, Ref
from loaders.tmforum.reading import Reading

STATES = (
    "acknowledged",
    "rejected",
    "pending",
    "held",
    "inProgress",
    "cancelled",
    "completed",
    "failed",
    "partial",
    "assessingCancellation",
    "pendingCancellation",
)
ACTIONS = {
    "add": "add",
    "modify": "modify",
    "change": "modify",
    "move": "move",
    "delete": "delete",
    "noChange": "",
}
"""TMF622's action -> what an order does to a service; noChange only names it."""
OVER = frozenset({"completed", "cancelled", "rejected", "failed"})
REACHED = frozenset({"", "completed"})
"""States of a milestone that say that it was reached."""
_LEFT_OUT = (
    "agreement",
    "billingAccount",
    "cancellationReason",
    "category",
    "channel",
    "description",
    "externalId",
    "notificationContact",
    "orderRelationship",
    "orderTotalPrice",
    "payment",
    "priority",
    "productOfferingQualification",
    "productOrderErrorMessage",
    "relatedParty",
    "requestedStartDate",
    "externalIdentifier",
)
_ITEM_LEFT_OUT = (
    "appointment",
    "billingAccount",
    "itemPrice",
    "itemTerm",
    "itemTotalPrice",
    "payment",
    "productOffering",
    "productOfferingQualificationItem",
    "productOrderItem",
    "qualification",
    "quantity",
    "quoteItem",
    "state",
)
_PRODUCT_LEFT_OUT = ("place", "productCharacteristic", "productOffering", "productSpecification")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an order."""

    id: str
    action: str
    services: list[Ref]
    replaces: list[str]
    """Ids of the lines whose services go when this one is done."""
    replaced: list[Ref]


def product_order(read: Reading) -> Claims:
    """An order, how far it is and what holds it up, and what it does to which services."""
    claims = Claims()
    read.ignore(*_LEFT_OUT)
    state = read.word("state", STATES)
    reached, alert = _last(read, "productOrderMilestone"), _last(read, "productOrderJeopardyAlert")
    cancelled_on = read.on("cancellationDate")
    held_up = alert and state not in OVER and not (reached and alert.at < reached.at)
    ordered = claims.node(
        "Order",
        read.reference("product_order"),
        status=state,
        status_since=read.on("stateChangeDate") or cancelled_on,
        ordered_at=read.at("orderDate"),
        requested_on=read.on("requestedCompletionDate"),
        committed_on=read.on("expectedCompletionDate"),
        stage=reached.name if reached else None,
        stage_since=reached.at.date() if reached else None,
        blocker=alert.name if alert and held_up else None,
        blocked_since=alert.at.date() if alert and held_up else None,
        completed_at=read.at("completionDate"),
    )
    for quote in read.all_referred("quote"):
        claims.link("FULFILS", ordered, read.ref("Quote", "quote", quote.id))
    items = [_item(read, item) for item in read.inner("productOrderItem")]
    by_id = {item.id: item for item in items}
    for item in items:
        _act(claims, ordered, item, by_id)
    return read.report(claims)


def _act(claims: Claims, ordered: Ref, item: Item, items: dict[str, Item]) -> None:
    """Draw what one line does; a line that names no service is kept and said."""
    if not item.services:
        claims.odd.append("a line of the order names no service")
    for service in item.services if item.action else ():
        claims.link("DELIVERS", ordered, service, action=item.action)
    gone = [*item.replaced]
    for other in item.replaces:
        gone += items[other].services if other in items else []
    for service in gone:
        claims.link("REPLACES", ordered, service)


def _item(read: Reading, item: Reading) -> Item:
    item.ignore(*_ITEM_LEFT_OUT)
    action = item.word("action", ACTIONS, needed=True)
    services: list[Ref] = []
    replaced: list[Ref] = []
    for product in item.inner("product"):
        product.ignore("name", "@referredType", *_PRODUCT_LEFT_OUT)
        services += _services(read, product)
        for relation in product.inner("productRelationship"):
            kind = (relation.text("relationshipType") or "").casefold()
            for other in relation.inner("product"):
                other.ignore("name", "@referredType")
                found = _services(read, other)
                replaced += found if kind in _REPLACING else []
    replaces = [
        other.id
        for other in item.all_referred("productOrderItemRelationship", "relationshipType")
        if str((other.version or {}).get("relationshipType") or "").casefold() in _REPLACING
    ]
    return Item(item.native_id, ACTIONS[action or ""], services, replaces, replaced)


_REPLACING = frozenset({"replaces", "migratesfrom", "substitutes"})


def _services(read: Reading, product: Reading) -> list[Ref]:
    referred = product.all_referred("realizingService")
    return [read.ref("Service", "service", service.id) for service in referred]


@dataclass(frozen=True, slots=True)
class _Step:
    """A milestone that was reached, or an alert that was raised."""

    name: str
    at: datetime


def _last(read: Reading, field: str) -> _Step | None:
    """The latest milestone reached, or alert raised; one to come, or without a moment, is none."""
    steps = []
    for one in read.inner(field):
        one.ignore("description", "exception", "message", "productOrderItem")
        kind = one.text("jeopardyType")
        name = kind or one.text("name")
        moment = one.at("milestoneDate") or one.at("alertDate")
        status = (one.text("status") or "").casefold()
        if name and moment and status in REACHED:
            steps.append(_Step(name, moment))
    return max(steps, key=attrgetter("at"), default=None)
