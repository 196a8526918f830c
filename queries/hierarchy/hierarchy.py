"""The family below a company at any point of both clocks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import partial

from graph.connection import ReadSession
from queries.ask import ask
from queries.hierarchy.hierarchy_now import HierarchyNow, hierarchy_now
from queries.hierarchy.hierarchy_planned import HierarchyPlanned, hierarchy_planned
from queries.hierarchy.in_scope import DEPTH, in_scope


@dataclass(slots=True)
class Hierarchy(HierarchyNow):
    """A family in columns of one length, as it stood on a day and was known at a moment."""


_COLUMNS = tuple(one.name for one in fields(HierarchyNow))


@dataclass(slots=True)
class Family(HierarchyPlanned):
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
    columns: Collection[str] | None = None,
) -> list[Hierarchy]:
    """The family below a company on a day (today) as known at a moment (now)."""
    asked = partial(
        ask,
        graph,
        __file__,
        Hierarchy,
        root_id=root_id,
        view=view,
        valid_on=valid_on,
        known_at=known_at,
    )
    return await in_scope(graph, asked, depth=depth, columns=columns)


async def family(
    graph: ReadSession,
    *,
    root_id: str,
    view: str = "legal",
    valid_on: date | None = None,
    known_at: datetime | None = None,
    depth: int = DEPTH,
    with_planned: bool = False,
    columns: Collection[str] | None = None,
) -> Family | None:
    """The family below a company, by the cheapest statement that answers.

    Where some columns are named, the others are empty, but for the ids.
    """
    on = (valid_on or datetime.now(UTC).date()).isoformat()
    rows: Sequence[HierarchyNow]
    asked = None if columns is None else _read_for(columns)
    if not with_planned and valid_on is None and known_at is None:
        rows = await hierarchy_now(graph, root_id=root_id, view=view, depth=depth, columns=asked)
    else:
        ask_at = hierarchy_planned if with_planned else hierarchy
        rows = await ask_at(
            graph,
            root_id=root_id,
            view=view,
            depth=depth,
            valid_on=valid_on,
            known_at=known_at,
            columns=asked,
        )
    return _family(rows[0], on) if rows else None


def _read_for(columns: Collection[str]) -> set[str]:
    """The columns to read, so that these can be told."""
    asked = {"ids", *columns}
    if asked & {"tenses", "statuses"}:
        asked |= {"ended_ons", "statuses", "starts_ons"}
    return asked


def _family(row: HierarchyNow, on: str) -> Family:
    """The columns read, with what follows from them: it costs less here than on the server."""
    columns = {name: getattr(row, name) for name in _COLUMNS}
    tenses = ["present"] * len(row.ids)
    for place, ended in enumerate(row.ended_ons):
        if ended and ended <= on:
            tenses[place] = "former"
        elif ended and columns["statuses"]:
            columns["statuses"][place] = "ACTIVE"
    starts_ons = [""] * len(row.ids)
    if isinstance(row, HierarchyPlanned):
        starts_ons = row.starts_ons
        for place, day in enumerate(starts_ons):
            if day:
                tenses[place] = "planned"
    return Family(**columns, starts_ons=starts_ons, tenses=tenses)
