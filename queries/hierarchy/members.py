"""The family below a company, one row each: for feeds, exports and small families."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from graph.connection import ReadSession
from queries.ask import ask
from queries.hierarchy.in_scope import DEPTH


@dataclass(slots=True)
class Member:
    """One company of a family."""

    entity_id: str
    parent_id: str | None
    """Its parent in this family; nothing for the root."""
    depth: int
    name: str | None
    jurisdiction: str | None
    status: str | None
    lei: str | None
    fact_id: str | None
    """The fact that puts it under its parent."""
    share: float | None
    valid_from: date | None
    """First day of its place in this family."""


async def members(
    graph: ReadSession,
    *,
    root_id: str,
    view: str = "legal",
    valid_on: date | None = None,
    known_at: datetime | None = None,
    depth: int = DEPTH,
) -> list[Member]:
    """The family below a company as rows, nearest first; `family` is faster for large ones."""
    return await ask(
        graph,
        __file__,
        Member,
        root_id=root_id,
        view=view,
        valid_on=valid_on,
        known_at=known_at,
        depth=min(depth, DEPTH),
    )
