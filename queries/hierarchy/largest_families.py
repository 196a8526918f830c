"""The largest families."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class LargestFamily:
    """A family by its top, and how large it is."""

    root_id: str
    name: str | None
    jurisdiction: str | None
    lei: str | None
    company_count: int
    """Companies in it, the one at the top included."""
    customer_count: int
    """How many of them are or were our customers."""


async def largest_families(
    graph: ReadSession, *, valid_on: date, view: str = "legal", limit: int = 10
) -> list[LargestFamily]:
    """The largest families on a day, as now known; it reads every company."""
    return await ask(graph, __file__, LargestFamily, valid_on=valid_on, view=view, limit=limit)
