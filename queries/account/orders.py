"""What a customer has ordered and not yet got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Order:
    """One order in flight."""

    order_id: str
    reference: str
    status: str | None
    """As it stands now, like the stage and what blocks it."""
    stage: str | None
    stage_since: date | None
    blocker: str | None
    """What holds it up; nothing while nothing does."""
    blocked_since: date | None
    ordered_on: date | None
    """Day on which it was placed."""
    requested_on: date | None
    committed_on: date | None
    """Day on which it was promised."""
    is_late: bool
    """Whether the promised day was past."""
    service_count: int
    """Services that it delivers."""
    source_id: str | None


async def orders(
    graph: ReadSession,
    *,
    entity_ids: Sequence[str],
    service_ids: Sequence[str],
    valid_on: date,
) -> list[Order]:
    """Orders that were placed and not completed on a day, late ones first."""
    return await ask(
        graph,
        __file__,
        Order,
        entity_ids=list(entity_ids),
        service_ids=list(service_ids),
        valid_on=valid_on,
    )
