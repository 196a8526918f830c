"""The family below a company at any point of both clocks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from graph.connection import ReadSession
from queries.ask import ask
from queries.hierarchy.hierarchy_now import DEPTH, HierarchyNow, hierarchy_now


@dataclass(slots=True)
class Hierarchy(HierarchyNow):
    """A family in columns of one length, as it stood on a day and was known at a moment."""

    starts_ons: list[str]
    """The announced day of a planned place as ISO text, else empty; no column without plans."""


@dataclass(slots=True)
class Family(Hierarchy):
    """A family in columns of one length, by whichever statement it was read."""

    tenses: list[str]
    """former: it ceased to exist; planned: its place here is announced; else present."""


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
) -> Family | None:
    """The family below a company, by the cheaper statement when only today is asked."""
    on = (valid_on or datetime.now(UTC).date()).isoformat()
    if valid_on is None and known_at is None and not with_planned:
        for row in await hierarchy_now(graph, root_id=root_id, view=view, depth=depth):
            return _family(row, [], on)
        return None
    for then in await hierarchy(
        graph,
        root_id=root_id,
        view=view,
        valid_on=valid_on,
        known_at=known_at,
        depth=depth,
        with_planned=with_planned,
    ):
        return _family(then, then.starts_ons, on)
    return None


def _family(row: HierarchyNow, starts_ons: list[str], on: str) -> Family:
    """The columns read, with what follows from them: it costs less here than on the server."""
    columns = {one.name: getattr(row, one.name) for one in fields(HierarchyNow)}
    starts_ons = starts_ons or [""] * len(row.ids)
    tenses = ["present"] * len(row.ids)
    for place, ended in enumerate(row.ended_ons):
        if ended and ended <= on:
            tenses[place] = "former"
        elif ended:
            columns["statuses"][place] = "ACTIVE"
    for place, starts in enumerate(starts_ons):
        if starts:
            tenses[place] = "planned"
    return Family(**columns, starts_ons=starts_ons, tenses=tenses)
