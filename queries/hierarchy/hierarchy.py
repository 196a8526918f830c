"""The family below a company at any point of both clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from graph.connection import ReadSession
from queries.ask import ask
from queries.hierarchy.hierarchy_now import DEPTH, HierarchyNow, hierarchy_now


@dataclass(slots=True)
class Hierarchy(HierarchyNow):
    """A family in columns of one length, as it stood on a day and was known at a moment."""


async def hierarchy(
    graph: ReadSession,
    *,
    root_id: str,
    view: str = "legal",
    valid_on: date | None = None,
    known_at: datetime | None = None,
    depth: int = DEPTH,
    with_planned: bool = False,
) -> list[Hierarchy]:
    """The family below a company on a day (today) as known at a moment (now)."""
    rows = await ask(
        graph,
        __file__,
        Hierarchy,
        root_id=root_id,
        view=view,
        valid_on=valid_on,
        known_at=known_at,
        depth=min(depth, DEPTH),
        with_planned=with_planned,
    )
    return [row for row in rows if row.ids]


async def family(
    graph: ReadSession,
    *,
    root_id: str,
    view: str = "legal",
    valid_on: date | None = None,
    known_at: datetime | None = None,
    depth: int = DEPTH,
    with_planned: bool = False,
) -> HierarchyNow | None:
    """The family below a company, by the cheaper statement when only today is asked."""
    found: list[HierarchyNow]
    if valid_on is None and known_at is None and not with_planned:
        found = await hierarchy_now(graph, root_id=root_id, view=view, depth=depth)
    else:
        found = [
            *await hierarchy(
                graph,
                root_id=root_id,
                view=view,
                valid_on=valid_on,
                known_at=known_at,
                depth=depth,
                with_planned=with_planned,
            )
        ]
    return found[0] if found else None
