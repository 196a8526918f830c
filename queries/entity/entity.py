"""One company as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Entity:
    """One company, branch, fund or sole proprietor."""

    entity_id: str
    """Its id now, also when a retired one was asked for."""
    name: str | None
    reference: str | None
    """The text that its id is made of."""
    lei: str | None
    jurisdiction: str | None
    category: str | None
    status: str | None
    registration_status: str | None
    """State of the LEI, not of the company."""
    legal_form: str | None
    created_on: date | None
    ended_on: date | None
    legal_address: str | None
    hq_address: str | None
    hq_country: str | None
    is_sellable: bool | None
    parent_exception: str | None
    """Why no direct parent is reported, in GLEIF's word."""
    ultimate_exception: str | None
    """Why no ultimate parent is reported, in GLEIF's word."""
    is_stub: bool
    """Whether it was only mentioned and never described."""
    mentioned_by: list[str]
    """Sources that mention it; only for a stub."""
    child_count: int
    """Companies that it controls directly today, in any view."""
    record_id: str | None
    """The record whose values stand."""
    first_seen_at: str
    """Moment as ISO text."""
    last_seen_at: str
    """Moment as ISO text."""


async def entity(graph: ReadSession, *, entity_id: str) -> list[Entity]:
    """The company with this id; nothing when there is none."""
    return await ask(graph, __file__, Entity, entity_id=entity_id)
