"""Companies by their names."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Found:
    """A company whose name is like what was asked."""

    entity_id: str
    name: str | None
    matched: str
    """The name that matched: it may be a former or a trading one."""
    jurisdiction: str | None
    status: str | None
    lei: str | None
    reference: str | None
    child_count: int
    score: float
    """How well it matches; comparable within one answer only."""


async def search(graph: ReadSession, *, query: str, candidates: int, limit: int) -> list[Found]:
    """Companies whose name matches a query in Lucene syntax; `find.matches` takes plain text."""
    return await ask(graph, __file__, Found, query=query, candidates=candidates, limit=limit)
