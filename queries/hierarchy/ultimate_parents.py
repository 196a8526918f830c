"""The tops of the families of companies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class UltimateParent:
    """The top of a company's family."""

    entity_id: str
    """The id that was asked for, also if it is retired."""
    ultimate_parent_id: str
    name: str | None
    jurisdiction: str | None
    depth: int
    """Steps from the company up to the top; 0 when it is the top itself."""


async def ultimate_parents(
    graph: ReadSession, *, entity_ids: Sequence[str], view: str = "legal"
) -> list[UltimateParent]:
    """The top of each company's family today; a chain of more than 64 parents has none."""
    return await ask(graph, __file__, UltimateParent, entity_ids=list(entity_ids), view=view)
