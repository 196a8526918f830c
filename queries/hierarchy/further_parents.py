"""Parents beside the controlling one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class FurtherParent:
    """A parent that a company has beside the one that controls it."""

    entity_id: str
    parent_id: str
    parent_name: str | None
    share: float | None
    is_cut: bool
    """Whether this fact was cut because it closes a cycle."""
    fact_id: str


async def further_parents(
    graph: ReadSession,
    *,
    entity_ids: Sequence[str],
    view: str = "legal",
    valid_on: date | None = None,
    known_at: datetime | None = None,
) -> list[FurtherParent]:
    """Parents beside the controlling one; today and as now known unless asked otherwise."""
    return await ask(
        graph,
        __file__,
        FurtherParent,
        entity_ids=list(entity_ids),
        view=view,
        valid_on=valid_on,
        known_at=known_at,
    )
