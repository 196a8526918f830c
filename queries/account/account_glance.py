"""The whole of one customer: many questions, asked as one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.composition import Either, Every, First, Listed, Parameter
from graph.connection import ReadSession
from graph.errors import NotFound
from queries.account.account_root import account_root
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
from queries.money.base import Exchange
from queries.money.rates import rates
from queries.together import Together, asked


@dataclass(slots=True)
class AccountGlance:
    """The whole of one customer on one day, each figure with its day, sources and faults."""

    root: Entity
    """The company at its top."""
    day: date
    """The day that it is told for."""
    is_day_given: bool
    """Whether the day was asked for; else it is the newest that a source speaks of."""
    base_currency: str
    """The currency that amounts are told in, ISO 4217."""
    companies: Figure
    """Companies that it consists of, each once."""
    countries: list[str]
    """Countries of its companies, ISO 3166-1."""
    above: str | None
    """Name of the ultimate parent; nothing when the customer is the top of its family."""
    accounts: list[Account]
    """The accounts that a CRM has of it."""
    services: Portfolio
    """What it has."""
    billing: Posture
    """How it pays."""
    health: Health
    """How its services fare."""
    milestones: Outlook
    """What is due in its contracts."""
    pipeline: Pipeline
    """What is being sold and delivered to it."""
    coverage: Coverage
    """Who sells to it."""
    freshness: list[Freshness]
    """Every source, also those that say nothing of this customer."""
    unknown: list[str]
    """What is not known of the whole: the companies and the day."""


ROOT, FAMILY = First("family", "root_id"), First("family", "ids")
DAY = Either((Parameter("valid_on"), First("states", "day"), Parameter("today")))
"""The day asked for, else the newest that any source speaks of."""
SERVICES, ACCOUNTS = First("had", "ids"), Every("tops", "account_id")
WHOLE = Together(
    states=asked(freshness, valid_on=Parameter("valid_on")),
    top=asked(account_root, id=Parameter("id"), valid_on=DAY),
    family=asked(companies, root_id=First("top", "root_id"), valid_on=DAY),
    root=asked(entity, entity_id=ROOT),
    legal_tops=asked(ultimate_parents, entity_ids=Listed((ROOT,)), view="legal"),
    commercial_tops=asked(ultimate_parents, entity_ids=Listed((ROOT,)), view="commercial"),
    rates=asked(rates, on=DAY),
    tops=asked(accounts, entity_ids=FAMILY, valid_on=DAY),
    had=asked(services, entity_ids=FAMILY, valid_on=DAY),
    whole=asked(billing, entity_ids=FAMILY, valid_on=DAY),
    promised=asked(commitments, entity_ids=FAMILY, valid_on=DAY),
    due=asked(milestones, entity_ids=FAMILY, valid_on=DAY, horizon_days=Parameter("horizon_days")),
    measured=asked(availability, service_ids=SERVICES, valid_on=DAY),
    trouble=asked(tickets, service_ids=SERVICES, valid_on=DAY),
    selling=asked(opportunities, entity_ids=FAMILY, account_ids=ACCOUNTS, valid_on=DAY),
    ordered=asked(orders, entity_ids=FAMILY, service_ids=SERVICES, valid_on=DAY),
    people=asked(sellers, entity_ids=FAMILY, account_ids=ACCOUNTS, valid_on=DAY),
)
"""All that is asked, as one statement: every figure speaks of one state of the graph."""


async def account_glance(
    graph: ReadSession,
    *,
    id: str,
    base_currency: str,
    today: date,
    valid_on: date | None = None,
    horizon_days: int = HORIZON_DAYS,
) -> AccountGlance:
    """The whole of the customer of this id, an account's or that of the company at its top.

    Without a day, it is the newest that any source speaks of: later than that nothing is known.
    """
    found = await WHOLE.ask(graph, id=id, valid_on=valid_on, today=today, horizon_days=horizon_days)
    (family,) = found["family"] or [None]
    if family is None or not family.ids:
        raise NotFound(
            f"there is no account or company {id}", remedy="./footprint search finds its id"
        )
    states: list[Freshness] = found["states"]
    day = valid_on or next((one.day for one in states if one.day), today)
    known = Known(day, {one.source_id: one for one in states}, family.known_labels)
    worth = Exchange(base_currency, day, found["rates"])
    (root,), (had,) = found["root"], found["had"]
    return AccountGlance(
        root=root,
        day=day,
        is_day_given=valid_on is not None,
        base_currency=base_currency,
        companies=known.figure(len(family.ids), "companies", family.source_ids),
        countries=sorted({code[:2] for code in family.countries if code}),
        above=_above(found),
        accounts=found["tops"],
        services=portfolio(had, known),
        billing=posture(found["whole"], worth, known),
        health=health(had, found["measured"], found["trouble"], known),
        milestones=outlook(found["due"], found["promised"], worth, known),
        pipeline=pipeline(found["selling"], found["ordered"], worth, known),
        coverage=coverage(found["people"], len(family.ids), known),
        freshness=states,
        unknown=_unknown(family, day, today, valid_on),
    )


def _above(found: dict[str, list[Any]]) -> str | None:
    """The name at the top of the legal family, else of the commercial one; None at the top."""
    tops: list[UltimateParent] = [*found["legal_tops"], *found["commercial_tops"]]
    return next((one.name or one.ultimate_parent_id for one in tops if one.depth), None)


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
