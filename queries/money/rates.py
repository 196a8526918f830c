"""What currencies are worth on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask

MAX_AGE_DAYS = 45
"""A rate of the end of a month counts until the next one comes, which may take some days."""


@dataclass(slots=True)
class Rate:
    """The last rate of one pair of currencies."""

    currency: str
    base: str
    rate: float
    """Units of the currency for one unit of the base."""
    on: date
    """Day of the rate."""
    source_id: str | None
    rate_id: str


async def rates(
    graph: ReadSession, *, on: date | None = None, max_age_days: int = MAX_AGE_DAYS
) -> list[Rate]:
    """The last rate of every pair on or before a day; none that is older than it may be."""
    return await ask(graph, __file__, Rate, on=on, max_age_days=max_age_days)
