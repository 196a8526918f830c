"""Which companies a reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class SeenEntity:
    """One company that is of an account that the reader sees."""

    entity_id: str


async def seen_entities(graph: ReadSession, *, entity_ids: Sequence[str]) -> list[SeenEntity]:
    """Those of these companies that the reader sees."""
    return await ask(graph, __file__, SeenEntity, entity_ids=list(entity_ids))
