"""Gathers what the drawing of a family needs, in as few questions as it takes."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from graph.connection import ReadSession
from graph.errors import UsageError
from queries.entity.entity import entity
from queries.entity.mentions import mentions
from queries.hierarchy.ancestors import ancestors
from queries.hierarchy.further_parents import further_parents
from queries.hierarchy.hierarchy import family as columns_of
from queries.hierarchy.in_scope import DEPTH
from queries.load.freshness import freshness
from queries.terminal.branches import LONG, totals
from queries.terminal.rollup import rollup
from queries.terminal.tree import Family

ASKED_FOR = 5_000
"""Companies whose further parents are looked up for one drawing."""
COLUMNS = {
    "ids": "entity_id",
    "parent_ids": "parent_id",
    "depths": "depth",
    "names": "name",
    "jurisdictions": "jurisdiction",
    "statuses": "status",
    "categories": "category",
    "ended_ons": "ended_on",
    "stubs": "is_stub",
    "tenses": "tense",
    "starts_ons": "starts_on",
    "shares": "share",
    "conflictings": "is_conflicting",
    "hidden_counts": "hidden_count",
}


async def gather_family(
    graph: ReadSession,
    root_id: str,
    *,
    view: str,
    valid_on: date | None,
    known_at: datetime | None,
    depth: int = DEPTH,
    with_planned: bool = False,
    whole: bool = False,
    long: int = LONG,
    base: str | None = None,
) -> Family:
    """A family with what is noted beside it; with a base currency also what it has and pays."""
    clocks = {"view": view, "valid_on": valid_on, "known_at": known_at}
    columns, (root,), above = await asyncio.gather(
        columns_of(
            graph,
            root_id=root_id,
            view=view,
            valid_on=valid_on,
            known_at=known_at,
            depth=depth,
            with_planned=with_planned,
        ),
        entity(graph, entity_id=root_id),
        ancestors(graph, entity_id=root_id, view=view, valid_on=valid_on, known_at=known_at),
    )
    if columns is None:
        raise UsageError(f"{root_id} has no family", remedy="ask for a company")
    contested = [i for i, flag in zip(columns.ids, columns.conflictings, strict=True) if flag]
    stubs = [i for i, flag in zip(columns.ids, columns.stubs, strict=True) if flag]
    further, mentioned = await asyncio.gather(
        further_parents(graph, entity_ids=contested[:ASKED_FOR], **clocks),  # type: ignore[arg-type]
        mentions(graph, entity_ids=stubs[:ASKED_FOR]),
    )
    on = valid_on or await _newest_day(graph) if base else None
    return Family(
        root=root,
        columns=columns,
        further=further,
        mentions={one.entity_id: one.systems for one in mentioned},
        above=above[-1].name if above else None,
        view=view,
        valid_on=valid_on,
        known_at=known_at,
        whole=whole,
        long=long,
        rollup=await rollup(graph, columns, base=base, on=on) if base and on else None,
    )


async def _newest_day(graph: ReadSession) -> date | None:
    """The newest day that any source speaks of."""
    return next((one.day for one in await freshness(graph) if one.day), None)


def as_plain(family: Family) -> dict[str, Any]:
    """A family for programs: totals, one mapping a company, further parents."""
    values = [getattr(family.columns, column) for column in COLUMNS]
    companies = [dict(zip(COLUMNS.values(), row, strict=True)) for row in zip(*values, strict=True)]
    for company in companies:
        company["share"] = company["share"] if company["share"] >= 0 else None
    if family.rollup:
        for place, company in enumerate(companies):
            company |= asdict(family.rollup.of([place]))
    return {
        "root_id": family.root.entity_id,
        "view": family.view,
        "valid_on": family.valid_on,
        "known_at": family.known_at,
        "ultimate_parent": family.above,
        "totals": asdict(totals(family.columns)),
        "companies": companies,
        "further_parents": [asdict(parent) for parent in family.further],
    }
