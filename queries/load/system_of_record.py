"""Which source supplies which property of the model, and whose value is shown."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Supply:
    """What one source gives of one property of one label."""

    label: str
    property: str
    source_id: str
    precedence: int
    """Its rank for this property: where sources differ, the lowest is shown."""
    precedence_since: str | None
    """When the source's order was adopted, as ISO text."""
    shown: int
    """Nodes that show its value."""
    agreed: int
    """Nodes that show another source's value, which is the same."""
    lost: int
    """Nodes that show another value."""


async def system_of_record(graph: ReadSession, *, label: str | None = None) -> list[Supply]:
    """Every property with the sources that give it, the leading one first; of one label if given.

    Reads every node that a source describes: seconds in a demo, minutes in millions.
    """
    return await ask(graph, __file__, Supply, label=label)
