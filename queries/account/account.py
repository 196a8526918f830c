"""The carrier's global accounts as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask
from queries.signal.signals import SHOWN


@dataclass(slots=True)
class Account:
    """One account: a family that is sold to as one."""

    account_id: str
    name: str | None
    reference: str | None
    """The text that its id is made of."""
    tier: str | None
    segment: str | None
    root_id: str | None
    """The company at its top; nothing when no source says which it is."""
    country: str | None
    """Country of that company's headquarters, else where it is registered: ISO 3166-1."""
    seller_names: list[str]
    """Who answers for the account itself today; at most 25."""
    company_count: int
    """Companies in its family, in the commercial view."""
    signal_count: int
    """Signals that a seller sees."""
    source_id: str | None
    """The system that describes it."""
    first_seen_at: str
    last_seen_at: str


async def account(
    graph: ReadSession, *, account_ids: Sequence[str], states: Sequence[str] = SHOWN
) -> list[Account]:
    """The accounts of these ids, without those that are not there."""
    return await ask(graph, __file__, Account, account_ids=list(account_ids), states=list(states))
