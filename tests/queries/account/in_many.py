"""The whole of one customer asked in many statements: what the one statement must say."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from graph.connection import ReadSession
from queries.account.account_root import account_root
from queries.account.accounts import accounts
from queries.account.availability import availability
from queries.account.billing import billing
from queries.account.commitments import commitments
from queries.account.companies import companies
from queries.account.milestones import milestones
from queries.account.opportunities import opportunities
from queries.account.orders import orders
from queries.account.sellers import sellers
from queries.account.services import services
from queries.account.tickets import tickets
from queries.entity.entity import entity
from queries.hierarchy.ultimate_parents import ultimate_parents
from queries.load.freshness import freshness
from queries.money.rates import rates


async def in_many(
    graph: ReadSession, *, id: str, today: date, valid_on: date | None, horizon_days: int
) -> dict[str, list[Any]]:
    """Every part of the whole by its name, each by the statement of its own."""
    states = await freshness(graph, valid_on=valid_on)
    day = valid_on or next((one.day for one in states if one.day), today)
    top = await account_root(graph, id=id, valid_on=day)
    family = await companies(graph, root_id=top[0].root_id, valid_on=day)
    root_id, ids = family[0].root_id, family[0].ids
    tops = await accounts(graph, entity_ids=ids, valid_on=day)
    had = await services(graph, entity_ids=ids, valid_on=day)
    same: dict[str, Any] = {"entity_ids": ids, "valid_on": day}
    serviced: dict[str, Any] = {"service_ids": had[0].ids, "valid_on": day}
    account_ids = [one.account_id for one in tops]
    return {
        "states": states,
        "top": top,
        "family": family,
        "root": await entity(graph, entity_id=root_id),
        "legal_tops": await ultimate_parents(graph, entity_ids=[root_id], view="legal"),
        "commercial_tops": await ultimate_parents(graph, entity_ids=[root_id], view="commercial"),
        "rates": await rates(graph, on=day),
        "tops": tops,
        "had": had,
        "whole": await billing(graph, **same),
        "promised": await commitments(graph, **same),
        "due": await milestones(graph, **same, horizon_days=horizon_days),
        "measured": await availability(graph, **serviced),
        "trouble": await tickets(graph, **serviced),
        "selling": await opportunities(graph, **same, account_ids=account_ids),
        "ordered": await orders(graph, **same, service_ids=had[0].ids),
        "people": await sellers(graph, **same, account_ids=account_ids),
    }


def to_the_byte(found: dict[str, list[Any]]) -> dict[str, list[str]]:
    """Every row with the types of its values: 1 and 1.0, or a day of the driver, would differ."""
    return {
        name: [repr([getattr(row, field.name) for field in fields(row)]) for row in rows]
        for name, rows in found.items()
    }
