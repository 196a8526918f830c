"""Accounts by the page: in a total order, after a place in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graph.connection import ReadSession
from queries.ask import ask
from queries.signal.signals import SHOWN

Sort = Literal["name", "tier", "company_count", "signal_count"]
Key = str | int
"""What accounts are sorted by; those that are equal in it are sorted by their ids."""


@dataclass(slots=True)
class AccountPage:
    """Ids of accounts in columns of one length."""

    ids: list[str]
    keys: list[Key]
    """What they are sorted by."""
    total_count: int
    """Accounts that the filter finds, on all pages."""


async def account_page(
    graph: ReadSession,
    *,
    words: Sequence[str] = (),
    tiers: Sequence[str] | None = None,
    segments: Sequence[str] | None = None,
    countries: Sequence[str] | None = None,
    seller_ids: Sequence[str] | None = None,
    has_signals: bool | None = None,
    states: Sequence[str] = SHOWN,
    sort: Sort = "name",
    descending: bool = False,
    after_key: Key | None = None,
    after_id: str | None = None,
    limit: int = 100,
) -> list[AccountPage]:
    """The ids of a page; one row, `words` in lower case."""
    return await ask(
        graph,
        __file__,
        AccountPage,
        words=list(words),
        tiers=tiers,
        segments=segments,
        countries=countries,
        seller_ids=seller_ids,
        has_signals=has_signals,
        states=list(states),
        sort=sort,
        descending=descending,
        after_key=after_key,
        after_id=after_id,
        limit=limit,
    )
