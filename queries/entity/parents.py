"""The parents of a company in all views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Parent:
    """A parent of a company, now, before or planned."""

    parent_id: str
    name: str | None
    view: str
    """legal, commercial, billing or regional"""
    tense: str
    """present, former or planned"""
    is_controlling: bool
    is_cut: bool
    """Whether the fact is cut because it closes a cycle."""
    share: float | None
    basis: str | None
    valid_from: date
    valid_to: date
    """9999-12-31 while no end is known."""
    is_start_assumed: bool
    """Whether its start is only the day of our first sight."""
    source: str
    record_id: str
    fact_id: str


async def parents(graph: ReadSession, *, entity_id: str) -> list[Parent]:
    """The parents of a company as now known, view by view."""
    return await ask(graph, __file__, Parent, entity_id=entity_id)
