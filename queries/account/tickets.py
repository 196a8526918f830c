"""The trouble of a customer's services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask

DAYS = 90
LIMIT = 2_000


@dataclass(slots=True)
class Ticket:
    """One fault, complaint or planned work."""

    ticket_id: str
    reference: str
    severity: str | None
    """1 is worst."""
    is_open: bool
    """Whether it was open on the day."""
    is_planned: bool
    """Whether it is planned work."""
    caused_by: str | None
    root_cause: str | None
    downtime_minutes: int | None
    service_count: int
    """Services of this customer that it affects."""
    service: str | None
    """Name of one of them."""
    opened_at: str
    """Moment as ISO text."""
    resolved_at: str | None
    source_id: str | None


async def tickets(
    graph: ReadSession,
    *,
    service_ids: Sequence[str],
    valid_on: date,
    days: int = DAYS,
    limit: int = LIMIT,
) -> list[Ticket]:
    """Tickets on these services, open ones first, the worst first; a severity is as it is now."""
    return await ask(
        graph,
        __file__,
        Ticket,
        service_ids=list(service_ids),
        valid_on=valid_on,
        days=days,
        limit=limit,
    )
