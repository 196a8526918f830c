"""What is said of a company's properties."""

from __future__ import annotations

from dataclasses import dataclass

from graph.connection import ReadSession
from queries.ask import ask


@dataclass(slots=True)
class Value:
    """One value that one record gives a property."""

    property: str
    """The property, as the model calls it."""
    value: str | None
    """As text."""
    is_shown: bool
    """Whether it is the one that the company shows."""
    record_id: str
    """The record version that gives it."""
    system: str
    """The system of the record."""
    record_type: str
    """Kind of record, in the source's word."""
    native_id: str
    """What the source calls the record."""
    file: str | None
    """The file that it was read in."""
    line: int | None
    """The line of that file."""
    position: str
    """Where its payload lies in the evidence store."""
    known_at: str
    """Moment from which we knew this record version, as ISO text."""
    run_id: str
    """The load that read it."""
    source_name: str
    """Name of the system."""


async def values(graph: ReadSession, *, entity_id: str, property: str | None = None) -> list[Value]:
    """Every value of a company's properties, or of one of them, what lost included."""
    return await ask(graph, __file__, Value, entity_id=entity_id, property=property)
