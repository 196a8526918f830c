"""The interests that are held in a company, and in those that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from graph.connection import ReadSession
from queries.ask import ask

STEPS = 16
"""The longest chain of owners that is followed."""
MOST_INTERESTS = 1_000
"""Interests that are read at most, the nearest first."""


@dataclass(slots=True)
class Interest:
    """One interest of an owner in a company, as one record states it."""

    owned_id: str
    """The company that it is an interest in."""
    owned_name: str | None
    """Name of that company."""
    owner_id: str | None
    """Who holds it; nothing where the row only counts owners that may not be seen."""
    owner_name: str | None
    """Name of who holds it."""
    jurisdiction: str | None
    """Where the owner is registered: ISO 3166-1 or 3166-2."""
    depth: int
    """Steps from the company asked for up to the owner."""
    hidden_count: int
    """Owners of this company that may not be seen."""
    interest_type: str | None
    """Kind of interest, in BODS's word: shareholding, votingRights ..."""
    directness: str | None
    """Whether others stand between: direct, indirect or unknown."""
    share: float | None
    """Share held, 0 to 1, where it is told exactly."""
    share_low: float | None
    """Least share where the source gives a range."""
    share_high: float | None
    """Largest share where the source gives a range."""
    is_majority: bool
    """Whether registers' ownership makes the owner its parent: more than half, or the board."""
    source_id: str | None
    """The system that says so."""
    record_id: str | None
    """The record version that states it."""
    fact_id: str | None
    """The fact itself; `why` tells its history."""
    valid_from: date | None
    """First day on which it is held."""


async def interests(
    graph: ReadSession,
    *,
    entity_id: str,
    valid_on: date | None = None,
    known_at: datetime | None = None,
    depth: int = STEPS,
    limit: int = MOST_INTERESTS,
) -> list[Interest]:
    """The interests in a company and in its owners, the nearest first."""
    return await ask(
        graph,
        __file__,
        Interest,
        entity_id=entity_id,
        valid_on=valid_on,
        known_at=known_at,
        depth=depth,
        limit=limit,
    )
