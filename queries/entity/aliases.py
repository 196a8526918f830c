"""Ids that a company once had."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Alias:
    """A retired id that now leads to a company."""

    alias_id: str
    """The id that was retired."""
    reference: str | None
    """The text that the retired id is made of."""
    retired_at: str
    """Moment as ISO text."""
    reason: str | None
    """Why it was merged."""
    decided_by: str | None
    """Who decided it."""


async def aliases(graph: ReadSession, *, entity_id: str) -> list[Alias]:
    """Retired ids that lead to a company, oldest first."""
    return await ask(graph, __file__, Alias, entity_id=entity_id)
