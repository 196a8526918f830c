"""One fact, whatever its type."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask
from queries.entity.facts import Fact


@dataclass(slots=True)
class FactVersion(Fact):
    """One version of the fact."""


async def fact(graph: ReadSession, *, fact_id: str) -> list[FactVersion]:
    """All versions of the fact with this id, the last believed first."""
    return await ask(graph, __file__, FactVersion, fact_id=fact_id)
