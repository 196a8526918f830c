"""Companies by a number."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Identified:
    """A company that bears a number."""

    entity_id: str
    name: str | None
    scheme: str
    value: str
    issuer: str | None
    jurisdiction: str | None
    status: str | None


async def identified(
    graph: ReadSession, *, value: str, scheme: str | None = None
) -> list[Identified]:
    """Companies that bear or bore this number, in any scheme or in one."""
    return await ask(graph, __file__, Identified, value=value, scheme=scheme)
