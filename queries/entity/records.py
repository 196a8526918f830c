"""What sources say of a company, version by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Record:
    """One version of a source record about a company."""

    record_id: str
    system: str
    source_name: str
    record_type: str
    native_id: str
    is_current: bool
    """Whether no other version took its place."""
    known_from: str
    """Moment as ISO text."""
    known_to: str | None
    """Moment at which another version took its place."""
    run_id: str
    as_of: date
    """Day that the load speaks of."""
    file: str | None
    line: int | None
    position: str
    """Where its payload lies in the evidence store."""


async def records(graph: ReadSession, *, entity_id: str) -> list[Record]:
    """Every version of every source record about a company, the latest first."""
    return await ask(graph, __file__, Record, entity_id=entity_id)
