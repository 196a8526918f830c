"""Which sources there are and how fresh they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Source:
    """One source, its last load and its freshness."""

    source_id: str
    name: str
    owner: str | None
    holds: list[str] | None
    precedence: int | None
    """Whose value is shown where sources differ: the lowest number."""
    freshness_sla: str | None
    """How old its last complete load may be, as an ISO 8601 duration."""
    latest_run_id: str | None
    latest_status: str | None
    latest_reason: str | None
    complete_at: str | None
    """Moment of its last complete load, as ISO text."""
    complete_as_of: date | None
    """Day that its last complete load speaks of."""
    is_stale: bool
    """Whether its last complete load is older than it may be; true when it has none."""
    held_runs: int
    """Runs whose closings wait for a person."""


async def sources(graph: ReadSession, *, now: datetime) -> list[Source]:
    """Every source that was ever loaded; `now` decides what is stale."""
    return await ask(graph, __file__, Source, now=now)
