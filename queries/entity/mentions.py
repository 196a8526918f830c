"""Who mentions companies that nobody describes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Mention:
    """The sources that mention one company."""

    entity_id: str
    systems: list[str]


async def mentions(graph: ReadSession, *, entity_ids: Sequence[str]) -> list[Mention]:
    """The sources that mention these companies in a fact."""
    return await ask(graph, __file__, Mention, entity_ids=list(entity_ids))
