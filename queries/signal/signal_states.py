"""How many signals there are, by rule and state."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Counted:
    """Signals of one rule in one state."""

    rule_id: str
    state: str
    signal_count: int


async def signal_states(graph: ReadSession) -> list[Counted]:
    """All signals, counted."""
    return await ask(graph, __file__, Counted)
