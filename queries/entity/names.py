"""The names of a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Name:
    """A name and when it was borne."""

    name: str
    kind: str | None
    """legal, trading, former or transliterated"""
    language: str | None
    valid_from: date
    valid_to: date
    """9999-12-31 while no end is known."""
    is_start_assumed: bool
    """Whether its start is only the day of our first sight."""
    source: str
    record_id: str
    fact_id: str


async def names(graph: ReadSession, *, entity_id: str) -> list[Name]:
    """The names of a company as now known, the latest first."""
    return await ask(graph, __file__, Name, entity_id=entity_id)
