"""Who sells to a customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Seller:
    """One person who answers for accounts or companies of a customer, in one role."""

    seller_id: str
    name: str | None
    email: str | None
    seller_role: str | None
    """Role of the person in the sales organisation."""
    role: str | None
    """In what role the person covers them."""
    is_ahead: bool
    """Whether it only begins after the day."""
    account_count: int
    entity_ids: list[str]
    """Companies that are covered themselves."""
    since: date
    """First day of the earliest coverage."""
    teams: list[str]
    source_id: str | None


async def sellers(
    graph: ReadSession,
    *,
    entity_ids: Sequence[str],
    account_ids: Sequence[str],
    valid_on: date,
) -> list[Seller]:
    """Who covers these accounts and companies on a day or later, whole accounts first."""
    return await ask(
        graph,
        __file__,
        Seller,
        entity_ids=list(entity_ids),
        account_ids=list(account_ids),
        valid_on=valid_on,
    )
