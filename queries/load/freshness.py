"""How fresh the sources were on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Freshness:
    """One source on a day."""

    source_id: str
    name: str | None
    holds: list[str] | None
    day: date | None
    """The day asked for, else the newest that a complete load of any source speaks of."""
    as_of: date | None
    """Day that its last complete load speaks of; nothing when it has none."""
    freshness_sla: str | None
    """How old its last complete load may be, as an ISO 8601 duration."""
    is_stale: bool
    """Whether its last complete load is older than promised."""
    latest_status: str | None
    """How its last load went, complete or not."""
    latest_reason: str | None
    """Why its last load is not complete."""


async def freshness(graph: ReadSession, *, valid_on: date | None = None) -> list[Freshness]:
    """Every source with its last complete load for a day up to the one asked for."""
    return await ask(graph, __file__, Freshness, valid_on=valid_on)
