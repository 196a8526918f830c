"""Which sources hold what a rule says is not there: late ones would make it say so falsely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from graph.statement import line_of, tokens_of

HELD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "CorporateEvent": ("registry", "deals"),
        **dict.fromkeys(("Agreement", "AgreementItem", "Clause", "Commitment"), ("contracts",)),
        **dict.fromkeys(("Opportunity", "Interaction"), ("crm",)),
        **dict.fromkeys(("Quote", "QuoteItem"), ("quotes",)),
        "Order": ("orders",),
        **dict.fromkeys(("BillingAccount", "Bill", "Charge", "Payment", "Dispute"), ("billing",)),
        **dict.fromkeys(("Product", "Service"), ("inventory",)),
        "Site": ("inventory", "occupancy", "network"),
        **dict.fromkeys(("TroubleTicket", "Alarm"), ("tickets",)),
        "ServiceMeasure": ("measures",),
        **dict.fromkeys(("PriceRule", "PriceIndex"), ("prices",)),
        "ProductOffering": ("catalogue", "inventory"),
        "PointOfPresence": ("network",),
        **dict.fromkeys(("Seller", "Team", "Territory"), ("coverage",)),
        "ExchangeRate": ("rates",),
    }
)
"""Label -> the sources of which one holds its nodes; companies and accounts are always there."""

OLDEST: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("registry", "deals"), "PT72H"),
        **dict.fromkeys(("quotes", "tickets"), "PT24H"),
        **dict.fromkeys(("contracts", "crm", "orders", "billing", "inventory"), "PT48H"),
        **dict.fromkeys(("prices", "catalogue"), "PT48H"),
        **dict.fromkeys(("network", "coverage", "rates"), "P7D"),
        **dict.fromkeys(("measures",), "P10D"),
        **dict.fromkeys(("occupancy",), "P30D"),
    }
)
"""Source -> how old it may be where a rule has no reason for another age."""


def absent(text: str) -> Iterator[tuple[str, int]]:
    """Labels of what `NOT EXISTS {...}` looks for, with their lines.

    Those of nodes with a variable: one without is passed on the way.
    """
    tokens = list(tokens_of(text))
    ends: list[int] = []
    for place, token in enumerate(tokens[3:], start=3):
        before = tokens[place - 1]
        if before.is_word("EXISTS") and tokens[place - 2].is_word("NOT") and token.text == "{":
            ends.append(token.depth)
        elif ends and token.text == "}" and token.depth == ends[-1]:
            ends.pop()
        named = before.text == ":" and tokens[place - 2].kind == "word"
        if ends and named and tokens[place - 3].text == "(" and token.name in HELD:
            yield token.name, line_of(text, token.start)
