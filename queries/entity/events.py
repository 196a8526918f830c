"""What happened to a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Event:
    """A corporate event in which a company takes part."""

    event_id: str
    type: str | None
    """In GLEIF's list of legal entity events."""
    status: str | None
    role: str
    """What the company is in it."""
    others: list[str]
    """Who else takes part, as `role: name`."""
    announced_on: date | None
    effective_on: date | None
    recorded_on: date | None
    source: str | None
    record_id: str | None


async def events(graph: ReadSession, *, entity_id: str) -> list[Event]:
    """Corporate events in which a company takes part, the latest first."""
    return await ask(graph, __file__, Event, entity_id=entity_id)
