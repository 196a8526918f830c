"""Who owns a company, and what it owns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Stake:
    """One share that somebody holds."""

    direction: str
    """owner: it owns the company; owned: the company owns it."""
    other_id: str
    name: str | None
    tense: str
    """present, former or planned"""
    share: float | None
    share_low: float | None
    share_high: float | None
    interest_type: str | None
    valid_from: date
    valid_to: date
    """9999-12-31 while no end is known."""
    source: str
    record_id: str
    fact_id: str


async def ownership(graph: ReadSession, *, entity_id: str) -> list[Stake]:
    """Who owns a company, then what it owns, as now known."""
    return await ask(graph, __file__, Stake, entity_id=entity_id)
