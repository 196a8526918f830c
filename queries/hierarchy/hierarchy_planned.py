"""The family below a company with the places that are announced."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from graph.connection import ReadSession
from queries.ask import ask
from queries.hierarchy.hierarchy_now import HierarchyNow
from queries.hierarchy.in_scope import DEPTH, in_scope


@dataclass(slots=True)
class HierarchyPlanned(HierarchyNow):
    """A family in columns of one length, with what is announced."""

    starts_ons: list[str]
    """The announced day of a planned place, as ISO text; else empty."""


async def hierarchy_planned(
    graph: ReadSession,
    *,
    root_id: str,
    view: str = "legal",
    valid_on: date | None = None,
    known_at: datetime | None = None,
    depth: int = DEPTH,
    columns: Collection[str] | None = None,
) -> list[HierarchyPlanned]:
    """The family below a company on a day (today) as known at a moment (now), plans included."""
    asked = partial(
        ask,
        graph,
        __file__,
        HierarchyPlanned,
        root_id=root_id,
        view=view,
        valid_on=valid_on,
        known_at=known_at,
    )
    return await in_scope(graph, asked, depth=depth, columns=columns)
