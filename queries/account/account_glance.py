"""The whole of one customer, gathered in a bounded number of questions."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from graph.errors import NotFound
from queries.account.accounts import Account, accounts
from queries.account.availability import availability
from queries.account.billing import billing
from queries.account.commitments import commitments
from queries.account.companies import Companies, companies
from queries.account.coverage import Coverage, coverage
from queries.account.figure import Figure, Known
from queries.account.health import Health, health
from queries.account.milestones import HORIZON_DAYS, milestones
from queries.account.opportunities import opportunities
from queries.account.orders import orders
from queries.account.outlook import Outlook, outlook
from queries.account.pipeline import Pipeline, pipeline
from queries.account.portfolio import Portfolio, portfolio
from queries.account.posture import Posture, posture
from queries.account.sellers import sellers
from queries.account.services import services
from queries.account.tickets import tickets
from queries.entity.entity import Entity, entity
from queries.hierarchy.ultimate_parents import UltimateParent, ultimate_parents
from queries.load.freshness import Freshness, freshness
from queries.money.base import exchange


@dataclass(slots=True)
class AccountGlance:
    """The whole of one customer on one day, each figure with its day, sources and faults."""

    root: Entity
    day: date
    is_day_given: bool
    """Whether the day was asked for; else it is the newest that a source speaks of."""
    base_currency: str
    companies: Figure
    countries: list[str]
    above: str | None
    """Name of the ultimate parent; nothing when the customer is the top of its family."""
    accounts: list[Account]
    services: Portfolio
    billing: Posture
    health: Health
    milestones: Outlook
    pipeline: Pipeline
    coverage: Coverage
    freshness: list[Freshness]
    """Every source, also those that say nothing of this customer."""
    unknown: list[str]
    """What is not known of the whole: the companies and the day."""


async def account_glance(
    graph: ReadSession,
    *,
    root_id: str,
    base_currency: str,
    today: date,
    valid_on: date | None = None,
    horizon_days: int = HORIZON_DAYS,
) -> AccountGlance:
    """The whole of the customer whose family begins at a company, as known now.

    Without a day, it is the newest that any source speaks of: later than that nothing is known.
    """
    states = await freshness(graph, valid_on=valid_on)
    day = valid_on or next((one.day for one in states if one.day), today)
    found = await companies(graph, root_id=root_id, valid_on=day)
    if not found:
        raise NotFound(f"there is no company {root_id}", remedy="./footprint search finds its id")
    family = found[0]
    known = Known(day, {one.source_id: one for one in states}, family.known_labels)
    (root,), above, tops, rates = await asyncio.gather(
        entity(graph, entity_id=family.root_id),
        _above(graph, family.root_id),
        accounts(graph, entity_ids=family.ids, valid_on=day),
        exchange(graph, base_currency, on=day),
    )
    had, whole, promised, due = await asyncio.gather(
        services(graph, entity_ids=family.ids, valid_on=day),
        billing(graph, entity_ids=family.ids, valid_on=day),
        commitments(graph, entity_ids=family.ids, valid_on=day),
        milestones(graph, entity_ids=family.ids, valid_on=day, horizon_days=horizon_days),
    )
    service_ids, account_ids = had[0].ids, [one.account_id for one in tops]
    measured, trouble, selling, ordered, people = await asyncio.gather(
        availability(graph, service_ids=service_ids, valid_on=day),
        tickets(graph, service_ids=service_ids, valid_on=day),
        opportunities(graph, entity_ids=family.ids, account_ids=account_ids, valid_on=day),
        orders(graph, entity_ids=family.ids, service_ids=service_ids, valid_on=day),
        sellers(graph, entity_ids=family.ids, account_ids=account_ids, valid_on=day),
    )
    return AccountGlance(
        root=root,
        day=day,
        is_day_given=valid_on is not None,
        base_currency=base_currency,
        companies=known.figure(len(family.ids), "companies", family.source_ids),
        countries=sorted({code[:2] for code in family.countries if code}),
        above=above,
        accounts=tops,
        services=portfolio(had[0], known),
        billing=posture(whole, rates, known),
        health=health(had[0], measured, trouble, known),
        milestones=outlook(due, promised, rates, known),
        pipeline=pipeline(selling, ordered, rates, known),
        coverage=coverage(people, len(family.ids), known),
        freshness=states,
        unknown=_unknown(family, day, today, valid_on),
    )


async def _above(graph: ReadSession, root_id: str) -> str | None:
    """The name at the top of the legal family, else of the commercial one; None at the top."""
    for view in ("legal", "commercial"):
        found: list[UltimateParent] = await ultimate_parents(graph, entity_ids=[root_id], view=view)
        for one in found:
            if one.depth:
                return one.name or one.ultimate_parent_id
    return None


def _unknown(family: Companies, day: date, today: date, asked: date | None) -> list[str]:
    said = []
    stubs, placeless = sum(family.stubs), sum(not code for code in family.countries)
    total = len(family.ids)
    if stubs:
        said.append(f"{stubs:,} of {total:,} companies are only mentioned, described by no source")
    if placeless - stubs > 0:
        said.append(f"no country for {placeless:,} of {total:,} companies")
    behind = (today - day).days
    if asked is None and behind > 1:
        said.append(f"no source speaks of a later day than {day}, {behind:,} days ago")
    if asked is not None and asked < today:
        said.append(
            "states, stages, severities and values are as they stand now; dates, contracts, "
            "bills and payments as of the day"
        )
    return said
