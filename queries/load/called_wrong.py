"""How far people trust what sources say, by what they called wrong."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class CalledWrong:
    """What one source says of one property, or facts that it states, and how often it was wrong."""

    source_id: str
    claim: str
    """`Label.property`, or a type of relationship."""
    wrong: int
    """Signals at which somebody called it wrong."""
    judged: int
    """Signals whose evidence shows it and that were judged, the wrong ones among them."""


async def called_wrong(graph: ReadSession) -> list[CalledWrong]:
    """Everything that was called wrong and still stands so."""
    return await ask(graph, __file__, CalledWrong)
