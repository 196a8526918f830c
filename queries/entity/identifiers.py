"""The identifiers of a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Identifier:
    """A number under which somebody else knows a company."""

    scheme: str
    value: str
    issuer: str | None
    is_valid: bool | None
    """Whether its checksum is right; unknown when it has none."""
    valid_from: date
    valid_to: date
    """9999-12-31 while no end is known."""
    is_start_assumed: bool
    """Whether its start is only the day of our first sight."""
    source: str
    record_id: str
    fact_id: str


async def identifiers(graph: ReadSession, *, entity_id: str) -> list[Identifier]:
    """The identifiers of a company as now known, the latest first."""
    return await ask(graph, __file__, Identifier, entity_id=entity_id)
