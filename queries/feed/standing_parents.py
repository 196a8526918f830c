"""Companies with the parents that they have now, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask

Parent = tuple[str, str | None, bool, bool]
"""View, id, whether it controls, and whether the fact is cut because it closes a cycle."""


@dataclass(slots=True)
class StandingParents:
    """One company and who stands above it, in every view."""

    entity_id: str
    parents: list[Parent]


async def standing_parents(graph: ReadSession, *, after: str, most: int) -> list[StandingParents]:
    """The companies with parents whose ids come after one, at most so many."""
    return await ask(graph, __file__, StandingParents, after=after, most=most)
