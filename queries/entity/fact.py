"""One fact, whatever its type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class FactVersion:
    """One version of the fact."""

    fact_id: str
    type: str
    """Its present type, without tense."""
    tense: str
    """present, former or planned"""
    start_id: str
    start: str | None
    """Name of the node that it begins at."""
    end_id: str
    end: str | None
    """Name of the node that it leads to."""
    valid_from: date
    valid_to: date
    """9999-12-31 while no end is known."""
    is_start_assumed: bool
    known_from: str
    """Moment as ISO text."""
    known_to: str | None
    """Moment from which we no longer believed this version; nothing while we do."""
    reason: str | None
    """Why this version was closed or restated."""
    details: str
    """Its other properties as `name value`, in a fixed order."""
    record_id: str | None
    system: str | None
    native_id: str | None
    file: str | None
    line: int | None
    position: str | None
    """Where the payload lies in the evidence store."""
    run_id: str | None


async def fact(graph: ReadSession, *, fact_id: str) -> list[FactVersion]:
    """All versions of the fact with this id, the last believed first."""
    return await ask(graph, __file__, FactVersion, fact_id=fact_id)
