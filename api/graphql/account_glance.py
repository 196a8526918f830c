"""The whole of one customer: every figure with its day, its sources and what is missing in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import cast

import strawberry
import structlog

from api.graphql import entity, source
from api.graphql.context import Asked
from api.graphql.told import told
from graph.connection import ReadSession
from graph.errors import EngineError, NotFound, UsageError
from graph.money import MINOR_DIGITS
from queries.account import account_glance as glance
from queries.account import (
    accounts,
    commitments,
    coverage,
    figure,
    health,
    milestones,
    opportunities,
    orders,
    outlook,
    pipeline,
    portfolio,
    posture,
    tickets,
)
from queries.account.milestones import HORIZON_DAYS
from queries.money import base

__all__ = ["entity", "source"]  # their types are told within ours
MOST_DAYS = 3_650
log = structlog.get_logger()


@told()
class Worth(base.Worth):
    """What one unit of a currency is worth in the base currency, and who says so."""


@told(amounts={"parts", "unconverted"})
class Money(base.Money):
    """Several amounts as one in the base currency, and beside it what could not be converted."""


@told()
class Figure(figure.Figure):
    """One figure: its value, the day that it speaks of, who says so, and what is missing in it."""


@told(label="Account", id="account_id")
class GlanceAccount(accounts.Account):
    """A family as a CRM sells to it."""


@told()
class Portfolio(portfolio.Portfolio):
    """What a customer has: the counts are of services in service, the largest first."""


@told()
class Month(posture.Month):
    """What was billed in one month, without tax."""


@told()
class Posture(posture.Posture):
    """How a customer pays, in the base currency."""


@told(label="TroubleTicket", id="ticket_id")
class Ticket(tickets.Ticket):
    """One fault, complaint or planned work."""


@told()
class Health(health.Health):
    """How the services of a customer fare."""


@told(label="Agreement")
class Milestone(milestones.Milestone):
    """One date of one agreement."""


@told(label="Commitment", id="commitment_id", amounts={"counted", "unsure"})
class Commitment(commitments.Commitment):
    """One promise to spend, in its running period."""


@told()
class Promise(outlook.Promise):
    """One commitment and how far it is met."""


@told()
class Outlook(outlook.Outlook):
    """What is due in a customer's contracts, the nearest first."""


@told(label="Opportunity", id="opportunity_id")
class Opportunity(opportunities.Opportunity):
    """One thing that we try to sell, as the CRM has it now."""


@told(label="Order", id="order_id")
class Order(orders.Order):
    """One order in flight."""


@told()
class Pipeline(pipeline.Pipeline):
    """What is being sold and delivered."""


@told()
class Person(coverage.Person):
    """One person who sells, as one or several systems know them by the same e-mail address."""


@told()
class Coverage(coverage.Coverage):
    """Who sells to a customer, those for whole accounts first."""


@told()
class AccountGlance(glance.AccountGlance):
    """The whole of one customer on one day, each figure with its day, sources and faults."""


async def account_glance(
    info: Asked,
    id: strawberry.ID,
    valid_on: date | None = None,
    horizon_days: int = HORIZON_DAYS,
    currency: str | None = None,
) -> AccountGlance | None:
    """The whole of one customer, by the id of its account or of the company at its top.

    Without a day it is the newest that any source speaks of. Amounts are told in `currency` (ISO
    4217), the carrier's own when it is left out. Nothing when there is no such customer.
    """
    if not 1 <= horizon_days <= MOST_DAYS:
        raise UsageError(f"horizonDays is {horizon_days}", remedy=f"ask for 1 to {MOST_DAYS}")
    if currency is not None and currency not in MINOR_DIGITS:
        raise UsageError("currency is no code of ISO 4217", remedy="ask for EUR, USD, JPY ...")
    try:
        found = await glance.account_glance(
            info.context.graph,
            id=id,
            base_currency=currency or info.context.base_currency,
            today=datetime.now(UTC).date(),
            valid_on=valid_on,
            horizon_days=horizon_days,
        )
    except NotFound:
        return None
    return cast(AccountGlance, found)


async def plan_ahead(graph: ReadSession, base_currency: str) -> None:
    """Have the server plan what is asked of a customer: the first time that takes it seconds."""
    today = datetime.now(UTC).date()
    try:
        await glance.account_glance(graph, id="", base_currency=base_currency, today=today)
    except NotFound:
        return
    except EngineError as error:  # it is planned when somebody asks
        log.warning("not_planned_ahead", reason=error.what)
