"""Which resource a payload is: by what it says of itself, never by the name of its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_SPELT = {"finantial_account": "financial_account", "billcycle": "bill_cycle"}
"""Upstream's own misspellings in @type and href."""

# A field that only one resource has. Natural persons and task resources first: they hold others.
_TELLING = {
    "givenName": "individual",
    "familyName": "individual",
    "ackedAlarm": "ack_alarms",
    "unAckedAlarm": "un_ack_alarms",
    "clearedAlarm": "clear_alarms",
    "commentedAlarm": "comment_alarms",
    "groupedAlarm": "group_alarms",
    "unGroupedAlarm": "un_group_alarms",
    "problem": "problem_acknowledgement",
    "childProblem": "problem_group",
    "affectedNumberOfServices": "service_problem",
    "organizationIdentification": "organization",
    "isLegalEntity": "organization",
    "creditProfile": "customer",
    "perceivedSeverity": "alarm",
    "ticketType": "trouble_ticket",
    "troubleTicketRelationship": "trouble_ticket",
    "agreementItem": "agreement",
    "quoteItem": "quote",
    "productOrderMilestone": "product_order",
    "orderTotalPrice": "product_order",
    "productOfferingPrice": "product_offering",
    "popRelationship": "product_offering_price",
    "billNo": "customer_bill",
    "appliedBillingRateType": "applied_customer_billing_rate",
    "periodCoverage": "applied_customer_billing_rate",
    "realizingService": "product",
    "productTerm": "product",
    "supportingService": "service",
    "operatingStatus": "service",
    "siteRelationship": "geographic_site",
    "callback": "hub",
}
_SHARED = {"creditProfile": "party_role"}
"""A telling field that another resource has too: then only @type or href can say."""


def kind_of(payload: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """The resource in snake case: by @type, @baseType, telling fields, then href; '' if none says.

    A vendor's own @type counts by its @baseType; a name that is not in `known` says nothing.
    """
    for name in ("@type", "@baseType"):
        said = _snake(payload.get(name))
        if said in known:
            return said
    by_href = _by_href(payload.get("href"), known)
    for field, kind in _TELLING.items():
        if payload.get(field) in (None, [], {}) or (by_href and by_href == _SHARED.get(field)):
            continue
        return kind
    return by_href


def _by_href(href: object, known: Mapping[str, Any]) -> str:
    """The collection that the address is in: .../customerBill/CB-123 is a customer_bill."""
    steps = str(href or "").rstrip("/").split("/")
    for step in reversed(steps[:-1]):
        said = _snake(step)
        if said in known:
            return said
    return ""


def _snake(name: object) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(name or "").strip()).lower()
    return _SPELT.get(words, words)
