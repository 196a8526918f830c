"""What is being sold to a customer, quoted and delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from queries.account.figure import Figure, Known, of
from queries.account.opportunities import Opportunity
from queries.account.orders import Order
from queries.account.portfolio import counted
from queries.money.base import Exchange

WAITING = ("pending", "inProgress")
"""States of a quote (TMF648) that has not gone to the customer."""


@dataclass(slots=True)
class Pipeline:
    """What is being sold and delivered."""

    open: Figure
    """Opportunities that are not decided."""
    amount: Figure
    """Their amounts together, whatever their chance."""
    weighted: Figure
    """The same, each times its chance."""
    late: int
    """Opportunities that were to be decided before the day."""
    by_stage: dict[str, int]
    """Stage, in the CRM's word -> opportunities."""
    quotes: Figure
    """Opportunities with a quote."""
    quotes_waiting: int
    """Quotes that nobody has approved yet."""
    orders: Figure
    """Orders in flight."""
    blocked: int
    """Orders that something holds up."""
    orders_late: int
    """Orders whose promised day is past."""
    opportunities: list[Opportunity]
    """The one to be decided first in front."""
    in_flight: list[Order]
    """Orders that are not completed, late ones first."""
    unknown: list[str]


def pipeline(
    opportunities: Sequence[Opportunity],
    orders: Sequence[Order],
    exchange: Exchange,
    known: Known,
) -> Pipeline:
    """What is being sold to a customer, in numbers."""
    priced = [one for one in opportunities if one.amount is not None and one.currency]
    sources = [one.source_id for one in opportunities]
    quoted = [one for one in opportunities if one.quote or one.quote_amount is not None]
    amount = exchange.summed([one.currency, one.amount] for one in priced)
    weighted = exchange.summed(
        [one.currency, round((one.amount or 0) * (one.probability or 0))] for one in priced
    )
    is_known, orders_known = "Opportunity" in known.labels, "Order" in known.labels
    unknown = of(
        len(opportunities) - len(priced), len(opportunities), "opportunities", "no amount is known"
    )
    unknown += of(
        sum(one.probability is None for one in priced), len(priced), "opportunities", "no chance"
    )
    unknown += [] if is_known else ["no source has told of any opportunity"]
    unknown += [] if orders_known else ["no source has told of any order"]
    return Pipeline(
        open=known.figure(len(opportunities) if is_known else None, "opportunities", sources),
        amount=known.amount(amount, sources),
        weighted=known.amount(weighted, sources),
        late=sum(one.is_late for one in opportunities),
        by_stage=counted((one.stage or "?") for one in opportunities),
        quotes=known.figure(len(quoted), "quotes", (one.quote_source_id for one in quoted)),
        quotes_waiting=sum(one.quote_state in WAITING for one in quoted),
        orders=known.figure(
            len(orders) if orders_known else None, "orders", (one.source_id for one in orders)
        ),
        blocked=sum(one.blocker is not None for one in orders),
        orders_late=sum(one.is_late for one in orders),
        opportunities=list(opportunities),
        in_flight=list(orders),
        unknown=unknown,
    )
